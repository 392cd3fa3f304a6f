package signature

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"butluc/library"
	"butluc/library/internal/atomicfile"
)

// Found is what was told of a file.
type Found struct {
	Path       string // in the case, as [library.File] has it
	Signatures []Signature
	Err        error // it could not be looked at: [ErrEnded], or that of reading
}

// Odd tells whether a person should look: the file could not be looked at, what somebody signed was changed, a time stamp is
// of something else, or more was added than the last of them signed.
func (f Found) Odd() bool {
	last := len(f.Signatures) - 1
	return f.Err != nil || slices.ContainsFunc(f.Signatures, func(s Signature) bool { return !s.Intact || s.Misstamped }) ||
		last >= 0 && f.Signatures[last].Covers != Whole
}

// Survey looks through a case. What was told of a file is kept by its SHA-256, until the office trusts others.
type Survey struct {
	Reader Reader
	Cache  string // the file it is kept in; "": nowhere

	mu    sync.Mutex
	roots string // [Roots.ID] of what is known
	known map[string][]Signature
}

// kept is the file of a cache.
type kept struct {
	Version int                    `json:"version"`
	Roots   string                 `json:"roots"`
	Files   map[string][]Signature `json:"files"` // by SHA-256
}

const keptVersion = 2 // of 1 nobody looked at PSS and at whose time stamps are

// Run looks at the PDFs of a case's folder one after the other and tells those that are signed, or that it could not look
// at. progress, which may be nil, is told bytes. The error is ctx's, or that of the folder.
func (s *Survey) Run(ctx context.Context, dir string, files []library.File, progress func(done, total int64)) ([]Found, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	roots, err := LoadRoots(s.Reader.Roots)
	if err != nil {
		return nil, err
	}
	s.load(roots.ID())
	done, total, learnt := int64(0), int64(0), false
	for _, f := range files {
		total += f.Size
	}
	var found []Found
	for _, f := range files {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if progress != nil {
			progress(done, total)
		}
		done += f.Size
		if f.Kind != library.KindPDF {
			continue
		}
		list, ok := s.known[f.SHA256]
		if !ok || f.SHA256 == "" {
			if list, err = s.look(ctx, root, f); err != nil {
				found = append(found, Found{f.Path, nil, err})
				continue
			}
			if f.SHA256 != "" {
				s.known[f.SHA256], learnt = list, true
			}
		}
		if len(list) > 0 {
			found = append(found, Found{f.Path, list, nil})
		}
	}
	if learnt {
		s.keep()
	}
	return found, ctx.Err()
}

func (s *Survey) look(ctx context.Context, root *os.Root, f library.File) ([]Signature, error) {
	file, err := root.Open(filepath.FromSlash(library.SystemPath(f.Path)))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return s.Reader.Read(ctx, file)
}

// load takes what is known by these roots. A cache that can't be read knows nothing.
func (s *Survey) load(roots string) {
	if s.known != nil && s.roots == roots {
		return
	}
	s.known, s.roots = map[string][]Signature{}, roots
	if s.Cache == "" {
		return
	}
	data, err := os.ReadFile(s.Cache)
	var k kept
	if err == nil && json.Unmarshal(data, &k) == nil && k.Version == keptVersion && k.Roots == roots && k.Files != nil {
		s.known = k.Files
	}
}

// keep is best effort: what is not kept is read again.
func (s *Survey) keep() {
	if s.Cache == "" {
		return
	}
	data, err := json.Marshal(kept{keptVersion, s.roots, s.known})
	if err == nil && os.MkdirAll(filepath.Dir(s.Cache), 0o700) == nil {
		_ = atomicfile.WriteFile(s.Cache, ".signatures-", func(w io.Writer) error { _, err := w.Write(data); return err })
	}
}
