package print

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"time"

	"butluc/library"
	"butluc/presenter/projector"
)

// Kind is what is printed.
type Kind string

// The kinds.
const (
	Outline Kind = "outline" // đề cương trình chiếu: everything, for the superior
	List    Kind = "list"    // danh mục đề nghị công bố: documents alone, for the clerk
	Backup  Kind = "backup"  // bộ in dự phòng: one shot a sheet; PDF only
	Slides  Kind = "slides"  // bản trình chiếu: one step a slide, for a computer that has PowerPoint alone; PPTX only
)

// Kinds are all kinds.
var Kinds = []Kind{Outline, List, Backup, Slides}

// Format is the form of the file.
type Format string

// The formats.
const (
	PDF  Format = "pdf"
	DOCX Format = "docx"
	PPTX Format = "pptx"
)

// ErrFormat says that a kind is not printed in a format.
var ErrFormat = errors.New("not printed in this format")

// Draw makes the frame of a shot at a size in pixels, as [projector.Still] does. Several are asked for
// at once. It is not called for shots without pages.
type Draw func(ctx context.Context, shot library.Shot, size image.Point) (projector.Frame, error)

// Job is something to print.
type Job struct {
	Kind     Kind
	Format   Format
	Outline  library.Outline
	Exhibits []library.Exhibit
	Approval library.Approval   // what was last submitted; number 0: nothing was
	Opinion  *Opinion           // of the superior; nil: a place to write it by hand. Only on the outline itself
	Notes    bool               // private notes too
	Own      bool               // slides are for one's own use: the words are in their notes, and restricted pages are shown
	Screen   image.Point        // of the court, in pixels, for pictures as it will see them; zero: 1920×1080
	Now      time.Time          // the date on the cover
	Draw     Draw               // not needed for a list
	Why      func(error) string // why a page can't be drawn, in words; nil: its Error
}

// Opinion is what a superior said to the outline that was submitted last.
type Opinion struct {
	By       string    // name, rank and office
	Approved bool      // else it was returned
	At       time.Time // by their clock
	Print    string    // the fingerprint of their key
	Text     string    // may be empty
	Remarks  []Remark
}

// Remark is a remark of theirs at a step; On is empty for the whole.
type Remark struct{ On, Text string }

// Possible tells whether there is such a kind, and it is printed in the format.
func (j Job) Possible() bool {
	switch j.Kind {
	case Outline, List:
		return j.Format == PDF || j.Format == DOCX
	case Backup:
		return j.Format == PDF
	case Slides:
		return j.Format == PPTX
	}
	return false
}

// Write prints the job to w. progress, which may be nil, is told how many of the steps are done. A page
// that can't be drawn gives a tile with the reason. The error is ctx's, w's, or [ErrFormat].
func (j Job) Write(ctx context.Context, w io.Writer, progress func(done, total int64)) error {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	if err := j.write(ctx, w, progress); err != nil {
		return fmt.Errorf("print %s: %w", j.Kind, err)
	}
	return nil
}

func (j Job) write(ctx context.Context, w io.Writer, progress func(done, total int64)) error {
	if !j.Possible() {
		return ErrFormat
	}
	m := j.resolve()
	switch j.Kind {
	case Backup:
		return m.backup(ctx, w, progress)
	case Slides:
		return m.slides(ctx, w, progress)
	case Outline, List:
	}
	var s sheet = newPDF(m.footer())
	if j.Format == DOCX {
		s = newDOCX(w, m.footer())
	}
	if j.Kind == List {
		m.list(s)
	} else if err := m.outline(ctx, s, progress); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.finish(w)
}

// resolve is a job with what it refers to at hand: files that moved are followed.
type resolved struct {
	Job
	index   *library.Index
	numbers map[library.ID]string
	since   []library.Difference // to what was submitted
}

func (j Job) resolve() *resolved {
	m := &resolved{Job: j, index: library.NewIndex(j.Exhibits)}
	if j.Approval.Number > 0 {
		m.since = j.Outline.Since(j.Approval.Outline)
	}
	if o, err := j.Outline.Apply(j.Outline.Relink(m.index)); err == nil {
		m.Outline = o
	}
	if m.Now.IsZero() {
		m.Now = time.Now()
	}
	m.Screen.X, m.Screen.Y = cmp.Or(m.Screen.X, projector.DefaultSize.X), cmp.Or(m.Screen.Y, projector.DefaultSize.Y)
	m.numbers = m.Outline.Numbers()
	return m
}

// steps are the outline's steps in order.
func (m *resolved) steps() []library.StepRef {
	var list []library.StepRef
	for ref := range m.Outline.Walk() {
		list = append(list, ref)
	}
	return list
}
