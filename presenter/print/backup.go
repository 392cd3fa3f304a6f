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
	s := newStream(w, about{"Bộ in dự phòng: " + m.Outline.Cover().CaseTitle, m.Now})
	progress(0, int64(len(steps)))
	for i, p := range inOrder(ctx, len(steps), func(ctx context.Context, i int) *picture {
		return m.draw(ctx, steps[i].Step.Shot.At(library.MaxBeat), sheetSize(steps[i].Step.Shot))
	}) {
		if err := ctx.Err(); err != nil {
			return err
		}
		st := steps[i].Step
		caption := m.caption(st.Shot)
		if p.incomplete {
			caption += " (chỉ đọc được một phần)"
		}
		s.fullSheet(p, strings.ReplaceAll(clean(caption), "\n", " "), m.numbers[st.ID], fmt.Sprintf("%d/%d", i+1, len(steps)))
		if s.err != nil {
			return s.err
		}
		progress(int64(i+1), int64(len(steps)))
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.finish(w)
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

// fullSheet adds a page that is filled by a picture, or the reason why there is none, and below it what it shows, with
// a word at the left and another at the right.
func (s *stream) fullSheet(p *picture, caption, atLeft, atRight string) {
	wide, high := pageWidth, pageHeight
	if p.data == nil || p.size.X > p.size.Y {
		wide, high = high, wide
	}
	s.begin(wide, high)
	set := pen{s}
	room, tall := wide-2*sheetEdge, high-2*sheetEdge-captionMM
	if p.data == nil {
		s.box(sheetEdge, sheetEdge, room, tall, boxGray)
		set.put(set.fit(p.why, plain, 14, room-20), plain, 14, wide/2, high/2-14*point, centre)
	} else {
		scale := min(room/float64(p.size.X), tall/float64(p.size.Y))
		w, h := scale*float64(p.size.X), scale*float64(p.size.Y)
		s.image(p, (wide-w)/2, sheetEdge, w, h)
	}
	const captionLeast, captionRoom = 9.0, 36.0
	low := func(size float64) float64 { return high - sheetEdge - 3 - size*point } // letters stand on one line
	size := bodySize
	for caption = inFace(caption); size > captionLeast && set.width(caption, plain, size) > room-captionRoom; {
		size--
	}
	set.put(set.fit(caption, plain, size, room-captionRoom), plain, size, wide/2, low(size), centre)
	set.put(inFace(atLeft), plain, smallSize, sheetEdge, low(smallSize), left)
	set.put(inFace(atRight), plain, smallSize, wide-sheetEdge, low(smallSize), right)
}
