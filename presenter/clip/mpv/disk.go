package mpv

import (
	"fmt"
	"os"
	"time"
)

// OpenFile opens the recording in a file on disk, whose name is absolute; see [Open]. The file may be closed
// afterwards.
func OpenFile(f *os.File, within time.Duration, options map[string]string) (*File, error) {
	kept, name, err := keep(f)
	if err != nil {
		return nil, fmt.Errorf("open recording: %w", err)
	}
	file, err := Open(name, within, options)
	if err != nil {
		_ = kept.Close()
		return nil, err
	}
	file.disk = kept
	return file, nil
}
