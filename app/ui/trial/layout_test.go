package trial

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// spaces are what the laptops in the field leave to the room, in the toolkit's units: less the rail, the line of state and
// the system's bars.
var spaces = map[string]fyne.Size{
	"1366×768 at 100 %": {Width: 1296, Height: 640}, "1366×768 at 125 %": {Width: 1022, Height: 486}, "1366×768 at 150 %": {Width: 840, Height: 384},
	"1920×1080 at 100 %": {Width: 1850, Height: 952}, "1920×1080 at 150 %": {Width: 1210, Height: 592}, "1920×1080 at 200 %": {Width: 890, Height: 412},
	"1024×768 at 100 %": {Width: 954, Height: 640},
}

// The keys of a recording come and go: they stand over those of the trial, which stay, and cover nothing.
func TestTheKeysOfARecordingHaveTheirPlace(t *testing.T) {
	h := openRoom(t)
	h.press(keys.Start)
	black := h.row.keys.Position()
	for _, shown := range []bool{true, false} {
		h.clips.clip.content.Hidden = !shown
		h.layAnew()
		bottom := h.row.keys.Position().Y
		if shown {
			clip := h.clips.clip.content
			if clip.Position().Y+clip.Size().Height > bottom || clip.Size().Height < clip.MinSize().Height {
				t.Errorf("the keys of the recording are at %v, %v, those of the trial at %v", clip.Position(), clip.Size(), bottom)
			}
			bottom = clip.Position().Y
		}
		if end := h.say.content.Position().Y + h.say.content.Size().Height; end > bottom || end < bottom-20 {
			t.Errorf("recording %v: the words end at %v, what is below begins at %v", shown, end, bottom)
		}
		if h.row.keys.Position() != black {
			t.Errorf("recording %v: the trial's keys moved from %v to %v", shown, black, h.row.keys.Position())
		}
	}
}

// outline makes an outline of steps, each with the next of the case's pages.
func (h *opened) outline(steps ...library.Step) {
	for i := range steps {
		steps[i].ID, steps[i].Shot = library.NewID(), library.ShotOf(h.s.Dossier.Pages()[i])
	}
	h.s.Edits.Edit(h.s.Dossier.Outline().AddPhase(library.Phase{ID: "p", Title: "Xét hỏi"}, library.Place{}))
	h.s.Edits.Edit(h.s.Dossier.Outline().AddScenario(library.Scenario{ID: "a", Title: "Không nhận tội"}, library.Place{Parent: "p"}))
	h.s.Edits.Edit(h.s.Dossier.Outline().AddSteps(library.Place{Parent: "a"}, steps...))
	h.pump()
}

// shown are the objects of the room in sight, with where they are; what is in a list of rows is none of the room's.
func (h *opened) shown(each func(o fyne.CanvasObject, at fyne.Position)) {
	var walk func(o fyne.CanvasObject, from fyne.Position)
	walk = func(o fyne.CanvasObject, from fyne.Position) {
		if !o.Visible() {
			return
		}
		at := from.Add(o.Position())
		each(o, at)
		switch o := o.(type) {
		case *widgets.Rows:
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child, at)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child, at)
			}
		}
	}
	walk(h.laid, fyne.Position{})
}

// What the court sees has the most room, what comes next stands beside it, the words to say have the whole width under
// both; no button lies over what the court sees, and all are tall.
func TestEachOfTheThreeHasItsPlace(t *testing.T) {
	h := openRoom(t)
	h.press(keys.Start)
	for name, size := range spaces {
		h.win.Resize(size)
		court, next, words := h.area.program, h.area.preview, h.area.words
		wide := h.laid.Size().Width
		if words.Size().Width < wide-1 {
			t.Errorf("%s: the words have %v of %v", name, words.Size().Width, wide)
		}
		if court.Size().Width*court.Size().Height <= next.Size().Width*next.Size().Height {
			t.Errorf("%s: what the court sees has %v, what comes next %v", name, court.Size(), next.Size())
		}
		if tall := court.Size().Height; tall < 0.4*h.laid.Size().Height {
			t.Errorf("%s: what the court sees is %v of %v tall", name, tall, h.laid.Size().Height)
		}
		if end := court.Position().Y + court.Size().Height; words.Position().Y < end {
			t.Errorf("%s: the words begin at %v, what the court sees ends at %v", name, words.Position().Y, end)
		}
		h.shown(func(o fyne.CanvasObject, at fyne.Position) {
			b, ok := o.(*widgets.Button)
			if !ok {
				return
			}
			if b == h.absent.mode { // instead of a court screen, that is not there
				at = fyne.NewPos(-1000, -1000)
			}
			if b.Size().Height < theme.BigTarget {
				t.Errorf("%s: the button %q is %v tall", name, b.Label, b.Size().Height)
			}
			p, s := court.Position(), court.Size()
			if at.X < p.X+s.Width && at.X+b.Size().Width > p.X && at.Y < p.Y+s.Height && at.Y+b.Size().Height > p.Y {
				t.Errorf("%s: the button %q lies over what the court sees", name, b.Label)
			}
		})
	}
}

// say28 is how large the words to say must be.
const say28 = 28

func TestTheWordsToSayAreLarge(t *testing.T) {
	const question = "Tại bút lục 45, bị cáo khai hai mươi mốt giờ có mặt tại quán; nay khai khác. Lời nào đúng?"
	h := openRoom(t)
	h.outline(library.Step{Say: question, Notes: strings.Repeat("một ghi chú dài ", 20)})
	h.press(keys.Start)
	for name, size := range spaces {
		h.win.Resize(size)
		h.Room.update()
		largest, lines, foot := float32(0), 0, float32(0)
		h.shown(func(o fyne.CanvasObject, at fyne.Position) {
			if text, ok := o.(*canvas.Text); ok && text.Text != "" && strings.Contains(question, text.Text) && text.TextSize >= sayLeast {
				largest, lines, foot = text.TextSize, lines+1, at.Y+text.MinSize().Height
			}
		})
		if lines == 0 || largest < say28 {
			t.Errorf("%s: the words are in %d lines of %v", name, lines, largest)
		}
		if end := h.area.words.Position().Y + h.area.words.Size().Height; foot > end {
			t.Errorf("%s: the words end at %v, their place at %v", name, foot, end)
		}
	}
}

// What comes next is told once: over its picture, and in the outline, which shows where it stands.
func TestWhatComesNextIsToldOnce(t *testing.T) {
	h := openRoom(t)
	h.outline(library.Step{Say: "Lời thứ nhất"}, library.Step{Say: "Lời thứ hai"}, library.Step{Say: "Lời thứ ba"})
	h.press(keys.Start, keys.Next)
	st := h.s.Stage.State()
	ref, ok := h.s.Run.StepAt(st.Next)
	if !ok || ref.Step.Say == "" || st.Preview.IsZero() {
		t.Fatalf("the next step is %+v, Preview %v", ref.Step, st.Preview)
	}
	var all []string
	h.shown(func(o fyne.CanvasObject, _ fyne.Position) {
		if text, ok := o.(*canvas.Text); ok {
			all = append(all, text.Text)
		}
	})
	words := strings.Join(all, "\n")
	if n := strings.Count(words, h.s.Labels.ShotFolios(st.Preview)); n != 1 {
		t.Errorf("the name of what comes next stands %d times in the room", n)
	}
	first, _, _ := strings.Cut(ref.Step.Say, "\n")
	if strings.Contains(strings.ReplaceAll(words, "\n", " "), first) {
		t.Errorf("the words of the next step, %q, stand in the room beside those that are said", first)
	}
}

// Where the name of what is shown has no room even in small letters, its folio stands for it.
func TestAFolioStandsForANameThatDoesNotFit(t *testing.T) {
	test.NewTempApp(t)
	h := newHead(theme.Program)
	h.set("TÒA ĐANG XEM", "BL 25 · Biên bản hỏi cung bị can lần thứ ba · trang 2/3", "BL 25", true)
	for wide, want := range map[float32]string{800: h.name, 260: "BL 25"} {
		h.box.Resize(fyne.NewSize(wide, headTall))
		if h.big.Text() != want {
			t.Errorf("in a width of %v it says %q, want %q", wide, h.big.Text(), want)
		}
	}
}

// However many badges there are, what is told keeps its room, and none is lost: those that have none are behind a button.
func TestBadgesThatHaveNoRoomAreBehindAButton(t *testing.T) {
	h := openRoom(t)
	h.s.Hearing.Rehearse(true)
	for _, b := range h.state.badges {
		b.Show()
	}
	for wide, all := range map[float32]bool{1800: true, 840: false} {
		h.state.hidden = nil
		for _, b := range h.state.badges {
			b.Show()
		}
		h.state.content.Resize(fyne.NewSize(wide, stateTall))
		shown := 0
		for i, b := range h.state.badges {
			if !h.state.on(i) {
				t.Errorf("at %v the badge %q is lost", wide, b.Label)
			}
			if b.Visible() {
				shown++
			}
		}
		if (shown == len(badges)) != all || h.state.more.Visible() == all || shown == 0 {
			t.Errorf("at %v %d of %d badges are in sight, the button %q: %v", wide, shown, len(badges), h.state.more.Label, h.state.more.Visible())
		}
		if !all && h.state.more.Label != moreBadges(h.s.In(), len(badges)-shown) {
			t.Errorf("the button says %q of %d", h.state.more.Label, len(badges)-shown)
		}
		if got := h.state.told.Size().Width; got < toldLeast-1 {
			t.Errorf("at %v what is told has a width of %v", wide, got)
		}
	}
}

// Cells fill as few columns as the height lets them.
func TestCellsFillTheHeight(t *testing.T) {
	c := cells{58, 48}
	for tall, want := range map[float32]int{48: 11, 100: 6, 198: 3, 300: 2, 550: 1, 10: 11} {
		if got := c.columns(11, tall); got != want {
			t.Errorf("in a height of %v 11 cells have %d columns, want %d", tall, got, want)
		}
	}
}
