package shell

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"butluc/app/console/court"
	"butluc/app/console/hearing"
	"butluc/app/keys"
	"butluc/app/ui/widgets"
)

// No word of the Trial room is covered, cut or outside, whatever is said, on whatever laptop, in either language.
func TestNoWordsOfTheTrialRoomAreCovered(t *testing.T) {
	drawsManyWindows(t)
	w := newConsole(t)
	w.session.Hearing.Rehearse(true)
	w.session.Court.ChooseMode(court.ModeSingle)
	for _, stage := range []struct {
		name  string
		reach func()
	}{
		{"before the trial", func() {}},
		{"in the trial", func() { w.enter(keys.Trial); w.start() }},
		{"asked for the ground", w.askGround},
	} {
		stage.reach()
		for _, language := range []string{"vi", "en"} {
			for i, l := range laptops() {
				for n, c := range scenes() {
					if (i+n)%7 != 0 {
						continue // each laptop has its seventh of them; together they are all there
					}
					w.draw(language, l, c)
					if bad := faults(w.win.Content(), l.size); len(bad) > 0 {
						t.Fatalf("%s, %s, %s, %+v:\n%s", stage.name, l.name, language, c, strings.Join(bad, "\n"))
					}
				}
			}
		}
	}
	if !w.session.Guard.AsksGround() {
		t.Error("nothing was asked: this test would prove less than it says")
	}
}

// text is words that are drawn, where, and how much of their place can be seen.
type text struct {
	words    string
	at, seen area
	scrolled bool // what is not seen of it is a matter of scrolling, and a bar shows that
	short    bool // it may be cut with an ellipsis: the full name stands elsewhere
}

type area struct{ x, y, x2, y2 float32 }

func areaOf(at fyne.Position, size fyne.Size) area {
	return area{at.X, at.Y, at.X + size.Width, at.Y + size.Height}
}

func (a area) and(b area) area {
	return area{max(a.x, b.x), max(a.y, b.y), min(a.x2, b.x2), min(a.y2, b.y2)}
}

// empty tells whether nothing, or less than a unit, is in it.
func (a area) empty() bool { return a.x2-a.x < 1 || a.y2-a.y < 1 }

// in tells whether it lies within another one, but for half a unit.
func (a area) in(b area) bool {
	return a.x >= b.x-0.5 && a.y >= b.y-0.5 && a.x2 <= b.x2+0.5 && a.y2 <= b.y2+0.5
}

// faults are words that cover each other, are cut, or reach out of what holds them.
func faults(content fyne.CanvasObject, window fyne.Size) (bad []string) {
	var all []text
	whole := areaOf(fyne.Position{}, window)
	collect(content, fyne.Position{}, text{seen: whole}, &all)
	for i, a := range all {
		switch {
		case a.at.in(a.seen):
		case a.scrolled && a.seen.empty(): // what holds it is away
		case !a.scrolled:
			bad = append(bad, fmt.Sprintf("%q at %v reaches out of %v", a.words, a.at, a.seen))
		case a.at.x < a.seen.x-0.5 || a.at.x2 > a.seen.x2+0.5:
			bad = append(bad, fmt.Sprintf("%q at %v is cut at the side, by %v", a.words, a.at, a.seen))
		}
		if strings.HasSuffix(a.words, "…") && !a.short && !isPreparing(a.words) {
			bad = append(bad, fmt.Sprintf("%q is cut", a.words))
		}
		for _, b := range all[:i] {
			if !a.at.and(a.seen).and(b.at).and(b.seen).empty() {
				bad = append(bad, fmt.Sprintf("%q at %v covers %q at %v", a.words, a.at, b.words, b.at))
			}
		}
	}
	return bad
}

// collect gathers the words that an object draws.
func collect(o fyne.CanvasObject, from fyne.Position, as text, all *[]text) {
	if !o.Visible() {
		return
	}
	at := from.Add(o.Position())
	switch o := o.(type) {
	case *canvas.Text:
		if o.Text != "" {
			as.words, as.at = o.Text, inked(o, at)
			*all = append(*all, as)
		}
	case *fyne.Container:
		for _, child := range o.Objects {
			collect(child, at, as, all)
		}
	case *container.Scroll:
		as.seen = as.seen.and(areaOf(at, o.Size()))
		size := o.Content.Size()
		as.scrolled = size.Height > o.Size().Height || size.Width > o.Size().Width
		collect(o.Content, at, as, all)
	case fyne.Widget:
		switch o := o.(type) {
		case *widgets.Rows:
			as.short = true
		case *widgets.Paragraph:
			as.short = o.OneLine()
		case *widgets.Button:
			as.seen = as.seen.and(areaOf(at, o.Size()))
		}
		for _, child := range test.WidgetRenderer(o).Objects() {
			collect(child, at, as, all)
		}
	}
}

// inked is where the letters of a text are.
func inked(t *canvas.Text, at fyne.Position) area {
	size := fyne.MeasureText(t.Text, t.TextSize, t.TextStyle)
	switch t.Alignment {
	case fyne.TextAlignCenter:
		at.X += (t.Size().Width - size.Width) / 2
	case fyne.TextAlignTrailing:
		at.X += t.Size().Width - size.Width
	case fyne.TextAlignLeading:
	}
	at.Y += max(0, (t.Size().Height-size.Height)/2)
	return areaOf(at, size)
}

// buttons are the places of all buttons that are seen, by label; of several that bear the same, by their order.
func buttons(content fyne.CanvasObject) map[string]area {
	places := map[string]area{}
	each(content, fyne.Position{}, func(o fyne.CanvasObject, at fyne.Position) {
		if b, ok := o.(*widgets.Button); ok {
			icon := ""
			if b.Icon != nil {
				icon = b.Icon.Name()
			}
			for n := 0; ; n++ {
				key := fmt.Sprint(b.Label, icon, b.Hint, " ", n)
				if _, taken := places[key]; !taken {
					places[key] = areaOf(at, b.Size())
					break
				}
			}
		}
	})
	return places
}

// each calls f with every object that is seen, and where it is.
func each(o fyne.CanvasObject, from fyne.Position, f func(fyne.CanvasObject, fyne.Position)) {
	if !o.Visible() {
		return
	}
	at := from.Add(o.Position())
	f(o, at)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			each(child, at, f)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			each(child, at, f)
		}
	}
}

// button is the button that is seen with a label, and where.
func (w *testConsole) button(key string) (found *widgets.Button, place area) {
	each(w.win.Content(), fyne.Position{}, func(o fyne.CanvasObject, at fyne.Position) {
		if b, ok := o.(*widgets.Button); ok && (b.Label == w.window.session.T("badge."+key) || b.Label == w.window.session.T("badge-long."+key) || b.Label == w.window.session.T(key)) {
			found, place = b, areaOf(at, b.Size())
		}
	})
	return found, place
}

// What is not as in an ordinary hearing has a badge in the line at the room's foot, and a click does what there is to do.
func TestEachBadgeIsThereAndDoesWhatItSays(t *testing.T) {
	w := newConsole(t)
	s := w.session
	w.enter(keys.Trial)
	w.win.Resize(fyne.NewSize(1366, 688))
	check := func(key string, set func(), gone bool) {
		t.Helper()
		if b, _ := w.button(key); b != nil {
			t.Fatalf("the badge %q is there already", key)
		}
		_, before := w.button("ready.open")
		set()
		w.pump()
		b, place := w.button(key)
		if b == nil || b.Style != widgets.Amber && b.Style != widgets.Red {
			t.Fatalf("no badge %q that can't be overlooked: %v", key, b)
		}
		if place.y < 688-60 {
			t.Errorf("the badge %q is at %v, not in the line at the room's foot", key, place)
		}
		if _, after := w.button("ready.open"); after != before {
			t.Errorf("the badge %q moved what is above", key)
		}
		b.Tapped(nil)
		w.pump()
		if b, _ := w.button(key); (b == nil) != gone {
			t.Errorf("after a click the badge %q is gone: %v, want %v", key, b == nil, gone)
		}
	}
	check("rehearsal", func() { s.Hearing.Rehearse(true) }, true)
	check("single", func() { s.Court.ChooseMode(court.ModeSingle) }, true)
	check("share", func() { s.Court.ChooseShare(court.ShareSizes[0]) }, true)
	check("restricted", func() { s.Guard.Turn(hearing.Guards{Restricted: true}) }, true)
	check("statements", func() { s.Guard.Turn(hearing.Guards{Statements: true}) }, true)
	if off := s.Guard.Off(); off != (hearing.Guards{}) {
		t.Errorf("guards are off: %+v", off)
	}
	w.start() // a rehearsal
	check("recess", s.Recorder.ToggleRecess, true)
	if s.Recorder.Recess() {
		t.Error("the recess goes on")
	}
	b, _ := w.button("rehearsal")
	b.Tapped(nil)
	if !s.Settings.Rehearsal() || s.Notices.Now().Text != s.T("badge-tell.rehearsal") {
		t.Errorf("a click in a rehearsal made it %v, and told %q", s.Settings.Rehearsal(), s.Notices.Now().Text)
	}
}
