package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"butluc/library"
	"butluc/library/internal/plain"
	"butluc/library/office/place"
	"butluc/library/office/roster"
)

// ErrNotEmpty says that a case can't be fetched into a folder that holds something else.
var ErrNotEmpty = errors.New("the folder is not empty")

// fetchMark is in the folder of a case that is not whole yet, in its sidecar: which one it becomes.
const fetchMark = "fetch.json"

type fetching struct {
	Store, Case, Revision string
}

// Fetched is what of a revision goes into the case's database once its files are there.
type Fetched struct {
	Outline   []byte // as exported
	Approvals []Approval
	Logged    error // why the log has no line of it: a copy of the store that can only be read
}

// Fetch writes a revision into the folder dir: evidence with the times that it had, the database, journals; every file's SHA-256 is compared
// before it gets its name. dir is new or empty, or holds what an earlier Fetch of the same revision left,
// which goes on. The log gets its line first. After an error dir holds no database: it is no case yet.
func (s *Store) Fetch(ctx context.Context, c Case, r Revision, dir string, told func(done, total int64)) (Fetched, error) {
	f, err := s.fetch(ctx, c, r, dir, told)
	if err != nil {
		return Fetched{}, fmt.Errorf("fetch case: %w", err)
	}
	return f, nil
}

func (s *Store) fetch(ctx context.Context, c Case, r Revision, dir string, told func(done, total int64)) (f Fetched, err error) {
	if c.Right < roster.Read || r.Standing != Counts {
		return f, ErrRight
	}
	if told == nil {
		told = func(int64, int64) {}
	}
	root, err := s.begin(dir, fetching{s.id, c.ID, r.ID})
	if err != nil {
		return f, err
	}
	defer root.Close()
	if f, err = s.Papers(ctx, c, r); err != nil {
		return f, err
	}
	files, err := s.Evidence(ctx, c, r)
	if err != nil {
		return f, err
	}
	total, done := int64(0), int64(0)
	for _, file := range files {
		total += file.Size
	}
	for _, file := range files {
		if err := s.FetchFile(ctx, c, root, file); err != nil {
			return f, fmt.Errorf("%s: %w", file.Path, err)
		}
		done += file.Size
		told(done, total)
	}
	if err := s.fetchJournals(ctx, c, r, root); err != nil {
		return f, err
	}
	packed, err := s.receiveAll(ctx, c.vaults, r.manifest.Database, maxDatabase)
	if err == nil {
		packed, err = inflate(packed, maxDatabase)
	}
	if err != nil {
		return f, fmt.Errorf("database: %w", err)
	}
	if err := writeWhole(root, path.Join(library.Sidecar, "case.db"), bytes.NewReader(packed)); err != nil {
		return f, err
	}
	return f, root.Remove(path.Join(library.Sidecar, fetchMark))
}

// maxDatabase bounds a case's database, in bytes.
const maxDatabase = 512 << 20

// begin makes the folder, or finds the one that an earlier fetch left.
func (s *Store) begin(dir string, want fetching) (*os.Root, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // as a case folder is
		return nil, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	name := path.Join(library.Sidecar, fetchMark)
	if len(entries) > 0 {
		var have fetching
		data, err := readIn(root, name, 4096)
		if err != nil || json.Unmarshal(data, &have) != nil || have != want {
			root.Close()
			return nil, ErrNotEmpty
		}
		return root, nil
	}
	data, err := json.Marshal(want)
	if err == nil {
		err = root.MkdirAll(library.Sidecar, 0o755)
	}
	if err == nil {
		err = writeWhole(root, name, bytes.NewReader(data))
	}
	if err != nil {
		root.Close()
		return nil, err
	}
	return root, nil
}

func readIn(root *os.Root, name string, limit int64) ([]byte, error) {
	f, err := plain.OpenIn(root, filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit))
}

// Papers gives a revision's outline and submitted copies. The log gets its line first; that it can't be written is told only
// of a place that can't be written to.
func (s *Store) Papers(ctx context.Context, c Case, r Revision) (f Fetched, err error) {
	if err := s.note(ctx, c.vaults[0], ActionFetch, r.ID); err != nil {
		if !errors.Is(err, place.ErrRefused) && !errors.Is(err, fs.ErrPermission) && !readOnly(err) {
			return f, err
		}
		f.Logged = err
	}
	if f.Outline, err = s.Outline(ctx, c, r); err != nil {
		return f, err
	}
	for _, a := range r.manifest.Approvals {
		data, err := s.receiveAll(ctx, c.vaults, a.Content, library.MaxImport)
		if err != nil {
			return f, fmt.Errorf("submitted copy %d: %w", a.Number, err)
		}
		f.Approvals = append(f.Approvals, Approval{a.Number, a.At, data})
	}
	return f, nil
}

// FetchFile writes a file of the evidence below root, unless the same is there. What is there otherwise is not replaced: then it fails with
// [fs.ErrExist].
func (s *Store) FetchFile(ctx context.Context, c Case, root *os.Root, f File) error {
	name := library.SystemPath(f.Path)
	if !filepath.IsLocal(name) || !safe(filepath.ToSlash(name)) {
		return ErrName
	}
	if info, err := root.Lstat(name); err == nil {
		if same, err := sameFile(root, name, f); err != nil {
			return err
		} else if !same {
			return fs.ErrExist
		}
		if !info.ModTime().Equal(f.ModTime) {
			_ = root.Chtimes(name, f.ModTime, f.ModTime)
		}
		return nil
	}
	if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	r, w := io.Pipe()
	go func() { w.CloseWithError(s.receive(ctx, c.vaults, f.blob, w)) }()
	defer func() { _ = r.Close() }() // lets the other end go where the disk is full
	if err := writeWhole(root, filepath.ToSlash(name), r); err != nil {
		return err
	}
	_ = root.Chtimes(name, f.ModTime, f.ModTime) // a stick that rounds times costs a second reading
	return nil
}

// sameFile tells whether a file has the content that the store has.
func sameFile(root *os.Root, name string, want File) (bool, error) {
	f, err := plain.OpenIn(root, name)
	if err != nil {
		return false, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.Size() != want.Size {
		return false, err
	}
	sum, err := hashReader(f)
	return sum == want.SHA256, err
}

// writeWhole writes a new file below root, whole or not at all: beside its name first, synced.
func writeWhole(root *os.Root, name string, r io.Reader) error {
	target := filepath.FromSlash(name)
	beside := filepath.Join(filepath.Dir(target), ".butluc-fetch-"+Hash([]byte(name))[:16])
	_ = root.Remove(beside) // of an earlier time
	w, err := root.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	if err == nil {
		err = w.Sync()
	}
	err = errors.Join(err, w.Close())
	if err == nil {
		err = root.Rename(beside, target)
	}
	if err != nil {
		_ = root.Remove(beside)
	}
	return err
}

// fetchJournals writes the journal of who made the revision as the case's, and those of others' machines beside it.
func (s *Store) fetchJournals(ctx context.Context, c Case, r Revision, root *os.Root) error {
	for _, j := range r.manifest.Journals {
		if !safe(j.Name) || strings.Contains(j.Name, "/") || len(j.Name) > 200 {
			return fmt.Errorf("journal %q: %w", j.Name, ErrDamaged)
		}
		dir := path.Join(library.Sidecar, "journal")
		if j.Author != r.Author.Fingerprint() {
			dir = path.Join(library.Sidecar, "journals", Hash([]byte(j.Author))[:12])
		}
		data, err := s.receiveAll(ctx, c.vaults, j.Content, maxDatabase)
		if err != nil {
			return fmt.Errorf("journal: %w", err)
		}
		if err := root.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		if err := writeWhole(root, path.Join(dir, j.Name), bytes.NewReader(data)); err != nil {
			return err
		}
	}
	return nil
}

func hashReader(r io.Reader) (string, error) {
	h := sha256.New()
	_, err := io.Copy(h, r)
	return hex.EncodeToString(h.Sum(nil)), err
}

// readOnly tells of a place that can't be written to.
func readOnly(err error) bool { return errors.Is(err, syscall.EROFS) }
