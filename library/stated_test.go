package library_test

import (
	"strings"
	"testing"

	"butluc/library"
	"butluc/library/librarytest"
)

const (
	md5Empty  = "d41d8cd98f00b204e9800998ecf8427e"
	sha1Empty = "da39a3ee5e6b4b0d3255bfef95601890afd80709"
	shaEmpty  = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
)

func TestAHashIsKnownByItsLength(t *testing.T) {
	for text, want := range map[string]library.Hashes{
		md5Empty:                             {MD5: md5Empty},
		" " + strings.ToUpper(sha1Empty):     {SHA1: sha1Empty},
		shaEmpty[:32] + "\n" + shaEmpty[32:]: {SHA256: shaEmpty},
		strings.Repeat("ab:", 64):            {SHA512: strings.Repeat("ab", 64)},
	} {
		if h, ok := library.ParseHash(text); !ok || h != want {
			t.Errorf("%q: %+v, %v", text, h, ok)
		}
	}
	for _, text := range []string{"", "123", md5Empty[:31], "g" + md5Empty[1:], md5Empty + sha1Empty} {
		if h, ok := library.ParseHash(text); ok {
			t.Errorf("%q is taken for %+v", text, h)
		}
	}
}

func TestListsOfHashesAreRead(t *testing.T) {
	files := []library.File{{Path: "Đĩa 1/camera.mp4"}, {Path: "Đĩa 1/BL 5.pdf"}, {Path: "Đĩa 2/BL 5.pdf"}, {Path: "Đĩa 2/phim (2).avi"}}
	for name, c := range map[string]struct {
		at, text string
		want     map[string]library.Hashes
	}{
		"md5sum":     {"Đĩa 1/sums.md5", md5Empty + " *camera.mp4\r\n", map[string]library.Hashes{"Đĩa 1/camera.mp4": {MD5: md5Empty}}},
		"sha256sum":  {"sums.txt", "\ufeff" + shaEmpty + "  ./Đĩa 1/BL 5.pdf\n# by whom\n", map[string]library.Hashes{"Đĩa 1/BL 5.pdf": {SHA256: shaEmpty}}},
		"BSD":        {"Đĩa 2/x.txt", "SHA1 (phim (2).avi) = " + sha1Empty + "\n", map[string]library.Hashes{"Đĩa 2/phim (2).avi": {SHA1: sha1Empty}}},
		"table":      {"x.csv", `"Đĩa 1\camera.mp4",` + md5Empty + "\n", map[string]library.Hashes{"Đĩa 1/camera.mp4": {MD5: md5Empty}}},
		"alone":      {"Đĩa 1/camera.mp4.sha1", sha1Empty, map[string]library.Hashes{"Đĩa 1/camera.mp4": {SHA1: sha1Empty}}},
		"by name":    {"x.txt", md5Empty + "  camera.mp4\n" + shaEmpty + "  CAMERA.MP4\n", map[string]library.Hashes{"Đĩa 1/camera.mp4": {MD5: md5Empty, SHA256: shaEmpty}}},
		"two of one": {"x.txt", md5Empty + "  BL 5.pdf\n", map[string]library.Hashes{}},
	} {
		got := library.ListedIn(library.ParseHashList(c.text), c.at, files)
		if len(got) != len(c.want) {
			t.Errorf("%s: %+v", name, got)
		}
		for path, h := range c.want {
			if got[path] != h {
				t.Errorf("%s: %s is %+v", name, path, got[path])
			}
		}
	}
}

func TestADifferenceStandsUntilAPersonSaysWhy(t *testing.T) {
	s := library.StatedHash{First: library.PageID{Path: "camera.mp4"}, Hashes: library.Hashes{MD5: md5Empty, SHA256: shaEmpty}}
	own := library.Hashes{MD5: md5Empty, SHA256: shaEmpty}
	other := library.Hashes{MD5: strings.Repeat("0", 32), SHA256: shaEmpty}
	excused := s
	excused.Reason, excused.By, excused.At, excused.Of = "biên bản ghi nhầm", "Lê Thục Quyên", "2026-03-14T08:30:00+07:00", shaEmpty
	changed := library.Hashes{MD5: strings.Repeat("0", 32), SHA256: strings.Repeat("1", 64)}
	for name, c := range map[string]struct {
		stated library.StatedHash
		own    library.Hashes
		want   library.HashVerdict
	}{
		"same": {s, own, library.HashSame}, "unknown": {s, library.Hashes{SHA256: shaEmpty}, library.HashUnknown},
		"one differs": {s, other, library.HashDiffers}, "excused": {excused, other, library.HashExcused},
		"changed since": {excused, changed, library.HashDiffers}, "one is enough": {s, library.Hashes{SHA256: strings.Repeat("1", 64)}, library.HashDiffers},
	} {
		if got := c.stated.Compare(c.own); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// What is stated is exported with the outline, undone, dropped where it is emptied, and follows its file.
func TestStatedHashesAreRecords(t *testing.T) {
	s := library.StatedHash{First: library.PageID{Path: "a.mp4"}, Hashes: library.Hashes{SHA1: sha1Empty}, Origin: "BL 12"}
	o := librarytest.Apply(t, library.Outline{}, func(o library.Outline) library.Edit { return o.Set(s) })
	data, err := library.EncodeOutline(o)
	if err != nil {
		t.Fatal(err)
	}
	back, err := library.DecodeOutline(data)
	if got, ok := back.StatedHash("a.mp4"); err != nil || !ok || got != s {
		t.Errorf("%+v, %v", got, err)
	}
	encoded, err := library.EncodeRecord(s)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := library.DecodeRecord(library.TableStatedHashes, encoded); err != nil || r != library.Record(s) {
		t.Errorf("%+v, %v", r, err)
	}
	s.Hashes = library.Hashes{}
	if o = librarytest.Apply(t, o, func(o library.Outline) library.Edit { return o.Set(s) }); !o.IsEmpty() {
		t.Error("a record that states nothing stays")
	}
	for _, wrong := range []library.StatedHash{
		{First: library.PageID{Path: "a", Index: 1}, Hashes: library.Hashes{SHA1: sha1Empty}},
		{First: library.PageID{Path: "a"}, Hashes: library.Hashes{SHA1: md5Empty}},
		{First: library.PageID{Path: "../a"}, Hashes: library.Hashes{MD5: md5Empty}},
	} {
		if _, err := o.Apply(o.Set(wrong)); err == nil {
			t.Errorf("%+v is taken", wrong)
		}
	}
}
