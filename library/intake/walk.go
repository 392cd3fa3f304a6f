package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"

	"butluc/library"
)

// maxDepth ends a walk into folders nested deeper than people do; below it, one entry stands for
// the rest. It bounds what a crafted folder can cost.
const maxDepth = 100

// seam lets tests refuse what root may do, as a process of the superuser is never refused, and put files into the cloud.
type seam struct {
	readDir func(dir string) error // before a folder is listed
	open    func(name string) error
	away    func(name string) bool // whether a file is in the cloud
}

// walk lists the files of the folder in natural order: sizes and times only, nothing is opened.
func walk(ctx context.Context, root *os.Root, s seam) ([]library.File, error) {
	w := walker{ctx: ctx, top: root, seam: s}
	if err := w.folder(root, ".", 0); err != nil {
		return nil, fmt.Errorf("list case folder: %w", err)
	}
	// A stick pulled in the middle looks like unreadable folders; the list would lose their files.
	if err := stillThere(root); err != nil {
		return nil, fmt.Errorf("list case folder: %w", err)
	}
	library.SortFiles(w.files)
	return w.files, nil
}

// stillThere looks at the folder once more.
func stillThere(root *os.Root) error {
	f, err := root.Open(".")
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Readdirnames(1); !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

type walker struct {
	ctx   context.Context
	top   *os.Root // the case folder
	seam  seam
	files []library.File
	dirs  []string // as the system spells them, "." first
}

// folder lists dir, whose own root is given so that each name costs one system call however deep
// it lies. Only a failure at the top is an error; below, the folder becomes an entry.
func (w *walker) folder(root *os.Root, dir string, depth int) error {
	entries, err := w.read(root, dir)
	if err != nil {
		return err
	}
	w.dirs = append(w.dirs, dir)
	for _, entry := range entries {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		name := entry.Name()
		if isLitter(name) || depth == 0 && name == library.Sidecar {
			continue
		}
		full := path.Join(dir, name) // "." + name is name; the system's own spelling is kept
		if runtime.GOOS == "windows" && strings.TrimRight(name, ". ") != name {
			// From another system. os.Root asks for the name without its end (GetFullPathName): nothing, or another file.
			w.fault(full, library.KindUnknown, library.FaultUnreadable, "a name that ends in a dot or a space")
			continue
		}
		info, err := root.Lstat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue // gone between the listing and now: as if it had never been
		case err != nil:
			w.fault(full, library.KindUnknown, library.FaultUnreadable, err.Error())
		case info.IsDir():
			if isSidecar(root, name) {
				continue
			}
			if depth >= maxDepth {
				w.fault(full, library.KindUnknown, library.FaultUnreadable, "nested too deep")
				continue
			}
			if err := w.enter(root, name, full, depth); err != nil {
				return err
			}
		case w.inCloud(name, info): // before links: a placeholder is a reparse point, too
			w.fault(full, library.KindUnknown, library.FaultCloud, "")
		case isLink(info.Mode()):
			target, _ := root.Readlink(name) // on Windows a junction's may not be readable
			w.fault(full, library.KindLink, w.leads(full, target), library.EscapePath(target))
		case !info.Mode().IsRegular():
			w.fault(full, library.KindUnknown, library.FaultUnknown, info.Mode().Type().String())
		default:
			w.files = append(w.files, library.File{
				Path: library.EscapePath(full), Size: info.Size(), ModTime: info.ModTime(),
			})
		}
	}
	return nil
}

func (w *walker) enter(root *os.Root, name, full string, depth int) error {
	sub, err := root.OpenRoot(name)
	if err == nil {
		defer sub.Close()
		err = w.folder(sub, full, depth+1)
	}
	if ctxErr := w.ctx.Err(); ctxErr != nil {
		return ctxErr
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		w.fault(full, library.KindUnknown, library.FaultUnreadable, err.Error())
	}
	return nil
}

func (w *walker) read(root *os.Root, dir string) ([]fs.DirEntry, error) {
	if w.seam.readDir != nil {
		if err := w.seam.readDir(dir); err != nil {
			return nil, err
		}
	}
	f, err := root.Open(".")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.ReadDir(-1)
}

func (w *walker) fault(full string, kind library.Kind, code library.FaultCode, detail string) {
	w.files = append(w.files, library.File{
		Path: library.EscapePath(full), Kind: kind, Fault: library.Fault{Code: code, Detail: detail},
	})
}

// leads tells where a link leads. One inside of the case folder leads to what is listed itself.
func (w *walker) leads(link, target string) library.FaultCode {
	at := link
	if rel, err := filepath.Rel(w.top.Name(), target); err == nil && filepath.IsAbs(target) && filepath.IsLocal(rel) {
		at = rel // os.Root takes every absolute target for one outside
	}
	_, err := w.top.Stat(at)
	switch {
	case err == nil:
		return library.FaultInside
	case errors.Is(err, fs.ErrNotExist), isLoop(err):
		return library.FaultDangling
	}
	return library.FaultLink
}

// inCloud tells what stands for a file that is not on this disk: it is not opened, which could fetch it.
func (w *walker) inCloud(name string, info fs.FileInfo) bool {
	return isStub(name) || isRecalled(info) || w.seam.away != nil && w.seam.away(name)
}

// isStub tells the small files that macOS keeps in the place of those on iCloud: ".BL 12.pdf.icloud".
func isStub(name string) bool {
	return strings.HasPrefix(name, ".") && strings.HasSuffix(name, ".icloud")
}

// isLink tells links from files. Windows' junctions are "irregular" to Go.
func isLink(m fs.FileMode) bool {
	return m&fs.ModeSymlink != 0 || runtime.GOOS == "windows" && m&fs.ModeIrregular != 0
}

// isSidecar tells whether a folder further down is another case's sidecar: someone opened the
// folder that holds several cases.
func isSidecar(root *os.Root, name string) bool {
	if name != library.Sidecar {
		return false
	}
	_, err := root.Lstat(path.Join(name, "case.db"))
	return err == nil
}

// isLitter tells what systems and programs leave behind, never evidence.
func isLitter(name string) bool {
	return strings.HasPrefix(name, ".") && !isStub(name) || strings.HasPrefix(name, "~$") ||
		strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
}
