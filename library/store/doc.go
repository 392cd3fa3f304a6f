// Package store keeps what Butluc knows of a case in CASE/_butluc/case.db, a bbolt database, or in
// the user's data folder where the case folder can't be written.
//
// [Open] reads everything into memory and gives a [Store], whose values are answered from memory
// and written within a second of a change. One goroutine of the store's owns bbolt, from opening to
// closing, with faults of the mapped file turned into panics and panics into errors: a stick that
// is pulled, a cut file or flipped bytes cost at most the last second, never the program.
//
// Beside the database are four more things, so that what was acknowledged outlives its damage, too:
//
//   - copies (case.db.copy-*), at most five minutes of work apart, and those of hours and days, each made from memory
//     and checked;
//   - the log of edits (edits/, package editlog): a commit is synced there before the database gets it;
//   - the copies of the outline that were submitted (submitted/), a file each;
//   - the head (head): which commit was acknowledged last. It is in the user's data folder, too, for each case folder.
//
// A database that can't be read is set aside under a name that keeps it, and the newest good copy takes its place with
// what the log has after it, or a fresh one does; a good database that lacks the log's last commits gets them. [Report]
// tells, and whether something may be lost: the heads know of what log, copies and database lack. A database that this machine did not close itself is first checked in a
// child process ([Options.CheckCommand]), since some damage makes bbolt run in circles.
//
// Every record carries the version of its form and a checksum (bbolt has none over data). Values
// are JSON. Buckets: "meta", "files", "settings", "outline" (a record a key, its table and id),
// "history" (what can be undone and redone, an edit a key) and "approvals" (copies of the outline that
// were submitted, by number).
package store
