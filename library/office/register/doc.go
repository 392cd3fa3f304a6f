// Package register is the register of an office's cases (sổ theo dõi): what leaders ask of each case, which limits run, and
// what they count.
//
// A [Row] is a case. A case whose folder is on this laptop has its typed facts in its own store ([library.Docket] and the
// cover); the register holds a copy of them beside what the program found out, so that no case is read to draw the list, and
// brings what was typed meanwhile to the case when that is opened ([Merge]). A case on paper, or of another laptop, is in the
// register alone. The [Book] is the file of all rows; an office gathers those of its units through workbooks.
//
// Days are written as [library.DayForm], so that they are compared as text; "" is none.
package register
