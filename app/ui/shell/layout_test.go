package shell

import (
	"context"
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"butluc/app/console/hearing"
	"butluc/app/i18n"
	"butluc/app/keys"
	"butluc/assets"
	"butluc/library"
	"butluc/presenter/display"
)

// laptop is a screen that the console must fit, in the toolkit's units, less the title and the task bar.
type laptop struct {
	name string
	size fyne.Size
}

// laptops are the screens in the field: 1366 × 768 drawn at 100 to 150 %, 1920 × 1080 at 100 to 200 %, an old 1024 × 768.
func laptops() []laptop {
	var list []laptop
	for _, c := range []struct {
		w, h   float32
		scales []float32
	}{{1366, 768, []float32{1, 1.1, 1.25, 1.5}}, {1920, 1080, []float32{1, 1.25, 1.5, 1.75, 2}}, {1024, 768, []float32{1}}} {
		for _, scale := range c.scales {
			const bars = 32 + 48 // Windows' title and task bar, in units
			size := fyne.NewSize(float32(int(c.w/scale)), float32(int(c.h/scale))-bars)
			list = append(list, laptop{fmt.Sprintf("%v×%v at %v", c.w, c.h, scale), size})
		}
	}
	return list
}

var rooms = []keys.Room{keys.Shelf, keys.Prepare, keys.Trial, keys.Study}

// Whatever room, language and state: the window needs no more than the smallest screens have.
func TestNoRoomNeedsMoreThanTheSmallestScreen(t *testing.T) {
	drawsManyWindows(t)
	w := newConsole(t)
	for _, language := range []string{"vi", "en"} {
		w.speak(language)
		for _, at := range rooms {
			w.enter(at)
			w.fitsAll(language, at)
		}
	}
	w.enter(keys.Trial)
	w.start()
	w.fitsAll("in a trial", keys.Trial)
}

// Nor does any section of the shelf, with or without a key and a store: a window that grew reached onto the court's screen.
func TestNoSectionOfTheShelfNeedsMoreThanTheSmallestScreen(t *testing.T) {
	w := newConsole(t)
	for _, language := range []string{"vi", "en"} {
		w.speak(language)
		w.enter(keys.Shelf)
		for range 3 {
			w.press(display.KeyEvent{Name: "Next", Mods: display.Ctrl})
			w.pump()
			w.fitsAll(language+" "+w.session.Settings.Remembered("shelf.section"), keys.Shelf)
		}
	}
}

// A window that grew with a title would reach onto the court's screen: no room needs more for a case whose names are long.
func TestLongNamesNeverWidenTheConsole(t *testing.T) {
	w := newConsole(t)
	o, pages := w.session.Dossier.Outline(), w.session.Dossier.Pages()
	for i, step := range o.Steps("a") {
		step.Title, step.Ground = spoken(200, i == 0), spoken(200, true)
		w.session.Edits.Edit(w.session.Dossier.Outline().Set(step))
		w.session.Edits.Edit(w.session.Dossier.Outline().Set(library.Heading{First: pages[i], Title: spoken(200, i == 0)}))
	}
	w.pump()
	for _, at := range []keys.Room{keys.Prepare, keys.Trial} {
		w.enter(at)
		w.fitsAll("with long names", at)
	}
	w.start()
	w.fitsAll("with long names in a trial", keys.Trial)
	w.do(keys.Next)
	w.until("the next page", func() bool { return w.session.Stage.State().Stands })
	w.fitsAll("at the next step with long names", keys.Trial)
}

func (w *testConsole) fitsAll(when string, at keys.Room) {
	w.t.Helper()
	need := w.win.Content().MinSize()
	w.t.Logf("%s: room %d needs %v", when, at, need)
	for _, l := range laptops() {
		if need.Width > l.size.Width || need.Height > l.size.Height {
			w.t.Errorf("%s: room %d needs %v, a screen of %s has %v", when, at, need, l.name, l.size)
		}
	}
}

// speak draws the window in a language.
func (w *testConsole) speak(language string) {
	settings := w.session.Settings.Shelf().Settings()
	settings.Language = language
	if err := w.session.Settings.Shelf().SetSettings(settings); err != nil {
		w.t.Fatal(err)
	}
	w.redraw()
}

// scene is one look of the Trial room.
type scene struct {
	letters  int // of the words to say
	size     int // A− to A+
	extras   bool
	badges   bool
	unbroken bool // the words are one word
	drawer   bool
}

// spoken is a text of so many letters.
func spoken(letters int, unbroken bool) string {
	const words = "Tại bút lục 45, bị cáo khai hai mươi mốt giờ có mặt tại quán; nay bị cáo khai khác. Lời khai nào đúng, vì sao? "
	text := strings.Repeat(words, letters/len([]rune(words))+1)
	if unbroken {
		text = strings.ReplaceAll(text, " ", "")
	}
	for len([]rune(text)) < letters {
		text += text
	}
	return string([]rune(text)[:letters])
}

// scenes are words of 1 to 600 letters in all sizes of letters, and the rest of what may differ taken in turn.
func scenes() []scene {
	var list []scene
	for _, letters := range []int{1, 12, 60, 130, 250, 400, 600} {
		for _, size := range []int{18, 26, 40} {
			n := len(list)
			list = append(list, scene{letters, size, n%2 == 0, n%3 == 0, n%5 == 4, n%4 == 3})
		}
	}
	return list
}

// play brings the Trial room into a scene.
func (w *testConsole) play(c scene) {
	s := w.session
	asked := s.Guard.AsksGround()
	s.Settings.Remember("trial.say-size", fmt.Sprint(c.size))
	for ref := range s.Dossier.Outline().Walk() {
		step := ref.Step
		step.Say, step.Notes, step.Ground = spoken(c.letters, c.unbroken), "", ""
		if c.extras {
			step.Notes, step.Ground = spoken(200, false), "điểm a khoản 2 Điều 308 Bộ luật Tố tụng hình sự"
		}
		s.Edits.Edit(s.Dossier.Outline().Set(step))
	}
	s.Guard.Turn(hearing.Guards{Restricted: c.badges, Statements: c.badges && !asked})
	if s.Stage.Running() && s.Recorder.Recess() != c.badges {
		s.Recorder.ToggleRecess()
	}
	w.pump()
	w.do(keys.Close)
	if c.drawer {
		w.do(keys.OtherPane)
	}
}

// askGround brings the trial to a statement of a person who is present.
func (w *testConsole) askGround() {
	w.prepareStatement()
	w.do(keys.Next)
	w.until("the question", w.session.Guard.AsksGround)
}

// prepareStatement makes the second step a statement of a person who is present.
func (w *testConsole) prepareStatement() {
	s := w.session
	ref, _ := s.Run.StepAt(1)
	ref.Phase.Code = "xet-hoi"
	s.Edits.Edit(s.Dossier.Outline().Set(ref.Phase))
	s.Edits.Edit(s.Dossier.Outline().AddPerson(library.Person{ID: "n", Name: "Bùi Quang Khải", Present: true}))
	s.Edits.Edit(s.Dossier.Outline().Set(library.Heading{First: ref.Step.Shot.First().Page, Person: "n"}))
	w.pump()
}

// draw draws the Trial room in a language on a laptop, in a scene.
func (w *testConsole) draw(language string, l laptop, c scene) {
	if w.window.session.Language() != language || w.at != keys.Trial {
		w.speak(language)
		w.enter(keys.Trial)
	}
	w.win.Resize(l.size)
	w.play(c)
}

// isPreparing tells whether words end what the room says, in some language, while it prepares a picture.
func isPreparing(words string) bool {
	return slices.ContainsFunc(assets.Languages, func(language string) bool {
		return strings.HasSuffix(i18n.In(language).T("trial.preparing"), words)
	})
}

// What the console tells, and long work, come and go on a line of their own: no button of any room moves, so that the
// second click of two hits what the first did.
func TestNothingMovesWithANotice(t *testing.T) {
	drawsManyWindows(t)
	w := newConsole(t)
	for _, at := range append(rooms, running) {
		if at == running {
			w.start()
		} else {
			w.enter(at)
		}
		for _, l := range laptops() {
			w.win.Resize(l.size)
			w.session.Notices.Clear()
			before := buttons(w.win.Content())
			for name, tell := range map[string]func(){
				"a notice":  func() { w.session.Notices.TellText("Đã lưu.", false) },
				"a warning": func() { w.session.Notices.TellText(spoken(250, false), true) },
				"long work": w.work,
				"work is done": func() {
					w.session.Jobs.Stop()
					w.until("the end", func() bool { _, on := w.session.Jobs.Now(); return !on })
				},
			} {
				tell()
				w.layAnew(l.size)
				after := buttons(w.win.Content())
				for key, was := range before {
					if now, there := after[key]; there && now != was {
						t.Fatalf("%s, room %d: with %s, %s moved from %v to %v", l.name, at, name, key, was, now)
					}
				}
			}
		}
	}
}

// layAnew lays the window out as the toolkit does where something needs more room than it had; its test driver does not.
func (w *testConsole) layAnew(size fyne.Size) {
	w.win.Resize(size.AddWidthHeight(1, 1))
	w.win.Resize(size)
}

// running stands for the Trial room in a running trial.
const running = keys.Room(0)

// work begins long work that lasts until it is stopped.
func (w *testConsole) work() {
	w.session.Jobs.Run(spoken(60, false), func(ctx context.Context, _ func(done, total int64)) error {
		<-ctx.Done()
		return ctx.Err()
	}, func(error) {})
}

// On a small screen the outline is a drawer: Tab opens it, Esc closes it, what is chosen in it closes it, and it covers
// neither what the court sees nor the trial's keys.
func TestTheOutlineIsADrawerOnASmallScreen(t *testing.T) {
	w := newConsole(t)
	w.enter(keys.Trial)
	w.start()
	w.win.Resize(fyne.NewSize(910, 432))
	seen := func(key string) bool {
		b, _ := w.button(key)
		return b != nil
	}
	if seen("trial.side-evidence") || !seen("trial.side") {
		t.Fatal("on a small screen the outline is no drawer, or open at once")
	}
	_, black := w.button("trial.blank")
	w.do(keys.OtherPane)
	if !seen("trial.side-evidence") {
		t.Fatal("Tab doesn't open the drawer")
	}
	if _, at := w.button("trial.blank"); at != black {
		t.Errorf("with the drawer the black button is at %v, it was at %v", at, black)
	}
	if bad := faults(w.win.Content(), fyne.NewSize(910, 432)); len(bad) > 0 {
		t.Error(strings.Join(bad, "\n"))
	}
	court := w.session.Stage.State()
	w.do(keys.Close)
	if seen("trial.side-evidence") || w.session.Stage.State().Program != court.Program || w.session.Stage.State().Black != court.Black {
		t.Error("Esc doesn't close the drawer, or does more")
	}
	w.do(keys.OtherPane)
	w.do(keys.RunLast) // puts another step into Preview
	w.pump()
	if seen("trial.side-evidence") {
		t.Error("what was chosen for Preview stays behind the drawer")
	}
	w.win.Resize(fyne.NewSize(1366, 688))
	if !seen("trial.side-evidence") || seen("trial.side") {
		t.Error("on a wide screen the outline has no column of its own")
	}
}

// The window may be laid out between what a person did and the room's being told of it: all stands as it is drawn.
func TestAQuestionCoversNothing(t *testing.T) {
	w := newConsole(t)
	w.enter(keys.Trial)
	w.start()
	small := fyne.NewSize(910, 432)
	w.win.Resize(small)
	check := func(when string) {
		t.Helper()
		if bad := faults(w.win.Content(), small); len(bad) > 0 {
			t.Errorf("%s:\n%s", when, strings.Join(bad, "\n"))
		}
	}
	w.prepareStatement()
	w.do(keys.Next)
	w.layAnew(small)
	check("asked, and not told")
	w.until("the question", w.session.Guard.AsksGround)
	check("asked")
	w.session.Control.GiveGround(0)
	w.layAnew(small)
	check("answered, and not told")
	w.until("the statement", func() bool { return w.session.Stage.State().Stands })
	check("answered")
}

// Wherever a window came to stand, it is put onto the main screen, whole, beside the system's bars.
func TestTheWindowStandsOnTheMainScreenWhole(t *testing.T) {
	for name, c := range map[string]struct {
		at, want image.Rectangle
		screen   display.Screen
		scale    float32
	}{
		"it fits":               {image.Rect(40, 40, 1320, 660), image.Rect(40, 40, 1320, 660), display.Screen{W: 1366, H: 768}, 1},
		"on the court's":        {image.Rect(1400, 40, 2680, 660), image.Rect(0, 32, 1280, 652), display.Screen{W: 1366, H: 768}, 1},
		"reaches onto it":       {image.Rect(200, 32, 1480, 652), image.Rect(86, 32, 1366, 652), display.Screen{W: 1366, H: 768}, 1},
		"letters at 150 %":      {image.Rect(10, 10, 1930, 1090), image.Rect(0, 48, 1366, 696), display.Screen{W: 1366, H: 768}, 1.5},
		"letters at 200 %":      {image.Rect(0, 0, 2560, 1440), image.Rect(0, 64, 1920, 984), display.Screen{W: 1920, H: 1080}, 2},
		"the main one is right": {image.Rect(0, 40, 1280, 660), image.Rect(1920, 32, 3200, 652), display.Screen{X: 1920, W: 1366, H: 768}, 1},
	} {
		if got := inside(c.at, c.screen, c.scale); got != c.want {
			t.Errorf("%s: from %v to %v, want %v", name, c.at, got, c.want)
		}
	}
}
