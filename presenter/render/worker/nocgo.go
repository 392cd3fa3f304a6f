//go:build !cgo

package worker

import (
	"errors"
	"io"
)

// Main fails: a program built without cgo has no MuPDF.
func Main(io.Reader, io.Writer) error {
	return errors.New("render worker: this program was built without cgo, and so without MuPDF")
}
