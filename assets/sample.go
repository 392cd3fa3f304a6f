package assets

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

//go:generate go run ./sample/gen -o sample/sample.zip -outline sample/outline.json -icon icon.png

// SampleTitle is the sample case's name, and a fitting one for its folder.
const SampleTitle = "Hồ sơ mẫu - Vụ Bùi Quang Khải"

// ErrNotEmpty is what [WriteSample] answers when there is something in the folder already.
var ErrNotEmpty = errors.New("the folder is not empty")

//go:embed sample/sample.zip
var sample []byte

//go:embed sample/outline.json
var sampleOutline []byte

// SampleOutline is the outline of the sample case, in the form in which outlines are exported.
func SampleOutline() []byte { return sampleOutline }

// Sample is the sample case: an invented criminal case in Vietnamese, with a damaged file and a
// picture that was copied in part, as real ones have them. Names are in NFC.
func Sample() fs.FS {
	files, err := zip.NewReader(bytes.NewReader(sample), int64(len(sample)))
	if err != nil {
		// The archive is part of the program and a test reads it.
		panic(fmt.Errorf("open sample case: %w", err))
	}
	return files
}

// WriteSample writes the sample case into dir, which it makes. It never overwrites: when anything
// is in dir it does nothing and the error is [ErrNotEmpty].
func WriteSample(dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return fmt.Errorf("make folder for sample case: %w", err)
	}
	there, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("look into folder for sample case: %w", err)
	}
	if len(there) > 0 {
		return fmt.Errorf("write sample case to %s: %w", dir, ErrNotEmpty)
	}
	files := Sample()
	err = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if d.IsDir() {
			return os.MkdirAll(path, 0o750)
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		return os.WriteFile(path, data, 0o600)
	})
	if err != nil {
		return fmt.Errorf("write sample case to %s: %w", dir, err)
	}
	return nil
}
