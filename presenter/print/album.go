package print

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"butluc/library"
	"butluc/presenter/projector"
)

// Album is the pictures that stood on the court screen, each with what there is to tell of it (bản ảnh tài liệu, chứng cứ
// đã trình chiếu): PDF/A, or DOCX.
type Album struct {
	Format   Format
	Outline  library.Outline // for the head
	About    []string        // paragraphs under the title
	Pictures []AlbumPicture
	// Draw makes the picture with a place in Pictures again. Several are asked for at once.
	Draw    func(ctx context.Context, i int) Remade
	Answers []RecordAnswer // what was noted, to be checked against the court's minutes
	Played  []string       // the recordings that were played, a line each
	Count   int            // of the journal's lines
	Hash    string         // of the last one
	Fault   string         // what is wrong with the journal, "" where it is whole
	Now     time.Time      // of printing
}

// AlbumPicture is one picture of an album.
type AlbumPicture struct {
	Name  string   // "Ảnh 12. BL 45"
	Part  string   // of the hearing; a bookmark leads to the first of a part
	Index []string // its row in the list: number, time, folio, what
	Facts []Fact
}

// Fact is a line about a picture: "Thời gian: …".
type Fact struct{ Label, Text string }

// Remade is a picture that was made again.
type Remade struct {
	Frame projector.Frame
	Facts []Fact // what its making tells, say whether it is the one that stood there
	Why   string // it can't be made; "" where it was
}

// Write prints the album to w. progress, which may be nil, is told how many pictures are done. The error is ctx's, w's, or
// [ErrFormat].
func (a Album) Write(ctx context.Context, w io.Writer, progress func(done, total int64)) error {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	if a.Now.IsZero() {
		a.Now = time.Now()
	}
	c := a.Outline.Cover()
	foot := footer{left: clean(c.CaseTitle), right: fmt.Sprintf("Nhật ký: %d dòng, mã %.16s", a.Count, a.Hash)}
	var s sheet
	switch a.Format {
	case PDF:
		s = newPDFOn(newStream(w, about{"Bản ảnh tài liệu, chứng cứ đã trình chiếu: " + c.CaseTitle, a.Now}), foot)
	case DOCX:
		s = newDOCX(w, foot)
	default:
		return fmt.Errorf("print album: %w", ErrFormat)
	}
	a.front(s)
	if err := errors.Join(a.plates(ctx, s, progress), ctx.Err()); err != nil {
		return fmt.Errorf("print album: %w", err)
	}
	a.back(s)
	if err := s.finish(w); err != nil {
		return fmt.Errorf("print album: %w", err)
	}
	return nil
}

// front sets the heads, the title and the list of pictures.
func (a Album) front(s sheet) {
	c := a.Outline.Cover()
	heads(s, c, a.Now)
	s.para(para{spans: strong("BẢN ẢNH"), size: 14, align: centre, before: 10, level: 1})
	s.para(para{spans: strong("TÀI LIỆU, CHỨNG CỨ ĐÃ TRÌNH CHIẾU TẠI PHIÊN TÒA"), size: 14, align: centre})
	for _, f := range [][2]string{{"Vụ án: ", c.CaseTitle}, {"Phiên tòa: ", c.Hearing}} {
		if f[1] != "" {
			s.para(para{spans: text(f[0] + f[1]), size: bodySize, align: centre, before: 1})
		}
	}
	for i, line := range a.About {
		before := 1.0
		if i == 0 {
			before = 5
		}
		s.para(para{spans: text(line), size: smallSize, before: before})
	}
	t := table{
		head:   []string{"Ảnh", "Thời gian", "Bút lục", "Tài liệu, chứng cứ"},
		widths: []float64{0.1, 0.22, 0.16, 0.52}, centre: []bool{true, true, true, false},
	}
	for _, p := range a.Pictures {
		t.rows = append(t.rows, p.Index)
	}
	if len(t.rows) > 0 {
		s.table(t)
	}
}

const (
	factSize   = 10.5     // points
	albumBytes = 23 << 20 // of all pictures, so that a long album can still be sent: they are coded as finely as that allows
)

// plates sets the pictures, each on a page of its own.
func (a Album) plates(ctx context.Context, s sheet, progress func(done, total int64)) error {
	total, part := int64(len(a.Pictures)), ""
	type made struct {
		picture *picture
		facts   []Fact
	}
	progress(0, total)
	for i, m := range inOrder(ctx, len(a.Pictures), func(ctx context.Context, i int) made {
		r := a.Draw(ctx, i)
		if r.Why != "" {
			return made{&picture{why: clean(r.Why)}, r.Facts}
		}
		return made{encodedWithin(onPaper(r.Frame), albumBytes/len(a.Pictures)), r.Facts}
	}) {
		if err := ctx.Err(); err != nil {
			return err
		}
		p := a.Pictures[i]
		set := plate{head: para{spans: strong(p.Name), size: bodySize, level: 1}, picture: m.picture}
		if p.Part != "" {
			set.head.level = 2
			if p.Part != part {
				set.part = p.Part
			}
			part = p.Part
		}
		for _, f := range append(p.Facts[:len(p.Facts):len(p.Facts)], m.facts...) {
			set.facts = append(set.facts, para{spans: labelled(f.Label, f.Text), size: factSize, before: 0.4})
		}
		s.plate(set)
		progress(int64(i+1), total)
	}
	return nil
}

// back sets what was noted and played, and how the journal is known again.
func (a Album) back(s sheet) {
	s.breakPage()
	if len(a.Answers) > 0 {
		answers(s, a.Answers)
	}
	playedList(s, a.Played)
	journalHead(s, a.Count, a.Hash, a.Fault)
}

// RecordAnswer is what was noted of what somebody said, so that the court's minutes can be corrected.
type RecordAnswer struct{ Time, Person, Text, Where string }

// answers sets what was noted, with its times.
func answers(s sheet, list []RecordAnswer) {
	s.para(para{spans: strong("CÂU TRẢ LỜI, Ý KIẾN ĐÃ GHI TẠI PHIÊN TÒA"), size: bodySize, before: 5, keep: true, level: 1})
	s.para(para{spans: emphasised("Để đối chiếu khi xem biên bản phiên tòa và yêu cầu ghi sửa đổi, bổ sung (Điều 258 Bộ luật Tố tụng hình sự)."), size: smallSize, before: 1, keep: true})
	t := table{
		head:   []string{"Thời gian", "Người nói", "Nội dung đã ghi", "Khi đó đang hỏi, đang chiếu"},
		widths: []float64{0.16, 0.2, 0.37, 0.27}, centre: []bool{true, false, false, false},
	}
	for _, a := range list {
		t.addLong(a.Time, a.Person, a.Text, a.Where)
	}
	s.table(t)
}

// addLong adds a row. One stands on one page: what is longer goes on in the next one.
func (t *table) addLong(cells ...string) {
	for filled(cells) {
		now := make([]string, len(cells))
		for i, c := range cells {
			now[i], cells[i] = cutCell(c)
		}
		t.rows = append(t.rows, now)
	}
}

func playedList(s sheet, lines []string) {
	if len(lines) == 0 {
		return
	}
	s.para(para{spans: text("Bản ghi âm, ghi hình đã phát, từ tệp gốc:"), size: smallSize, before: 5, keep: true})
	for _, line := range lines {
		s.para(para{spans: text("- " + line), size: smallSize})
	}
}

func journalHead(s sheet, count int, hash, fault string) {
	if fault != "" {
		s.para(para{spans: labelled("Nhật ký không còn nguyên vẹn:", fault), size: smallSize, before: 5})
	}
	s.para(para{
		spans: text(fmt.Sprintf("Nhật ký có %d dòng. Mã SHA-256 của dòng cuối, để đối chiếu về sau:", count)),
		size:  smallSize, before: 5, keep: true,
	})
	s.para(para{spans: text(hash), size: 10})
}
