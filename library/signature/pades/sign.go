package pades

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/digitorus/pdf"
)

// Options are what a signature says besides who signed.
type Options struct {
	Name   string // as the signature's dictionary tells it; "": the certificate's
	Office string // told as where it was signed
	Reason string
	At     time.Time   // this machine's
	Look   image.Image `json:"-"` // what is seen on the first page, at its top right; nil: nothing
}

// The place of what is seen, in points (1/72 inch) from the top and right edges of the page as it is looked at: in the margin of
// an A4 page, for decree 30/2020 has the signature at the top right of page one.
const (
	lookTop, lookRight    = 10.0, 36.0
	lookWidth, lookHeight = 210.0, 42.0
)

// LookRatio is the width of what is seen by its height.
const LookRatio = lookWidth / lookHeight

// Sign writes a PDF with a signature more. It fails with [ErrEncrypted], [ErrDamaged] or [ErrCertificate], and with what
// the key's keeper says.
func Sign(w io.Writer, data []byte, s Signer, o Options) (err error) {
	defer func() {
		if r := recover(); r != nil { // the library's way with files that are none
			err = fmt.Errorf("%w: %v", ErrDamaged, r)
		}
	}()
	if s.Certificate == nil || s.Key == nil {
		return ErrCertificate
	}
	u, err := newUpdate(data)
	if err != nil {
		return err
	}
	signature := u.add(s.dictionary(o))
	look, matrix, rect := 0, "", [4]float64{}
	page, pageID := u.page, u.pageID
	if o.Look != nil {
		matrix, rect = place(page)
		look = u.add(form(u.add(picture(o.Look)), matrix))
	}
	field := u.add(widget(u.name(), signature, pageID, look, rect))
	u.put(pageID, dictionary(page, map[string]string{"Annots": list(page.Key("Annots"), u.ref(field))}))
	u.put(u.rootID, dictionary(u.root, map[string]string{"AcroForm": acroForm(u.root.Key("AcroForm"), u.ref(field))}))
	u.end()
	signed, err := s.fill(u.out.Bytes(), len(data))
	if err != nil {
		return err
	}
	_, err = w.Write(signed)
	return err
}

const (
	rangeForm = "/ByteRange [0 %10d %10d %10d]"
	rangeSize = len("/ByteRange [0 ") + 3*10 + 3
)

// room is how many bytes the message may have.
func (s Signer) room() int { return len(s.certificates()) + 4096 }

// dictionary is the signature's, with room for what is not known yet.
func (s Signer) dictionary(o Options) []byte {
	var b bytes.Buffer
	b.WriteString("<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached\n")
	fmt.Fprintf(&b, rangeForm+"\n", 0, 0, 0)
	fmt.Fprintf(&b, "/Contents <%s>\n", bytes.Repeat([]byte("0"), 2*s.room()))
	if o.Name == "" {
		o.Name = s.Certificate.Subject.CommonName
	}
	for _, text := range []struct{ key, value string }{{"Name", o.Name}, {"Location", o.Office}, {"Reason", o.Reason}} {
		if text.value != "" {
			fmt.Fprintf(&b, "/%s %s\n", text.key, textString(text.value))
		}
	}
	at := o.At.Format("20060102150405-07'00'")
	fmt.Fprintf(&b, "/M (D:%s) >>", at)
	return b.Bytes()
}

// fill puts range and message into what was written behind the first bytes of a file.
func (s Signer) fill(all []byte, behind int) ([]byte, error) {
	at := behind + bytes.Index(all[behind:], []byte("/ByteRange [0 "))
	from := at + bytes.Index(all[at:], []byte("/Contents <")) + len("/Contents ")
	to := from + 2*s.room() + 2
	copy(all[at:at+rangeSize], fmt.Sprintf(rangeForm, from, to, len(all)-to))
	h := sha256.New()
	h.Write(all[:from])
	h.Write(all[to:])
	message, err := s.message(h.Sum(nil))
	if err != nil {
		return nil, err
	}
	if len(message) > s.room() {
		return nil, fmt.Errorf("%w: its signature has %d bytes", ErrCertificate, len(message))
	}
	hex.Encode(all[from+1:], message)
	return all, nil
}

// widget is the field of the signature, and where it is seen.
func widget(name string, signature, page, look int, rect [4]float64) []byte {
	seen := ""
	if look > 0 {
		seen = fmt.Sprintf(" /AP << /N %d 0 R >>", look)
	}
	const printed, locked = 4, 128
	return fmt.Appendf(nil, "<< /Type /Annot /Subtype /Widget /FT /Sig /T %s /V %d 0 R /P %d 0 R /F %d /Rect [%s %s %s %s]%s >>",
		textString(name), signature, page, printed|locked, number(rect[0]), number(rect[1]), number(rect[2]), number(rect[3]), seen)
}

// acroForm is the form with a field more.
func acroForm(form pdf.Value, field string) string {
	const signed, appendOnly = 1, 2
	flags := form.Key("SigFlags").Int64() | signed | appendOnly
	return string(dictionary(form, map[string]string{
		"Fields": list(form.Key("Fields"), field), "SigFlags": strconv.FormatInt(flags, 10),
	}))
}

// place is where on a page, as it is looked at, its top right is, and the matrix that makes upright what is drawn there.
func place(page pdf.Value) (matrix string, rect [4]float64) {
	box := inherited(page, "CropBox")
	if box.Len() != 4 {
		box = inherited(page, "MediaBox")
	}
	x0, y0, x1, y1 := box.Index(0).Float64(), box.Index(1).Float64(), box.Index(2).Float64(), box.Index(3).Float64()
	x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
	if x1-x0 < 1 || y1-y0 < 1 {
		x0, y0, x1, y1 = 0, 0, 595, 842 // A4, of a page that does not say
	}
	const t, r, w, h = lookTop, lookRight, lookWidth, lookHeight
	switch ((inherited(page, "Rotate").Int64()%360 + 360) % 360) / 90 {
	case 1:
		return "0 1 -1 0 0 0", [4]float64{x0 + t, y1 - r - w, x0 + t + h, y1 - r}
	case 2:
		return "-1 0 0 -1 0 0", [4]float64{x0 + r, y0 + t, x0 + r + w, y0 + t + h}
	case 3:
		return "0 -1 1 0 0 0", [4]float64{x1 - t - h, y0 + r, x1 - t, y0 + r + w}
	}
	return "1 0 0 1 0 0", [4]float64{x1 - r - w, y1 - t - h, x1 - r, y1 - t}
}

// inherited is an attribute of a page, or of the nearest above it that has it.
func inherited(page pdf.Value, key string) pdf.Value {
	const deep = 64
	for range deep {
		if v := page.Key(key); !v.IsNull() || page.IsNull() {
			return v
		}
		page = page.Key("Parent")
	}
	return pdf.Value{}
}

// name is one that no field of the form has.
func (u *update) name() string {
	fields := u.root.Key("AcroForm").Key("Fields")
	var names []string
	for i := range fields.Len() {
		names = append(names, fields.Index(i).Key("T").Text())
	}
	for n := 1; ; n++ {
		if name := fmt.Sprintf("Signature%d", n); !slices.Contains(names, name) {
			return name
		}
	}
}
