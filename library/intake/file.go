package intake

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"butluc/library"
)

// errChanged says that a file is not as it was listed.
var errChanged = errors.New("changed while it was read")

// open opens a listed file for reading, if it is still the plain file that was listed.
func (p *pass) open(f library.File) (*os.File, error) { return open(p.root, f, p.seam) }

func open(root *os.Root, f library.File, s seam) (*os.File, error) {
	name := library.SystemPath(f.Path)
	if s.open != nil {
		if err := s.open(name); err != nil {
			return nil, err
		}
	}
	// What was a file may be a pipe by now, whose opening would block: hence the flags and the
	// second look.
	file, err := root.OpenFile(name, os.O_RDONLY|openNoWait, 0)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil {
		err = unchanged(f, info)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

func unchanged(f library.File, info fs.FileInfo) error {
	if !info.Mode().IsRegular() || info.Size() != f.Size || !info.ModTime().Equal(f.ModTime) {
		return errChanged
	}
	return nil
}

// changed looks at a file again after it was read. Where it is not as it was listed, it gives the
// file as it is now, with its fault, to be read from the beginning.
func (p *pass) changed(f library.File) (library.File, bool) {
	info, err := p.root.Lstat(library.SystemPath(f.Path))
	if err == nil {
		if err = unchanged(f, info); err == nil {
			return f, false
		}
		f.Size, f.ModTime = info.Size(), info.ModTime()
	}
	return library.File{Path: f.Path, Size: f.Size, ModTime: f.ModTime, Kind: f.Kind, Fault: faultOf(err)}, true
}

// head reads a file's first bytes.
func (p *pass) head(f library.File) ([]byte, error) {
	file, err := p.open(f)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	head := make([]byte, min(f.Size, sniffLength))
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	return head[:n], nil
}

// sumAnew reads a file of the case folder anew and gives its SHA-256 in lower-case hexadecimal, at full
// speed, whatever its size and time are now. read is told how many bytes it read, piece by piece.
func sumAnew(ctx context.Context, root *os.Root, p string, read func(int)) (string, error) {
	info, err := root.Lstat(library.SystemPath(p))
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("hash %s: %w", p, errChanged)
	}
	file, err := open(root, library.File{Path: p, Size: info.Size(), ModTime: info.ModTime()}, seam{})
	if err != nil {
		return "", err
	}
	defer file.Close()
	d := digest{h: sha256.New()}
	return d.finish(ctx, file, make([]byte, hashPiece), func(_ context.Context, n int, _ time.Duration) error {
		read(n)
		return nil
	})
}

// prove has every page decoded once. A page that can't be drawn at all is incomplete too.
func (p *pass) prove(ctx context.Context) error {
	if p.Prover == nil {
		return ctx.Err()
	}
	picked := p.pick(func(f library.File) bool { return f.Pages > 0 && !f.Proved })
	total, done := 0, 0
	for _, i := range picked {
		total += p.files[i].Pages
	}
	if total > 0 {
		p.progress(StageProve, 0, total)
	}
	for _, i := range picked {
		f := p.at(i)
		at := p.provedUpTo[f.Path]
		if !same(at.file, f) || at.file.Pages != f.Pages {
			at = proved{file: f}
		}
		done += at.next
		for ; at.next < f.Pages; at.next++ {
			if err := ctx.Err(); err != nil {
				return err
			}
			incomplete, err := p.Prover.Prove(ctx, f, at.next)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			done++
			if now, changed := p.changed(f); changed && f.Rendition == "" {
				p.set(i, now, StageProve, done, total)
				break
			}
			if incomplete || err != nil {
				at.incomplete = append(at.incomplete, at.next)
				f = f.WithIncomplete(at.next)
				if err != nil && f.Fault.Code == library.FaultNone {
					f.Fault = faultOf(err)
					f.Fault.Detail = fmt.Sprintf("page %d: %s", at.next+1, f.Fault.Detail)
				}
				p.set(i, f, StageProve, done, total)
			} else {
				p.progress(StageProve, done, total)
			}
			if p.provedUpTo == nil {
				p.provedUpTo = map[string]proved{}
			}
			kept := at
			kept.next++
			p.provedUpTo[f.Path] = kept
		}
		if at.next == f.Pages {
			f.Proved = true
			delete(p.provedUpTo, f.Path)
			p.set(i, f, StageProve, done, total)
		}
	}
	return nil
}
