// Package library holds the values that the rest of the program speaks of: a case, its files and
// exhibits, their pages and folios, and what is shown of them. It does no I/O, knows no window and
// starts no goroutine; everything in it may be copied and compared freely.
//
// A page is found by its [PageID]: the file's path and the page's index in it. Indexes count from
// 0 in code; people and scripts see pages counted from 1.
//
// What a person prepares of a case is one value, the [Outline]: records in tables. It never
// changes; its methods make an [Edit], records before and after, and [Outline.Apply] gives the
// outline with that done. [Edit.Inverse] takes it back, [History] remembers what can be taken back.
// [DecodeOutline] and [EncodeOutline] are its form outside of the program, an [Index] finds its
// pages in the case as it now is.
package library
