package print

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	_ "image/png" // the guide's pictures
	"io"
	"strconv"
	"strings"

	"butluc/assets/guide"
)

const (
	guideTitleSize, guideHeadSize = 20.0, 15.0
	guideIndent                   = 7.0 // mm
	guideJPEGQuality              = 90  // percent
)

// Guide prints the user's guide in a language of assets.Languages, as PDF. The foot names the program's version.
func Guide(w io.Writer, language, version string) error {
	g, err := guide.Read(language)
	if err != nil {
		return fmt.Errorf("print guide: %w", err)
	}
	p := newPDF(footer{left: g.Title, right: "Butluc " + version})
	p.para(para{spans: strong(g.Title), size: guideTitleSize, align: centre, keep: true})
	for _, s := range g.Sections {
		p.para(para{spans: strong(s.Title), size: guideHeadSize, before: 7, keep: true})
		for _, b := range s.Blocks {
			if err := p.guideBlock(b); err != nil {
				return fmt.Errorf("print guide: %w", err)
			}
		}
	}
	return p.finish(w)
}

func (p *pdf) guideBlock(b guide.Block) error {
	switch b.Kind {
	case guide.Paragraph:
		p.para(para{spans: guideSpans(b.Text), size: smallSize, before: 2})
	case guide.Bullets, guide.Numbered:
		for i, item := range b.Items {
			sign := "•"
			if b.Kind == guide.Numbered {
				sign = strconv.Itoa(i+1) + "."
			}
			p.item(sign, para{spans: guideSpans(item), size: smallSize, before: 1.2})
		}
	case guide.Table:
		p.table(guideTable(b.Rows))
	case guide.Picture:
		return p.guidePicture(b)
	}
	return nil
}

// item sets a paragraph with a sign before it.
func (p *pdf) item(sign string, q para) {
	room := textWidth - guideIndent
	p.release(min(p.height(q, room), q.before+least*lineHeight(q.size)))
	top := p.y
	if !p.fresh {
		top += q.before
	}
	p.put(sign, plain, q.size, marginLeft+guideIndent-2, top, right)
	p.draw(q, marginLeft+guideIndent, room)
}

// guidePicture sets a picture as wide as the text, its caption beneath.
func (p *pdf) guidePicture(b guide.Block) error {
	data, err := guide.ReadPicture(b.Name)
	if err != nil {
		return err
	}
	drawn, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("read %s: %w", b.Name, err)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, drawn, &jpeg.Options{Quality: guideJPEGQuality}); err != nil {
		return err
	}
	pic := &picture{data: out.Bytes(), size: drawn.Bounds().Size()}
	high := textWidth * float64(pic.size.Y) / float64(pic.size.X)
	caption := para{spans: guideSpans(b.Text), size: 11, align: centre, before: 2}
	p.release(3 + high + p.height(caption, textWidth))
	if !p.fresh {
		p.y += 3
	}
	p.setPicture(pic, marginLeft, p.y, textWidth, high)
	p.y, p.fresh = p.y+high, false
	p.draw(caption, marginLeft, textWidth)
	return nil
}

// withoutSigns leaves out the signs of the window that the face does not have: the words beside them say what they are.
var withoutSigns = strings.NewReplacer(" ⚠", "", " ⚑", "", " ◐", "")

func guideSpans(list []guide.Span) []span {
	var spans []span
	for _, s := range list {
		spans = append(spans, span{clean(withoutSigns.Replace(s.Text)), map[guide.Style]style{
			guide.Plain: plain, guide.Strong: bold, guide.Label: italic, guide.Key: bold,
		}[s.Style]})
	}
	return spans
}

func guideTable(rows [][][]guide.Span) table {
	t := table{widths: []float64{0.3, 0.7}}
	if len(rows[0]) == 3 {
		t.widths = []float64{0.25, 0.25, 0.5}
	}
	t.centre = make([]bool, len(t.widths))
	for i, row := range rows {
		var cells []string
		for _, c := range row {
			text := ""
			for _, s := range c {
				text += s.Text
			}
			cells = append(cells, text)
		}
		if i == 0 {
			t.head = cells
		} else {
			t.rows = append(t.rows, cells)
		}
	}
	return t
}
