// Package casefile is an open case: the index of its files, kept by the store and refreshed by
// intake, behind one [Case] that the window and the headless verbs both stand on.
//
// [Open] returns as soon as the store is read, so a known case is usable at once; the folder is
// read on behind. What is known at a moment is a [Snapshot], immutable and cheap to take;
// [Options.Notify] tells that a new one is worth asking for.
//
// The outline changes by [Case.Edit] and goes back by [Case.Undo], both kept within a second. An
// edit is made of the outline that the newest snapshot has; one that was overtaken is refused.
package casefile
