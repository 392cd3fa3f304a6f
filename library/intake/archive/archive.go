// Package archive tells what archive files hold, and takes ZIP files apart into a folder.
//
// What it reads comes from strangers. A ZIP's directory is read up to [maxEntries] entries and [maxDirectory] bytes; a
// file is taken out where it stays inside of the folder that was made for it, up to [maxBytes] and [maxRatio] in all.
// The format: PKWARE's APPNOTE.TXT 6.3.10.
package archive

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Format is which archive a file is.
type Format int

// The formats that are told apart. Only ZIP is opened.
const (
	None Format = iota
	ZIP
	RAR
	SevenZip
)

// FormatOf tells an archive by its first bytes. An Office document is a [ZIP] too: see [Zip.Office].
func FormatOf(head []byte) Format {
	has := func(magic string) bool { return bytes.HasPrefix(head, []byte(magic)) }
	switch {
	case has("PK\x03\x04"), has("PK\x05\x06"): // the latter holds nothing
		return ZIP
	case has("Rar!\x1a\x07"):
		return RAR
	case has("7z\xbc\xaf\x27\x1c"):
		return SevenZip
	}
	return None
}

var (
	// ErrDamaged says that a ZIP has no directory that can be read: it was cut, or is none.
	ErrDamaged = errors.New("the archive's directory can't be read")
	// ErrTooLarge says that an archive holds more than is taken out of one.
	ErrTooLarge = errors.New("the archive holds too much")
	// ErrNoRoom says that the disk has no room for what an archive holds.
	ErrNoRoom = errors.New("no room on the disk")
)

const (
	maxEntries   = 100_000
	maxDirectory = 32 << 20 // bytes
)

// Zip is a ZIP file that is open for reading. It reads from what it was opened from.
type Zip struct {
	size  int64
	files []*zip.File
	names []string // of files, in paths' form
}

// Open reads the directory of a ZIP of that size.
func Open(r io.ReaderAt, size int64) (*Zip, error) {
	count, err := entries(r, size)
	if err != nil {
		return nil, fmt.Errorf("open archive: %w: %w", ErrDamaged, err)
	}
	if count > maxEntries {
		return nil, fmt.Errorf("open archive of %d entries: %w", count, ErrTooLarge)
	}
	bounded := &bounded{r: r, left: maxDirectory}
	in, err := zip.NewReader(bounded, size)
	switch {
	case errors.Is(err, ErrTooLarge):
		return nil, fmt.Errorf("open archive: %w", err)
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return nil, fmt.Errorf("open archive: %w: %w", ErrDamaged, err)
	}
	bounded.left = 1<<63 - 1
	z := &Zip{size: size, files: in.File}
	for _, f := range in.File {
		z.names = append(z.names, nameOf(f))
	}
	return z, nil
}

// Names are those of the files that the archive holds, without folders, in its order.
func (z *Zip) Names() []string {
	var names []string
	for i, f := range z.files {
		if !f.FileInfo().IsDir() {
			names = append(names, z.names[i])
		}
	}
	return names
}

// Office tells whether the archive is an Office document: the first parts that ECMA-376 and OpenDocument want are there.
func (z *Zip) Office() bool {
	if slices.Contains(z.names, "[Content_Types].xml") && slices.ContainsFunc(z.names, func(name string) bool {
		return strings.HasPrefix(name, "word/") || strings.HasPrefix(name, "xl/") || strings.HasPrefix(name, "ppt/")
	}) {
		return true
	}
	i := slices.Index(z.names, "mimetype")
	if i < 0 {
		return false
	}
	const prefix = "application/vnd.oasis.opendocument."
	in, err := z.files[i].Open()
	if err != nil {
		return false
	}
	defer in.Close()
	begin := make([]byte, len(prefix))
	_, err = io.ReadFull(in, begin)
	return err == nil && string(begin) == prefix
}

// Record lengths of APPNOTE 4.3.14 to 4.3.16.
const (
	endLength     = 22
	locatorLength = 20
	end64Length   = 56
	maxComment    = 1<<16 - 1
)

// entries is how many entries the end of the directory states. archive/zip makes room for so many before it reads one.
func entries(r io.ReaderAt, size int64) (uint64, error) {
	tail := make([]byte, min(size, maxComment+endLength+locatorLength))
	if _, err := io.ReadFull(io.NewSectionReader(r, size-int64(len(tail)), int64(len(tail))), tail); err != nil {
		return 0, err
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || len(tail)-at < endLength {
		return 0, zip.ErrFormat
	}
	count := uint64(binary.LittleEndian.Uint16(tail[at+10:]))
	if count != 1<<16-1 || at < locatorLength || !bytes.HasPrefix(tail[at-locatorLength:], []byte("PK\x06\x07")) {
		return count, nil
	}
	end := make([]byte, end64Length)
	offset := binary.LittleEndian.Uint64(tail[at-locatorLength+8:])
	if offset > uint64(size) {
		return 0, zip.ErrFormat
	}
	if _, err := io.ReadFull(io.NewSectionReader(r, int64(offset), end64Length), end); err != nil {
		return 0, err
	}
	return binary.LittleEndian.Uint64(end[32:]), nil
}

// bounded reads no more than it may.
type bounded struct {
	r    io.ReaderAt
	left int64
}

func (b *bounded) ReadAt(p []byte, at int64) (int, error) {
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, ErrTooLarge
	}
	return b.r.ReadAt(p, at)
}
