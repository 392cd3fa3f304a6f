package print

import (
	"context"
	"fmt"
	"image"
	"io"
	"strings"

	"butluc/library"
)

// Sheets of the backup print: pictures at 200 dots an inch, which shows what a scanner of 200 to 300
// saw, on A4 with margins that printers leave, and the caption below.
const (
	dpi        = 200
	sheetEdge  = 10.0 // mm, on all sides
	captionMM  = 12.0 // of room for the caption
	sheetShort = pageWidth - 2*sheetEdge
	sheetLong  = pageHeight - 2*sheetEdge
)

func pixels(mm float64) int { return int(mm / 25.4 * dpi) }

// backup writes one shot a sheet, each as soon as it is made: whatever the number of steps, only a few
// pictures are in memory.
func (m *resolved) backup(ctx context.Context, w io.Writer, progress func(done, total int64)) error {
	var steps []library.StepRef
	for _, ref := range m.steps() {
		if !ref.Step.Shot.IsZero() {
			steps = append(steps, ref)
		}
	}
	s, err := newStream(w)
	if err != nil {
		return err
	}
	progress(0, int64(len(steps)))
	for i, p := range inOrder(ctx, len(steps), func(ctx context.Context, i int) *picture {
		return m.draw(ctx, steps[i].Step.Shot.At(library.MaxBeat), sheetSize(steps[i].Step.Shot), onPaper)
	}) {
		if err := ctx.Err(); err != nil {
			return err
		}
		st := steps[i].Step
		caption := m.caption(st.Shot)
		if p.incomplete {
			caption += " (chỉ đọc được một phần)"
		}
		s.sheet(p, strings.ReplaceAll(clean(caption), "\n", " "), m.numbers[st.ID], fmt.Sprintf("%d/%d", i+1, len(steps)))
		if s.err != nil {
			return s.err
		}
		progress(int64(i+1), int64(len(steps)))
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.finish()
}

// sheetSize is the size at which a shot is drawn for a sheet. A single page gets a square, so that it is
// as large as its sheet will be, whether that lies or stands; several stand side by side on one that lies.
func sheetSize(shot library.Shot) image.Point {
	long := pixels(sheetLong - captionMM)
	if shot.Count == 1 {
		return image.Pt(long, long)
	}
	return image.Pt(pixels(sheetLong), pixels(sheetShort-captionMM))
}
