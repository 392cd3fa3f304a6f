package wiring

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"butluc/assets"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/store"
)

// sampleName is the folder of the sample case; its name is the case's title.
const sampleName = "Vụ án mẫu – Cố ý gây thương tích"

// SampleInData writes the sample case into the user's data folder, where it is not there already.
func SampleInData() (string, error) {
	dir := filepath.Join(store.DefaultDataDir(), sampleName)
	return dir, EnsureSample(dir)
}

// EnsureSample writes the sample case where nothing is in the folder yet.
func EnsureSample(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("write sample case: %w", err)
	}
	if len(entries) > 0 {
		return nil // an earlier run wrote it, and its outline may have changed since
	}
	return WriteSample(dir)
}

// WriteSample writes the sample case and its outline.
func WriteSample(dir string) error {
	if err := assets.WriteSample(dir); err != nil {
		return err
	}
	outline, err := library.DecodeOutline(assets.SampleOutline())
	if err != nil {
		return fmt.Errorf("read sample outline: %w", err)
	}
	opt, err := ownCheck()
	if err != nil {
		return err
	}
	opt.Paused, opt.NoWatch = true, true // its files are read when it is opened
	c, err := casefile.Open(context.Background(), dir, opt)
	if err != nil {
		return err
	}
	return errors.Join(c.Edit(c.Snapshot().Outline.ReplaceWith(outline)), c.Flush(), c.Close())
}
