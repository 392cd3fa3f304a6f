package store

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	"butluc/library"
	"butluc/library/internal/plain"
)

// Copies of the outline that were submitted are kept twice: in the database, and each as a file of its own, which
// outlives whatever happens to the database. The file is the exported outline, the very bytes whose SHA-256 stands on
// paper and in its name, beside its number and its time.
const (
	submittedName = "submitted" // the files' folder
	submittedTime = "20060102T150405Z"
	maxSubmitted  = 64 << 20 // bytes; a large outline has two
)

func submittedOf(home string) string { return filepath.Join(home, submittedName) }

var submittedPattern = regexp.MustCompile(`^([0-9]{6,9})-([0-9]{8}T[0-9]{6}Z)-([0-9a-f]{64})\.json$`)

func submittedFile(a library.Approval) string {
	return fmt.Sprintf("%06d-%s-%s.json", a.Number, a.At.UTC().Format(submittedTime), a.SHA256)
}

// submission is what the name of such a file tells.
type submission struct {
	path   string
	number int
	at     time.Time
	sha256 string
}

// submittedFiles lists the files of submitted copies in a folder, in order.
func submittedFiles(home string) []submission {
	entries, _ := os.ReadDir(submittedOf(home))
	var list []submission
	for _, e := range entries {
		m := submittedPattern.FindStringSubmatch(e.Name())
		if m == nil {
			continue
		}
		n, err := strconv.Atoi(m[1])
		at, timeErr := time.Parse(submittedTime, m[2])
		if err == nil && timeErr == nil && n > 0 {
			list = append(list, submission{filepath.Join(submittedOf(home), e.Name()), n, at, m[3]})
		}
	}
	return list
}

func (f submission) read() (library.Approval, error) {
	data, err := plain.ReadOwn(f.path, maxSubmitted)
	if err != nil {
		return library.Approval{}, err
	}
	a, err := library.ExportedApproval(f.number, f.at.Local(), data)
	if err == nil && a.SHA256 != f.sha256 {
		err = errors.New("the copy is not what was submitted")
	}
	return a, err
}

// Approvals gives the copies of the outline that were submitted, in order. Those that can't be read, in the database
// nor as a file, are left out and told of in the error.
func (s *Store) Approvals() ([]library.Approval, error) {
	s.mu.Lock()
	list, errs := approvalsIn(s.state)
	s.mu.Unlock()
	for _, f := range submittedFiles(s.Report().Dir) {
		if slices.ContainsFunc(list, func(a library.Approval) bool { return a.Number == f.number && a.SHA256 == f.sha256 }) {
			continue
		}
		a, err := f.read()
		if err != nil {
			errs = append(errs, fmt.Errorf("read approval %s: %w", filepath.Base(f.path), err))
			continue
		}
		list = append(list, a)
	}
	slices.SortStableFunc(list, func(a, b library.Approval) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), a.At.Compare(b.At))
	})
	return list, errors.Join(errs...)
}

func approvalsIn(state records) (list []library.Approval, errs []error) {
	for name, value := range state[bucketApprovals] {
		a, err := library.DecodeApproval(value)
		if err == nil && approvalKey(a.Number).name != name {
			err = fmt.Errorf("is number %d", a.Number)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("read approval %q: %w", name, err))
			continue
		}
		list = append(list, a)
	}
	return list, errs
}

// LastApproval is the highest number that a submitted copy ever had, whether it can be read or not: numbers stand on
// paper and are given once.
func (s *Store) LastApproval() int {
	files := submittedFiles(s.Report().Dir)
	s.mu.Lock()
	defer s.mu.Unlock()
	last := max(s.submitted, lastIn(s.state))
	for _, f := range files {
		last = max(last, f.number)
	}
	return last
}

// lastIn is the highest number of a submitted copy among records.
func lastIn(state records) (last int) {
	for name := range state[bucketApprovals] {
		if n, err := strconv.Atoi(name); err == nil {
			last = max(last, n)
		}
	}
	return last
}

// PutApproval keeps a copy of the outline that was submitted.
func (s *Store) PutApproval(a library.Approval) error {
	value, err := library.EncodeApproval(a)
	if err != nil {
		return fmt.Errorf("keep approval: %w", err)
	}
	if err := s.putAll(map[key][]byte{approvalKey(a.Number): value}); err != nil {
		return err
	}
	s.mu.Lock()
	s.submitted = max(s.submitted, a.Number)
	s.mu.Unlock()
	return nil
}

func approvalKey(number int) key { return key{bucketApprovals, fmt.Sprintf("%08d", number)} }

// keepSubmissions writes the files of the submitted copies in a batch.
func (o *owner) keepSubmissions(batch map[key][]byte) error {
	for k, value := range batch {
		if k.bucket != bucketApprovals || value == nil {
			continue
		}
		a, err := library.DecodeApproval(value)
		if err != nil {
			continue // was told when the case was opened
		}
		if err := writeSubmitted(o.report.Dir, a); err != nil {
			return fmt.Errorf("keep submitted copy %d: %w", a.Number, err)
		}
	}
	return nil
}

// keepOldSubmissions writes the files of copies that were submitted before there were files.
func (o *owner) keepOldSubmissions() {
	all := map[key][]byte{}
	for name, value := range o.state[bucketApprovals] {
		all[key{bucketApprovals, name}] = value
	}
	if err := o.keepSubmissions(all); err != nil {
		o.opts.Log.Warn("store: keep submitted copies", "err", err)
	}
}

// writeSubmitted writes the file of a submitted copy beside a database, unless it is there.
func writeSubmitted(home string, a library.Approval) error {
	dir := submittedOf(home)
	if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) { //nolint:gosec // as the case folder is
		return err
	}
	if info, err := os.Lstat(dir); err != nil || !info.IsDir() { // a link could lead elsewhere
		return fmt.Errorf("%s is no folder", dir)
	}
	path := filepath.Join(dir, submittedFile(a))
	if have, err := plain.ReadOwn(path, maxSubmitted); err == nil && string(have) == string(a.Exported()) {
		return nil
	}
	return writeFile(path, func(w io.Writer) error { _, err := w.Write(a.Exported()); return err })
}
