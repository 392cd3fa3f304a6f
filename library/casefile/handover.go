package casefile

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"butluc/library"
	"butluc/library/internal/plain"
)

// ErrRestless says that a case's folder changed while it was handed over: the copy may lack something.
var ErrRestless = errors.New("the folder changed while it was copied")

// ErrNotEmpty says that a case can't be handed over into a folder that holds something.
var ErrNotEmpty = errors.New("the folder is not empty")

// journalDir is the journal's folder beside the database.
const journalDir = "journal"

// HandOver copies the case to the folder dest, which is made or empty, and outside of the case: its
// files, what is known of it with outline and undo, and its journal, wherever those are kept. Every
// copy is read again and compared by SHA-256. Links are left out. progress, which may be nil, is
// told the bytes copied so far and in all. After an error dest holds no database: it is no case yet.
func (c *Case) HandOver(ctx context.Context, dest string, progress func(done, total int64)) error {
	if err := c.handOver(ctx, dest, progress); err != nil {
		return fmt.Errorf("hand case over to %s: %w", dest, err)
	}
	return nil
}

func (c *Case) handOver(ctx context.Context, dest string, progress func(done, total int64)) error {
	dest, err := filepath.Abs(dest)
	if err != nil {
		return err
	}
	if inside(c.dir, dest) || inside(dest, c.dir) {
		return errors.New("it is within the case folder, or holds it")
	}
	if err := os.MkdirAll(dest, 0o755); err != nil { //nolint:gosec // as the case folder is
		return err
	}
	if there, err := os.ReadDir(dest); err != nil {
		return err
	} else if len(there) > 0 {
		return ErrNotEmpty
	}
	to, err := os.OpenRoot(dest)
	if err != nil {
		return err
	}
	defer to.Close()
	evidence := func(name string) bool { return name != library.Sidecar }
	files, err := newTree(c.dir, evidence)
	if err != nil {
		return err
	}
	defer files.root.Close()
	if err := c.flushJournal(); err != nil {
		return err
	}
	journal, err := newTree(c.store.Report().Dir, func(name string) bool {
		first, _, _ := strings.Cut(name, "/")
		return first == journalDir || first == answersDir
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // a reader's case may have no folder
		return err
	}
	total := files.bytes
	if journal != nil {
		defer journal.root.Close()
		total += journal.bytes
	}
	done := int64(0)
	told := func(n int64) {
		done += n
		if progress != nil {
			progress(done, max(total, done))
		}
	}
	if err := files.copyTo(ctx, to, "", told); err != nil {
		return err
	}
	if now, err := newTree(c.dir, evidence); err != nil {
		return err
	} else if now.root.Close(); !slices.Equal(now.entries, files.entries) {
		return ErrRestless
	}
	if journal != nil {
		if err := journal.copyTo(ctx, to, library.Sidecar, told); err != nil {
			return err
		}
	}
	_, err = c.store.WriteTo(dest)
	return err
}

// inside tells whether path is dir or below it, whatever links lead there.
func inside(dir, path string) bool {
	for _, resolve := range []bool{false, true} {
		if resolve {
			if d, err := filepath.EvalSymlinks(dir); err == nil {
				dir = d
			}
			if p, err := filepath.EvalSymlinks(path); err == nil {
				path = p
			}
		}
		rel, err := filepath.Rel(dir, path)
		if err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			return true
		}
	}
	return false
}

// tree is what of a folder is to be copied.
type tree struct {
	root    *os.Root
	entries []entry // folders before what is in them
	bytes   int64
}

type entry struct {
	name   string
	folder bool
}

func newTree(dir string, take func(name string) bool) (*tree, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	t := &tree{root: root}
	err = fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name == ".":
			return nil
		case !take(name) && d.IsDir():
			return fs.SkipDir
		case !take(name), !d.IsDir() && !d.Type().IsRegular():
			return nil
		}
		t.entries = append(t.entries, entry{name, d.IsDir()})
		if !d.IsDir() {
			if info, err := d.Info(); err == nil {
				t.bytes += info.Size()
			}
		}
		return nil
	})
	if err != nil {
		root.Close()
		return nil, err
	}
	return t, nil
}

func (t *tree) copyTo(ctx context.Context, to *os.Root, under string, told func(int64)) error {
	if under != "" {
		if err := to.MkdirAll(under, 0o755); err != nil {
			return err
		}
	}
	for _, e := range t.entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		target := path.Join(under, e.name)
		if e.folder {
			if err := to.MkdirAll(target, 0o755); err != nil {
				return err
			}
			continue
		}
		if err := t.copyFile(ctx, to, e.name, target, told); err != nil {
			return fmt.Errorf("copy %s: %w", e.name, err)
		}
	}
	return nil
}

// copyFile copies a file and reads the copy again.
func (t *tree) copyFile(ctx context.Context, to *os.Root, name, target string, told func(int64)) error {
	src, err := plain.OpenIn(t.root, name) // what was listed as a file may be a pipe or a link by now
	if err != nil {
		return err
	}
	defer src.Close()
	before, err := src.Stat()
	if err != nil {
		return err
	}
	dst, err := to.OpenFile(target, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer dst.Close()
	read, written := sha256.New(), sha256.New()
	buf := make([]byte, 1<<20)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := src.Read(buf)
		read.Write(buf[:n])
		if _, err := dst.Write(buf[:n]); err != nil {
			return err
		}
		told(int64(n))
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
	}
	if after, err := src.Stat(); err != nil {
		return err
	} else if after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()) {
		return ErrRestless
	}
	if err := dst.Sync(); err != nil {
		return err
	}
	if _, err := dst.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if _, err := io.CopyBuffer(written, struct{ io.Reader }{dst}, buf); err != nil {
		return err
	}
	if !bytes.Equal(read.Sum(nil), written.Sum(nil)) {
		return errors.New("the copy differs")
	}
	if err := dst.Close(); err != nil {
		return err
	}
	// Keeps what is known of the file; a stick that rounds times costs a second reading.
	_ = to.Chtimes(target, before.ModTime(), before.ModTime())
	return nil
}
