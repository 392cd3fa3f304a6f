// Package store is the office's store (Kho của cơ quan): the cases of an office in one [place.Place], each readable by those
// that the office's [roster.Roster] lets read it, whoever else can read or write the place.
//
// # What lies there
//
//	store                       plain JSON: what it is, its random id
//	roster/NUMBER-HASH          the roster, signed by the head, encrypted to every member
//	c/VAULT/o/NAME              the objects of a case, each encrypted to the case's key
//	c/VAULT/m/k-NAME            the case's key, encrypted to people
//	c/VAULT/m/r-NAME            a revision
//	c/VAULT/m/a-NAME            what a superior says to a submitted outline
//	c/VAULT/m/l-AUTHOR-NUMBER   a line of the log
//	c/VAULT/m/x-NAME            the case goes on in another vault
//
// Everything but the first is an age file (https://age-encryption.org/v1): with a key of the office's, all of it opens with
// age's own program, without this one. A vault is a case under one key, an age X25519 key and a key of names. Objects are the
// parts of files, at most [partSize] bytes each, under the HMAC-SHA256 of their SHA-256 by the key of names: what is there
// already is not sent again, and no name tells of a content. A vault's own name is the hash of its founding, which its
// founder signed: it fixes the case, its owner and the key.
//
// A revision is the case at a moment: a signed list of the evidence with every file's SHA-256, the outline, submitted
// copies, journals, and of the revisions before it. It is written last; when its writing returns, all of it is on the
// place's disk. Nothing is ever changed or replaced, so there is nothing to lock, and what is cut anywhere leaves objects that the next
// publishing finds and goes on with.
//
// # Who may what
//
// To read takes the case's key. A revision counts where its author may edit the case by the newest roster, or where one that counts
// goes on from it: so what somebody did before they lost a right stays. Any other is shown and never taken. Where a right was
// taken away, the case goes on in a new vault, with a new key and copies of its newest revisions
// ([Store.Rekey]): who kept the old key reads nothing that comes after.
//
// Who may write to the place can delete or hide what lies there, whatever they may read, and an outsider sees how many cases,
// revisions and objects there are, when they came and how large they are. A roster that went back is told, since every member remembers the last
// number. What deleting takes, versions of the place's own or a copy that only few can write to give back.
// The log tells who opened what in programs that keep to it; each line has the hash of its author's line before. That the newest
// lines of somebody are gone shows to their author alone.
//
// # Why no other engine
//
// kopia's repo package (v0.21.1) with the same three kinds of place was tried in November 2026. Beyond net/http and age, which the program has
// anyway, it adds 15.5 MB to a stripped program, where minio-go and gowebdav add 1.7; it took 280 MB of memory to write 1 GB,
// keeps a server's password in a plain file, does not sync what it writes to a folder, and ends the process on some errors. A
// changed password keeps its master key, so a right could not be taken away but by a new repository either. What it has more, parts cut by
// content, gains little where evidence never changes.
package store
