package casefile

import (
	"context"
	"errors"
	"image"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"butluc/library"
	"butluc/library/intake"
	"butluc/library/search/text"
)

// told has a file for each line of a text: "p" and after it what is written on the page. A page that says
// (scan) has no text of its own, and what follows is what OCR reads of it.
type told struct{ dir string }

func (s told) pages(f library.File) []string {
	b, err := os.ReadFile(filepath.Join(s.dir, library.SystemPath(f.Path)))
	if err != nil {
		return nil
	}
	return strings.Split(string(b), "\np")[1:]
}

func (s told) Inspect(_ context.Context, f library.File) (intake.Facts, error) {
	if f.Kind.Clip() {
		return intake.Facts{Pages: 1, Duration: 60_000}, nil
	}
	return intake.Facts{Pages: max(1, len(s.pages(f)))}, nil
}

func (s told) Lines(_ context.Context, f library.File, page int) ([]library.Line, float64, error) {
	if strings.HasPrefix(s.pages(f)[page], " (scan)") {
		return nil, 0, nil
	}
	return written(s.pages(f)[page]), 0, nil
}

// Picture is a picture whose bytes are the words.
func (s told) Picture(_ context.Context, f library.File, page int, _ library.Turn, _ int) (image.Image, error) {
	words := strings.TrimPrefix(s.pages(f)[page], " (scan)")
	img := image.NewGray(image.Rect(0, 0, len(words), 1))
	copy(img.Pix, words)
	return img, nil
}

// Read reads such a picture; of one that says (hand) it is not sure.
func (s told) Read(_ context.Context, img image.Image) (text.Page, error) {
	words := string(img.(*image.Gray).Pix)
	if strings.Contains(words, "(fails)") {
		return text.Page{}, errors.New("it fails")
	}
	p := text.Page{Source: text.SourceOCR, Confidence: 90, Lines: written(words)}
	if strings.Contains(words, "(hand)") {
		p.Confidence = 30
	}
	return p, nil
}

func written(words string) []library.Line {
	var line []library.Word
	for i, w := range strings.Fields(words) {
		x := 0.02 * float64(i+1)
		line = append(line, library.Word{Text: w, Box: library.Rect{X0: x, Y0: 0.4, X1: x + 0.015, Y1: 0.42}})
	}
	return []library.Line{library.LineOf(line)}
}

// openTold opens a case and waits until its text is read.
func openTold(t *testing.T, dir, cache string, change func(*Options)) *Case {
	t.Helper()
	s := told{dir}
	o := Options{Inspector: s, Texts: s, OCR: s, TextDir: filepath.Join(cache, "text"), IndexDir: filepath.Join(cache, "index"), NoWatch: true, Eager: true}
	if change != nil {
		change(&o)
	}
	c := open(t, dir, o)
	if err := c.WaitText(t.Context()); err != nil {
		t.Fatal(err)
	}
	return c
}

// foundIn are the pages that are found, "BL 45" or PATH#NUMBER, the best first.
func foundIn(t *testing.T, c *Case, typed string) []string {
	t.Helper()
	found, err := c.Find(t.Context(), typed, 50)
	if err != nil {
		t.Fatal(err)
	}
	s := c.Snapshot()
	x := library.NewIndex(s.Exhibits)
	names := []string{}
	for _, p := range found.Pages {
		name := p.Page.String()
		if f := s.Outline.FolioOf(p.Page, x); !f.IsZero() {
			name = "BL " + f.String()
		}
		if p.Statement {
			name += " said"
		}
		if p.Noted {
			name += " noted"
		}
		if p.Titled {
			name += " titled"
		}
		names = append(names, name)
	}
	return names
}

var toldCase = map[string]string{
	"Tập 1/BL 1-2 Cáo trạng.pdf":   "%PDF-1.7\np bị cáo Khải dùng dao đâm anh Đạt\np (scan) con dao thu giữ tại hiện trường vụ án",
	"Tập 4/BL 10-12 Hỏi cung.pdf":  "%PDF-1.7\np (scan) tôi không cầm dao, người khác cầm dao lúc đó\np tôi về nhà lúc hai mươi mốt giờ tối\np (scan) (hand) nét chữ",
	"Tập 4/BL 20 Lời khai Đạt.pdf": "%PDF-1.7\np Bùi Quang Khải cầm dao đâm tôi một nhát",
}

func TestFind(t *testing.T) {
	dir := newCase(t, toldCase)
	c := openTold(t, dir, t.TempDir(), nil)
	do(t, c, func(o library.Outline) library.Edit {
		return o.AddPerson(library.Person{ID: "khai", Name: "Bùi Quang Khải"})
	})
	do(t, c, func(o library.Outline) library.Edit {
		return o.Set(library.Heading{First: library.PageID{Path: "Tập 4/BL 10-12 Hỏi cung.pdf"}, Person: "khai"})
	})
	do(t, c, func(o library.Outline) library.Edit {
		return o.SetAll("note", library.PageNote{Page: library.PageID{Path: "Tập 4/BL 10-12 Hỏi cung.pdf", Index: 2}, Text: "viết tay: nhận tội, xin khoan hồng"})
	})
	for typed, want := range map[string][]string{
		"dao":                   {"BL 10", "BL 20", "BL 2", "BL 1"},
		`"con dao"`:             {"BL 2"},
		"con dao thu giu":       {"BL 2"},
		"khoan hồng":            {"BL 12 noted"},
		"hoi cung":              {"BL 10 titled"},
		"dao bl:1-2":            {"BL 2", "BL 1"},
		"dao tập:4":             {"BL 10", "BL 20"},
		"bl:11-12":              {"BL 11", "BL 12"},
		`người:"Quang Khải"`:    {"BL 10 said", "BL 11 said", "BL 12 said", "BL 20"},
		`người:"Khải" hai mươi`: {"BL 11 said"},
		`người:"Khải" đâm`:      {"BL 20", "BL 1"},
		"không ai nói":          {},
	} {
		got := foundIn(t, c, typed)
		if typed == "dao" || strings.HasPrefix(typed, "dao ") || strings.HasSuffix(typed, "đâm") { // which is better is the index' affair
			slices.Sort(got)
			slices.Sort(want)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", typed, got, want)
		}
	}
	found, err := c.Find(t.Context(), "thu giữ", 50)
	if err != nil || len(found.Pages) != 1 {
		t.Fatal(found, err)
	}
	p := found.Pages[0]
	if p.Text != "con dao thu giữ tại hiện trường vụ án" || len(p.Bold) != 1 || p.Text[p.Bold[0][0]:p.Bold[0][1]] != "thu giữ" || len(p.Boxes) != 1 || !p.Line.Valid() {
		t.Errorf("found %+v", p)
	}
	if found, err := c.Find(t.Context(), "dao", 2); err != nil || len(found.Pages) != 2 || !found.More {
		t.Errorf("two of four: %+v, %v", found, err)
	}
	do(t, c, func(o library.Outline) library.Edit {
		return o.SetAll("hide", library.PageNote{Page: library.PageID{Path: "Tập 1/BL 1-2 Cáo trạng.pdf", Index: 1}, Hidden: true})
	})
	if got := foundIn(t, c, `"con dao"`); len(got) != 0 {
		t.Errorf("a hidden page is found: %v", got)
	}
}

// What is said in a recording is found at its time, with or without accents, before what stands on pages.
func TestWhatIsSaidInARecordingIsFound(t *testing.T) {
	const camera = "Tập 5/BL 30 Camera.mp4"
	files := maps.Clone(toldCase)
	files[camera] = "\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + strings.Repeat("\x00", 64)
	c := openTold(t, newCase(t, files), t.TempDir(), nil)
	do(t, c, func(o library.Outline) library.Edit {
		return o.SetCues(camera, []library.Cue{
			{First: library.PageID{Index: 7000}, Text: "Anh cầm con dao nào?"}, {First: library.PageID{Index: 12_000}, Text: "Tôi không biết."},
		}, false)
	})
	for typed, want := range map[string][]library.PageID{
		"con dao nào":   {{Path: camera, Index: 7000}},
		"khong biet":    {{Path: camera, Index: 12_000}},
		"biết tập:4":    {},
		"con dao":       {{Path: camera, Index: 7000}, {Path: "Tập 1/BL 1-2 Cáo trạng.pdf", Index: 1}},
		"không hề nghe": {},
		"biết bl:30":    {{Path: camera, Index: 12_000}},
	} {
		found, err := c.Find(t.Context(), typed, 50)
		if err != nil {
			t.Fatal(err)
		}
		got := []library.PageID{}
		for _, p := range found.Pages {
			if p.Said != (p.Page.Path == camera) {
				t.Errorf("%q: %v is said: %v", typed, p.Page, p.Said)
			}
			got = append(got, p.Page)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", typed, got, want)
		}
	}
}

// Whoever types gives up one search after the other, in any of which pages come into the index.
func TestASearchThatIsGivenUpLosesNoPage(t *testing.T) {
	c := openTold(t, newCase(t, toldCase), t.TempDir(), nil)
	i := slices.IndexFunc(c.Snapshot().Case.Files, func(f library.File) bool { return f.Path == "Tập 4/BL 20 Lời khai Đạt.pdf" })
	key := text.Key{SHA256: c.Snapshot().Case.Files[i].SHA256}
	page := text.Page{Source: text.SourceOCR, Confidence: 90, Lines: written("vừa mới đọc xong")}
	if err := c.texts.store.Put(key, page); err != nil {
		t.Fatal(err)
	}
	c.texts.wasRead(key, page)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Find(ctx, "vừa mới", 50); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
	if got := foundIn(t, c, "vừa mới"); !slices.Equal(got, []string{"BL 20"}) {
		t.Errorf("found %v", got)
	}
}

func TestTextIsReadOnceAndGoesAlong(t *testing.T) {
	dir, cache := newCase(t, toldCase), t.TempDir()
	c := openTold(t, dir, cache, nil)
	if p, ok := c.TextProgress(); !ok || p.OCR != 3 || p.Unread != 1 || p.Done != 6 {
		t.Errorf("%+v, %v", p, ok)
	}
	if got := c.UnreadPages(); len(got) != 1 || got[0].String() != "Tập 4/BL 10-12 Hỏi cung.pdf#3" {
		t.Errorf("unread %v", got)
	}
	if n, err := c.CarryText(t.Context()); err != nil || n != 6 {
		t.Errorf("%d pages carried: %v", n, err)
	}
	// Another machine, without OCR: what came along is found there.
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	there := openTold(t, dir, t.TempDir(), func(o *Options) { o.OCR = nil })
	if got := foundIn(t, there, `"con dao"`); !slices.Equal(got, []string{"BL 2"}) {
		t.Errorf("carried text finds %v", got)
	}
	// A file that was renamed has its text still.
	if err := os.Rename(filepath.Join(dir, "Tập 1", "BL 1-2 Cáo trạng.pdf"), filepath.Join(dir, "Tập 1", "BL 5-6 Cáo trạng.pdf")); err != nil {
		t.Fatal(err)
	}
	there.Rescan()
	if err := there.WaitText(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := foundIn(t, there, `"con dao"`); !slices.Equal(got, []string{"BL 6"}) {
		t.Errorf("after a rename: %v", got)
	}
}

func TestAPageThatCantBeReadCostsItself(t *testing.T) {
	dir := newCase(t, map[string]string{"a.pdf": "%PDF-1.7\np (scan) (fails)\np (scan) chữ đọc được của trang hai"})
	c := openTold(t, dir, t.TempDir(), nil)
	if f := c.FailedPages(); len(f) != 1 || f[library.PageID{Path: "a.pdf"}] == nil {
		t.Errorf("failed %v", f)
	}
	if got := foundIn(t, c, "đọc được"); !slices.Equal(got, []string{"a.pdf#2"}) {
		t.Errorf("found %v", got)
	}
	none := open(t, t.TempDir(), Options{NoWatch: true})
	if _, err := none.Find(t.Context(), "dao", 5); !errors.Is(err, ErrNoText) {
		t.Error(err)
	}
	if err := none.WaitText(t.Context()); !errors.Is(err, ErrNoText) {
		t.Error(err)
	}
}

// A window has the index; a verb finds all the same.
func TestTwoAtOnce(t *testing.T) {
	dir, cache := newCase(t, toldCase), t.TempDir()
	openTold(t, dir, cache, nil)
	reader := openTold(t, dir, cache, func(o *Options) { o.ReadOnly = true })
	if got := foundIn(t, reader, `"con dao"`); !slices.Equal(got, []string{"BL 2"}) {
		t.Errorf("found %v", got)
	}
}
