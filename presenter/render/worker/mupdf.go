//go:build cgo

package worker

/*
#cgo linux windows LDFLAGS: -Wl,--wrap=jpeg_std_error -Wl,--wrap=fz_lookup_base14_font
#cgo linux windows LDFLAGS: -Wl,--wrap=pdf_is_ocg_hidden -Wl,--wrap=pdf_annot_flags -Wl,--wrap=pdf_load_font
#cgo linux windows LDFLAGS: -Wl,--wrap=jbig2_data_in -Wl,--wrap=jbig2_complete_page -Wl,--wrap=jbig2_ctx_free
#include <stdlib.h>
#include "pdf.h"
*/
import "C"

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"reflect"
	"strings"
	"sync"
	"unsafe"

	"github.com/gen2brain/go-fitz"

	"butluc/library"
	"butluc/library/viettext"
)

// Bytes of decoded pictures and fonts that MuPDF may keep for each open document.
const storeBytes = 32 << 20

func init() {
	fitz.MaxStore = storeBytes
}

// errForeignFitz means that go-fitz or its MuPDF is not the one that mupdf.h was made from. The
// tests of this package fail with it, loudly, on the day that go-fitz is raised.
var errForeignFitz = errors.New("go-fitz is not the version that the worker was made for")

var errLoadPage = errors.New("load page: it can't be read")

var sameMuPDF = sync.OnceValue(func() bool { return C.butluc_check() != 0 })

// paper is one document that MuPDF has open.
type paper struct {
	fitz  *fitz.Document
	ctx   *C.fz_context
	doc   *C.fz_document
	pages int
}

// openPaper opens data, which must stay mapped and unchanged until close. On errNeedsPassword
// no password fitted.
func openPaper(data []byte, passwords []string) (p *paper, encrypted bool, err error) {
	if !sameMuPDF() {
		return nil, false, errForeignFitz
	}
	lendFonts()
	d, err := fitz.NewFromMemory(data)
	encrypted = errors.Is(err, fitz.ErrNeedsPassword)
	if err != nil && !encrypted {
		if d != nil {
			_ = d.Close()
		}
		return nil, false, fmt.Errorf("open document: %w", err)
	}
	p = &paper{fitz: d}
	if err := p.reach(); err != nil {
		return nil, encrypted, err
	}
	C.butluc_prepare(p.ctx)
	if encrypted && !p.authenticate(passwords) {
		if !p.openPages() {
			p.close()
			return nil, true, errNeedsPassword
		}
		encrypted = false
	}
	var n C.int
	if C.butluc_count(p.ctx, p.doc, &n) != 0 || n < 0 {
		p.close()
		return nil, encrypted, errors.New("count pages: the page tree can't be read")
	}
	p.pages = int(n)
	return p, encrypted, nil
}

// reach takes MuPDF's context and document out of go-fitz, which does not hand them out.
func (p *paper) reach() error {
	v := reflect.ValueOf(p.fitz).Elem()
	ctx, doc := v.FieldByName("ctx"), v.FieldByName("doc")
	for name, f := range map[string]reflect.Value{"ctx": ctx, "doc": doc} {
		if !f.IsValid() || f.Kind() != reflect.Pointer {
			return fmt.Errorf("find field %s of fitz.Document: %w", name, errForeignFitz)
		}
	}
	p.ctx = (*C.fz_context)(ctx.UnsafePointer())
	p.doc = (*C.fz_document)(doc.UnsafePointer())
	if p.ctx == nil || p.doc == nil {
		return fmt.Errorf("open document: no document: %w", errForeignFitz)
	}
	return nil
}

func (p *paper) authenticate(passwords []string) bool {
	for _, password := range passwords {
		if strings.ContainsRune(password, 0) {
			continue
		}
		c := C.CString(password)
		var ok C.int
		rc := C.butluc_authenticate(p.ctx, p.doc, c, &ok)
		C.free(unsafe.Pointer(c))
		if rc == 0 && ok != 0 {
			return true
		}
	}
	return false
}

// openPages tells whether an encrypted document can be read without a password, all but what is attached to it.
func (p *paper) openPages() bool {
	var form C.bl_form
	return C.butluc_form(p.ctx, p.doc, &form) == 0 && form.open != 0
}

// form finds out why the pages of a document are not what it holds, and what is attached to it.
func (p *paper) form() (library.FaultCode, []library.Attachment) {
	var (
		form C.bl_form
		list [library.MaxAttachments]C.bl_attachment
		n    C.int
	)
	if C.butluc_form(p.ctx, p.doc, &form) != 0 {
		return library.FaultNone, nil
	}
	_ = C.butluc_attachments(p.ctx, p.doc, library.MaxAttachments, &list[0], &n) // as far as it came
	var attached []library.Attachment
	for _, a := range list[:n] {
		name := strings.ToValidUTF8(C.GoString(&a.name[0]), "?")
		attached = append(attached, library.Attachment{Name: name, Size: int64(a.size)})
	}
	switch {
	case form.form != 0:
		return library.FaultForm, attached
	case form.portfolio != 0 && len(attached) > 0:
		return library.FaultPortfolio, attached
	}
	return library.FaultNone, attached
}

// attachment reads a part of an attached file, in bytes; fewer than asked for are its end.
func (p *paper) attachment(index, from, length int) ([]byte, error) {
	var (
		data *C.uchar
		size C.size_t
	)
	rc := C.butluc_attachment(p.ctx, p.doc, C.int(index), &data, &size)
	defer C.free(unsafe.Pointer(data))
	if rc != 0 {
		return nil, errors.New("the attached file can't be read")
	}
	all := unsafe.Slice((*byte)(data), int(size))
	from = min(from, len(all))
	return bytes.Clone(all[from:min(len(all), from+length)]), nil
}

// repaired tells whether MuPDF had to rebuild the file's structure, as after a cut download.
func (p *paper) repaired() bool {
	var r C.int
	return C.butluc_repaired(p.ctx, p.doc, &r) == 0 && r != 0
}

func (p *paper) text(page int) (string, error) { return p.fitz.Text(page) }

// maxLetters of a page are looked at.
const maxLetters = 1 << 20

// lines reads the lines of a page from MuPDF's structured text, whose structs are read themselves: its JSON
// tells no words and rounds to whole points, its XML writes 250 bytes for each letter, to be parsed again.
// stext.h and the check of MuPDF's version hold the structs.
//
// pictured is how much of the page pictures cover, 0 to 1.
func (p *paper) lines(page int, turn library.Turn) (lines [][]library.Word, pictured float64, err error) {
	var (
		loaded  *C.fz_page
		bounds  C.bl_rect
		letters *C.bl_letter
		n       C.int
		ground  C.bl_ground
	)
	if C.butluc_load(p.ctx, p.doc, C.int(page), &loaded, &bounds) != 0 {
		return nil, 0, errLoadPage
	}
	defer C.butluc_drop_page(p.ctx, loaded)
	rc := C.butluc_letters(p.ctx, loaded, bounds, maxLetters, &letters, &n, &ground)
	defer C.free(unsafe.Pointer(letters))
	if rc != 0 {
		return nil, 0, errors.New("the page can't be run through")
	}
	var encodings [C.BL_FONTS]viettext.Encoding
	for i := range ground.fonts {
		encodings[i] = viettext.ByFont(C.GoString(&ground.fonts[i][0]))
	}
	for _, row := range ground.pictures {
		for _, covered := range row {
			pictured += float64(covered) / (C.BL_GRID * C.BL_GRID)
		}
	}
	w, h := float64(bounds.x1-bounds.x0), float64(bounds.y1-bounds.y0)
	// The matrix of a picture of the whole page, one pixel wide and high.
	s := lineBuilder{place: place(float64(bounds.x0), float64(bounds.y0), w, h, library.WholePage, turn, image.Pt(1, 1))}
	for _, l := range unsafe.Slice(letters, int(n)) {
		box := library.Rect{X0: float64(l.box.x0), Y0: float64(l.box.y0), X1: float64(l.box.x1), Y1: float64(l.box.y1)}
		s.encoding = encodings[l.font]
		s.add(int(l.line), rune(l.rune), float64(l.size), box)
	}
	return s.finish(), pictured, nil
}

// freeCaches gives back what MuPDF keeps only to be faster next time.
func (p *paper) freeCaches() { C.butluc_empty_store(p.ctx) }

func (p *paper) close() { _ = p.fitz.Close() }

// drawn is one picture in memory of the C heap; it must be freed.
type drawn struct {
	pixels []byte
	size   image.Point
	errors int  // things that MuPDF could not draw
	lost   bool // white paper, and the page paints
	memory unsafe.Pointer
}

func (d *drawn) free() { C.free(d.memory) }

// draw draws the part of a page that view tells, as large as fits into box. The page is stored in an orientation as
// [meta.Orientation] tells it.
func (p *paper) draw(page, orientation int, view library.Rect, turn library.Turn, box image.Point) (*drawn, error) {
	var (
		loaded *C.fz_page
		bounds C.bl_rect
	)
	if C.butluc_load(p.ctx, p.doc, C.int(page), &loaded, &bounds) != 0 {
		return nil, errLoadPage
	}
	defer C.butluc_drop_page(p.ctx, loaded)
	// From the store MuPDF would take the picture of a scan as it was decoded for another size or part of
	// the page, and draw other pixels: what is drawn must not depend on what was drawn before. Decoding anew
	// costs nothing that can be measured, for a picture that was made is in the cache of the renderer.
	p.freeCaches()

	w, h := float64(bounds.x1-bounds.x0), float64(bounds.y1-bounds.y0)
	upright := orient(orientation, float64(bounds.x0), float64(bounds.y0), w, h)
	if orientation >= firstTurned {
		w, h = h, w
	}
	size, err := fit(w, h, view, turn, box)
	if err != nil {
		return nil, err
	}
	m := upright.then(place(0, 0, w, h, view, turn, size))
	d := &drawn{size: size, memory: C.calloc(C.size_t(size.X*size.Y), 4)} // not malloc, which cgo lets end the process
	if d.memory == nil {
		return nil, fmt.Errorf("take %d×%d pixels: %w", size.X, size.Y, errTooLarge)
	}
	d.pixels = unsafe.Slice((*byte)(d.memory), size.X*size.Y*4)
	var faults C.int
	C.butluc_marks = 0
	rc := C.butluc_draw(p.ctx, loaded, m.c(), C.int(size.X), C.int(size.Y), (*C.uchar)(d.memory), &faults)
	if rc != 0 {
		faults++
	}
	d.errors = int(faults)
	d.lost = allWhite(d.pixels) && (view == library.WholePage && C.butluc_marks > 0 || p.paints(page, m, size))
	return d, nil
}

// paints tells whether there should be anything but white in a picture of a page, see butluc_paints.
func (p *paper) paints(page int, m matrix, size image.Point) bool {
	var (
		loaded *C.fz_page
		bounds C.bl_rect
	)
	if C.butluc_load(p.ctx, p.doc, C.int(page), &loaded, &bounds) != 0 {
		return false
	}
	defer C.butluc_drop_page(p.ctx, loaded)
	return C.butluc_paints(p.ctx, loaded, m.c(), C.int(size.X), C.int(size.Y)) != 0
}

// allWhite tells whether there is nothing but white.
func allWhite(pixels []byte) bool {
	for _, b := range pixels {
		if b != 0xff {
			return false
		}
	}
	return true
}

// matrix maps x, y to m[0]·x + m[2]·y + m[4], m[1]·x + m[3]·y + m[5].
type matrix [6]float64

func (m matrix) c() C.bl_matrix {
	return C.bl_matrix{C.float(m[0]), C.float(m[1]), C.float(m[2]), C.float(m[3]), C.float(m[4]), C.float(m[5])}
}

// then is m, and n after it.
func (m matrix) then(n matrix) matrix {
	return matrix{
		n[0]*m[0] + n[2]*m[1], n[1]*m[0] + n[3]*m[1],
		n[0]*m[2] + n[2]*m[3], n[1]*m[2] + n[3]*m[3],
		n[0]*m[4] + n[2]*m[5] + n[4], n[1]*m[4] + n[3]*m[5] + n[5],
	}
}

// firstTurned is the first of the orientations whose pictures are stored lying on their side.
const firstTurned = 5

// orient is the matrix from a page of w×h as it is stored, with its corner at x0, y0, to the upright one at 0, 0.
func orient(orientation int, x0, y0, w, h float64) matrix {
	m := matrix{1, 0, 0, 1, 0, 0}
	switch orientation {
	case 2:
		m = matrix{-1, 0, 0, 1, w, 0}
	case 3:
		m = matrix{-1, 0, 0, -1, w, h}
	case 4:
		m = matrix{1, 0, 0, -1, 0, h}
	case 5:
		m = matrix{0, 1, 1, 0, 0, 0}
	case 6:
		m = matrix{0, 1, -1, 0, h, 0}
	case 7:
		m = matrix{0, -1, -1, 0, h, w}
	case 8:
		m = matrix{0, -1, 1, 0, 0, w}
	}
	return matrix{1, 0, 0, 1, -x0, -y0}.then(m)
}

// place is the matrix from the page's points to the picture's pixels.
func place(x0, y0, w, h float64, view library.Rect, turn library.Turn, size image.Point) matrix {
	var m matrix
	tw, th := w, h
	switch turn % 4 { // clockwise on a plane whose y runs down
	case 0:
		m = matrix{1, 0, 0, 1, 0, 0}
	case 1:
		m, tw, th = matrix{0, 1, -1, 0, h, 0}, h, w
	case 2:
		m = matrix{-1, 0, 0, -1, w, h}
	case 3:
		m, tw, th = matrix{0, -1, 1, 0, 0, w}, h, w
	}
	// From the page's own corner, turn, to the view's corner, to pixels.
	sx := float64(size.X) / ((view.X1 - view.X0) * tw)
	sy := float64(size.Y) / ((view.Y1 - view.Y0) * th)
	e := m[4] - m[0]*x0 - m[2]*y0 - view.X0*tw
	f := m[5] - m[1]*x0 - m[3]*y0 - view.Y0*th
	return matrix{m[0] * sx, m[1] * sy, m[2] * sx, m[3] * sy, e * sx, f * sy}
}

// toSRGB changes an opaque picture from the colours of an ICC profile to those of screens; false where the profile can't
// be read, and the picture is as it was.
func toSRGB(profile []byte, img *image.RGBA) bool {
	if img.Stride != 4*img.Rect.Dx() {
		return false
	}
	return sameMuPDF() && C.butluc_to_srgb((*C.uchar)(unsafe.Pointer(&profile[0])), C.size_t(len(profile)),
		(*C.uchar)(unsafe.Pointer(&img.Pix[0])), C.int(img.Rect.Dx()), C.int(img.Rect.Dy())) == 0
}

// silence forgets what MuPDF said so far.
func silence() {
	C.butluc_notes.used = 0
	C.butluc_notes.dropped = 0
}

// notes is what MuPDF said since silence, see bl_notes.
func (p *paper) notes() []string {
	if p != nil {
		C.butluc_flush(p.ctx)
	}
	n := &C.butluc_notes
	text := C.GoStringN(&n.text[0], C.int(n.used))
	return strings.FieldsFunc(text, func(r rune) bool { return r == '\n' })
}

func tuneMalloc() { C.butluc_tune_malloc() }

func trimMalloc() { C.butluc_trim() }
