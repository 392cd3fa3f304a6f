//go:build unix

package machine

import (
	"errors"
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

// Full tells whether something could not be written because there is no room left on the disk, or none for this user.
func Full(err error) bool { return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) }
