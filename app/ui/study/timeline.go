package study

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	listed "butluc/app/console/excerpts"
	"butluc/app/keys"
	"butluc/app/ui/excerpts"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// mostLanes is how many lanes are seen beside one another; Left and Right go on to the others.
const mostLanes = mostCells - 1

// timeRow is a line of the timeline: a time, and what each lane has of it; a second line of the same time has the others.
type timeRow struct {
	time    string           // "" where it is that of the line before
	cells   map[int]timeCell // by lane
	heading string           // instead, of what follows
}

// timeCell is an event of a lane.
type timeCell struct {
	event   library.TimelineEvent
	against string // who tells of the time otherwise
}

// timeline is what happened when, a lane for each person.
type timeline struct {
	r     *Room
	times library.Timeline
	rows  []timeRow
	byID  map[library.ID]listed.Row
	at    int // the chosen row
	lane  int // the chosen lane
	first int // the first lane that is seen
	heads *line
	list  *widgets.Rows
	empty *widget.Label
	box   *fyne.Container
}

func newTimeline(r *Room) *timeline {
	t := &timeline{r: r, list: widgets.NewRows(), empty: widgets.Prose(r.s.T("timeline.empty"))}
	t.heads = newLine(timeColumns, func(int, int) {})
	t.list.Count = func() int { return len(t.rows) }
	t.list.Height = func(i int) float32 {
		if t.rows[i].heading != "" {
			return matterTall
		}
		return cellTall
	}
	t.list.Make = func() fyne.CanvasObject {
		return newLine(timeColumns, func(i, c int) { t.choose(i, t.first+max(c-1, 0)) })
	}
	t.list.Fill = func(i int, o fyne.CanvasObject) { o.(*line).show(i, t.face(i)) }
	t.empty.Importance = widget.LowImportance
	t.box = container.NewBorder(t.heads, nil, nil, nil, container.NewStack(t.list, container.NewVBox(widgets.Inset(24, t.empty))))
	return t
}

// timeColumns are the time's, and one as wide as another for each lane.
func timeColumns(wide float32, n int) []float32 {
	if n == 1 {
		return []float32{wide}
	}
	const time = 128
	columns := []float32{time}
	for range n - 1 {
		columns = append(columns, (wide-time)/float32(n-1))
	}
	return columns
}

func (t *timeline) content() fyne.CanvasObject { return t.box }

func (t *timeline) matter() library.ID { return "" }

func (t *timeline) reload() {
	s := t.r.s
	t.times = s.Excerpts.Timeline()
	t.byID = map[library.ID]listed.Row{}
	for _, row := range s.Excerpts.Filtered(t.r.filter) {
		t.byID[row.Excerpt.ID] = row
	}
	t.rows = t.rows[:0]
	dated := true
	for _, e := range t.times.Events {
		if _, through := t.byID[e.Excerpt.ID]; !through && (e.Excerpt.ID != "" || t.r.filter != (listed.Filter{})) {
			continue
		}
		if dated && !e.Moment.Dated {
			t.rows, dated = append(t.rows, timeRow{heading: s.T("timeline.undated")}), false
		}
		t.add(e)
	}
	if t.times.Untimed > 0 {
		t.rows = append(t.rows, timeRow{heading: "⚠ " + s.T("timeline.unread", "count", t.times.Untimed)})
	}
	t.stay()
	t.empty.SetText(s.T("timeline.empty"))
	if len(t.times.Events) > 0 {
		t.empty.SetText(s.T("study.no-match"))
	}
	widgets.Show(t.empty, len(t.rows) == 0)
	t.show()
}

// add puts an event into the line of its time, or where its lane has one there already, into another below.
func (t *timeline) add(e library.TimelineEvent) {
	time := e.Moment.String()
	cell := timeCell{event: e, against: t.against(e)}
	for i := len(t.rows) - 1; i >= 0 && t.rows[i].heading == ""; i-- {
		if t.rows[i].time != "" && t.rows[i].time != time {
			break
		}
		if _, taken := t.rows[i].cells[e.Lane]; taken {
			t.rows = append(t.rows, timeRow{cells: map[int]timeCell{e.Lane: cell}})
			return
		}
		if t.rows[i].time == time {
			t.rows[i].cells[e.Lane] = cell
			return
		}
	}
	t.rows = append(t.rows, timeRow{time: time, cells: map[int]timeCell{e.Lane: cell}})
}

// against says who tells of an event's time otherwise.
func (t *timeline) against(e library.TimelineEvent) string {
	var list []string
	for _, id := range e.Against {
		if row, ok := t.r.s.Excerpts.Row(id); ok {
			name := "BL " + t.r.s.Dossier.Folio(row.Page).String()
			if name == "BL " || row.Excerpt.To > 0 {
				name = row.Name
			}
			list = append(list, name)
		}
	}
	return strings.Join(list, ", ")
}

// stay keeps the excerpt at hand chosen, however the lines moved.
func (t *timeline) stay() {
	now, _ := t.r.s.Excerpts.Chosen()
	t.lane = max(0, min(t.lane, len(t.times.Lanes)-1))
	for i, row := range t.rows {
		for lane, c := range row.cells {
			if now.ID != "" && c.event.Excerpt.ID == now.ID {
				t.at, t.lane = i, lane
			}
		}
	}
	t.at = max(0, min(t.at, len(t.rows)-1))
	t.first = max(min(t.first, t.lane), t.lane-mostLanes+1, 0)
}

// show draws the lines with the lanes that are seen.
func (t *timeline) show() {
	f := face{head: true, chosen: -1, cells: []cell{{}}}
	if len(t.times.Lanes) > mostLanes {
		f.cells[0] = cell{text: t.r.s.T("timeline.lanes", "first", t.first+1, "last", min(t.first+mostLanes, len(t.times.Lanes)), "count", len(t.times.Lanes)), tint: theme.Muted}
	}
	for _, lane := range t.seen() {
		name := t.r.s.T("timeline.nobody")
		if lane.Recordings {
			name = t.r.s.T("timeline.recordings")
		} else if p, ok := t.r.s.Dossier.Outline().Person(lane.Person); ok {
			name = p.Name
		}
		f.cells = append(f.cells, cell{text: name, tint: theme.Text, bold: true})
	}
	widgets.Show(t.heads, len(t.times.Lanes) > 0)
	t.heads.show(0, f)
	t.list.Reload()
}

// seen are the lanes that are seen.
func (t *timeline) seen() []library.TimelineLane {
	return t.times.Lanes[t.first:min(t.first+mostLanes, len(t.times.Lanes))]
}

func (t *timeline) face(i int) face {
	row := t.rows[i]
	if row.heading != "" {
		return face{head: true, chosen: -1, cells: []cell{{text: row.heading, tint: theme.Text, bold: true}}}
	}
	f := face{chosen: -1, cells: []cell{{text: row.time, tint: theme.Text, bold: true}}, picked: []bool{false}}
	if i == t.at {
		f.chosen = t.lane - t.first + 1
	}
	for k := range t.seen() {
		c, there := row.cells[t.first+k]
		if !there {
			f.cells, f.picked = append(f.cells, cell{tint: theme.Muted}), append(f.picked, false)
			continue
		}
		f.cells = append(f.cells, t.cell(c))
		f.picked = append(f.picked, slices.Contains(t.r.picked, c.event.Excerpt.ID))
		if c.against != "" {
			f.cells[0].tint = theme.Warn
		}
	}
	return f
}

func (t *timeline) cell(c timeCell) cell {
	s, e := t.r.s, c.event
	if e.Excerpt.ID == "" {
		out := cell{text: s.Labels.Name(e.Page), small: e.Moment.At.Format("15:04:05"), tint: theme.Text, edge: true, bar: theme.Muted}
		if !e.Until.IsZero() {
			out.small += "–" + e.Until.Format("15:04:05")
		}
		return out
	}
	row := t.byID[e.Excerpt.ID]
	out := cell{text: shortText(t.r, row), small: row.Name, tint: theme.Text, edge: true, bar: excerpts.SideToken(e.Excerpt.Side)}
	if e.Excerpt.Where != "" {
		out.small = e.Excerpt.Where + " · " + out.small
	}
	if state, warn := stateText(t.r, row); warn {
		out.small, out.warn = state+" · "+out.small, true
	}
	if c.against != "" {
		out.small, out.warn = "⚠ "+s.T("timeline.against", "name", c.against), true
	}
	return out
}

// choose chooses a line and a lane of it; where that has nothing there, the nearest that has.
func (t *timeline) choose(i, lane int) {
	if i < 0 || i >= len(t.rows) || len(t.rows[i].cells) == 0 {
		return
	}
	best := -1
	for have := range t.rows[i].cells {
		if best < 0 || abs(have-lane) < abs(best-lane) || abs(have-lane) == abs(best-lane) && have < best {
			best = have
		}
	}
	t.at, t.lane = i, best
	e := t.rows[i].cells[best].event
	if e.Excerpt.ID == "" {
		t.r.s.Study.Select(e.Page)
	}
	t.r.choose(e.Excerpt.ID)
	t.list.Reveal(i)
}

func abs(n int) int { return max(n, -n) }

func (t *timeline) move(by int, edge bool) {
	at := t.at + by
	if edge {
		at = map[bool]int{true: len(t.rows) - 1}[by > 0]
	}
	for at >= 0 && at < len(t.rows) && t.rows[at].heading != "" {
		at += max(-1, min(by, 1))
	}
	if edge && by > 0 {
		for at >= len(t.rows) || at > 0 && t.rows[at].heading != "" {
			at--
		}
	}
	t.choose(at, t.lane)
}

// across goes to the next lane that has something in this line.
func (t *timeline) across(by int) {
	if t.at >= len(t.rows) {
		return
	}
	for lane := t.lane + by; lane >= 0 && lane < len(t.times.Lanes); lane += by {
		if _, there := t.rows[t.at].cells[lane]; there {
			t.choose(t.at, lane)
			return
		}
	}
	t.first = max(0, min(t.first+by, len(t.times.Lanes)-mostLanes)) // nothing more here: the lanes go on
	t.show()
}

// do opens a recording that is chosen; of an excerpt the room does.
func (t *timeline) do(a keys.Action) bool {
	if a != keys.OpenExcerpt || t.at >= len(t.rows) {
		return false
	}
	c, there := t.rows[t.at].cells[t.lane]
	if !there || c.event.Excerpt.ID != "" {
		return false
	}
	t.r.s.Study.Select(c.event.Page)
	t.r.do(keys.GoPrepare)
	return true
}
