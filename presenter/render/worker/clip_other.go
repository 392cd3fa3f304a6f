//go:build !unix && cgo

package worker

import (
	"os"
	"path/filepath"

	"butluc/library"
)

// nameForPlayer is the path of a file that was opened within its folder just now: libmpv takes no handles here. The
// file that it returns is to be kept open meanwhile, so that no other takes its place.
func nameForPlayer(_ *os.File, root, path string) (*os.File, string, error) {
	name := filepath.Join(root, library.SystemPath(path))
	f, err := os.Open(name)
	return f, name, err
}
