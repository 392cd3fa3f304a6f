package print

import (
	"archive/zip"
	"fmt"
	"image"
	"io"
	"strings"
)

// pptx writes slides of pictures as PresentationML (ECMA-376, part 1), the least of it that PowerPoint and Impress want, each
// slide as soon as it is made. The libraries for it are young, or bring more than the whole of this.
type pptx struct {
	z     *zip.Writer
	err   error
	wide  int // of a slide, in EMU
	high  int
	notes []bool // of each slide, whether it has some
}

const (
	pptxNS    = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"`
	pptxParts = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	pptxKinds = "application/vnd.openxmlformats-officedocument.presentationml."

	slideHigh  = 6858000 // EMU: 7.5 inches, as PowerPoint's own
	slideStrip = 340000  // EMU at a slide's foot, for the line that names the page
	slideEdge  = 120000
)

// newPPTX begins slides of a screen's proportions.
func newPPTX(w io.Writer, screen image.Point) *pptx {
	return &pptx{z: zip.NewWriter(w), high: slideHigh, wide: slideHigh * screen.X / screen.Y}
}

func (d *pptx) store(name string, data []byte) {
	if d.err != nil {
		return
	}
	method := zip.Deflate
	if strings.HasPrefix(name, "ppt/media/") {
		method = zip.Store
	}
	w, err := d.z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
	if err == nil {
		_, err = w.Write(data)
	}
	d.err = err
}

// relations are what a part refers to: id, kind, target.
func relations(list ...[3]string) []byte {
	var b strings.Builder
	b.WriteString(docxHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, r := range list {
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s%s" Target="%s"/>`, r[0], pptxParts, r[1], r[2])
	}
	b.WriteString(`</Relationships>`)
	return []byte(b.String())
}

const (
	emptyGroup = `<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>`
	colorMap   = `bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"`
)

// box is a shape with words, in EMU; size in points.
func (d *pptx) box(id int, name string, at image.Rectangle, words, color, align string, size float64) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<p:sp><p:nvSpPr><p:cNvPr id="%d" name="%s"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="%d" y="%d"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/>`,
		id, name, at.Min.X, at.Min.Y, at.Dx(), at.Dy())
	b.WriteString(paragraphs(words, fmt.Sprintf(`<a:pPr algn="%s"/>`, align), fmt.Sprintf(`<a:rPr lang="vi-VN" sz="%d"><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:rPr>`, int(size*100), color)))
	b.WriteString(`</p:txBody></p:sp>`)
	return b.String()
}

func paragraphs(words, before, style string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(clean(words), "\n") {
		b.WriteString(`<a:p>` + before)
		if line != "" {
			b.WriteString(`<a:r>` + style + `<a:t>` + escape(line) + `</a:t></a:r>`)
		}
		b.WriteString(`</a:p>`)
	}
	return b.String()
}

// slide adds a slide: a picture on black, or why there is none, the line that names what it shows, and notes; "": none.
func (d *pptx) slide(p *picture, reference, notes string) {
	n := len(d.notes) + 1
	d.notes = append(d.notes, notes != "")
	refs := [][3]string{{"layout", "slideLayout", "../slideLayouts/slideLayout1.xml"}}
	room := image.Rect(slideEdge, slideEdge, d.wide-slideEdge, d.high-slideStrip)
	var shapes string
	switch {
	case p == nil:
	case p.data == nil:
		shapes = d.box(2, "why", room, p.why, "C0C0C0", "ctr", 20)
	default:
		name := fmt.Sprintf("%d.%s", n, p.ending())
		d.store("ppt/media/"+name, p.data)
		refs = append(refs, [3]string{"picture", "image", "../media/" + name})
		at := fitted(p.size, room)
		shapes = fmt.Sprintf(`<p:pic><p:nvPicPr><p:cNvPr id="2" name="%[1]s" descr="%[1]s"/><p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="picture"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x="%[2]d" y="%[3]d"/><a:ext cx="%[4]d" cy="%[5]d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>`,
			attribute(reference), at.Min.X, at.Min.Y, at.Dx(), at.Dy())
	}
	shapes += d.box(3, "reference", image.Rect(slideEdge, d.high-slideStrip, d.wide-slideEdge, d.high), strings.ReplaceAll(reference, "\n", " "), "B0B0B0", "l", 11)
	if notes != "" {
		refs = append(refs, [3]string{"notes", "notesSlide", fmt.Sprintf("../notesSlides/notesSlide%d.xml", n)})
		d.noted(n, notes)
	}
	d.store(fmt.Sprintf("ppt/slides/slide%d.xml", n), []byte(docxHead+`<p:sld `+pptxNS+`><p:cSld><p:spTree>`+emptyGroup+shapes+`</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>`))
	d.store(fmt.Sprintf("ppt/slides/_rels/slide%d.xml.rels", n), relations(refs...))
}

// fitted is where a picture stands, as large as there is room and in its middle.
func fitted(size image.Point, room image.Rectangle) image.Rectangle {
	w, h := room.Dx(), room.Dx()*size.Y/size.X
	if h > room.Dy() {
		w, h = room.Dy()*size.X/size.Y, room.Dy()
	}
	at := room.Min.Add(image.Pt((room.Dx()-w)/2, (room.Dy()-h)/2))
	return image.Rectangle{at, at.Add(image.Pt(w, h))}
}

// attribute is text inside of quotes.
func attribute(s string) string { return strings.ReplaceAll(escape(clean(s)), "&#xA;", " ") }

// noted adds the notes of a slide.
func (d *pptx) noted(n int, notes string) {
	d.store(fmt.Sprintf("ppt/notesSlides/notesSlide%d.xml", n), []byte(docxHead+`<p:notes `+pptxNS+`><p:cSld><p:spTree>`+emptyGroup+
		`<p:sp><p:nvSpPr><p:cNvPr id="2" name="slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>`+
		`<p:sp><p:nvSpPr><p:cNvPr id="3" name="notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>`+
		paragraphs(notes, "", `<a:rPr lang="vi-VN"/>`)+`</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>`))
	d.store(fmt.Sprintf("ppt/notesSlides/_rels/notesSlide%d.xml.rels", n), relations(
		[3]string{"master", "notesMaster", "../notesMasters/notesMaster1.xml"}, [3]string{"slide", "slide", fmt.Sprintf("../slides/slide%d.xml", n)}))
}

// finish writes what holds the slides together.
func (d *pptx) finish(title string) error {
	var types, slides strings.Builder
	types.WriteString(docxHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpg" ContentType="image/jpeg"/><Default Extension="png" ContentType="image/png"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`)
	part := func(name, kind string) {
		fmt.Fprintf(&types, `<Override PartName="/ppt/%s" ContentType="%s+xml"/>`, name, kind)
	}
	refs := [][3]string{{"master", "slideMaster", "slideMasters/slideMaster1.xml"}, {"theme", "theme", "theme/theme1.xml"}}
	part("presentation.xml", pptxKinds+"presentation.main")
	part("slideMasters/slideMaster1.xml", pptxKinds+"slideMaster")
	part("slideLayouts/slideLayout1.xml", pptxKinds+"slideLayout")
	part("theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme")
	noted := false
	for i, has := range d.notes {
		part(fmt.Sprintf("slides/slide%d.xml", i+1), pptxKinds+"slide")
		refs = append(refs, [3]string{fmt.Sprintf("slide%d", i+1), "slide", fmt.Sprintf("slides/slide%d.xml", i+1)})
		fmt.Fprintf(&slides, `<p:sldId id="%d" r:id="slide%d"/>`, 256+i, i+1)
		if has {
			part(fmt.Sprintf("notesSlides/notesSlide%d.xml", i+1), pptxKinds+"notesSlide")
			noted = true
		}
	}
	notesMaster := ""
	if noted {
		notesMaster = `<p:notesMasterIdLst><p:notesMasterId r:id="notes"/></p:notesMasterIdLst>`
		refs = append(refs, [3]string{"notes", "notesMaster", "notesMasters/notesMaster1.xml"})
		part("notesMasters/notesMaster1.xml", pptxKinds+"notesMaster")
		part("theme/theme2.xml", "application/vnd.openxmlformats-officedocument.theme")
		d.notesMaster()
	}
	types.WriteString(`</Types>`)
	list := ""
	if slides.Len() > 0 {
		list = `<p:sldIdLst>` + slides.String() + `</p:sldIdLst>`
	}
	d.store("ppt/presentation.xml", []byte(docxHead+`<p:presentation `+pptxNS+`><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="master"/></p:sldMasterIdLst>`+notesMaster+list+
		fmt.Sprintf(`<p:sldSz cx="%d" cy="%d"/><p:notesSz cx="%d" cy="%d"/></p:presentation>`, d.wide, d.high, slideHigh, 9144000)))
	d.store("ppt/_rels/presentation.xml.rels", relations(refs...))
	d.master()
	d.store("docProps/core.xml", []byte(docxHead+`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>`+escape(strings.ReplaceAll(clean(title), "\n", " "))+`</dc:title></cp:coreProperties>`))
	d.store("_rels/.rels", []byte(strings.Replace(string(relations([3]string{"presentation", "officeDocument", "ppt/presentation.xml"})), `</Relationships>`,
		`<Relationship Id="core" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`, 1)))
	d.store("[Content_Types].xml", []byte(types.String()))
	if d.err != nil {
		return d.err
	}
	return d.z.Close()
}

// master is the one look that all slides have: black.
func (d *pptx) master() {
	const black = `<p:bg><p:bgPr><a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>`
	const styles = `<p:txStyles><p:titleStyle/><p:bodyStyle/><p:otherStyle/></p:txStyles>`
	d.store("ppt/slideMasters/slideMaster1.xml", []byte(docxHead+`<p:sldMaster `+pptxNS+`><p:cSld>`+black+`<p:spTree>`+emptyGroup+`</p:spTree></p:cSld><p:clrMap `+colorMap+`/><p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="layout"/></p:sldLayoutIdLst>`+styles+`</p:sldMaster>`))
	d.store("ppt/slideMasters/_rels/slideMaster1.xml.rels", relations([3]string{"layout", "slideLayout", "../slideLayouts/slideLayout1.xml"}, [3]string{"theme", "theme", "../theme/theme1.xml"}))
	d.store("ppt/slideLayouts/slideLayout1.xml", []byte(docxHead+`<p:sldLayout `+pptxNS+` type="blank" preserve="1"><p:cSld name="Blank"><p:spTree>`+emptyGroup+`</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>`))
	d.store("ppt/slideLayouts/_rels/slideLayout1.xml.rels", relations([3]string{"master", "slideMaster", "../slideMasters/slideMaster1.xml"}))
	d.store("ppt/theme/theme1.xml", []byte(pptxTheme))
}

// notesMaster is the look of notes: the slide above, the words below.
func (d *pptx) notesMaster() {
	place := func(id int, name, kind string, at image.Rectangle, text string) string {
		return fmt.Sprintf(`<p:sp><p:nvSpPr><p:cNvPr id="%d" name="%s"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph %s/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="%d" y="%d"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>%s</p:sp>`,
			id, name, kind, at.Min.X, at.Min.Y, at.Dx(), at.Dy(), text)
	}
	wide := 5486400
	high := wide * d.high / d.wide
	d.store("ppt/notesMasters/notesMaster1.xml", []byte(docxHead+`<p:notesMaster `+pptxNS+`><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg><p:spTree>`+emptyGroup+
		place(2, "slide", `type="sldImg" idx="2"`, image.Rect(685800, 685800, 685800+wide, 685800+high), "")+
		place(3, "notes", `type="body" sz="quarter" idx="1"`, image.Rect(685800, 1000000+high, 685800+wide, 8600000), `<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody>`)+
		`</p:spTree></p:cSld><p:clrMap `+colorMap+`/></p:notesMaster>`))
	d.store("ppt/notesMasters/_rels/notesMaster1.xml.rels", relations([3]string{"theme", "theme", "../theme/theme2.xml"}))
	d.store("ppt/theme/theme2.xml", []byte(pptxTheme))
}

const (
	themeFill = `<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>`
	themeLine = `<a:ln w="6350">` + themeFill + `</a:ln>`
	themeNone = `<a:effectStyle><a:effectLst/></a:effectStyle>`
	themeFont = `<a:latin typeface="Times New Roman"/><a:ea typeface=""/><a:cs typeface=""/>`

	// pptxTheme is the least that a theme has (ECMA-376, part 1, 20.1.6.9).
	pptxTheme = docxHead + `<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Butluc"><a:themeElements><a:clrScheme name="Butluc"><a:dk1><a:srgbClr val="000000"/></a:dk1><a:lt1><a:srgbClr val="FFFFFF"/></a:lt1><a:dk2><a:srgbClr val="333333"/></a:dk2><a:lt2><a:srgbClr val="EEEEEE"/></a:lt2><a:accent1><a:srgbClr val="1F4E79"/></a:accent1><a:accent2><a:srgbClr val="C55A11"/></a:accent2><a:accent3><a:srgbClr val="7F7F7F"/></a:accent3><a:accent4><a:srgbClr val="BF9000"/></a:accent4><a:accent5><a:srgbClr val="2E75B6"/></a:accent5><a:accent6><a:srgbClr val="538135"/></a:accent6><a:hlink><a:srgbClr val="0563C1"/></a:hlink><a:folHlink><a:srgbClr val="954F72"/></a:folHlink></a:clrScheme><a:fontScheme name="Butluc"><a:majorFont>` + themeFont + `</a:majorFont><a:minorFont>` + themeFont + `</a:minorFont></a:fontScheme><a:fmtScheme name="Butluc"><a:fillStyleLst>` + themeFill + themeFill + themeFill + `</a:fillStyleLst><a:lnStyleLst>` + themeLine + themeLine + themeLine + `</a:lnStyleLst><a:effectStyleLst>` + themeNone + themeNone + themeNone + `</a:effectStyleLst><a:bgFillStyleLst>` + themeFill + themeFill + themeFill + `</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>`
)
