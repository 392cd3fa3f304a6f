// Package shelf is the room of cases: those on this laptop, and what an office keeps of its own. What it shows is a list of
// sections, and a switch at its head chooses among them.
package shelf

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/console"
	"butluc/app/console/event"
	"butluc/app/keys"
	"butluc/app/ui/office"
	"butluc/app/ui/register"
	"butluc/app/ui/widgets"
)

// Ways are the ways out of the room.
type Ways struct {
	Open    func()                               // asks for a folder
	Resume  func()                               // goes on where a person stopped last
	Resumes func() (title, page string, ok bool) // where that is; ok is false where it is nowhere
	Tour    func()                               // opens the sample and shows around in it
	Guide   func()                               // shows the user's guide
	Files   Chooser

	Do   func(keys.Action)       // does an action of the window's
	Pack func(dir, title string) // seals a case for others
	Lock func(dir, title string) // locks a case away
	Wipe func(dir, title string) // removes what this machine keeps of a case
}

// Section is what the room shows at a time.
type Section interface {
	Head() fyne.CanvasObject // what stands beside the switch
	Content() fyne.CanvasObject
	Do(keys.Action) bool // does an action of the section's and tells whether it was one
	Overlays() []widgets.Overlay
}

// Covering is a section that has something that may lie over the whole room.
type Covering interface {
	Above() fyne.CanvasObject // it hides and shows itself
}

// Chooser asks a person for a file or folder.
type Chooser interface {
	ChooseFolder(what, confirm string, chosen func(dir string)) // keys of the catalogue
	ChooseFile(what string, endings []string, chosen func(file string))
}

// section is all that is to be told of one: another is a row of [sections], and its name in each language.
type section struct {
	name string // in the catalogue behind "shelf-section."; kept, never rename one
	does func(keys.Action) bool
	open func(*Room) Section
}

// registerName is the name of the section of the register.
const registerName = "register"

// sections are all of them, in the order of the switch.
func sections() []section {
	return []section{
		{"here", doesCases, newCaseList},
		{registerName, register.Does, func(r *Room) Section { return register.New(r.s, r.focus, r.ways.Files) }},
		{"office", office.Does, func(r *Room) Section { return office.New(r.s, r.focus, r.ways.Files, r.ways.Do) }},
	}
}

// Room is the room. Make one for each drawing of the window.
type Room struct {
	s     *console.Session
	ways  Ways
	focus func(fyne.Focusable)

	opened   map[string]Section // by name: a section is made when it is first shown
	now      string             // the name of the one that is shown
	switches []*widgets.Button
	head     *fyne.Container
	body     *fyne.Container
	above    *fyne.Container
	content  fyne.CanvasObject
}

// sectionShown is the setting that has the name of the section that was shown last.
const sectionShown = "shelf.section"

// New makes the room. focus gives the keyboard away, with nil back to the room.
func New(s *console.Session, ways Ways, focus func(fyne.Focusable)) *Room {
	r := &Room{s: s, ways: ways, focus: focus, opened: map[string]Section{}, head: container.NewStack(), body: container.NewStack(), above: container.NewStack()}
	row := container.NewHBox()
	for _, c := range sections() {
		b := widgets.NewButton(s.T("shelf-section."+c.name), nil, widgets.Quiet, func() { r.show(c.name); r.focus(nil) })
		r.switches = append(r.switches, b)
		row.Add(b)
	}
	r.content = container.NewStack(container.New(headed{}, row, r.head, r.body), r.above)
	s.Listing.Keep()
	s.Events.Subscribe(event.ThumbChanged, func() { s.Listing.Keep() })
	r.show(s.Settings.Remembered(sectionShown))
	return r
}

// show shows the section of a name, the first where there is none of it.
func (r *Room) show(name string) {
	list := sections()
	at := max(0, slices.IndexFunc(list, func(c section) bool { return c.name == name }))
	r.now = list[at].name
	if r.opened[r.now] == nil {
		r.opened[r.now] = list[at].open(r)
	}
	for i, b := range r.switches {
		style := widgets.Quiet
		if i == at {
			style = widgets.Chosen
		}
		b.SetStyle(style)
		widgets.Show(b, len(list) > 1)
	}
	r.s.Settings.Remember(sectionShown, r.now)
	r.head.Objects = []fyne.CanvasObject{r.section().Head()}
	r.body.Objects = []fyne.CanvasObject{r.section().Content()}
	r.above.Objects = nil
	if c, ok := r.section().(Covering); ok {
		r.above.Objects = []fyne.CanvasObject{c.Above()}
	}
	r.head.Refresh()
	r.body.Refresh()
	r.above.Refresh()
}

// inRegister opens what the register has of a case.
func (r *Room) inRegister(id string) {
	r.show(registerName)
	if section, ok := r.section().(*register.Section); ok {
		section.Edit(id)
	}
}

// turn shows the next section, or the one before; behind the last comes the first.
func (r *Room) turn(by int) {
	list := sections()
	at := slices.IndexFunc(list, func(c section) bool { return c.name == r.now })
	r.show(list[(at+by+len(list))%len(list)].name)
	r.focus(nil)
}

func (r *Room) section() Section { return r.opened[r.now] }

// Content is the room to put into the window.
func (r *Room) Content() fyne.CanvasObject { return r.content }

// Overlays are what may lie over this room: those of the section that is shown.
func (r *Room) Overlays() []widgets.Overlay { return r.section().Overlays() }

// turns are the room's own actions: how far each turns.
var turns = map[keys.Action]int{keys.SectionNext: 1, keys.SectionBack: -1}

// Does tells whether an action is one of this room's, whose owner is [keys.OfShelf].
func Does(a keys.Action) bool {
	return turns[a] != 0 || slices.ContainsFunc(sections(), func(c section) bool { return c.does(a) })
}

// Do does an action of this room and tells whether it was one.
func (r *Room) Do(a keys.Action) bool {
	if by := turns[a]; by != 0 {
		r.turn(by)
		return true
	}
	return r.section().Do(a)
}

// Chosen is the case that is chosen in the list; ok is false where none is.
func (r *Room) Chosen() (dir, title string, ok bool) {
	c, here := r.section().(*caseList)
	if !here || c.at >= len(c.cases) {
		return "", "", false
	}
	return c.cases[c.at].Path, c.cases[c.at].Title, true
}
