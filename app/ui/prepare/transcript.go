package prepare

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console/event"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/library/transcript"
)

const (
	cueTall  = 46   // of a line in the list
	cueWide  = 0.44 // of the place of the page that the transcript takes
	textRows = 3    // of the field, so that a long answer is seen whole
)

// script is the transcript beside the recording that is looked at: its lines, the one at hand in a field, and, in the place of
// the picture if one likes, the page of the written record.
type script struct {
	r      *Room
	rows   *widgets.Rows
	lines  []library.Cue // as they are listed
	marked [2]int        // the line that is heard and the one at hand, as they are drawn; -1 for none
	empty  *widget.Label
	text   *widgets.Bound
	of     library.PageID // the line that the field holds
	time   *widgets.Button
	person *widgets.Button
	edit   *fyne.Container
	record *widgets.Button // shows the written record
	page   *widgets.Picture
	beside library.PageID // the page of the written record that is shown; zero while the recording's picture is
	shown  library.PageID // whose picture is there
	box    *fyne.Container
}

func newScript(r *Room) *script {
	t := &script{r: r, rows: widgets.NewRows(), empty: widgets.Prose(""), marked: [2]int{-1, -1}}
	t.rows.Count = func() int { return len(t.lines) }
	t.rows.Height = func(int) float32 { return cueTall }
	t.rows.Make = func() fyne.CanvasObject { return newCueRow(t) }
	t.rows.Fill = func(i int, o fyne.CanvasObject) { o.(*cueRow).show(i) }
	t.page = widgets.NewPicture(r.s.Events.Post)
	t.page.Hide()
	t.empty.Importance = widget.LowImportance
	t.empty.SetText(r.s.T("transcript.empty", "key", keys.Hint(r.s.In(), keys.Prepare, keys.StampLine)))
	t.box = container.NewStack(canvas.NewRectangle(theme.Color(theme.Surface)), widgets.Inset(4, container.NewBorder(
		t.head(), t.form(), nil, nil, container.NewStack(t.rows, container.NewVBox(widgets.Inset(16, t.empty))))))
	t.box.Hide()
	r.s.Events.Subscribe(event.AuditionMoved, t.follow)
	r.s.Events.Subscribe(event.ThumbChanged, t.showRecord)
	return t
}

// head is the line over the list.
func (t *script) head() fyne.CanvasObject {
	s := t.r.s
	title := widgets.Line(s.T("transcript.title"))
	title.TextStyle.Bold = true
	stamp := widgets.NewButton(s.T("transcript.stamp"), nil, widgets.Plain, func() { t.r.Do(keys.StampLine) })
	stamp.Hint = keys.Hint(s.In(), keys.Prepare, keys.StampLine)
	t.record = widgets.NewButton(s.T("transcript.record"), nil, widgets.Plain, t.toggleRecord)
	more := widgets.NewButton("⋯", nil, widgets.Quiet, nil)
	more.Tip = s.T("transcript.more")
	more.OnTapped = func() {
		widgets.Menu(more, fyne.NewMenuItem(s.T("transcript.import"), func() { t.read(false) }),
			fyne.NewMenuItem(s.T("transcript.import-whole"), func() { t.read(true) }))
	}
	shut := widgets.NewButton("", widgets.Icon("close"), widgets.Quiet, func() { t.r.Do(keys.Transcript) })
	shut.Tip = tip(s.In(), keys.Transcript)
	return container.NewVBox(container.NewBorder(nil, nil, nil, container.NewHBox(more, shut), title),
		widgets.NewFlow(theme.Gap, stamp, t.record), widgets.Rule())
}

// form holds the line at hand.
func (t *script) form() fyne.CanvasObject {
	s := t.r.s
	field := widgets.NewText(s.T("transcript.text"))
	field.SetMinRowsVisible(textRows)
	t.text = widgets.Bind(field, s.Events.Post, func() { t.r.focus(nil) }, func() string {
		c, _ := s.Dossier.Outline().Cue(t.of)
		return c.Text
	}, func(text string) { s.Cues.Write(t.of, text) })
	field.OnReturn = func() { t.r.Do(keys.StampLine) }
	field.OnUp, field.OnDown = func() { t.move(-1) }, func() { t.move(1) }
	field.OnChord = t.chord
	t.time = widgets.NewButton("", nil, widgets.Plain, t.retime)
	t.time.Tip = s.T("transcript.retime")
	t.person = widgets.NewButton("", nil, widgets.Plain, t.choosePerson)
	excerpt := widgets.NewButton(s.T("transcript.excerpt"), nil, widgets.Plain, t.excerpt)
	remove := widgets.NewButton("", widgets.Icon("close"), widgets.Quiet, func() { s.Cues.Delete() })
	remove.Tip = s.T("transcript.delete")
	hint := widgets.Small(s.T("transcript.keys", "play", keys.Hint(s.In(), keys.Prepare, keys.Audition)))
	hint.Truncation, hint.Wrapping = fyne.TextTruncateOff, fyne.TextWrapWord
	t.edit = container.NewVBox(widgets.Rule(), field, widgets.NewFlow(theme.Gap, t.time, t.person, excerpt, remove), hint)
	t.edit.Hide()
	return t.edit
}

// chord is a key with Ctrl that acts while a line is typed.
func (t *script) chord(c keys.Chord) bool {
	b, ok := keys.Lookup(keys.Prepare, c)
	if ok = ok && b.Action == keys.Audition; ok {
		t.r.Do(b.Action)
	}
	return ok
}

// toggle shows the transcript beside the recording, or puts it away.
func (t *script) toggle() {
	s := t.r.s
	if _, ok := s.Study.Recording(); !ok && !s.Cues.Open() {
		s.Notices.Tell("passage.no-recording", true)
		return
	}
	t.text.Keep()
	s.Cues.SetOpen(!s.Cues.Open())
}

// stamp begins a line where the recording stands, to be typed.
func (t *script) stamp() {
	t.text.Keep()
	if t.r.s.Cues.Stamp() {
		t.write()
	}
}

func (t *script) write() {
	if !t.r.s.Cues.Open() {
		t.r.s.Cues.SetOpen(true)
	}
	t.update()
	t.r.focus(t.text.Field)
	t.text.ToEnd()
}

func (t *script) move(by int) {
	t.text.Keep()
	t.r.s.Cues.Move(by)
	t.update()
	t.text.ToEnd()
}

// play plays from a line on.
func (t *script) play(i int) {
	t.text.Keep()
	t.r.s.Cues.Play(t.lines[i].First, t.r.page.picture.PixelSize())
}

// excerpt keeps the line at hand as an excerpt.
func (t *script) excerpt() {
	t.text.Keep()
	s := t.r.s
	if c, span, ok := s.Cues.Span(); ok && s.Excerpts.MakeOf(c, span.To) {
		s.Notices.TellText(s.T("transcript.kept", "key", keys.Hint(s.In(), keys.Prepare, keys.GoStudy)), false)
	}
}

// retime lets the line at hand begin where the recording stands.
func (t *script) retime() {
	at := t.r.s.Playback.Playhead()
	t.text.Keep()
	t.r.s.Cues.Change(func(c *library.Cue) {
		if c.First.Index = at; c.To <= at {
			c.To = 0
		}
	})
}

func (t *script) choosePerson() {
	s := t.r.s
	t.text.Keep()
	set := func(id library.ID) func() {
		return func() { s.Cues.Change(func(c *library.Cue) { c.Person = id }) }
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(s.T("transcript.nobody"), set(""))}
	for _, p := range s.Dossier.Outline().Persons() {
		items = append(items, fyne.NewMenuItem(p.Name, set(p.ID)))
	}
	widgets.Menu(t.person, items...)
}

// read asks for a transcript that another program wrote.
func (t *script) read(whole bool) {
	t.text.Keep()
	t.r.choose.ChooseFile("transcript.choose", transcript.Endings, func(file string) { t.r.s.Cues.Read(file, whole) })
}

// toggleRecord shows the page of the written record in the place of the recording's picture, or that again.
func (t *script) toggleRecord() {
	switch s := t.r.s; {
	case t.beside != (library.PageID{}):
		t.beside = library.PageID{}
	default:
		page, ok := s.Passages.RecordAt(s.Playback.Playhead())
		if !ok {
			s.Notices.TellText(s.T("transcript.no-record", "keep", keys.Hint(s.In(), keys.Prepare, keys.KeepPassage), "tie", keys.Hint(s.In(), keys.Prepare, keys.Tie)), true)
			return
		}
		t.beside = page
	}
	t.update()
}

// leaf looks at the next page, or of the written record that stands in the recording's place shows that one's.
func (t *script) leaf(by int) {
	if !t.page.Visible() {
		t.r.s.Study.Move(by)
		return
	}
	if next := t.r.s.Dossier.Neighbour(t.beside, by); next != (library.PageID{}) {
		t.beside = next
		t.showRecord()
	}
}

func (t *script) showRecord() {
	if !t.page.Visible() {
		return
	}
	picture, err := t.r.s.Pictures.PaneThumb(library.Pane{Page: t.beside}, t.page.PixelSize())
	switch {
	case err != nil:
		t.page.SetImage(nil)
		t.page.SetEmpty(t.r.s.Labels.ErrorText(err, t.beside))
	case picture != nil:
		t.shown = t.beside
		t.page.SetImage(picture)
	case t.shown != t.beside: // no other page in its place while it is drawn
		t.page.SetImage(nil)
	}
}

// update shows the transcript of what is looked at.
func (t *script) update() {
	s := t.r.s
	_, recording := s.Study.Recording()
	open := recording && s.Cues.Open()
	if !open {
		t.text.Keep()
		t.beside = library.PageID{}
	}
	widgets.Show(t.box, open)
	widgets.Show(t.page, open && t.beside != (library.PageID{}))
	if !open {
		return
	}
	style := widgets.Plain
	if t.page.Visible() {
		style = widgets.Chosen
	}
	t.record.SetStyle(style)
	t.showRecord()
	t.showForm()
	t.lines = s.Cues.Lines()
	widgets.Show(t.empty, len(t.lines) == 0)
	t.marked = t.marks()
	t.rows.Reload()
	t.rows.Reveal(t.marked[1])
}

func (t *script) showForm() {
	s := t.r.s
	c, ok := s.Cues.Chosen()
	if c.First != t.of {
		t.text.Keep()
		t.of = c.First
	}
	widgets.Show(t.edit, ok)
	t.text.Update()
	if !ok {
		return
	}
	t.time.SetLabel(library.Clock(c.First.Index))
	name := s.T("transcript.who")
	if p, known := s.Dossier.Outline().Person(c.Person); known {
		name = p.Name
	}
	t.person.SetLabel(name + " ▾")
}

// marks are the line that is heard and the one at hand.
func (t *script) marks() [2]int {
	chosen := -1
	if c, ok := t.r.s.Cues.Chosen(); ok {
		chosen = library.CueAt(t.lines, c.First.Index)
	}
	return [2]int{t.r.s.Cues.Heard(), chosen}
}

// follow marks the line that is heard, and keeps it in sight while nobody types.
func (t *script) follow() {
	if !t.box.Visible() {
		return
	}
	now := t.marks()
	if now == t.marked {
		return
	}
	heard := now[0] != t.marked[0]
	t.marked = now
	t.rows.Reload()
	if heard && !t.text.HasFocus() && t.r.s.Playback.Now().Playing {
		t.rows.Reveal(now[0])
	}
}

// cueRow is a line in the list: when and by whom, and what is said.
type cueRow struct {
	*widgets.Tap
	t      *script
	i      int
	ground *canvas.Rectangle
	when   *widget.Label
	said   *widget.Label
}

func newCueRow(t *script) *cueRow {
	row := &cueRow{t: t, ground: canvas.NewRectangle(theme.Color(theme.Surface)), when: widgets.Small(""), said: widgets.Line("")}
	row.ground.CornerRadius = theme.Radius
	row.Tap = widgets.NewTap(container.NewStack(row.ground, container.New(cueLayout{}, row.when, row.said)), func() { t.play(row.i) })
	return row
}

func (row *cueRow) show(i int) {
	row.i = i
	c := row.t.lines[i]
	when := library.Clock(c.First.Index)
	if p, ok := row.t.r.s.Dossier.Outline().Person(c.Person); ok {
		when += "  " + p.Name
	}
	if i == row.t.marked[0] {
		when = "▸ " + when
	}
	row.when.SetText(when)
	row.said.SetText(c.Text)
	fill := theme.Color(theme.Surface)
	if i == row.t.marked[1] {
		fill = theme.Faint(theme.Accent, 0.22)
	}
	row.ground.FillColor = fill
	row.ground.Refresh()
}

// cueLayout puts two lines of text under one another, nearer than boxes do.
type cueLayout struct{}

func (cueLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(80, cueTall) }

func (cueLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	const below = 17
	for i, o := range objects {
		o.Move(fyne.NewPos(0, float32(i)*below-4))
		o.Resize(fyne.NewSize(size.Width, o.MinSize().Height))
	}
}

// besidePage gives the transcript its part of the place of the page; the written record lies over the page.
type besidePage struct{ script fyne.CanvasObject }

func (besidePage) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (l besidePage) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	wide := size.Width
	if l.script.Visible() {
		wide *= 1 - cueWide
	}
	for _, o := range objects {
		if o == l.script {
			o.Move(fyne.NewPos(wide, 0))
			o.Resize(fyne.NewSize(size.Width-wide, size.Height))
			continue
		}
		o.Move(fyne.NewPos(0, 0))
		o.Resize(fyne.NewSize(wide, size.Height))
	}
}
