//go:build cgo

package worker

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"strings"
	"unicode/utf8"

	"butluc/library"
	"butluc/presenter/render/protocol"
	"butluc/presenter/render/worker/animation"
	"butluc/presenter/render/worker/heif"
	"butluc/presenter/render/worker/meta"
	"butluc/presenter/render/worker/psd"
	"butluc/presenter/render/worker/tiff"
)

// document is one open file: by MuPDF (paper), as one decoded picture (photo), frame by frame, or by libmpv (clip).
type document struct {
	key       key
	data      []byte // the mapped file; nil for a clip
	unmap     func()
	paper     *paper
	photo     *photo           // nil when relaxed; decoded again when needed
	photoPage int              // the page that it is
	sheets    *tiff.File       // of a TIFF, some of whose pages MuPDF can\'t draw
	begin     func(pixels int) // tells the renderer how much is to be decoded
	frames    *animation.Animation
	clip      *recording
	onePage   bool // a photo, or plain text
	encrypted bool
	repaired  bool
	notice    library.FaultCode // why its pages are not what it holds
	attached  []library.Attachment
	cut       bool // a PDF without its end: whatever its pages lack, nothing in it tells
}

// pdfHeaderWithin is how far into a file other readers look for the header; mail gateways and
// scanners put bytes before it.
const pdfHeaderWithin = 1024

// maxHeadless is the size of the largest PDF without a header that is opened: a copy of it, in bytes.
const maxHeadless = 256 << 20

// fromHeader is a PDF from its header on, or with one before it where the header was lost: then MuPDF puts it together again.
func fromHeader(data []byte) ([]byte, error) {
	if at := bytes.Index(data[:min(len(data), pdfHeaderWithin)], []byte("%PDF-")); at >= 0 {
		return data[at:], nil
	}
	if len(data) > maxHeadless || !bytes.Contains(data[:min(len(data), pdfHeaderWithin)], []byte(" obj")) {
		return nil, errors.New("no PDF header")
	}
	return append([]byte("%PDF-1.7\n"), data...), nil
}

func (d *document) open(passwords []string) error {
	data := d.data
	switch kind := d.key.kind; {
	case kind == library.KindPDF:
		var err error
		if data, err = fromHeader(data); err != nil {
			return wholeFile(library.FaultBroken, err)
		}
	case decoders[kind].alone:
		if d.openFrames() {
			return nil
		}
		return d.openPhoto()
	case kind == library.KindText:
		d.onePage = true
		return nil
	case kind == library.KindOffice:
		if !bytes.HasPrefix(data, []byte("PK")) {
			return wholeFile(library.FaultOffice, errors.New("an old or foreign Office format"))
		}
	case kind.Picture(): // so that a file of another kind does not reach one of MuPDF's other readers under a false name
		if !d.key.kind.Begins(data) {
			return wholeFile(library.FaultBroken, fmt.Errorf("does not start like a %s", d.key.kind))
		}
		if d.openFrames() {
			return nil
		}
		if d.key.kind == library.KindPSD && psd.Foreign(data) {
			return d.openPhoto()
		}
		if d.key.kind == library.KindJPEG && meta.Orientation(d.key.kind, data, 0) != 1 {
			data = meta.Unturned(d.key.kind, data) // MuPDF heeds it where it stands before the colour profile only
		}
	case kind == library.KindLink:
		return wholeFile(library.FaultLink, errors.New("link"))
	case kind == library.KindUnknown:
		return wholeFile(library.FaultUnknown, errors.New("unknown kind"))
	default:
		return wholeFile(library.FaultUnknown, fmt.Errorf("kind %d", d.key.kind))
	}
	if d.key.kind == library.KindTIFF {
		d.sheets = tiff.Open(data)
	}
	p, encrypted, err := openPaper(data, passwords)
	d.encrypted = encrypted
	switch {
	case errors.Is(err, errNeedsPassword):
		return wholeFile(library.FaultEncrypted, err)
	case err != nil || p.pages == 0:
		if p != nil {
			p.close()
		}
		return d.tryGoDecoders(err)
	}
	d.paper, d.repaired = p, p.repaired()
	d.notice, d.attached = p.form()
	d.cut = d.repaired && d.key.kind == library.KindPDF && cutPDF(data)
	if d.sheets != nil && d.sheets.Pages() != p.pages {
		d.sheets = nil // it sees another file than MuPDF does
	}
	if p.pages == 1 && d.isSheet(0) {
		return d.openSheet(0)
	}
	return nil
}

// tryGoDecoders tries Go's decoders on a picture that MuPDF refused.
func (d *document) tryGoDecoders(err error) error {
	if d.sheets != nil && d.sheets.Pages() > 0 {
		return d.openSheet(0)
	}
	if hasGoDecoder(d.key.kind) {
		if photoErr := d.openPhoto(); photoErr == nil {
			return nil
		}
	}
	if d.key.kind == library.KindOffice {
		return wholeFile(library.FaultOffice, fmt.Errorf("read Office file: %w", err))
	}
	if err == nil {
		err = errors.New("no pages")
	}
	if d.key.kind.Picture() && unsupported(err.Error()) {
		return wholeFile(library.FaultVariant, err)
	}
	return wholeFile(library.FaultBroken, err)
}

// openFrames opens an animation; false where the file is none that can be read.
func (d *document) openFrames() bool {
	frames, err := animation.Open(d.key.kind, d.data)
	if err != nil {
		return false
	}
	d.frames = frames
	return true
}

func (d *document) openPhoto() error {
	img, err := decodePhoto(d.key.kind, d.data, d.begin)
	switch {
	case errors.Is(err, heif.ErrUnsupported), errors.Is(err, psd.ErrUnsupported):
		return wholeFile(library.FaultVariant, err)
	case errors.Is(err, errTooLarge):
		return wholeFile(library.FaultTooLarge, err)
	case err != nil:
		return wholeFile(library.FaultBroken, err)
	}
	d.photo, d.onePage = img, true
	return nil
}

func (d *document) pages() int {
	switch {
	case d.onePage, d.clip != nil:
		return 1
	case d.frames != nil:
		return d.frames.Frames()
	case d.paper == nil:
		return d.sheets.Pages()
	}
	return d.paper.pages
}

func (d *document) render(page int, view library.Rect, turn library.Turn, box image.Point, r *reply) error {
	if d.clip != nil {
		return d.clip.render(page, view, turn, box, r)
	}
	if !d.key.kind.Pages() {
		code := library.FaultUnknown
		if d.key.kind == library.KindOffice {
			code = library.FaultOffice
		}
		return wholeFile(code, fmt.Errorf("files of kind %s are not drawn", d.key.kind))
	}
	if d.onePage || d.frames != nil || d.isSheet(page) {
		return d.renderPhoto(page, view, turn, box, r)
	}
	out, err := d.paper.draw(page, meta.Orientation(d.key.kind, d.data, page), view, turn, box)
	notes := d.paper.notes()
	if errors.Is(err, errLoadPage) && d.sheets != nil && d.openSheet(page) == nil {
		return d.renderPhoto(page, view, turn, box, r)
	}
	if errors.Is(err, errLoadPage) && d.paper.pages == 1 && hasGoDecoder(d.key.kind) && d.openPhoto() == nil {
		return d.render(page, view, turn, box, r) // MuPDF takes some pictures in and then can't read them
	}
	if err == nil && outOfMemory(notes) {
		out.free()
		err = fmt.Errorf("draw page: %s: %w", strings.Join(warnings(notes), "; "), errTooLarge)
	}
	if err != nil {
		if len(notes) > 0 {
			err = fmt.Errorf("%w: %s", err, strings.Join(warnings(notes), "; "))
		}
		if errors.Is(err, errTooLarge) || outOfMemory(notes) || overLimit(notes) {
			return &fault{code: library.FaultTooLarge, err: err}
		}
		if d.key.kind.Picture() && unsupported(err.Error()) {
			return &fault{code: library.FaultVariant, wholeFile: d.paper.pages == 1, err: err}
		}
		return err
	}
	r.payload, r.Width, r.Height, r.free = out.pixels, out.size.X, out.size.Y, out.free
	r.Warnings = warnings(notes)
	r.Incomplete = out.errors > 0 || lost(notes)
	if d.notice != library.FaultNone {
		r.Incomplete = true
		r.Warnings = append(r.Warnings, "the contents are not on the pages: "+string(d.notice))
	}
	if out.lost {
		r.Incomplete = true
		r.Warnings = append(r.Warnings, "the page paints, and nothing is seen of it")
	}
	if d.cut && !r.Incomplete {
		r.Incomplete = true
		r.Warnings = append(r.Warnings, "the end of the PDF file is missing")
	}
	d.noteCut(r)
	return nil
}

// noteCut marks a picture whose file ends too early, whatever its decoder said of it.
func (d *document) noteCut(r *reply) {
	if meta.Cut(d.key.kind, d.data) {
		r.Incomplete = true
		r.Warnings = append(r.Warnings, "the picture file ends before the picture does")
	}
}

// renderPhoto draws a picture that Go decodes.
func (d *document) renderPhoto(page int, view library.Rect, turn library.Turn, box image.Point, r *reply) error {
	var picture image.Image
	switch {
	case d.frames != nil:
		frame, err := d.frames.Frame(page)
		if err != nil {
			return err
		}
		picture = upright(frame, meta.Orientation(d.key.kind, d.data, 0))
	case d.sheets != nil:
		if d.photo == nil || d.photoPage != page {
			d.photo = nil // before the next takes its memory
			if err := d.openSheet(page); err != nil {
				return err
			}
		}
		picture, r.Incomplete = d.photo.Image, d.photo.lost
	default:
		if d.photo == nil {
			if err := d.openPhoto(); err != nil {
				return err
			}
		}
		picture, r.Incomplete = d.photo.Image, d.photo.lost
	}
	img, err := drawPhoto(picture, view, turn, box)
	if err != nil {
		return err
	}
	if profile := meta.Profile(d.key.kind, d.data); profile != nil && !toSRGB(profile, img) {
		r.Warnings = append(r.Warnings, "the colour profile can't be read")
	}
	d.noteCut(r)
	r.payload, r.Width, r.Height = img.Pix, img.Rect.Dx(), img.Rect.Dy()
	return nil
}

// has tells whether there is such a page. Of a recording there is one at every time.
func (d *document) has(page int) bool {
	return page >= 0 && (page < d.pages() || d.clip != nil && page <= library.MaxTime)
}

// maxPlainText is how much of a text file is read.
const maxPlainText = 4 << 20

func (d *document) text(page int, r *reply) error {
	switch {
	case d.key.kind == library.KindText:
		r.payload = []byte(strings.ToValidUTF8(string(d.data[:min(len(d.data), maxPlainText)]), string(utf8.RuneError)))
	case d.paper == nil: // a picture has no text layer
	default:
		text, err := d.paper.text(page)
		if err != nil {
			return fmt.Errorf("read text: %w", err)
		}
		r.payload = []byte(text)
	}
	if len(r.payload) > protocol.MaxText {
		r.payload = r.payload[:protocol.MaxText]
	}
	r.TextBytes = len(r.payload)
	return nil
}

// attachment reads a part of a file that a PDF holds, see [protocol.OpAttachment].
func (d *document) attachment(page int, r *reply) error {
	index, part := page%library.MaxAttachments, page/library.MaxAttachments
	if page < 0 || index >= len(d.attached) {
		return fmt.Errorf("attachment %d of %d", index+1, len(d.attached))
	}
	data, err := d.paper.attachment(index, part*protocol.AttachmentPart, protocol.AttachmentPart)
	if err != nil {
		notes := d.paper.notes()
		err = fmt.Errorf("read attachment: %w: %s", err, strings.Join(warnings(notes), "; "))
		if outOfMemory(notes) {
			return &fault{code: library.FaultTooLarge, err: err}
		}
		return err
	}
	r.payload, r.TextBytes = data, len(data)
	return nil
}

// lines tells where the text of a page stands. Only PDFs have text in what render draws of them.
func (d *document) lines(page int, turn library.Turn, r *reply) error {
	if d.key.kind != library.KindPDF {
		return nil
	}
	lines, pictured, err := d.paper.lines(page, turn)
	if err == nil {
		r.Pictured = pictured
		r.payload, err = protocol.EncodeLines(lines)
	}
	if err != nil {
		notes := d.paper.notes()
		err = fmt.Errorf("read lines: %w: %s", err, strings.Join(warnings(notes), "; "))
		if outOfMemory(notes) {
			return &fault{code: library.FaultTooLarge, err: err}
		}
		return err
	}
	r.TextBytes = len(r.payload)
	return nil
}

// freeCaches gives back what can be made again.
func (d *document) freeCaches() {
	d.photo = nil
	if d.frames != nil {
		d.frames.Relax()
	}
	if d.paper != nil {
		d.paper.freeCaches()
	}
}

func (d *document) close() {
	if d.clip != nil {
		d.clip.close()
		d.clip = nil
	}
	if d.paper != nil {
		d.paper.close() // before the mapping goes that it reads
		d.paper = nil
	}
	d.photo = nil
	if d.unmap != nil {
		d.unmap()
		d.unmap, d.data = nil, nil
	}
}
