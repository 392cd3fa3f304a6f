package print

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// docx sets text as WordprocessingML (ECMA-376, part 1), the least of it that Word and LibreOffice
// want. Pictures go into the archive as they come; the text is written when all is set.
type docx struct {
	z      *zip.Writer
	err    error
	body   bytes.Buffer
	images []string // names of their files
	footer footer
}

const (
	docxHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	docxNS   = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`

	docxTypes = docxHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpg" ContentType="image/jpeg"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>`
	docxRels  = docxHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`

	docxStyles = docxHead + `<w:styles ` + docxNS + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="26"/><w:szCs w:val="26"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`
)

func newDOCX(w io.Writer, foot footer) *docx { return &docx{z: zip.NewWriter(w), footer: foot} }

func twips(mm float64) int { return int(mm*1440/25.4 + 0.5) }

func emu(mm float64) int { return int(mm * 36000) }

// escape is text inside of an element; clean has left no character that XML may not hold.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder never fails
	return b.String()
}

func (d *docx) runs(spans []span, size float64) {
	for _, s := range spans {
		for i, part := range strings.Split(s.text, "\n") {
			d.body.WriteString(`<w:r><w:rPr>`)
			switch s.style {
			case bold:
				d.body.WriteString(`<w:b/>`)
			case italic:
				d.body.WriteString(`<w:i/>`)
			case plain:
			}
			fmt.Fprintf(&d.body, `<w:sz w:val="%d"/></w:rPr>`, int(2*size))
			if i > 0 {
				d.body.WriteString(`<w:br/>`)
			}
			fmt.Fprintf(&d.body, `<w:t xml:space="preserve">%s</w:t></w:r>`, escape(part))
		}
	}
}

func (d *docx) para(p para) {
	d.body.WriteString(`<w:p><w:pPr>`)
	if p.keep {
		d.body.WriteString(`<w:keepNext/>`)
	}
	if p.dots {
		d.body.WriteString(`<w:pBdr><w:bottom w:val="dotted" w:sz="6" w:space="0" w:color="auto"/><w:between w:val="dotted" w:sz="6" w:space="0" w:color="auto"/></w:pBdr>`)
	}
	fmt.Fprintf(&d.body, `<w:spacing w:before="%d"/><w:jc w:val="%s"/>`, twips(p.before), [...]string{left: "left", centre: "center", right: "right"}[p.align])
	if p.level > 0 {
		fmt.Fprintf(&d.body, `<w:outlineLvl w:val="%d"/>`, p.level-1)
	}
	d.body.WriteString(`</w:pPr>`)
	d.runs(p.spans, p.size)
	d.body.WriteString(`</w:p>`)
	if p.rule {
		d.body.WriteString(`<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:pBdr><w:spacing w:line="60" w:lineRule="exact"/><w:ind w:left="1000" w:right="1000"/></w:pPr></w:p>`)
	}
}

// grid begins a table of columns as wide as that, in mm.
func (d *docx) grid(borders bool, widths ...float64) {
	d.body.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="` + fmt.Sprint(twips(textWidth)) + `" w:type="dxa"/>`)
	if borders {
		d.body.WriteString(`<w:tblBorders>`)
		for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			d.body.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="auto"/>`)
		}
		d.body.WriteString(`</w:tblBorders>`)
	}
	d.body.WriteString(`<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(&d.body, `<w:gridCol w:w="%d"/>`, twips(w))
	}
	d.body.WriteString(`</w:tblGrid>`)
}

// row is a row that no page parts.
func (d *docx) row(head bool, widths []float64, cells ...func()) {
	d.body.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
	if head {
		d.body.WriteString(`<w:tblHeader/>`)
	}
	d.body.WriteString(`</w:trPr>`)
	for i, cell := range cells {
		fmt.Fprintf(&d.body, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, twips(widths[i]))
		cell()
		d.body.WriteString(`</w:tc>`)
	}
	d.body.WriteString(`</w:tr>`)
}

func (d *docx) paras(list []para) {
	if len(list) == 0 {
		list = []para{{size: bodySize}} // a cell has one at least
	}
	for _, p := range list {
		d.para(p)
	}
}

func (d *docx) columns(share float64, one, two []para) {
	widths := []float64{textWidth * share, textWidth * (1 - share)}
	d.grid(false, widths...)
	d.row(false, widths, func() { d.paras(one) }, func() { d.paras(two) })
	d.endTable()
}

// endTable ends a table; two without a paragraph between would be one.
func (d *docx) endTable() {
	d.body.WriteString(`</w:tbl><w:p><w:pPr><w:spacing w:line="60" w:lineRule="exact"/></w:pPr></w:p>`)
}

func (d *docx) breakPage() { d.body.WriteString(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`) }

func (d *docx) step(s step) {
	head := []span{{clean(s.title), bold}}
	if s.folios != "" {
		head = append(head, span{clean("  (" + s.folios + ")"), plain})
	}
	d.para(para{spans: head, size: bodySize, before: 3, keep: true})
	if s.picture == nil {
		d.paras(s.body)
		return
	}
	widths := []float64{pictureWidth + gutter, textWidth - pictureWidth - gutter}
	d.grid(false, widths...)
	d.row(false, widths, func() { d.picture(s.picture, pictureWidth, pictureHigh) }, func() { d.paras(s.body) })
	d.endTable()
}

func (d *docx) plate(s plate) {
	d.breakPage()
	d.para(s.head)
	d.picture(s.picture, textWidth, plateHigh)
	d.paras(s.facts)
}

// plateHigh is how high the picture of a plate is at most, in mm: Word is to have room for what is told beneath.
const plateHigh = 175.0

// picture sets a picture, not larger than that, in mm.
func (d *docx) picture(p *picture, wide, high float64) {
	if p.data == nil {
		d.body.WriteString(`<w:p><w:pPr><w:pBdr>`)
		for _, side := range []string{"top", "left", "bottom", "right"} {
			d.body.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="4" w:color="auto"/>`)
		}
		d.body.WriteString(`</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="EEEEEE"/><w:jc w:val="center"/></w:pPr>`)
		d.runs(text(p.why), 10)
		d.body.WriteString(`</w:p>`)
		return
	}
	name := fmt.Sprintf("%d.%s", len(d.images)+1, p.ending())
	d.images = append(d.images, name)
	d.store("word/media/"+name, p.data)
	h := emu(high)
	w := h * p.size.X / p.size.Y
	if most := emu(wide); w > most {
		w, h = most, most*p.size.Y/p.size.X
	}
	fmt.Fprintf(&d.body, `<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%[1]d" cy="%[2]d"/><wp:docPr id="%[3]d" name="%[3]d"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%[3]d" name="%[4]s"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="pic%[3]d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%[1]d" cy="%[2]d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`, w, h, len(d.images), name)
}

func (d *docx) table(t table) {
	d.para(para{size: 6})
	widths := make([]float64, len(t.widths))
	for i, share := range t.widths {
		widths[i] = share * textWidth
	}
	d.grid(true, widths...)
	row := func(cells []string, head, sum bool) {
		set := make([]func(), len(cells))
		for i, c := range cells {
			p := para{spans: text(c), size: smallSize}
			if head || sum {
				p.spans = strong(c)
			}
			if head || sum || t.centre[i] {
				p.align = centre
			}
			set[i] = func() { d.para(p) }
		}
		d.row(head, widths, set...)
	}
	row(t.head, true, false)
	for i, r := range t.rows {
		row(r, false, t.sum && i == len(t.rows)-1)
	}
	d.endTable()
}

// store puts a part into the archive; pictures are compressed already.
func (d *docx) store(name string, data []byte) {
	if d.err != nil {
		return
	}
	method := zip.Deflate
	if strings.HasSuffix(name, ".jpg") || strings.HasSuffix(name, ".png") {
		method = zip.Store
	}
	w, err := d.z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
	if err == nil {
		_, err = w.Write(data)
	}
	d.err = err
}

func (d *docx) finish(io.Writer) error {
	var rels strings.Builder
	rels.WriteString(docxHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	const kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	for _, r := range [][3]string{{"styles", "styles", "styles.xml"}, {"head", "header", "header1.xml"}, {"foot", "footer", "footer1.xml"}} {
		fmt.Fprintf(&rels, `<Relationship Id="%s" Type="%s%s" Target="%s"/>`, r[0], kind, r[1], r[2])
	}
	for i, name := range d.images {
		fmt.Fprintf(&rels, `<Relationship Id="pic%d" Type="%simage" Target="media/%s"/>`, i+1, kind, name)
	}
	rels.WriteString(`</Relationships>`)
	foot := fmt.Sprintf(`<w:ftr %s><w:p><w:pPr><w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs></w:pPr>%s%s%s</w:p></w:ftr>`, docxNS, twips(textWidth),
		smallRun(`<w:t xml:space="preserve">`+escape(strings.ReplaceAll(d.footer.left, "\n", " "))+`</w:t>`), smallRun(`<w:tab/>`), smallRun(`<w:t>`+escape(d.footer.right)+`</w:t>`))
	head := fmt.Sprintf(`<w:hdr %s><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>`, docxNS)
	// The first page has the foot and no number.
	section := fmt.Sprintf(`<w:sectPr><w:headerReference w:type="default" r:id="head"/><w:footerReference w:type="default" r:id="foot"/><w:footerReference w:type="first" r:id="foot"/><w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/><w:titlePg/></w:sectPr>`,
		twips(pageWidth), twips(pageHeight), twips(marginTop), twips(marginRight), twips(marginBottom), twips(marginLeft), twips(10), twips(8))
	d.store("word/document.xml", []byte(docxHead+`<w:document `+docxNS+`><w:body>`+d.body.String()+section+`</w:body></w:document>`))
	for name, data := range map[string]string{
		"[Content_Types].xml": docxTypes, "_rels/.rels": docxRels, "word/styles.xml": docxStyles,
		"word/_rels/document.xml.rels": rels.String(), "word/header1.xml": docxHead + head, "word/footer1.xml": docxHead + foot,
	} {
		d.store(name, []byte(data))
	}
	if d.err != nil {
		return d.err
	}
	return d.z.Close()
}

func smallRun(inner string) string {
	return fmt.Sprintf(`<w:r><w:rPr><w:sz w:val="%d"/></w:rPr>%s</w:r>`, int(2*footSize), inner)
}
