package sandbox

import (
	"os"
	"runtime"
)

// Binary is this program. On Linux by the kernel's name for it, which stays right when an
// update replaces the file while the program runs.
func Binary() string {
	if runtime.GOOS == "linux" {
		return "/proc/self/exe"
	}
	path, err := os.Executable()
	if err != nil {
		return os.Args[0]
	}
	return path
}
