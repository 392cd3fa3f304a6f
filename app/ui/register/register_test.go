package register

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"butluc/app/console"
	"butluc/app/console/clips"
	"butluc/app/console/consoletest"
	"butluc/app/ui/theme"
	"butluc/library/office/register"
	"butluc/library/office/register/registertest"
	"butluc/presenter/clip"
)

func TestMain(m *testing.M) { consoletest.Main(m) }

// section is the section of an office with so many cases, in a window of the commonest laptop.
func section(t testing.TB, cases int) *Section {
	t.Helper()
	test.NewTempApp(t)
	loop := consoletest.NewLoop(t)
	s := console.New(console.Options{
		Post: loop.Post, NewRenderer: consoletest.NewRenderer, Shelf: consoletest.Settings(t), Language: "vi",
		NewPlayer: func(func(clip.Report)) clips.Player { return nil },
	})
	t.Cleanup(func() { _ = s.Close() })
	var rows []register.Row
	for i := 0; len(rows) < cases; i++ {
		for _, r := range registertest.Cases() {
			r.ID = fmt.Sprint(r.ID, "-", i)
			rows = append(rows, r)
		}
	}
	if err := s.Register.Book.Put(rows[:cases]...); err != nil {
		t.Fatal(err)
	}
	r := New(s, func(fyne.Focusable) {}, nil)
	w := test.NewWindow(r.Content())
	t.Cleanup(w.Close)
	w.Resize(fyne.NewSize(1280, 640))
	loop.Until("the rows", func() bool { return len(s.Register.List().Rows()) == cases })
	r.build()
	return r
}

// Each letter typed into the search of a register of 2,000 cases is drawn within 30 ms.
func BenchmarkTyping2000(b *testing.B) {
	r := section(b, 2000)
	typed := []string{"t", "tr", "tran", "tranh", "tranh c", "nguyen", "nguyen v", ""}
	i := 0
	for b.Loop() {
		r.search.Text = typed[i%len(typed)]
		r.build()
		i++
	}
}

// A step of the wheel in a list of 2,000 cases.
func BenchmarkScrolling2000(b *testing.B) {
	r := section(b, 2000)
	by := float32(40)
	for b.Loop() {
		r.table.list.Scroll(by)
		if row, _ := r.table.list.At(0); row > 1900 || row < 10 {
			by = -by
			r.table.list.Scroll(by)
		}
	}
}

// The calendar of 2,000 cases.
func BenchmarkAgenda2000(b *testing.B) {
	r := section(b, 2000)
	r.calendar = true
	for b.Loop() {
		r.build()
	}
}

// The columns that are shown fit their window, and the case's name has room; the narrower the window, the fewer they are.
func TestColumnsFit(t *testing.T) {
	before := len(columns) + 1
	for wide := float32(1800); wide >= 700; wide -= 10 {
		shown, widths := fitting(wide)
		sum := float32(2*cellGap) + theme.Target
		for i, w := range widths {
			sum += w + cellGap
			if shown[i].name == "title" && w < titleWide && len(shown) > 4 {
				t.Errorf("in %v the name of a case has %v", wide, w)
			}
		}
		if sum > wide+1 || len(shown) > before {
			t.Errorf("in %v, %d columns take %v", wide, len(shown), sum)
		}
		before = len(shown)
	}
	if shown, _ := fitting(1274); len(shown) != len(columns) {
		t.Errorf("on the commonest laptop %d of %d columns are shown", len(shown), len(columns))
	}
}

// What is due is told group for group, each with how many it has.
func TestTheCalendarHasItsGroups(t *testing.T) {
	r := section(t, 120)
	r.calendar = true
	r.build()
	heads, items := 0, 0
	for _, l := range r.agenda.lines {
		if l.group != "" {
			heads++
			items += l.count
		}
	}
	if heads != 1 || items != len(r.agenda.items) || items == 0 || r.agenda.items[0].Group != register.Late {
		t.Errorf("%d groups of %d items, of %d", heads, items, len(r.agenda.items))
	}
	r.choose(len(r.agenda.items) - 1)
	if row, ok := r.chosen(); !ok || row.ID != r.agenda.items[len(r.agenda.items)-1].Row.ID {
		t.Error("the last one is not chosen")
	}
}
