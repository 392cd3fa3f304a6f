package mpv

import (
	"os"
	"strings"
)

// keep keeps a file open. libmpv takes no handles here and opens it once more, by its path.
func keep(f *os.File) (kept *os.File, name string, err error) {
	kept, err = os.Open(f.Name())
	return kept, longName(f.Name()), err
}

// longName is an absolute name as Windows takes it at any length: Go does that for its own files, and C does not. Most
// machines have the limit of 260 letters, whatever a program's manifest says.
func longName(name string) string {
	const limit = 248 // that of folders, which Go goes by too
	switch {
	case len(name) < limit || strings.HasPrefix(name, `\\?\`):
		return name
	case strings.HasPrefix(name, `\\`): // a share
		return `\\?\UNC` + strings.ReplaceAll(name[1:], "/", `\`)
	}
	return `\\?\` + strings.ReplaceAll(name, "/", `\`)
}
