// Package sandbox takes rights away from processes that read the files of strangers: two of our own, the render worker and
// the player of recordings, and two programs of others, LibreOffice and Tesseract.
//
// The program starts a child of its own as [Binary], set [Apart], a player with [Supervise]. In the child the order is
// [Output], [Limit], and [Around] once the folder of evidence is known. A program of others is started by [Wrap]. What is
// taken away never comes back. Each part is best effort: where the system lacks it, the others and the process itself
// remain; [Look] tells what there is.
//
// # Linux
//
// A table of system calls (seccomp) says what the kernel may be asked for; all else does not exist. It closes the network,
// other processes and all changes of files, but for the converter's. Landlock, where the kernel has it, says which files
// may be read, and of the converter which may be written. Limits of resources keep memory and cores.
//
// What stays open, for a process that a hostile file has taken over:
//
//   - It may look at names, sizes and times of any file whose path it guesses (stat): Landlock leaves that alone. A mount
//     namespace would hide them; it would take a user namespace, which several distributions refuse to plain programs, and
//     the folder of evidence is known only when the process has its threads. What is found has no way out but the answer.
//   - Without Landlock (kernels before 5.13, or started without it) it may read the user's files, and the converter may
//     change them. What is read has no way out but the answer: a picture, or a PDF.
//   - The player may make sockets of this machine's own kind, and connect none: its supervisor does, with the sound system
//     of its user and nothing else, see [Supervisor]. Over that it may hear a microphone, as all that plays sound may. Where
//     the kernel can't ask a supervisor (before 5.9, or with Yama's ptrace_scope over 1), or sound is to go over a network,
//     or to ALSA alone, it is silent.
//   - The converter and Tesseract may start programs of the system's, in the same sandbox.
//
// # Windows
//
// A job limits memory and forbids other processes; a low integrity level forbids writing nearly everywhere. What it lacks
// is said by [Look]: reading goes with the user's rights, and the network is open. Only an AppContainer closes that, which
// would need rights for it written onto the folder of evidence, and that is never written to. The converter and Tesseract
// have a job alone.
//
// # macOS
//
// A profile of sandbox-exec forbids the network, writing and other processes. It was never tried on a Mac.
package sandbox

// Kind is what a process is for, and so what it needs.
type Kind uint8

// The kinds.
const (
	Draw      Kind = iota // it reads evidence and draws it
	Play                  // it plays sound as well, and so talks to the sound system
	Convert               // LibreOffice: it reads one file and writes another, with programs of its own
	Recognize             // Tesseract: it reads a pipe and writes another
)

// Paths are folders that a program of others needs besides those of the system's programs.
type Paths struct {
	Read, Write []string
}

// Kinds lists them, for reports.
func Kinds() []Kind { return []Kind{Draw, Play, Convert, Recognize} }

func (k Kind) String() string { return [...]string{"draw", "play", "convert", "recognize"}[k] }

// Gap is something that the sandbox of a kind lacks on this machine.
type Gap string

// The gaps. Each has a sentence in both languages under the key "doctor.gap-" + gap.
const (
	OpenFiles   Gap = "files"   // it may read the user's files
	OpenKernel  Gap = "kernel"  // it may ask the kernel for anything
	OpenNetwork Gap = "network" // it may open connections
	Silent      Gap = "silent"  // the kernel lets nobody connect it with the sound system
	NoSound     Gap = "sound"   // there is no sound system
)

// Report is what the sandbox of a kind is made of on this machine: the systems' own words, and what is missing.
type Report struct {
	Parts []string
	Gaps  []Gap
}
