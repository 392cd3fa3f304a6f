package pack

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"butluc/library/office/identity"
)

// forged seals what no program of ours would: a header as it is, over any files. The signature is the forger's own, and holds.
func forged(t testing.TB, from *identity.Identity, to *identity.Identity, change func(*Header), contents ...string) string {
	t.Helper()
	c := Contents{Kind: KindCase, Title: "Vụ án"}
	for i, text := range contents {
		c.Sources = append(c.Sources, sourceOf(fmt.Sprintf("%d.txt", i), []byte(text)))
	}
	file := filepath.Join(t.TempDir(), "goi.butluc")
	w := writing{file: file, contents: c, partSize: MinPart, seal: Seal{From: from, To: []identity.Card{to.Card()}, Now: day()}}
	w.draft()
	change(&w.header)
	if err := w.sign(); err != nil {
		t.Fatal(err)
	}
	if err := w.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	return file
}

// refused opens a package that is to be refused, in a folder beside which nothing may change.
func refused(t *testing.T, name, file string, with *identity.Identity, want ...FaultCode) {
	t.Helper()
	around := t.TempDir()
	dir := filepath.Join(around, "đích")
	err := unpacked(t, file, with, dir)
	var fault *Fault
	if !errors.As(err, &fault) || len(want) > 0 && !slices.Contains(want, fault.Code) {
		t.Errorf("%s: %v", name, err)
	}
	if left := tree(t, around); len(left) > 0 {
		t.Errorf("%s: left are %v", name, slices.Sorted(maps.Keys(left)))
	}
}

func unpacked(t testing.TB, file string, with *identity.Identity, dir string) error {
	t.Helper()
	p, err := Open(file, Keys{Identity: with})
	if err != nil {
		return err
	}
	defer p.Close()
	_, err = p.Unpack(t.Context(), dir, nil)
	return err
}

func TestNamesThatLeadOutAreRefused(t *testing.T) {
	hoa, an := person(t, "Hòa"), person(t, "An")
	for _, name := range []string{
		"", ".", "..", "../x", "a/../../x", "a/../b", "/etc/passwd", "//server/share/x", `\\server\share\x`, `C:\x`, "C:x", "./x", "a//b", "a/",
		`..\x`, `a\..\..\x`, "a/..", "x\x00.pdf", "\xff", strings.Repeat("a/", 70) + "x", strings.Repeat("a", 5000), "%2E%2E/../x",
	} {
		file := forged(t, hoa, an, func(h *Header) { h.Files[0].Path = name }, "x")
		if strings.Contains(name, `\`) && local(name) != "" { // a name like any other, with another letter in the place of that
			continue
		}
		if name == "\xff" { // JSON has no such bytes
			continue
		}
		refused(t, fmt.Sprintf("file %.40q", name), file, an, FaultHostile)
		refused(t, fmt.Sprintf("folder %.40q", name), forged(t, hoa, an, func(h *Header) { h.Folders = []string{name} }, "x"), an, FaultHostile)
	}
}

// Names that are fine here and not elsewhere are written so that they are fine everywhere, and all of them are there.
func TestNamesThatNotAllSystemsHave(t *testing.T) {
	hoa, an := person(t, "Hòa"), person(t, "An")
	names := []string{
		"CON.pdf", "hỏi: ai?.txt", `a\b.txt`, "cuối. ", "BL 1.pdf", "bl 1.PDF", "Hòa.txt", "Ho\u0300a.txt", "a", "a/b", "NUL", "COM¹.txt", "dòng\nhai.txt",
	}
	texts := make([]string, len(names))
	for i := range texts {
		texts[i] = fmt.Sprint("nội dung ", i)
	}
	file := forged(t, hoa, an, func(h *Header) {
		for i := range h.Files {
			h.Files[i].Path = names[i]
		}
	}, texts...)
	dir := t.TempDir()
	if err := unpacked(t, file, an, dir); err != nil {
		t.Fatal(err)
	}
	got := tree(t, dir)
	want := map[string]string{
		"_CON.pdf": texts[0], "hỏi_ ai_.txt": texts[1], "a_b.txt": texts[2], "cuối_": texts[3], "BL 1.pdf": texts[4], "bl 1 (2).PDF": texts[5],
		"Hòa.txt": texts[6], "Ho\u0300a (2).txt": texts[7], "a (2)": texts[8], "a/": "", "a/b": texts[9], "_NUL": texts[10], "_COM¹.txt": texts[11],
		"dòng_hai.txt": texts[12],
	}
	if !maps.Equal(got, want) {
		t.Errorf("there are %q\nwant %q", got, want)
	}
}

func TestHeadersThatLieAreRefused(t *testing.T) {
	hoa, an, mallory := person(t, "Hòa"), person(t, "An"), person(t, "Kẻ gian")
	for name, change := range map[string]func(*Header){
		"a size that is too large":  func(h *Header) { h.Files[1].Size = 1 << 50 },
		"sizes that overflow":       func(h *Header) { h.Files[0].Size, h.Files[1].Size = 1<<62, 1<<62 },
		"a size below nothing":      func(h *Header) { h.Files[0].Size = -1 },
		"a size that is too small":  func(h *Header) { h.Files[1].Size-- },
		"another SHA-256":           func(h *Header) { h.Files[1].SHA256 = strings.Repeat("0", 64) },
		"no SHA-256":                func(h *Header) { h.Files[1].SHA256 = "" },
		"one file twice":            func(h *Header) { h.Files[1].Path = h.Files[0].Path },
		"another's card":            func(h *Header) { h.From = mallory.Card().Text() },
		"a card with another name":  func(h *Header) { h.From = strings.Replace(h.From, "Hòa", "Viện trưởng", 1) },
		"no card":                   func(h *Header) { h.From = "" },
		"no card and no receivers":  func(h *Header) { h.From, h.To = "", nil },
		"no id":                     func(h *Header) { h.ID = "" },
		"a later version":           func(h *Header) { h.Version = 2 },
		"no version":                func(h *Header) { h.Version = 0 },
		"files that are not there":  func(h *Header) { h.Files = append(h.Files, File{Path: "z", Size: 5, SHA256: h.Files[0].SHA256}) },
		"bytes that are in no file": func(h *Header) { h.Files = h.Files[:1] },
	} {
		refused(t, name, forged(t, hoa, an, change, "một", "hai"), an)
	}
}

// A receiver can encrypt what they like to others, but not with the sender's signature on it.
func TestAHeaderThatWasChangedAfterItWasSigned(t *testing.T) {
	hoa, an := person(t, "Hòa"), person(t, "An")
	c := Contents{Kind: KindCase, Title: "Vụ án", Sources: []Source{sourceOf("a.txt", []byte("khai không có mặt"))}}
	file := filepath.Join(t.TempDir(), "goi.butluc")
	w := writing{file: file, contents: c, partSize: MinPart, seal: Seal{From: hoa, To: []identity.Card{an.Card()}, Now: day()}}
	w.draft()
	if err := w.sign(); err != nil {
		t.Fatal(err)
	}
	i := strings.Index(string(w.begin), "Vụ án")
	w.begin[i] = 'v'
	if err := w.run(t.Context()); err != nil {
		t.Fatal(err)
	}
	refused(t, "another title", file, an, FaultSignature)
}

func TestOtherFilesAreNoPackages(t *testing.T) {
	an := person(t, "An")
	dir := t.TempDir()
	for name, text := range map[string]string{
		"trống": "", "chữ": "hello", "đầu": "age-encryption.org/v1\n", "dài": "age-encryption.org/v1\n-> X25519 " + strings.Repeat("a", 1<<20),
	} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		refused(t, name, file, an, FaultNone)
	}
	other := filepath.Join(dir, "khác.age")
	f, err := os.Create(other)
	if err != nil {
		t.Fatal(err)
	}
	w, err := age.Encrypt(f, an.Card().Recipient())
	if err == nil {
		_, err = w.Write([]byte("another file of age that is long enough to hold a line as a package begins with, and more than that, and more, and more, and more"))
	}
	if err := errors.Join(err, w.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	refused(t, "age", other, an, FaultNone)
	if err := unpacked(t, filepath.Join(dir, "không có"), an, dir); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

// A header that says it is large makes no room for itself before it is there.
func TestALargeHeaderIsNotWaitedFor(t *testing.T) {
	hoa, an := person(t, "Hòa"), person(t, "An")
	for _, size := range []uint32{maxHeader, maxHeader + 1, 1<<32 - 1} {
		file := filepath.Join(t.TempDir(), "goi.butluc")
		w := writing{file: file, partSize: MinPart, seal: Seal{From: hoa, To: []identity.Card{an.Card()}, Now: day()}}
		w.draft()
		if err := w.sign(); err != nil {
			t.Fatal(err)
		}
		binary.BigEndian.PutUint32(w.begin[len(magic):], size)
		if err := w.run(t.Context()); err != nil {
			t.Fatal(err)
		}
		refused(t, fmt.Sprint(size), file, an, FaultHostile, FaultMissing)
	}
}

// Packages of one sealing, changed in 600 ways that a fixed seed chose: bits, bytes that go and come, cut ends, parts that are
// swapped, doubled, taken from another package or away. Each is refused or, where the change is in what nobody reads, unpacked
// as it was sealed; nothing else is ever written.
func TestChangedPackagesAreRefused(t *testing.T) {
	hoa, an := person(t, "Hòa"), person(t, "An")
	file, files := sealed(t, hoa, an)
	other, _ := sealed(t, hoa, an)
	sound, strange := tree(t, filepath.Dir(file)), tree(t, filepath.Dir(other))
	names := slices.Sorted(maps.Keys(sound))
	r := rand.New(rand.NewPCG(20, 26))
	const tries = 600
	unchanged := 0
	for try := range tries {
		parts := maps.Clone(sound)
		what := mutate(r, parts, strange, names)
		around := t.TempDir()
		in := filepath.Join(around, "in")
		if err := os.Mkdir(in, 0o700); err != nil {
			t.Fatal(err)
		}
		for name, text := range parts {
			if err := os.WriteFile(filepath.Join(in, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		dir := filepath.Join(around, "out")
		err := unpacked(t, filepath.Join(in, names[0]), an, dir)
		if maps.Equal(parts, sound) || err == nil {
			unchanged++
		}
		var fault *Fault
		switch {
		case err == nil:
			there := tree(t, dir)
			for path, text := range files {
				if there[strings.ReplaceAll(path, "%25", "%")] != text {
					t.Errorf("%d, %s: %s was taken for what it is not", try, what, path)
				}
			}
		case !errors.As(err, &fault) && !errors.Is(err, ErrNotForYou) && !errors.Is(err, ErrPassphraseNeeded) && !errors.Is(err, os.ErrNotExist):
			t.Errorf("%d, %s: %v", try, what, err)
		}
		if err != nil {
			if _, err := os.Lstat(dir); err == nil {
				t.Errorf("%d, %s: something was written: %v", try, what, tree(t, dir))
			}
		}
		for name := range tree(t, around) {
			if !strings.HasPrefix(name, "in/") && !strings.HasPrefix(name, "out/") {
				t.Errorf("%d, %s: %s is outside of the folder", try, what, name)
			}
		}
	}
	if unchanged > tries/20 {
		t.Errorf("%d of %d changes changed nothing", unchanged, tries)
	}
}

// mutate changes a package, and tells how.
func mutate(r *rand.Rand, parts, strange map[string]string, names []string) string {
	name := names[r.IntN(len(names))]
	data := []byte(parts[name])
	at := r.IntN(len(data))
	if r.IntN(3) == 0 {
		at = r.IntN(min(400, len(data))) // the header
	}
	other := names[r.IntN(len(names))]
	what := ""
	switch r.IntN(9) {
	case 0, 1, 2:
		data[at] ^= 1 << r.IntN(8)
		what = "a bit"
	case 3:
		data = data[:at]
		what = "cut"
	case 4:
		data = append(data, data[at:]...)
		what = "longer"
	case 5:
		data = slices.Delete(data, at, min(len(data), at+1+r.IntN(70_000)))
		what = "bytes gone"
	case 6:
		data = slices.Insert(data, at, data[:r.IntN(1000)+1]...)
		what = "bytes more"
	case 7:
		data = []byte(strange[name])
		what = "of another package"
	case 8:
		parts[other], data = parts[name], []byte(parts[other])
		what = "swapped with " + other
		if other == name {
			delete(parts, name)
			return name + " taken away"
		}
	}
	parts[name] = string(data)
	return fmt.Sprintf("%s %s at %d", name, what, at)
}

func FuzzHeader(f *testing.F) {
	hoa := person(f, "Hòa")
	c, _ := theCase()
	w := writing{contents: c, seal: Seal{From: hoa, To: []identity.Card{hoa.Card()}, Now: day()}}
	w.draft()
	data, err := json.Marshal(w.header)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		h, _, err := decodeHeader(data, hoa.Sign(signed, data), true)
		if err != nil {
			return
		}
		targets := h.targets()
		seen := map[string]bool{}
		for i, name := range targets {
			if !filepath.IsLocal(name) || seen[folded(name)] {
				t.Errorf("%q is written to %q", h.Files[i].Path, name)
			}
			seen[folded(name)] = true
			if sum, err := hex.DecodeString(h.Files[i].SHA256); err != nil || len(sum) != 32 {
				t.Errorf("%q has no SHA-256", h.Files[i].Path)
			}
		}
	})
}
