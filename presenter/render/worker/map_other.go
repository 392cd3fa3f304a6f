//go:build !unix && !windows

package worker

import (
	"io"
	"os"
)

const openFlags = os.O_RDONLY

// mapFile reads the file: there is no mapping here.
func mapFile(f *os.File, size int64) ([]byte, func(), error) {
	data := make([]byte, size)
	_, err := io.ReadFull(f, data)
	return data, func() {}, err
}

// release does nothing: the memory is our own.
func release(mapped) {}
