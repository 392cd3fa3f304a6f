package shelf

import (
	"bytes"
	"image"
	"image/jpeg"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"butluc/app/console/label"
	"butluc/app/console/listing"
	"butluc/app/i18n"
	"butluc/app/ui/theme"
	"butluc/library"
	"butluc/library/intake"
	shelfstore "butluc/library/shelf"
)

func TestSearchFindsCasesAtTheBeginningsOfWords(t *testing.T) {
	for title, want := range map[string]bool{"Vụ án Trần Văn Hùng": true, "Vụ án chứng khoán": false} {
		if got := match(shelfstore.Entry{Title: title, Path: "/an/" + title}, library.NewFilter("hung")); got != want {
			t.Errorf("“hung” finds %q: %v", title, got)
		}
	}
}

func TestARowSaysHowItsCaseStands(t *testing.T) {
	in := i18n.In("en")
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("", 7*3600))
	kept := shelfstore.Entry{Title: "Vụ án", Exhibits: 3, Pages: 40, Opened: now.Add(-time.Hour)}
	counts := func(exhibits, pages int) string { return in.T("shelf.counts", "exhibits", exhibits, "pages", pages) }
	opened := in.T("when.today", "clock", in.Clock(now.Add(-time.Hour)))
	half := intake.Progress{Stage: intake.StageInspect, Done: 5, Total: 10}
	with := func(change func(*shelfstore.Entry)) shelfstore.Entry {
		e := kept
		e.Kind, e.Stage, e.Steps = library.CaseCriminal, shelfstore.StageOutline, 7
		change(&e)
		return e
	}
	outlined := in.T("case-kind.criminal") + " · " + counts(3, 40) + " · " + in.T("shelf.steps", "count", 7)
	written := in.T("shelf-stage.outline")
	for _, c := range []struct {
		when  string
		entry shelfstore.Entry
		is    standing
		want  rowWords
	}{
		{"closed", kept, standing{}, rowWords{facts: counts(3, 40), when: opened, done: -1}},
		{"kept by an old version", shelfstore.Entry{Exhibits: 3, Pages: 40}, standing{}, rowWords{facts: counts(3, 40), done: -1}},
		{"it is being opened", kept, standing{opening: true}, rowWords{facts: counts(3, 40), when: in.T("shelf.opening"), done: -1}},
		{
			"it is read", kept,
			standing{open: true, exhibits: 4, pages: 20, progress: half},
			rowWords{facts: counts(4, 20), when: label.Progress(in, half), done: 0.5},
		},
		{"it is open", kept, standing{open: true, exhibits: 4, pages: 44}, rowWords{facts: counts(4, 44), when: in.T("shelf.isopen"), done: -1}},
		{
			"it was never checked", with(func(*shelfstore.Entry) {}),
			standing{},
			rowWords{facts: outlined, stage: written, ready: in.T("shelf.unchecked"), when: opened, done: -1},
		},
		{
			"it is ready", with(func(e *shelfstore.Entry) { e.Checked, e.Held = now.Add(-time.Hour), now }),
			standing{},
			rowWords{
				facts: outlined, stage: written, ready: in.T("shelf.ready", "when", opened), tint: theme.Preview, when: opened,
				held: in.T("shelf.held", "when", in.Date(now)), done: -1,
			},
		},
		{
			"the check found something", with(func(e *shelfstore.Entry) { e.Checked, e.Doubts = now, 2 }),
			standing{},
			rowWords{facts: outlined, stage: written, ready: in.T("shelf.doubts", "count", 2), tint: theme.Warn, when: opened, done: -1},
		},
		{
			"pages are missing, whatever was checked", with(func(e *shelfstore.Entry) { e.Checked, e.Bad = now, 3 }),
			standing{},
			rowWords{facts: outlined, stage: written, ready: in.T("shelf.bad", "count", 3), tint: theme.Warn, when: opened, done: -1},
		},
		{
			"of a later version's stage nothing is said", with(func(e *shelfstore.Entry) { e.Stage = "appealed"; e.Kind = "new" }),
			standing{},
			rowWords{facts: counts(3, 40) + " · " + in.T("shelf.steps", "count", 7), ready: in.T("shelf.unchecked"), when: opened, done: -1},
		},
	} {
		if c.want.tint == 0 {
			c.want.tint = theme.Muted
		}
		if got := wordsOf(in, c.entry, c.is, now); got != c.want {
			t.Errorf("%s:\n%+v, want\n%+v", c.when, got, c.want)
		}
	}
}

// A day is the laptop's: what was opened before midnight was opened yesterday, however few hours ago.
func TestWhenACaseWasOpened(t *testing.T) {
	in := i18n.In("en")
	hanoi := time.FixedZone("", 7*3600)
	now := time.Date(2026, 3, 1, 0, 30, 0, 0, hanoi)
	for _, c := range []struct {
		t    time.Time
		want string
	}{
		{now.Add(-20 * time.Minute), in.T("when.today", "clock", in.Clock(now.Add(-20*time.Minute)))},
		{now.Add(-time.Hour).UTC(), in.T("when.yesterday", "clock", in.Clock(now.Add(-time.Hour)))},
		{now.AddDate(0, 0, -2), in.Date(now.AddDate(0, 0, -2)) + " " + in.Clock(now)},
	} {
		if got := when(in, c.t, now); got != c.want {
			t.Errorf("%v: %q, want %q", c.t, got, c.want)
		}
	}
}

// The last opened stand first, those of which that is not known last; by title, Vietnamese letters stand with the Latin ones.
func TestHowCasesAreSorted(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2026, 3, day, 9, 0, 0, 0, time.UTC) }
	entries := []shelfstore.Entry{{Title: "Bản án", Opened: at(2)}, {Title: "Cũ"}, {Title: "Ảnh", Opened: at(9)}, {Title: "Đất", Opened: at(5)}}
	titles := func(byTitle bool, filter string) (list []string) {
		for _, e := range listed(entries, library.NewFilter(filter), byTitle) {
			list = append(list, e.Title)
		}
		return list
	}
	for _, c := range []struct {
		byTitle bool
		filter  string
		want    []string
	}{
		{false, "", []string{"Ảnh", "Đất", "Bản án", "Cũ"}},
		{true, "", []string{"Ảnh", "Bản án", "Cũ", "Đất"}},
		{false, "an", []string{"Ảnh", "Bản án"}},
		{false, "zzz", nil},
	} {
		if got := titles(c.byTitle, c.filter); !slices.Equal(got, c.want) {
			t.Errorf("by title %v, with %q: %q, want %q", c.byTitle, c.filter, got, c.want)
		}
	}
}

// Whatever a row says, in whatever width: all of it is seen, and nothing covers anything.
func TestARowHoldsAllThatItSays(t *testing.T) {
	test.NewTempApp(t)
	r := newRow()
	w := rowWords{
		facts: "Hình sự · 1.204 tài liệu · 38.880 trang · 1.204 bước", stage: "Đã sửa sau khi trình", ready: "● Sẵn sàng · kiểm tra hôm qua 17:08",
		when: "Đang kiểm tra từng trang 1.204/38.880 – dùng được ngay", held: "Ra tòa 30/11/2026", done: 0.5,
	}
	for _, title := range []string{"Vụ án", "Vụ Trần Văn M. và đồng phạm cố ý gây thương tích, gây rối trật tự công cộng xảy ra tại quán Gió Sông, tỉnh Thanh Lâm"} {
		for _, wide := range []float32{780, 899, 900, 1260, 1800} {
			r.say(title, w)
			r.show("/media/usb/2026/"+title, nil, false)
			size := fyne.NewSize(wide, r.tall(wide))
			r.Resize(size)
			parts := []fyne.CanvasObject{r.title, r.facts, r.where, r.stage, r.ready, r.when, r.held, r.forget, r.more, r.folder}
			for i, a := range parts {
				p, s := a.Position(), a.Size()
				if p.X < 0 || p.Y < 0 || p.X+s.Width > size.Width || p.Y+s.Height > size.Height {
					t.Errorf("in %v of %q part %d is at %v, %v", size, title, i, p, s)
				}
				for k, b := range parts[:i] {
					q, z := b.Position(), b.Size()
					if p.X+0.5 < q.X+z.Width && q.X+0.5 < p.X+s.Width && p.Y+0.5 < q.Y+z.Height && q.Y+0.5 < p.Y+s.Height {
						t.Errorf("in %v of %q part %d covers part %d", size, title, i, k)
					}
				}
			}
		}
	}
}

// A picture of first pages is cut into them; what is none is refused.
func TestFirstPagesAreCut(t *testing.T) {
	of := func(wide, tall int) []byte {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, wide, tall)), nil); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	const w, h = listing.FirstPageWide, listing.FirstPageTall
	for _, c := range []struct {
		data []byte
		want int
	}{{of(w, h), 1}, {of(4*w, h), 4}, {of(5*w, h), 0}, {of(w+1, h), 0}, {of(w, h+1), 0}, {[]byte("no picture"), 0}, {nil, 0}} {
		pages, err := cutFirsts(c.data)
		if len(pages) != c.want || (err == nil) != (c.want > 0) {
			t.Errorf("%d pages, %v, want %d", len(pages), err, c.want)
		}
	}
}
