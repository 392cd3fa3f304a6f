package pack

import (
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"butluc/library/office/identity"
)

// A stick that is pulled after so many bytes: the next writing of the same goes on with the parts that are whole, and the
// package is as if nothing had been.
func TestSealingGoesOnWithWhatIsWhole(t *testing.T) {
	hoa := person(t, "Hòa")
	c, files := theCase()
	seal := Seal{From: hoa, To: []identity.Card{hoa.Card()}, Now: day(), PartSize: MinPart + 64<<10}
	pulled := errors.New("pulled")
	for at := range c.Sources {
		broken, read := c, 0
		broken.Sources = slices.Clone(c.Sources)
		broken.Sources[at].Open = func() (io.ReadCloser, error) { return nil, pulled }
		again := c
		again.Sources = slices.Clone(c.Sources)
		for i, s := range again.Sources {
			again.Sources[i].Open = func() (io.ReadCloser, error) { read++; return s.Open() }
		}
		file := filepath.Join(t.TempDir(), "goi.butluc")
		if _, err := Write(t.Context(), file, broken, seal, nil); !errors.Is(err, pulled) {
			t.Fatal(err)
		}
		if _, err := os.Lstat(file); err == nil {
			t.Error("what is not whole looks like a package")
		}
		seal := seal
		seal.Now = day().AddDate(0, 0, 1)
		h, err := Write(t.Context(), file, again, seal, nil)
		if err != nil {
			t.Fatal(err)
		}
		if at > 4 && (!h.Sealed.Equal(day()) || read == len(c.Sources)) {
			t.Errorf("pulled at file %d, all was sealed anew: %v, %d files read", at, h.Sealed, read)
		}
		dir := t.TempDir()
		if err := unpacked(t, file, hoa, dir); err != nil {
			t.Fatalf("pulled at file %d: %v", at, err)
		}
		there := tree(t, dir)
		for path, text := range files {
			if there[strings.ReplaceAll(path, "%25", "%")] != text {
				t.Errorf("pulled at file %d: %s is not what it was", at, path)
			}
		}
		for name := range tree(t, filepath.Dir(file)) {
			if strings.Contains(name, "unfinished") {
				t.Errorf("%s is left", name)
			}
		}
	}
}

// Other things, or other receivers, are sealed anew; a part that was changed meanwhile is not gone on with.
func TestSealingOtherThingsBeginsAnew(t *testing.T) {
	hoa, an := person(t, "Hòa"), person(t, "An")
	c, _ := theCase()
	seal := Seal{From: hoa, To: []identity.Card{hoa.Card()}, Now: day(), PartSize: MinPart + 128<<10}
	broken := c
	broken.Sources = slices.Clone(c.Sources)
	broken.Sources[5].Open = func() (io.ReadCloser, error) { return nil, io.ErrClosedPipe }
	later := seal
	later.Now = day().AddDate(0, 0, 1)
	for name, change := range map[string]func(file string, c *Contents, s *Seal){
		"another file":     func(_ string, c *Contents, _ *Seal) { c.Sources[5] = sourceOf("z", []byte("khác")) },
		"another receiver": func(_ string, _ *Contents, s *Seal) { s.To = append(s.To, an.Card()) },
		"a bit": func(file string, _ *Contents, _ *Seal) {
			data, err := os.ReadFile(file + ".002")
			if err == nil {
				data[100_000] ^= 1 // neither its beginning nor its end
				err = os.WriteFile(file+".002", data, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		},
	} {
		file := filepath.Join(t.TempDir(), "goi.butluc")
		if _, err := Write(t.Context(), file, broken, seal, nil); !errors.Is(err, io.ErrClosedPipe) {
			t.Fatal(err)
		}
		c, s := c, later
		c.Sources = slices.Clone(c.Sources)
		s.To = slices.Clone(s.To)
		change(file, &c, &s)
		h, err := Write(t.Context(), file, c, s, nil)
		if err != nil || !h.Sealed.Equal(later.Now) {
			t.Errorf("%s: sealed %v, %v", name, h.Sealed, err)
		}
		if err := unpacked(t, file, hoa, t.TempDir()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Unpacking that was stopped leaves nothing but its own folder, and goes on where it was.
func TestUnpackingGoesOn(t *testing.T) {
	an := person(t, "An")
	file, files := sealed(t, person(t, "Hòa"), an)
	p := open(t, file, an)
	if err := p.Verify(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for stops := range 4 {
		ctx, stop := context.WithCancel(t.Context())
		_, err := p.Unpack(ctx, dir, func(done, total int64) {
			if done > total*int64(stops+1)/5 {
				stop()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		for name := range tree(t, dir) {
			if !strings.HasPrefix(name, unfinishedDir) {
				t.Errorf("%s is there, and not all is", name)
			}
			if strings.HasSuffix(name, "/"+newFile) {
				t.Error("half a file is left")
			}
		}
	}
	// A bit that changed in what was there is found.
	_, err := os.Stat(filepath.Join(dir, unfinishedDir, filesDir, "BL 45-48 Hỏi cung Khải 15%.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	flipped := noise(2, 200_000)
	flipped[7] ^= 1
	if err := os.WriteFile(filepath.Join(dir, unfinishedDir, filesDir, "BL 45-48 Hỏi cung Khải 15%.pdf"), flipped, 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := p.Unpack(t.Context(), dir, nil)
	if err != nil || got.Files != len(files) || got.Kept == 0 || got.Kept == len(files) {
		t.Errorf("%+v, %v", got, err)
	}
	there := tree(t, dir)
	for path, text := range files {
		if there[strings.ReplaceAll(path, "%25", "%")] != text {
			t.Errorf("%s is not what it was", path)
		}
	}
	if len(there) != len(files)+6 {
		t.Errorf("there is more: %v", slices.Sorted(maps.Keys(there)))
	}
}

// The power goes while the files are moved to their places: they are not written again, and none is missing.
func TestUnpackingGoesOnWhileFilesMove(t *testing.T) {
	an := person(t, "An")
	file, files := sealed(t, person(t, "Hòa"), an)
	p := open(t, file, an)
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	u := unpacking{p: p, root: root, dir: dir, progress: func(int64) {}}
	if err := u.prepare(); err != nil {
		t.Fatal(err)
	}
	at := p.begin
	for i, f := range p.Files {
		if err := u.file(t.Context(), f, p.targets()[i], at, u.progress); err != nil {
			t.Fatal(err)
		}
		at += f.Size
	}
	if err := root.Rename(filepath.Join(unfinishedDir, filesDir, "Tập 1"), "Tập 1"); err != nil {
		t.Fatal(err)
	}
	if err := root.Mkdir("Tập 2", 0o700); err != nil {
		t.Fatal(err)
	}
	got, err := p.Unpack(t.Context(), dir, nil)
	if err != nil || got.Kept != len(files) {
		t.Errorf("%+v, %v", got, err)
	}
	if there := tree(t, dir); len(there) != len(files)+6 {
		t.Errorf("there are %v", slices.Sorted(maps.Keys(there)))
	}
}

// A file that is changed between the reading of the whole and the writing costs all that was written.
func TestAPackageThatChangesWhileItIsUnpacked(t *testing.T) {
	an := person(t, "An")
	file, _ := sealed(t, person(t, "Hòa"), an)
	p := open(t, file, an)
	if err := p.Verify(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file + ".002")
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(file+".002", data, 0o600); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "đích")
	var fault *Fault
	if _, err := p.Unpack(t.Context(), dir, nil); !errors.As(err, &fault) || fault.Code != FaultChanged {
		t.Error(err)
	}
	if _, err := os.Lstat(dir); err == nil {
		t.Errorf("left are %v", slices.Sorted(maps.Keys(tree(t, dir))))
	}
}

// The database has other bytes each time that it is made. Where it knows the same, sealing goes on with the one that is sealed.
func TestSealingGoesOnWithADatabaseThatKnowsTheSame(t *testing.T) {
	hoa := person(t, "Hòa")
	contents := func(database, study string, open func() (io.ReadCloser, error)) Contents {
		last := sourceOf("z.jpg", noise(9, 400_000))
		if open != nil {
			last.Open = open
		}
		return Contents{Kind: KindCase, Study: study, Sources: []Source{sourceOf(databaseFile, []byte(database)), sourceOf("a.jpg", noise(8, 300_000)), last}}
	}
	for _, later := range []struct {
		database, study string
		goesOn          bool
	}{{"khác byte", "một", true}, {"khác byte", "hai", false}} {
		file := filepath.Join(t.TempDir(), "goi.butluc")
		seal := Seal{From: hoa, To: []identity.Card{hoa.Card()}, Now: day(), PartSize: MinPart}
		broken := contents("cơ sở dữ liệu", "một", func() (io.ReadCloser, error) { return nil, io.ErrClosedPipe })
		if _, err := Write(t.Context(), file, broken, seal, nil); !errors.Is(err, io.ErrClosedPipe) {
			t.Fatal(err)
		}
		seal.Now = day().AddDate(0, 0, 1)
		h, err := Write(t.Context(), file, contents(later.database, later.study, nil), seal, nil)
		if err != nil || h.Sealed.Equal(day()) != later.goesOn {
			t.Errorf("%+v: sealed %v, %v", later, h.Sealed, err)
		}
		if err := unpacked(t, file, hoa, t.TempDir()); err != nil {
			t.Errorf("%+v: %v", later, err)
		}
	}
}

// A package whose very last file was changed is refused before anything at all is written, not after.
func TestNothingIsWrittenBeforeTheWholeIsKnown(t *testing.T) {
	hoa, an := person(t, "Hòa"), person(t, "An")
	file := forged(t, hoa, an, func(h *Header) { h.Files[1].SHA256 = strings.Repeat("0", 64) }, strings.Repeat("a", 300_000), "cuối")
	p := open(t, file, an)
	dir := filepath.Join(t.TempDir(), "đích")
	looked := 0
	_, err := p.Unpack(t.Context(), dir, func(int64, int64) {
		looked++
		if _, err := os.Lstat(dir); err == nil {
			t.Error("something is written")
		}
	})
	var fault *Fault
	if !errors.As(err, &fault) || looked == 0 {
		t.Errorf("%v, looked %d times", err, looked)
	}
}
