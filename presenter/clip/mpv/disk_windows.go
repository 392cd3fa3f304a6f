package mpv

import "os"

// keep keeps a file open. libmpv takes no handles here and opens it once more, by its path.
func keep(f *os.File) (kept *os.File, name string, err error) {
	kept, err = os.Open(f.Name())
	return kept, f.Name(), err
}
