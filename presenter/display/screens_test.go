package display

import (
	"testing"

	"butluc/presenter/display/internal/system"
)

func screen(name string, x, y, w, h int) Screen {
	return Screen{Name: name, X: x, Y: y, W: w, H: h, MMW: w / 4, MMH: h / 4, Refresh: 60}
}

var (
	laptop    = screen("laptop", 0, 0, 1366, 768)
	projector = screen("projector", 1366, 0, 1920, 1080)
	clerk     = screen("clerk", 3286, 0, 1280, 1024)
)

func layout(screens ...Screen) Layout { return system.NewLayout(screens) }

func TestOwnIsTheBuiltInPanelElseTheMainScreen(t *testing.T) {
	panel, main := laptop, projector
	panel.Internal, main.Primary = true, true
	for name, c := range map[string]struct {
		layout Layout
		want   Screen
		ok     bool
	}{
		"a laptop's panel":                      {layout(laptop, panel), panel, true},
		"a panel beside the main screen":        {layout(main, panel), panel, true},
		"a computer without a panel":            {layout(clerk, main), main, true},
		"a system that knows of no main screen": {layout(clerk, projector), Screen{}, false},
		"none":                                  {layout(), Screen{}, false},
	} {
		if got, ok := Own(c.layout); got != c.want || ok != c.ok {
			t.Errorf("%s: %v, %v", name, got, ok)
		}
	}
}

func TestChoose(t *testing.T) {
	mirrorOfLaptop := screen("projector", 0, 0, 1366, 768)
	smallMirror := screen("projector", 0, 0, 1024, 768)
	mirrorOfProjector := screen("clerk", 1366, 0, 1920, 1080)
	sameName := screen("laptop", 1366, 0, 1366, 768)
	for _, c := range []struct {
		name       string
		layout     Layout
		remembered string
		want       Screen
		verdict    Verdict
	}{
		{"none", layout(), "", Screen{}, None},
		{"the console's alone", layout(laptop), projector.ID(), Screen{}, None},
		{"exactly one other", layout(laptop, projector), "", projector, Chosen},
		{"one other, whatever was remembered", layout(laptop, projector), clerk.ID(), projector, Chosen},
		{"order does not matter", layout(projector, laptop), "", projector, Chosen},
		{"names do not matter", layout(laptop, sameName), "", sameName, Chosen},
		{"two others", layout(laptop, projector, clerk), "", Screen{}, Ask},
		{"two others, one remembered", layout(laptop, projector, clerk), clerk.ID(), clerk, Chosen},
		{"two others, the console remembered", layout(laptop, projector, clerk), laptop.ID(), Screen{}, Ask},
		{"two of one make", layout(laptop, projector, screen("projector", 3286, 0, 1920, 1080)), projector.ID(), Screen{}, Ask},
		{"mirrored", layout(laptop, mirrorOfLaptop), mirrorOfLaptop.ID(), Screen{}, Mirrored},
		{"mirrored in another mode", layout(laptop, smallMirror), "", Screen{}, Mirrored},
		{"mirrored beside a third", layout(laptop, mirrorOfLaptop, clerk), clerk.ID(), Screen{}, Mirrored},
		{"two that mirror each other", layout(laptop, projector, mirrorOfProjector), "", projector, Chosen},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, verdict := Choose(c.layout, laptop, c.remembered)
			if got != c.want || verdict != c.verdict {
				t.Errorf("%v %v, want %v %v", got, verdict, c.want, c.verdict)
			}
			if verdict == Chosen && got.Overlap(laptop.X, laptop.Y, laptop.W, laptop.H) > 0 {
				t.Error("promise 5: that is the console's screen")
			}
		})
	}
}

func TestScreenOf(t *testing.T) {
	l := layout(laptop, projector)
	for _, c := range []struct {
		x, y, w, h int
		want       string
	}{
		{100, 100, 600, 400, "laptop"},
		{1200, 100, 600, 400, "projector"},
		{1000, 100, 600, 400, "laptop"},
		{-300, -200, 400, 400, "laptop"},
		{5000, 0, 100, 100, ""},
		{100, 100, 0, 0, ""},
	} {
		if s, ok := ScreenOf(c.x, c.y, c.w, c.h, l); s.Name != c.want || ok != (c.want != "") {
			t.Errorf("%+v: %v %v", c, s, ok)
		}
	}
}

func TestFindKnowsAScreenThatMoved(t *testing.T) {
	movedLaptop, movedProjector := laptop, projector
	movedLaptop.X, movedProjector.X = 1920, 0
	otherMode := screen("projector", 1366, 0, 1280, 720)
	for _, c := range []struct {
		name string
		old  Screen
		now  Layout
		want Screen
		ok   bool
	}{
		{"as before", laptop, layout(laptop, projector), laptop, true},
		{"swapped", laptop, layout(movedLaptop, movedProjector), movedLaptop, true},
		{"unplugged", projector, layout(laptop), Screen{}, false},
		{"another mode", projector, layout(laptop, otherMode), Screen{}, false},
		{"twins, one where it was", projector, layout(movedProjector, projector), projector, true},
	} {
		if got, ok := Find(c.old, c.now); got != c.want || ok != c.ok {
			t.Errorf("%s: %v %v, want %v %v", c.name, got, ok, c.want, c.ok)
		}
	}
}

func TestJudgeAllowsTheWindowOnItsOwnScreenOnly(t *testing.T) {
	at := func(s Screen) system.Place { return system.Place{X: s.X, Y: s.Y, W: s.W, H: s.H, Visible: true} }
	hidden := at(projector)
	hidden.Visible = false
	primary := laptop
	primary.Primary = true
	laptopOf := func(name string, x, y int) Screen {
		s := primary
		s.Name, s.X, s.Y = name, x, y
		return s
	}
	left := screen("projector", 0, 0, 1920, 1080)
	twin := left
	twin.Name = "laptop"
	for _, c := range []struct {
		name    string
		target  Screen
		sharers int
		layout  Layout
		place   system.Place
		want    fate
	}{
		{"on its screen", projector, 1, layout(laptop, projector), at(projector), keep},
		{"hidden anyway", projector, 1, layout(laptop), hidden, keep},
		{"unplugged", projector, 1, layout(laptop), at(projector), hide},
		{"unplugged, thrown onto the laptop", projector, 1, layout(laptop), at(laptop), hide},
		{"thrown onto the laptop", projector, 1, layout(laptop, projector), at(laptop), hide},
		{"a pixel over the edge", projector, 1, layout(laptop, projector), system.Place{X: 1365, W: 1920, H: 1080, Visible: true}, hide},
		{"another mode", projector, 1, layout(laptop, screen("projector", 1366, 0, 1280, 720)), at(projector), blacken},
		{"not yet there", projector, 1, layout(laptop, projector), system.Place{X: 1366, W: 800, H: 600, Visible: true}, blacken},
		{"swapped", projector, 1, layout(screen("laptop", 1920, 0, 1366, 768), left), at(projector), hide},
		{"mirrored on the laptop", projector, 1, layout(laptop, screen("projector", 0, 0, 1366, 768)), at(projector), hide},
		{"the laptop came to mirror it", left, 1, layout(twin, left), at(left), hide},
		{"two of the court's own mirror each other", left, 2, layout(screen("clerk", 0, 0, 1920, 1080), left), at(left), keep},
		{"unplugged on the left, a laptop of that name moves in", left, 1, layout(laptopOf("projector", 0, 0)), at(left), hide},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := judge(c.target, c.sharers, c.layout, c.place); got != c.want {
				t.Errorf("fate %d, want %d", got, c.want)
			}
		})
	}
}

func TestPrintedSpellsAsFyneDoes(t *testing.T) {
	for in, want := range map[string]string{
		"b": "B", "z": "Z", ".": ".", "/": "/", "+": "+", "=": "=", "[": "[", "`": "`",
		"": "", "é": "", "ab": "", "!": "",
	} {
		if got := printed(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
