package print

import (
	"context"
	"image"
	"io"
	"strings"

	"butluc/library"
)

// slides writes one step a slide: what the court would see, as a picture cropped to what is to be read, and the line that names
// the page. Steps that show nothing have no slide. What was written for oneself, the question too, is in none of it unless the
// slides are for one's own use: then it stands in the slide's notes.
func (m *resolved) slides(ctx context.Context, w io.Writer, progress func(done, total int64)) error {
	var steps []library.StepRef
	for _, ref := range m.steps() {
		if !ref.Step.Shot.IsZero() {
			steps = append(steps, ref)
		}
	}
	d := newPPTX(w, m.Screen)
	size := image.Pt(m.Screen.X, m.Screen.Y)
	total := int64(len(steps))
	progress(0, total)
	for i, p := range inOrder(ctx, len(steps), func(ctx context.Context, i int) *picture {
		shot := steps[i].Step.Shot
		if m.restricted(shot) {
			return &picture{why: "Trang hạn chế công bố, không có trong tệp này."}
		}
		return m.drawAs(ctx, shot.At(library.MaxBeat), size, onScreen)
	}) {
		if err := ctx.Err(); err != nil {
			return err
		}
		st := steps[i].Step
		reference := m.caption(st.Shot)
		if p.incomplete {
			reference += " (chỉ đọc được một phần)"
		}
		notes := ""
		if m.Own {
			notes = m.ownNotes(steps[i])
		}
		d.slide(p, reference, notes)
		if d.err != nil {
			return d.err
		}
		progress(int64(i+1), total)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return d.finish(m.Outline.Cover().CaseTitle)
}

// restricted tells whether a page of a shot is, and the slides are for others.
func (m *resolved) restricted(shot library.Shot) bool {
	for _, pane := range shot.List() {
		if _, is := m.Outline.RestrictionOf(pane.Page, m.index); is && !m.Own {
			return true
		}
	}
	return false
}

// ownNotes are the words of a step, for whoever shows it.
func (m *resolved) ownNotes(ref library.StepRef) string {
	st := ref.Step
	lines := []string{m.numbers[st.ID] + ". " + m.Outline.StepTitle(st, m.index)}
	if request := m.Outline.Request(st.Shot, m.index); request != "" {
		lines = append(lines, request)
	}
	if say := strings.TrimSpace(st.Say); say != "" {
		if asked, ok := m.Outline.Person(st.Asks); ok {
			say = "Hỏi " + strings.TrimSpace(roleName(asked.Role)+" "+asked.Name) + ": " + say
		}
		lines = append(lines, say)
	}
	for _, f := range library.StepTexts {
		if text := *f.Of(&st); text != "" && f.Paper != "" {
			lines = append(lines, f.Paper+" "+text)
		}
	}
	return strings.Join(lines, "\n")
}
