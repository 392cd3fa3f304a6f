package store

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"butluc/library/office/place"
	"butluc/library/office/place/placetest"
	"butluc/library/office/roster"
)

// The cable is cut at each write of a publishing in turn: nothing acknowledged goes, and the next one ends it.
func TestACutPublishingIsEndedByTheNext(t *testing.T) {
	o := newOffice(t, placetest.Folder(t))
	o.hoa.publish()
	for cut := 0; ; cut++ {
		o.hoa.outline = fmt.Sprint("đề cương ", cut)
		for i := range 3 {
			o.hoa.files[fmt.Sprintf("%d-%d.pdf", cut, i)] = fmt.Sprint(cut, i)
		}
		last := o.hoa.base
		o.hoa.wrapped = func(p place.Place) place.Place { return &metered{Place: p, left: cut} }
		_, err := o.hoa.tryPublish(t.Context())
		o.hoa.wrapped = nil
		if err == nil { // no write is left to cut, or the log's line, which is told
			if cut < 6 {
				t.Fatalf("a publishing of %d writes", cut)
			}
			break
		}
		if !errors.Is(err, errCut) {
			t.Fatal(err)
		}
		c, err := o.minh.look()
		if err != nil || len(c.Heads) != 1 || c.Heads[0].ID != last[0] || c.Damaged > 0 {
			t.Fatalf("cut at write %d: %d newest, %d damaged, %v", cut, len(c.Heads), c.Damaged, err)
		}
		o.hoa.publish()
		if got := o.minh.outlines(); !slices.Equal(got, []string{o.hoa.outline}) {
			t.Fatalf("after a cut at write %d the head sees %q", cut, got)
		}
	}
	o.minh.fetch()
}

// A server that goes at any request of a publishing.
func TestAServerThatGoes(t *testing.T) {
	s := placetest.WebDAV(t)
	o := newOffice(t, s)
	o.hoa.publish()
	for requests := int64(1); requests < 60; requests += 6 {
		o.hoa.outline = fmt.Sprint("đề cương ", requests)
		o.hoa.files["moi.pdf"] = strings.Repeat("x", int(requests))
		s.Cut(requests)
		_, err := o.hoa.tryPublish(t.Context())
		s.Mend()
		if err == nil {
			continue
		}
		if _, err := o.minh.look(); err != nil {
			t.Fatalf("cut at request %d: %v", requests, err)
		}
		// What was cut may have come whole; then there is one revision more, of the same case.
		o.hoa.publish()
		if got := o.minh.outlines(); !slices.Contains(got, o.hoa.outline) {
			t.Fatalf("cut at request %d: the head sees %q", requests, got)
		}
	}
}

// Whatever somebody who can write to the place does to what lies there: it is refused or as it was, and nothing is written
// outside of the folder.
func TestAChangedStoreIsRefused(t *testing.T) {
	times := 60
	if os.Getenv("BUTLUC_TORTURE") != "" {
		times = 600
	}
	o := newOffice(t, placetest.Folder(t))
	o.hoa.publish()
	o.grant(o.tuan, roster.Edit)
	o.tuan.fetch()
	o.tuan.outline = "đề cương của Tuấn"
	o.tuan.publish()
	whole := files(t, o.server.Dir)
	names := slices.Sorted(keys(whole))
	refused := 0
	for seed := range times {
		r := rand.New(rand.NewPCG(20, uint64(seed)))
		name := names[r.IntN(len(names))]
		path := filepath.Join(o.server.Dir, name)
		what := mutate(t, r, path, whole[name], filepath.Join(o.server.Dir, names[r.IntN(len(names))]))
		if err := takeAll(t, o); err != nil {
			refused++
		}
		restore(t, o.server.Dir, whole)
		if t.Failed() {
			t.Fatalf("seed %d: %s of %s", seed, what, name)
		}
	}
	t.Logf("%d changed stores, %d refused", times, refused)
	if err := takeAll(t, o); err != nil {
		t.Errorf("unchanged: %v", err)
	}
}

// takeAll opens a store as the head does who has no copies of it, and takes all that there is.
func takeAll(t *testing.T, o *office) error {
	o.minh.cache = ""
	s, err := o.minh.tryOpen()
	if err != nil {
		return err
	}
	list, _, err := s.Cases(t.Context())
	if err != nil {
		return err
	}
	var errs []error
	if len(list) != 1 {
		errs = append(errs, ErrNoCase)
	}
	for _, c := range list {
		if c.Damaged > 0 || len(c.Heads) != 1 {
			errs = append(errs, ErrDamaged)
		}
		for _, r := range c.Heads {
			outside := t.TempDir()
			dir := filepath.Join(outside, "vu an")
			f, err := s.Fetch(t.Context(), c, r, dir, nil)
			errs = append(errs, err)
			if err == nil && !strings.HasPrefix(string(f.Outline), "đề cương") {
				t.Errorf("took the outline %q", f.Outline)
			}
			for name, data := range files(t, outside) {
				inside, ok := strings.CutPrefix(name, "vu an"+string(filepath.Separator))
				if want, known := o.tuan.files[filepath.ToSlash(inside)]; !ok || known && want != string(data) {
					t.Errorf("%s was written, of %d bytes", name, len(data))
				}
			}
		}
		if _, bad, err := s.Log(t.Context(), c); bad > 0 || err != nil {
			errs = append(errs, ErrDamaged, err)
		}
	}
	return errors.Join(errs...)
}

func mutate(t *testing.T, r *rand.Rand, path string, data []byte, other string) string {
	data = slices.Clone(data)
	what := ""
	switch n := r.IntN(6); {
	case n == 0 || len(data) == 0:
		must(t, os.Remove(path))
		return "removal"
	case n == 1:
		what, data = "cut", data[:r.IntN(len(data))]
	case n == 2:
		what, data = "addition", append(data, byte(r.UintN(256)))
	case n == 3:
		must(t, os.Rename(path, other))
		return "renaming to " + filepath.Base(other)
	case n == 4:
		also, err := os.ReadFile(other)
		must(t, err)
		what, data = "content of "+filepath.Base(other), also
	default:
		what = "flipped bits"
		for range 1 + r.IntN(4) {
			data[r.IntN(len(data))] ^= 1 << r.IntN(8)
		}
	}
	must(t, os.WriteFile(path, data, 0o600))
	return what
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func keys(m map[string][]byte) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func files(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	must(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		all[rel], err = os.ReadFile(path)
		return err
	}))
	return all
}

func restore(t testing.TB, dir string, whole map[string][]byte) {
	t.Helper()
	for name := range files(t, dir) {
		if _, was := whole[name]; !was {
			must(t, os.Remove(filepath.Join(dir, name)))
		}
	}
	for name, data := range whole {
		if now, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(now) != string(data) {
			must(t, os.WriteFile(filepath.Join(dir, name), data, 0o600))
		}
	}
}

// Who may write to the place puts an older roster in the place of the newest.
func TestARosterThatWentBackIsTold(t *testing.T) {
	o := newOffice(t, placetest.Folder(t))
	before := files(t, filepath.Join(o.server.Dir, "roster"))
	o.hoa.publish()
	o.change(func(r roster.Roster) (roster.Roster, error) { return r.Without(o.lan.id()) })
	o.hoa.open() // remembers
	restore(t, filepath.Join(o.server.Dir, "roster"), before)
	s := o.hoa.open()
	r, behind := s.Roster()
	if _, is := r.Member(o.lan.id()); is || !behind {
		t.Errorf("the roster that went back is taken: behind %v", behind)
	}
	must(t, s.Restore(t.Context()))
	if _, behind := o.tuan.open().Roster(); behind {
		t.Error("it was not put back")
	}
	if r, _ := o.tuan.open().Roster(); r.Number != 3 {
		t.Errorf("the roster's number is %d, want 3", r.Number)
	}
	must(t, os.RemoveAll(filepath.Join(o.server.Dir, "roster")))
	if _, behind := o.tuan.open().Roster(); !behind {
		t.Error("a roster that is gone is not told")
	}
}

// Disk full in the middle, and a fetch that goes on.
func TestACutFetchGoesOn(t *testing.T) {
	o := newOffice(t, placetest.Folder(t))
	o.hoa.publish()
	c, err := o.minh.look()
	must(t, err)
	part := c.vaults[0].part(Hash([]byte("hiện trường")))
	must(t, os.Rename(filepath.Join(o.server.Dir, part), filepath.Join(o.server.Dir, "away")))
	dir := t.TempDir()
	_, err = o.minh.open().Fetch(t.Context(), c, c.Heads[0], dir, nil)
	if !errors.Is(err, ErrIncomplete) || !strings.Contains(err.Error(), "anh.jpg") {
		t.Fatalf("fetched what is not there: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "_butluc", "case.db")); err == nil {
		t.Error("half a case has a database")
	}
	must(t, os.Rename(filepath.Join(o.server.Dir, "away"), filepath.Join(o.server.Dir, part)))
	if _, err := o.minh.open().Fetch(t.Context(), c, c.Heads[0], dir, nil); err != nil {
		t.Errorf("it does not go on: %v", err)
	}
	if _, err := o.minh.open().Fetch(t.Context(), c, c.Heads[0], dir, nil); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("fetched over a case: %v", err)
	}
}
