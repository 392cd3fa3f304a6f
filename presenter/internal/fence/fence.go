// Package fence takes rights away from a process of ours that reads the files of strangers: the render worker, and the
// player of recordings. Each part is best effort: where the system lacks it, the others and the process itself remain.
//
// The program starts such a child as [Binary], set [Apart]. In the child the order is [Output], [Limit], and [Around] once the folder of evidence is known. What is taken away never comes back.
package fence

// Kind is what a process is for, and so what it needs.
type Kind uint8

// The kinds.
const (
	Draws Kind = iota // it reads evidence and draws it
	Plays             // it plays sound as well, and so talks to the sound system
)
