// Package whole writes files whole or not at all. (renameio, which does the same, leaves Windows
// out.)
package whole

import (
	"io"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// WriteFile replaces the file at path by what write writes: under a temporary name that begins
// with prefix, synced, renamed. The file is the user's alone.
func WriteFile(path, prefix string, write func(io.Writer) error) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, prefix+"*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = Rename(f.Name(), path)
	}
	return err
}

// Rename renames a file over another and syncs the folder. On Windows a scanner of viruses may
// hold a new file for a moment; then it is tried again.
func Rename(from, to string) error {
	err := os.Rename(from, to)
	for try := 0; err != nil && runtime.GOOS == "windows" && try < 5; try++ {
		time.Sleep(50 * time.Millisecond)
		err = os.Rename(from, to)
	}
	if err == nil {
		SyncDir(filepath.Dir(to))
	}
	return err
}

// SyncDir makes renames in a folder outlive a power cut, where the system lets folders be synced;
// where it does not, there is no more to do.
func SyncDir(dir string) {
	if runtime.GOOS == "windows" {
		return
	}
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}
