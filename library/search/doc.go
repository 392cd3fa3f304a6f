// Package search finds words in the text of a case's pages.
//
// A [Query] is what a person typed, read by [ParseQuery], which takes anything. An [Index] over the pages tells which
// of them have the words, the best first; [Query.Match] tells where on a page they stand. Both look at words the same
// way: syllables in lower case, with accents as typed or without them. Vietnamese writes syllables apart, and the rest
// is told by what stands side by side.
//
// The index can always be made again from the text of the pages, which [text.Store] keeps: one that is damaged or of
// another version is thrown away.
package search
