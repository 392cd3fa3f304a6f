package pack

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"butluc/library/office/identity"
)

func day() time.Time { return time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC) }

func person(t testing.TB, name string) *identity.Identity {
	t.Helper()
	i, err := identity.New(identity.Person{Name: name, Office: "VKSND khu vực 3", Rank: "Kiểm sát viên"}, day())
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func sourceOf(path string, data []byte) Source {
	sum := sha256.Sum256(data)
	return Source{
		File{path, int64(len(data)), hex.EncodeToString(sum[:]), day().Add(-time.Hour)},
		func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil },
	}
}

// noise is data that says nothing, the same for a seed.
func noise(seed uint64, size int) []byte {
	data := make([]byte, size)
	r := rand.NewChaCha8([32]byte{byte(seed)})
	_, _ = r.Read(data)
	return data
}

// theCase is a small case of four parts, as they are cut here.
func theCase() (Contents, map[string]string) {
	files := map[string]string{
		"Tập 1/BL 1 Quyết định khởi tố.pdf": string(noise(1, 100_000)), "Tập 1/trống.txt": "", "BL 45-48 Hỏi cung Khải 15%25.pdf": string(noise(2, 200_000)),
		"Tập 2/Tâ\u0323p con/ảnh.jpg": string(noise(3, 70_000)), "_butluc/case.db": string(noise(4, 50_000)), "_butluc/journal/journal.jsonl": "{}\n",
	}
	c := Contents{Kind: KindCase, Case: "0123456789abcdef", Title: "Vụ Trần Văn Mẫu, cố ý gây thương tích", Folders: []string{"Tập 3 rỗng"}}
	for _, path := range slices.Sorted(maps.Keys(files)) {
		c.Sources = append(c.Sources, sourceOf(path, []byte(files[path])))
	}
	return c, files
}

// sealed seals the case for somebody, in small parts.
func sealed(t testing.TB, from *identity.Identity, to ...*identity.Identity) (file string, files map[string]string) {
	t.Helper()
	c, files := theCase()
	return sealedOf(t, c, from, to...), files
}

func sealedOf(t testing.TB, c Contents, from *identity.Identity, to ...*identity.Identity) string {
	t.Helper()
	s := Seal{From: from, Now: day(), PartSize: MinPart + 64<<10}
	for _, i := range to {
		s.To = append(s.To, i.Card())
	}
	file := filepath.Join(t.TempDir(), "goi.butluc")
	if _, err := Write(t.Context(), file, c, s, nil); err != nil {
		t.Fatal(err)
	}
	return file
}

// tree is what a folder holds: text by path, folders with a slash behind.
func tree(t testing.TB, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		if d.IsDir() {
			found[filepath.ToSlash(rel)+"/"] = ""
			return nil
		}
		text, err := os.ReadFile(path)
		found[filepath.ToSlash(rel)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func open(t testing.TB, file string, with *identity.Identity) *Package {
	t.Helper()
	p, err := Open(file, Keys{Identity: with})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

func TestACaseTravels(t *testing.T) {
	hoa, an := person(t, "Hòa"), person(t, "An")
	file, files := sealed(t, hoa, an, hoa)
	for _, i := range []*identity.Identity{an, hoa} {
		p := open(t, file, i)
		if !p.Sender.Same(hoa.Card()) || p.Sender.Name != "Hòa" || !p.Sealed.Equal(day()) || p.Title != "Vụ Trần Văn Mẫu, cố ý gây thương tích" {
			t.Errorf("it says %+v of itself, from %+v", p.Header, p.Sender)
		}
		done, total := int64(0), int64(0)
		if err := p.Verify(t.Context(), func(d, n int64) { done, total = d, n }); err != nil || done != total || total == 0 {
			t.Fatalf("verify: %v, %d of %d", err, done, total)
		}
		dir := filepath.Join(t.TempDir(), "hồ sơ")
		got, err := p.Unpack(t.Context(), dir, nil)
		if err != nil || got.Files != len(files) || len(got.Renamed) > 0 {
			t.Fatalf("unpack: %+v, %v", got, err)
		}
		there := tree(t, dir)
		if _, ok := there["Tập 3 rỗng/"]; !ok {
			t.Error("the empty folder is missing")
		}
		for path, text := range files {
			if there[strings.ReplaceAll(path, "%25", "%")] != text {
				t.Errorf("%s is not what it was", path)
			}
		}
		info, err := os.Stat(filepath.Join(dir, "Tập 1", "trống.txt"))
		if err != nil || !info.ModTime().Equal(day().Add(-time.Hour)) {
			t.Errorf("its time is %v, %v", info.ModTime(), err)
		}
		if len(there) != len(files)+6 {
			t.Errorf("there is more: %v", slices.Sorted(maps.Keys(there)))
		}
		if _, err := p.Unpack(t.Context(), dir, nil); !errors.Is(err, ErrNotEmpty) {
			t.Errorf("a second time: %v", err)
		}
	}
}

func TestAPassphraseOpens(t *testing.T) {
	hoa := person(t, "Hòa")
	c, files := theCase()
	file := filepath.Join(t.TempDir(), "goi.butluc")
	seal := Seal{From: hoa, Passphrase: "bốn con trâu vàng", Now: day(), PartSize: MinPart + 64<<10}
	if _, err := Write(t.Context(), file, c, seal, nil); err != nil {
		t.Fatal(err)
	}
	if behind, err := BehindPassphrase(file); err != nil || !behind {
		t.Errorf("behind a passphrase: %v, %v", behind, err)
	}
	if _, err := Open(file, Keys{Identity: hoa}); !errors.Is(err, ErrPassphraseNeeded) {
		t.Errorf("without it: %v", err)
	}
	if _, err := Open(file, Keys{Passphrase: "bốn con trâu vàng."}); !errors.Is(err, ErrPassphrase) {
		t.Errorf("with another: %v", err)
	}
	p, err := Open(file, Keys{Passphrase: "bốn con trâu vàng"})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	got, err := p.Unpack(t.Context(), t.TempDir(), nil)
	if err != nil || got.Files != len(files) {
		t.Errorf("%+v, %v", got, err)
	}
	seal.Passphrase = "ngắn"
	if _, err := Write(t.Context(), file+"2", c, seal, nil); !errors.Is(err, identity.ErrWeak) {
		t.Errorf("a short one: %v", err)
	}
}

// Who has no key of their own seals behind a passphrase all the same; it is told that nobody signed.
func TestAPackageMayBeUnsignedBehindAPassphrase(t *testing.T) {
	c, files := theCase()
	file := filepath.Join(t.TempDir(), "goi.butluc")
	if _, err := Write(t.Context(), file, c, Seal{Now: day(), To: []identity.Card{person(t, "An").Card()}}, nil); err == nil {
		t.Error("it was sealed to somebody by nobody")
	}
	if _, err := Write(t.Context(), file, c, Seal{Passphrase: "bốn con trâu vàng", Now: day(), PartSize: MinPart + 64<<10}, nil); err != nil {
		t.Fatal(err)
	}
	p, err := Open(file, Keys{Passphrase: "bốn con trâu vàng"})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if got := identity.StandingOf(p.Sender, identity.Card{}, nil); got != identity.Unsigned {
		t.Errorf("the sender is %v", got)
	}
	if got, err := p.Unpack(t.Context(), t.TempDir(), nil); err != nil || got.Files != len(files) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAPackageIsForItsReceivers(t *testing.T) {
	hoa, an, binh := person(t, "Hòa"), person(t, "An"), person(t, "Bình")
	file, _ := sealed(t, hoa, an)
	for _, i := range []*identity.Identity{binh, hoa, nil} {
		if _, err := Open(file, Keys{Identity: i}); !errors.Is(err, ErrNotForYou) {
			t.Errorf("%v", err)
		}
	}
	if behind, err := BehindPassphrase(file); err != nil || behind {
		t.Errorf("behind a passphrase: %v, %v", behind, err)
	}
}

// Who has all parts and no key finds no name in them: of the case, of persons, of files; nor in the parts' own names.
func TestAnOutsiderLearnsNoName(t *testing.T) {
	file, files := sealed(t, person(t, "Hòa"), person(t, "Nguyễn Văn An"))
	names := []string{"Trần Văn Mẫu", "Hòa", "Nguyễn", "VKSND", "0123456789abcdef", "butluc-", "case.db", "journal", ".pdf", "Tập"}
	for path, text := range files {
		names = append(names, filepath.Base(path))
		if len(text) > 100 {
			names = append(names, text[:32])
		}
	}
	parts := tree(t, filepath.Dir(file))
	if len(parts) < 3 {
		t.Fatalf("there are %d parts", len(parts))
	}
	for part, text := range parts {
		for _, name := range names {
			if strings.Contains(text, name) || strings.Contains(part, name) && name != "butluc-" {
				t.Errorf("%s has %q", part, name)
			}
		}
	}
}

func TestPartsFitTheirLimit(t *testing.T) {
	file, _ := sealed(t, person(t, "Hòa"), person(t, "An"))
	parts := tree(t, filepath.Dir(file))
	for name, text := range parts {
		if len(text) > MinPart+64<<10 {
			t.Errorf("%s has %d bytes", name, len(text))
		}
	}
	if _, ok := parts["goi.butluc.002"]; !ok || len(parts) < 4 {
		t.Errorf("the parts are %v", slices.Sorted(maps.Keys(parts)))
	}
}

func TestAMissingPartIsNamed(t *testing.T) {
	an := person(t, "An")
	file, _ := sealed(t, person(t, "Hòa"), an)
	if err := os.Remove(file + ".003"); err != nil {
		t.Fatal(err)
	}
	_, err := Open(file, Keys{Identity: an})
	var fault *Fault
	if !errors.As(err, &fault) || fault.Code != FaultMissing || fault.Name != "goi.butluc.003" {
		t.Errorf("%v", err)
	}
}

func TestNothingIsOverwritten(t *testing.T) {
	hoa := person(t, "Hòa")
	c, _ := theCase()
	for _, name := range []string{"goi.butluc", "goi.butluc.002"} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		seal := Seal{From: hoa, To: []identity.Card{hoa.Card()}, Now: day(), PartSize: MinPart}
		if _, err := Write(t.Context(), filepath.Join(dir, "goi.butluc"), c, seal, nil); !errors.Is(err, ErrExists) {
			t.Errorf("%s: %v", name, err)
		}
		if left := tree(t, dir); len(left) != 1 || left[name] != "x" {
			t.Errorf("left are %v", slices.Sorted(maps.Keys(left)))
		}
	}
}

func TestAFileThatChangesMeanwhile(t *testing.T) {
	hoa := person(t, "Hòa")
	for name, data := range map[string]string{"longer": "abcd", "shorter": "ab", "another": "xbc", "unread": ""} {
		s := sourceOf("a.txt", []byte("abc"))
		s.Open = func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(data)), nil }
		c := Contents{Kind: KindCase, Sources: []Source{s}}
		dir := t.TempDir()
		_, err := Write(t.Context(), filepath.Join(dir, "x.butluc"), c, Seal{From: hoa, To: []identity.Card{hoa.Card()}, Now: day()}, nil)
		if name == "longer" { // as a journal that goes on: its beginning is what was to be sealed
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if !errors.Is(err, ErrRestless) || len(tree(t, dir)) > 0 {
			t.Errorf("%s: %v, left are %v", name, err, tree(t, dir))
		}
	}
}

func TestStoppedNothingIsLeft(t *testing.T) {
	hoa := person(t, "Hòa")
	c, _ := theCase()
	ctx, stop := context.WithCancel(t.Context())
	dir := t.TempDir()
	_, err := Write(ctx, filepath.Join(dir, "x.butluc"), c, Seal{From: hoa, To: []identity.Card{hoa.Card()}, Now: day(), PartSize: MinPart},
		func(done, total int64) {
			if done > total/2 {
				stop()
			}
		})
	if !errors.Is(err, context.Canceled) || len(tree(t, dir)) > 0 {
		t.Errorf("%v, left are %v", err, slices.Sorted(maps.Keys(tree(t, dir))))
	}
}
