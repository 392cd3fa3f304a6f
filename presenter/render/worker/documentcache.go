//go:build cgo

package worker

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"butluc/library"
	"butluc/library/sandbox"
	"butluc/presenter/render/protocol"
)

// maxOpen documents stay open: each has its own MuPDF context with fonts and a store.
const maxOpen = 4

var errNeedsPassword = errors.New("a password is needed")

// fault is an error that knows its code.
type fault struct {
	code      library.FaultCode
	wholeFile bool
	err       error
}

func (f *fault) Error() string { return f.err.Error() }
func (f *fault) Unwrap() error { return f.err }

func wholeFile(code library.FaultCode, err error) error {
	return &fault{code: code, wholeFile: true, err: err}
}

// documentCache holds the documents that are open, the most recently used last.
type documentCache struct {
	root   *os.Root
	fenced string // the folder that the fence lets through, once it is closed
	docs   []*document
	tell   func(pixels int) // that a picture of so many pixels is going to be decoded

	resident resident
}

// key tells one state of one file.
type key struct {
	root, path    string
	size, modTime int64
	kind          library.Kind
	film          uint8 // of a recording
}

func keyOf(req *protocol.Request) key {
	return key{req.Root, req.Path, req.Size, req.ModTime, req.Kind, req.Tracks.Video}
}

// open gives the document that req names, from the cache or from disk.
func (d *documentCache) open(req *protocol.Request) (*document, error) {
	if err := d.enter(req.Root); err != nil {
		return nil, err
	}
	if err := d.unchanged(req); err != nil {
		d.docs = slices.DeleteFunc(d.docs, func(doc *document) bool {
			if doc.key.path != req.Path {
				return false
			}
			doc.close()
			return true
		})
		return nil, err
	}
	k := keyOf(req)
	if i := slices.IndexFunc(d.docs, func(doc *document) bool { return doc.key == k }); i >= 0 {
		doc := d.docs[i]
		if i != len(d.docs)-1 {
			d.docs = append(slices.Delete(d.docs, i, i+1), doc)
			d.freeCachesBut(doc)
		}
		return doc, nil
	}
	for len(d.docs) >= maxOpen {
		d.docs[0].close()
		d.docs = slices.Delete(d.docs, 0, 1)
	}
	d.freeCachesBut(nil)
	doc, err := d.load(req)
	if err != nil {
		return nil, err
	}
	d.docs = append(d.docs, doc)
	return doc, nil
}

// enter opens the folder once and closes the fence behind it: from then on this process can read
// nothing else. The renderer gives each worker one folder for life.
func (d *documentCache) enter(escaped string) error {
	root := library.SystemPath(escaped)
	if d.root != nil {
		if root != d.fenced {
			return wholeFile(library.FaultUnreadable, fmt.Errorf("open %s: this worker was given another folder", root))
		}
		return nil
	}
	r, err := os.OpenRoot(root)
	if err != nil {
		return wholeFile(faultOf(err), fmt.Errorf("open folder: %w", err))
	}
	sandbox.Around(root, sandbox.Draw)
	d.root, d.fenced = r, root
	return nil
}

// unchanged compares the file on disk with what the request says of it.
func (d *documentCache) unchanged(req *protocol.Request) error {
	info, err := d.root.Stat(library.SystemPath(req.Path))
	if err != nil {
		return wholeFile(faultOf(err), fmt.Errorf("look at file: %w", err))
	}
	return same(info, req)
}

func same(info fs.FileInfo, req *protocol.Request) error {
	switch {
	case !info.Mode().IsRegular(): // a pipe would hang, a device may do anything
		return wholeFile(library.FaultUnreadable, errors.New("not a regular file"))
	case info.Size() != req.Size || info.ModTime().UnixNano() != req.ModTime:
		return wholeFile(library.FaultChanging, fmt.Errorf("file has %d bytes of %d; changed since it was listed",
			info.Size(), req.Size))
	case info.Size() == 0:
		return wholeFile(library.FaultEmpty, errors.New("no bytes"))
	}
	return nil
}

func faultOf(err error) library.FaultCode {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return library.FaultVanished
	default: // refused, a link out of the folder, a failing disk
		return library.FaultUnreadable
	}
}

// load maps the file and opens it.
func (d *documentCache) load(req *protocol.Request) (*document, error) {
	f, err := d.root.OpenFile(library.SystemPath(req.Path), openFlags, 0)
	if err != nil {
		return nil, wholeFile(faultOf(err), fmt.Errorf("open file: %w", err))
	}
	defer f.Close() // the mapping outlives it
	info, err := f.Stat()
	if err != nil {
		return nil, wholeFile(library.FaultUnreadable, fmt.Errorf("look at file: %w", err))
	}
	if err := same(info, req); err != nil {
		return nil, err
	}
	if req.Kind.Clip() {
		clip, err := openRecording(f, req.Kind, req.Tracks)
		if err != nil {
			return nil, err
		}
		return &document{key: keyOf(req), clip: clip}, nil
	}
	data, unmap, err := mapFile(f, info.Size())
	if err != nil {
		return nil, wholeFile(library.FaultUnreadable, fmt.Errorf("map file: %w", err))
	}
	remove := d.resident.add(data)
	doc := &document{key: keyOf(req), data: data, unmap: func() {
		remove()
		unmap()
	}, begin: func(pixels int) { d.tell(pixels) }}
	if err := doc.open(req.Passwords); err != nil {
		doc.close()
		return nil, err
	}
	return doc, nil
}

// freeCachesBut empties the stores of all documents but one, so that only the one that is read now
// holds decoded pictures.
func (d *documentCache) freeCachesBut(current *document) {
	for _, doc := range d.docs {
		if doc != current {
			doc.freeCaches()
		}
	}
}

func (d *documentCache) freeCaches() { d.freeCachesBut(nil) }

func (d *documentCache) forget(doc *document) {
	d.docs = slices.DeleteFunc(d.docs, func(o *document) bool { return o == doc })
	doc.close()
}

func (d *documentCache) closeAll() {
	for _, doc := range d.docs {
		doc.close()
	}
	d.docs = nil
}
