// Package intake reads a case folder: it walks it, recognises each file by its content, asks the
// renderer for page counts, takes SHA-256, has every page decoded once, and notices changes on disk
// while the case is open.
//
// [Reader] does it as a stream of [Event] values: the whole list first, then what is learned of
// each file. Nothing is ever dropped from the list: what can't be shown is there with its
// [library.Fault]. Left out are only our own "_butluc" sidecar and the litter that systems leave
// behind: names that begin with "." , "~$" lock files, Thumbs.db and desktop.ini.
//
// Originals are opened read-only, through [os.Root], and only where they are plain files: links are
// listed and not followed (what a link inside the case points to is listed itself), and pipes,
// sockets, devices and files that are still in a cloud are listed and never opened.
//
// The package knows no window, no renderer and no database; casefile joins them.
package intake
