package clips

import (
	"context"
	"image"
	"path/filepath"
	"strings"

	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/job"
	"butluc/app/console/label"
	"butluc/app/console/notice"
	"butluc/app/console/study"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/transcript"
)

// goBack is by how many milliseconds a recording goes on sooner than it was let stand, while what is said is written down.
const goBack = 3000

// Transcript is what is said in the recording that is looked at, a line a time, as it is read and written down. It belongs
// to the UI goroutine.
type Transcript struct {
	lang     *i18n.Localizer
	dossier  *dossier.Dossier
	labels   *label.Labels
	edits    *dossier.Edits
	study    *study.Study
	playback *Playback
	jobs     *job.Runner
	events   *event.Bus
	notices  *notice.Bar

	open   bool
	chosen library.PageID // the line at hand; zero for none

	of    library.Outline // that lines are of
	path  string          // and their recording
	lines []library.Cue
}

// NewTranscript makes what is said in the recordings of a case: it is not open.
func NewTranscript(d Deps, playback *Playback) *Transcript {
	return &Transcript{
		lang: d.Lang, dossier: d.Dossier, labels: d.Labels, edits: d.Edits, study: d.Study, playback: playback, jobs: d.Jobs,
		events: d.Events, notices: d.Notices,
	}
}

// Open tells whether the transcript is seen beside the recording.
func (t *Transcript) Open() bool { return t.open }

// SetOpen shows the transcript beside recordings, or not. While it is seen, a recording that was let stand goes on a little
// sooner.
func (t *Transcript) SetOpen(open bool) {
	t.open = open
	t.playback.GoBack(map[bool]int{true: goBack}[open])
	t.events.Changed(event.PageChanged)
}

// Lines are the lines of the recording that is looked at, in order of time; none of what is no recording. The slice is not to
// be written to.
func (t *Transcript) Lines() []library.Cue {
	f, ok := t.study.Recording()
	if !ok {
		return nil
	}
	if o := t.dossier.Outline(); t.of != o || t.path != f.Path {
		t.of, t.path, t.lines = o, f.Path, o.Cues(f.Path)
	}
	return t.lines
}

// Heard is the place among the lines of the one that is heard where the recording stands; -1 before the first.
func (t *Transcript) Heard() int { return library.CueAt(t.Lines(), t.playback.Playhead()) }

// Chosen is the line at hand.
func (t *Transcript) Chosen() (library.Cue, bool) {
	if f, ok := t.study.Recording(); !ok || f.Path != t.chosen.Path {
		return library.Cue{}, false
	}
	return t.dossier.Outline().Cue(t.chosen)
}

// Choose takes a line at hand; the zero page takes none.
func (t *Transcript) Choose(first library.PageID) {
	t.chosen = first
	t.events.Changed(event.PageChanged)
}

// Stamp begins a line where the recording stands, and takes it at hand; where one begins there, it takes that.
func (t *Transcript) Stamp() bool {
	f, ok := t.study.Recording()
	if !ok {
		t.notices.Tell("passage.no-recording", true)
		return false
	}
	c := library.Cue{First: library.PageID{Path: f.Path, Index: t.playback.Playhead()}}
	if _, there := t.dossier.Outline().Cue(c.First); !there && !t.edits.Edit(t.dossier.Outline().SetCue(c.First, c)) {
		return false
	}
	t.Choose(c.First)
	return true
}

// Write writes what is said in a line. A name of a person before the first colon says who speaks: "Đạt: Tôi ở nhà."
func (t *Transcript) Write(first library.PageID, text string) {
	c, ok := t.dossier.Outline().Cue(first)
	if !ok {
		return
	}
	c.Text = text
	if person, said, ok := speaker(t.dossier.Outline(), text); ok {
		c.Person, c.Text = person, said
	}
	t.edits.Edit(t.dossier.Outline().Set(c))
}

// maxName is how many bytes the name before a colon has at most.
const maxName = 60

// speaker finds the one person whose name, or a part of it, stands before the first colon of a text, and the text behind it.
func speaker(o library.Outline, text string) (person library.ID, said string, ok bool) {
	name, said, has := strings.Cut(text, ":")
	if name = strings.TrimSpace(name); !has || name == "" || len(name) > maxName {
		return "", "", false
	}
	for _, p := range o.Persons() {
		switch {
		case !library.HasWords(p.Name, name):
		case ok:
			return "", "", false // of two
		default:
			person, ok = p.ID, true
		}
	}
	return person, strings.TrimSpace(said), ok
}

// Change changes the line at hand.
func (t *Transcript) Change(change func(*library.Cue)) bool {
	c, ok := t.Chosen()
	if !ok {
		return false
	}
	was := c.First
	change(&c)
	if !t.edits.Edit(t.dossier.Outline().SetCue(was, c)) {
		return false
	}
	t.Choose(c.First)
	return true
}

// Delete deletes the line at hand; the one before it is at hand then.
func (t *Transcript) Delete() bool {
	c, ok := t.Chosen()
	if !ok || !t.edits.Edit(t.dossier.Outline().Remove("cue", c.Key())) {
		return false
	}
	next := library.PageID{}
	if i := library.CueAt(t.Lines(), c.First.Index); i >= 0 {
		next = t.Lines()[i].First
	}
	t.Choose(next)
	return true
}

// Move takes the line by so many places further at hand: the first or last stays.
func (t *Transcript) Move(by int) {
	lines := t.Lines()
	if len(lines) == 0 {
		return
	}
	at := t.Heard()
	if c, ok := t.Chosen(); ok {
		at = library.CueAt(lines, c.First.Index) + by
	}
	t.Choose(lines[max(0, min(at, len(lines)-1))].First)
}

// Play plays from a line's beginning on, with it at hand. box is the room for the pictures, in device pixels.
func (t *Transcript) Play(first library.PageID, box image.Point) {
	t.Choose(first)
	t.playback.PlayFrom(first.Index, box)
}

// Span is from when to when the line at hand is heard.
func (t *Transcript) Span() (library.Cue, library.Span, bool) {
	c, ok := t.Chosen()
	f, _ := t.study.Recording()
	if !ok {
		return c, library.Span{}, false
	}
	lines := t.Lines()
	span, ok := library.CueSpan(lines, library.CueAt(lines, c.First.Index), f.Duration)
	return c, span, ok
}

// Read takes in the transcript that another program wrote, of the recording that is looked at; whole: in the place of the
// lines that are there. It is one edit. A file that is none is refused at the foot.
func (t *Transcript) Read(file string, whole bool) {
	f, ok := t.study.Recording()
	if !ok {
		t.notices.Tell("passage.no-recording", true)
		return
	}
	var lines []transcript.Line
	name := filepath.Base(file)
	t.jobs.Run(t.lang.T("transcript.reading", "name", name), func(context.Context, func(done, total int64)) error {
		data, err := casefile.ReadFile(file)
		if err == nil {
			lines, err = transcript.Read(data)
		}
		return err
	}, func(err error) {
		if err != nil {
			t.notices.TellText(t.lang.T("transcript.refused", "name", name, "why", label.TranscriptRefusal(t.lang.In(), err)), true)
			return
		}
		t.take(f, name, lines, whole)
	})
}

// take makes lines that were read the recording's. Those behind its end are told of: the file may be another recording's.
func (t *Transcript) take(f library.File, name string, lines []transcript.Line, whole bool) {
	o := t.dossier.Outline()
	cues := make([]library.Cue, 0, len(lines))
	behind := 0
	for _, l := range lines {
		c := library.Cue{First: library.PageID{Path: f.Path, Index: l.From}, To: l.To, Text: l.Text}
		if l.Speaker != "" {
			c.Text = l.Speaker + ": " + l.Text
		}
		if person, said, ok := speaker(o, c.Text); ok {
			c.Person, c.Text = person, said
		}
		if l.From > f.Duration {
			behind++
		}
		cues = append(cues, c)
	}
	if !t.edits.Edit(o.SetCues(f.Path, cues, whole)) {
		return
	}
	if behind > 0 {
		t.notices.TellText(t.lang.T("transcript.behind", "name", name, "count", len(cues), "behind", behind, "end", library.Clock(f.Duration)), true)
		return
	}
	t.notices.TellText(t.lang.T("transcript.read", "name", name, "count", len(cues)), false)
}
