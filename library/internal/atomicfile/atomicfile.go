// Package atomicfile writes files whole or not at all. (renameio, which does the same, leaves Windows
// out.)
package atomicfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// WriteFile replaces the file at path by what write writes: under a temporary name that begins
// with prefix, synced, renamed. The file is the user's alone.
func WriteFile(path, prefix string, write func(io.Writer) error) error {
	temp, err := writeTemp(path, prefix, write)
	if err == nil {
		err = Rename(temp, path)
	}
	if err != nil {
		_ = os.Remove(temp)
	}
	return err
}

// WriteNew is [WriteFile] that replaces nothing: where there is something at path already, the file gets a number behind
// its name, "Nhật ký (2).pdf". It gives the path that was written.
func WriteNew(path, prefix string, write func(io.Writer) error) (string, error) {
	temp, err := writeTemp(path, prefix, write)
	if err != nil {
		return "", err
	}
	defer os.Remove(temp) // which fails once it has its name
	ending := filepath.Ext(path)
	stem := strings.TrimSuffix(path, ending)
	const most = 10000
	for n := 2; ; n++ {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err == nil { // the name is ours
			_ = f.Close()
			return path, Rename(temp, path)
		}
		if !errors.Is(err, fs.ErrExist) || n > most {
			return "", err
		}
		path = fmt.Sprintf("%s (%d)%s", stem, n, ending)
	}
}

// writeTemp writes a file beside path, synced, and gives its name, "" where there is none.
func writeTemp(path, prefix string, write func(io.Writer) error) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), prefix+"*")
	if err != nil {
		return "", err
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
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
