package archive

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"butluc/library/internal/portable"
	"butluc/library/machine"
)

const (
	maxBytes = 256 << 30 // taken out of one archive
	// What an archive may swell to, in its own size, where it swells to more than freeBytes. Deflate makes 1,032 of 1 at
	// most, but of zeros; scans and recordings hardly shrink.
	maxRatio  = 200
	freeBytes = 256 << 20
	// leastFree is how much room is left on the disk.
	leastFree = 200 << 20
)

// Reason is why a file of an archive was not taken out. Reasons name sentences: never rename one.
type Reason string

// The reasons.
const (
	Outside   Reason = "outside"   // its name leads out of the folder
	Encrypted Reason = "encrypted" // it has a password
	Special   Reason = "special"   // a link, or another thing that is no plain file
	Damaged   Reason = "damaged"   // it can't be unpacked, or is not what the archive says
	Method    Reason = "method"    // packed in a way that is not known here
	Refused   Reason = "refused"   // the system refuses to write such a name
)

// Left is a file that was left in the archive.
type Left struct {
	Name string
	Why  Reason
}

// Extracted is what came of an extraction.
type Extracted struct {
	Files int
	Bytes int64
	Left  []Left
}

// Extract takes all files out into dir, which it makes and which must not be there yet, so that nothing is overwritten.
// Of two files of the same name, in whatever case, the second is given another. progress is told the bytes written and
// those that the archive states, and may be nil. The errors are [ErrTooLarge], [ErrNoRoom], ctx's and the disk's; after
// one, dir is gone again.
func (z *Zip) Extract(ctx context.Context, dir string, progress func(done, total int64)) (Extracted, error) {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	x := extraction{ctx: ctx, progress: progress, taken: map[string]int{}}
	for _, f := range z.files {
		if x.total += int64(f.UncompressedSize64); x.total < 0 || f.UncompressedSize64 > maxBytes || x.total > maxBytes {
			return x.result, fmt.Errorf("extract archive: %w", ErrTooLarge)
		}
	}
	if x.total > freeBytes && x.total/maxRatio > z.size {
		return x.result, fmt.Errorf("extract archive of %d bytes, %d unpacked: %w", z.size, x.total, ErrTooLarge)
	}
	if free, err := machine.Free(filepath.Dir(dir)); err == nil && uint64(x.total)+leastFree > free {
		return x.result, fmt.Errorf("extract archive: %w", ErrNoRoom)
	}
	if err := os.Mkdir(dir, 0o755); err != nil { //nolint:gosec // as the case folder is
		return x.result, fmt.Errorf("extract archive: %w", err)
	}
	err := x.into(dir, z)
	if err != nil {
		return Extracted{}, errors.Join(fmt.Errorf("extract archive: %w", err), os.RemoveAll(dir))
	}
	return x.result, nil
}

type extraction struct {
	ctx      context.Context
	root     *os.Root
	taken    map[string]int // by path in lower case, the number for the next one of that name
	total    int64          // bytes that the archive states
	progress func(done, total int64)
	result   Extracted
}

func (x *extraction) into(dir string, z *Zip) (err error) {
	if x.root, err = os.OpenRoot(dir); err != nil {
		return err
	}
	defer x.root.Close()
	for i, f := range z.files {
		why, err := x.entry(f, z.names[i])
		switch {
		case x.ctx.Err() != nil:
			return x.ctx.Err()
		case err != nil:
			return err
		case why != "":
			x.result.Left = append(x.result.Left, Left{z.names[i], why})
		}
	}
	return nil
}

// entry takes one entry out, or tells why it is left. Its errors end the extraction.
func (x *extraction) entry(f *zip.File, name string) (Reason, error) {
	path := portable.Path(name)
	const encrypted = 1 // bit 0 of the flags, 4.4.4
	switch {
	case path == "":
		return Outside, nil
	case f.FileInfo().IsDir() || strings.HasSuffix(name, "/"):
		if x.root.MkdirAll(path, 0o755) != nil {
			return Refused, nil
		}
		return "", nil
	case !f.Mode().IsRegular():
		return Special, nil
	case f.Flags&encrypted != 0:
		return Encrypted, nil
	}
	in, err := f.Open()
	switch {
	case errors.Is(err, zip.ErrAlgorithm):
		return Method, nil
	case err != nil:
		return Damaged, nil
	}
	defer in.Close()
	out, path, err := x.create(path)
	if err != nil {
		return Refused, nil //nolint:nilerr // it is told with the file
	}
	written := x.result.Bytes
	_, err = io.Copy(&counted{x, out}, io.LimitReader(in, int64(f.UncompressedSize64)+1))
	full := errors.As(err, new(*fs.PathError)) // of the disk, not of the archive
	if closed := out.Close(); closed != nil && err == nil {
		err, full = closed, true
	}
	if err != nil {
		x.result.Bytes = written
		_ = x.root.Remove(path)
		if full {
			return "", err
		}
		return Damaged, nil
	}
	if !f.Modified.IsZero() {
		_ = x.root.Chtimes(path, f.Modified, f.Modified) // it is what it is without
	}
	x.result.Files++
	return "", nil
}

// create makes the file at path, or where there is one already, at a path like it.
func (x *extraction) create(path string) (*os.File, string, error) {
	if err := x.root.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, "", err
	}
	ending, key := filepath.Ext(path), strings.ToLower(path)
	for {
		n, try := x.taken[key], path
		if x.taken[key] = max(n, 1) + 1; n > 0 {
			try = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(path, ending), n, ending)
		}
		out, err := x.root.OpenFile(try, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err == nil || !errors.Is(err, fs.ErrExist) {
			return out, try, err
		}
	}
}

// counted counts what is written, and stops when nobody waits for it any more.
type counted struct {
	x  *extraction
	to *os.File
}

func (c *counted) Write(b []byte) (int, error) {
	if err := c.x.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.to.Write(b)
	c.x.result.Bytes += int64(n)
	c.x.progress(c.x.result.Bytes, c.x.total)
	return n, err
}
