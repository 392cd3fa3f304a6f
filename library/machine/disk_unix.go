//go:build unix

package machine

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// Free is how many bytes can still be written to the disk that a folder is on.
func Free(dir string) (uint64, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, fmt.Errorf("ask for free disk of %s: %w", dir, err)
	}
	return uint64(st.Bavail) * uint64(st.Bsize), nil // the types differ between systems
}
