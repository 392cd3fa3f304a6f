// Package portable keeps what the program writes for itself in its own folder, where a file portable.txt lies beside it: from
// a stick in a strange computer it leaves nothing behind there.
//
// That is done by the variables of the environment that say where a user's folders are, so that the toolkit, the
// children and programs of others go there too. What Windows itself notes of any program that runs (its list of recent
// files, its prefetch) is not in a program's hands.
package portable

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// Marker is the file beside the program that says so; what stands in it does not matter.
const Marker = "portable.txt"

// folder lies beside the marker.
const folder = "data"

// Dir is the folder of a portable program's own files, by the program's path; "" where it is none.
func Dir(program string) string {
	beside := filepath.Dir(program)
	if info, err := os.Stat(filepath.Join(beside, Marker)); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return filepath.Join(beside, folder)
}

// Settle has this process and those that it starts keep all in dir, which it makes. It is called before anything else.
// Where dir can't be made, as on a stick that is write-protected, it changes nothing and says why.
func Settle(dir string) error {
	folders := variables(runtime.GOOS)
	for _, sub := range folders {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			return fmt.Errorf("make folder of the portable program: %w", err)
		}
	}
	for name, sub := range folders {
		if err := os.Setenv(name, filepath.Join(dir, sub)); err != nil {
			return fmt.Errorf("turn to folder of the portable program: %w", err)
		}
	}
	return nil
}

// variables are those that say where a user's folders are on a system, with what they are called here.
func variables(system string) map[string]string {
	if system == "windows" {
		return map[string]string{"AppData": "settings", "LocalAppData": "local", "TEMP": "temp", "TMP": "temp"}
	}
	return map[string]string{"XDG_CONFIG_HOME": "settings", "XDG_DATA_HOME": "local", "XDG_CACHE_HOME": "cache", "TMPDIR": "temp"}
}
