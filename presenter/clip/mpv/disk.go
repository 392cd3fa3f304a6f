package mpv

import (
	"fmt"
	"os"
	"time"

	"butluc/library"
)

// OpenFile opens the tracks that are wanted of the recording in a file on disk, whose name is absolute; see [Open]. The file
// may be closed afterwards.
func OpenFile(f *os.File, wanted library.Tracks, within time.Duration, options map[string]string) (*File, error) {
	kept, name, err := keep(f)
	if err != nil {
		return nil, fmt.Errorf("open recording: %w", err)
	}
	file, err := openTracks(name, wanted, within, options)
	if err != nil {
		_ = kept.Close()
		return nil, err
	}
	file.disk = kept
	return file, nil
}
