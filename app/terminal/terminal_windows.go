// Package terminal is where the program writes when it is started from a terminal.
package terminal

import (
	"io"
	"os"

	"golang.org/x/sys/windows"
)

// attachParentProcess is ATTACH_PARENT_PROCESS: the console of the program that started this one.
const attachParentProcess = 1<<32 - 1

var kernel32 = windows.NewLazySystemDLL("kernel32.dll")

// Streams are where the program writes. Windows gives a program with a window no console: its verbs
// take the one that they were started from, unless their output goes to a file or a pipe.
func Streams() (out, complaints io.Writer) {
	if !usable(os.Stdout) || !usable(os.Stderr) {
		attachConsole()
	}
	return os.Stdout, complainer{}
}

func attachConsole() {
	if attached, _, _ := kernel32.NewProc("AttachConsole").Call(attachParentProcess); attached == 0 {
		return // started by a click
	}
	for _, stream := range []struct {
		file **os.File
		id   uint32
	}{{&os.Stdout, windows.STD_OUTPUT_HANDLE}, {&os.Stderr, windows.STD_ERROR_HANDLE}} {
		if usable(*stream.file) {
			continue
		}
		f, err := os.OpenFile("CONOUT$", os.O_RDWR, 0)
		if err != nil {
			continue
		}
		*stream.file = f
		_ = windows.SetStdHandle(stream.id, windows.Handle(f.Fd())) // for what the runtime says of a crash
	}
}

// Leave lets go of a console: closing the terminal would end the program, in the middle of a
// trial. What goes to a file or a pipe goes on.
func Leave() {
	for _, f := range []*os.File{os.Stdout, os.Stderr} {
		var mode uint32
		if windows.GetConsoleMode(windows.Handle(f.Fd()), &mode) == nil {
			_ = f.Close()
		}
	}
	_, _, _ = kernel32.NewProc("FreeConsole").Call()
}

func usable(f *os.File) bool {
	kind, err := windows.GetFileType(windows.Handle(f.Fd()))
	return err == nil && kind != windows.FILE_TYPE_UNKNOWN
}

// complainer tells why the program ends, in a box where there is no console to tell it on.
type complainer struct{}

func (complainer) Write(b []byte) (int, error) {
	if usable(os.Stderr) {
		return os.Stderr.Write(b)
	}
	text, err := windows.UTF16PtrFromString(string(b))
	if err != nil {
		return 0, err
	}
	title, err := windows.UTF16PtrFromString("Butluc")
	if err != nil {
		return 0, err
	}
	if _, err := windows.MessageBox(0, text, title, windows.MB_ICONERROR|windows.MB_SETFOREGROUND); err != nil {
		return 0, err
	}
	return len(b), nil
}
