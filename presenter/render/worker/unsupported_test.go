//go:build cgo && (linux || windows)

package worker

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"

	"butluc/library"
)

// vietnamese are the letters of Vietnamese with their tones.
func vietnamese() []rune {
	letters := []rune("ĂÂĐÊÔƠƯăâđêôơưÀÁÃÈÉÌÍÒÓÕÙÚÝàáãèéìíòóõùúýĨĩŨũ₫")
	for r := rune(0x1EA0); r <= 0x1EF9; r++ {
		letters = append(letters, r)
	}
	return letters
}

func TestStandInsHaveAllVietnameseLetters(t *testing.T) {
	for family, styles := range standIns {
		for style, data := range styles {
			font, err := sfnt.Parse(data)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range vietnamese() {
				if g, err := font.GlyphIndex(nil, r); err != nil || g == 0 {
					t.Errorf("family %d style %d lacks %c", family, style, r)
				}
			}
		}
	}
}

// unembedded is a page with a letter of a font that the file names and does not bring, found by its Unicode only.
func unembedded(r rune, name string) []byte {
	return onePage("BT /F 150 Tf 40 40 Td <0001> Tj ET", "/Font<</F 12 0 R>>", "", "null", "null",
		fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[13 0 R]/ToUnicode 15 0 R>>", name),
		fmt.Sprintf("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"+
			"/DW 600/FontDescriptor 14 0 R>>", name),
		fmt.Sprintf("<</Type/FontDescriptor/FontName/%s/Flags 4/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700/StemV 80>>", name),
		stream("", fmt.Sprintf("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def "+
			"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfchar <0001> <%04X> endbfchar endcmap end end", r)))
}

// A letter whose font is missing is drawn by one that stands in; where that lacks it too, the page says so.
func TestLettersOfAMissingFontAreDrawn(t *testing.T) {
	for _, name := range []string{"TimesNewRomanPSMT", "Courier-Bold", "Verdana"} {
		for i, r := range vietnamese() {
			if i%7 != 0 {
				continue // each costs a while
			}
			img, got := drawPDF(t, unembedded(r, name))
			wantWhole(t, got, true)
			if dark(img, img.Rect) > 60 {
				t.Errorf("%s: nothing is drawn for %c", name, r)
			}
		}
		_, got := drawPDF(t, unembedded('中', name))
		wantWhole(t, got, false)
	}
}

// Latin text in a font that every viewer lends looks as in any of them; the font with the Vietnamese letters stands in only
// where these are meant. Every letter that is called Latin is drawn.
func TestLatinTextLooksAsEverywhere(t *testing.T) {
	page := func(encoding, codes string) []byte {
		return onePage("BT /F 150 Tf 40 40 Td ("+codes+") Tj ET", "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding"+encoding+">>>>", "")
	}
	for _, names := range []string{"/aogonek", "/eacute/Euro", "/fi"} {
		plain, r := drawPDF(t, page("/WinAnsiEncoding", "g"))
		wantWhole(t, r, true)
		latin, _ := drawPDF(t, page("<</Differences[1"+names+"]>>", "g"))
		if !bytes.Equal(plain.Pix, latin.Pix) {
			t.Errorf("a font that may draw %s draws another g", names)
		}
	}
	plain, _ := drawPDF(t, page("/WinAnsiEncoding", "g"))
	vietnamese, r := drawPDF(t, page("<</Differences[1/adotbelow]>>", "g"))
	wantWhole(t, r, true)
	if bytes.Equal(plain.Pix, vietnamese.Pix) {
		t.Error("Latin text is drawn by what stands in for Vietnamese")
	}
	for _, name := range strings.Fields(`exclamdown Agrave eth ydieresis Amacron abreve aogonek Cacute cdotaccent Dcaron dcroat
		Emacron edotaccent eogonek ecaron Gbreve gdotaccent Imacron iogonek Idotaccent dotlessi Lacute lcaron Lslash nacute
		ncaron omacron ohungarumlaut OE racute Rcaron sacute scedilla Scaron tcaron umacron uring uhungarumlaut Uogonek
		Ydieresis zacute zdotaccent Zcaron florin circumflex caron breve ogonek hungarumlaut endash quotesinglbase dagger bullet
		ellipsis perthousand guilsinglleft fraction Euro trademark minus fi fl adotbelow Acircumflexacute uhorn g17`) {
		_, got := drawPDF(t, page("<</Differences[1/"+name+"]>>", "\\001"))
		if got.Incomplete != (name == "g17") {
			t.Errorf("%s: incomplete %v", name, got.Incomplete)
		}
	}
}

// In the place of a font of before Unicode another draws other letters: the page says so, where there are any.
func TestAMissingFontOfBeforeUnicodeIsTold(t *testing.T) {
	for name, whole := range map[string]bool{".VnTime": false, "ABCDEF+VNI-Times": false, "VPS-Times": false, "Times-Roman": true} {
		for codes, plain := range map[string]bool{"Vi\xd6t": false, "Nam": true} {
			_, r := drawPDF(t, onePage("BT /F 20 Tf 20 100 Td ("+codes+") Tj ET", "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/"+name+
				"/Encoding/WinAnsiEncoding>>>>", ""))
			if r.Incomplete == (whole || plain) {
				t.Errorf("%s: %q: incomplete %v", name, codes, r.Incomplete)
			}
		}
	}
}

const black = "0 0 0 rg 20 20 100 100 re f"

// A stamp is drawn although it has the flag that hides annotations of unknown types; hidden ones are not.
func TestAStampWithTheFlagInvisibleIsDrawn(t *testing.T) {
	for flags, want := range map[int]bool{0: true, 1: true, 4: true, 5: true, 2: false, 3: false, 32: false} {
		for subtype, known := range map[string]bool{"Stamp": true, "Newfangled": false} {
			img, r := drawPDF(t, onePage("", "", "/Annots[12 0 R]", "null", "null",
				fmt.Sprintf("<</Type/Annot/Subtype/%s/F %d/Rect[0 0 200 200]/AP<</N 13 0 R>>>>", subtype, flags),
				stream("/Type/XObject/Subtype/Form/BBox[0 0 200 200]", black)))
			wantWhole(t, r, true)
			if drawn := dark(img, img.Rect) == 0; drawn != (want && (known || flags&1 == 0)) {
				t.Errorf("%s with flags %d: drawn %v", subtype, flags, drawn)
			}
		}
	}
}

// Layers are shown and hidden by expressions; layer 10 is on and 11 off.
func TestVisibilityExpressions(t *testing.T) {
	const on, off = "10 0 R", "11 0 R"
	deep := strings.Repeat("[/Not ", 100) + on + strings.Repeat("]", 100)
	for expression, want := range map[string]bool{
		"[/And " + on + "]": true, "[/And " + off + "]": false, "[/Not " + off + "]": true, "[/Not " + on + "]": false,
		"[/And " + on + " " + off + "]": false, "[/Or " + off + " " + on + "]": true, "[/Or " + off + " " + off + "]": false,
		"[/And " + on + "[/Not " + off + "]]": true, "[/Not[/Or " + off + " " + on + "]]": false,
		"[]": true, "[/And]": true, "[/Xor " + off + "]": true, "[/Not]": true, deep: true,
	} {
		group := "<</Type/OCG/Name(a)>>"
		img, _ := drawPDF(t, onePage("/OC /M BDC "+black+" EMC", "/Properties<</M 12 0 R>>", "", group, group,
			"<</Type/OCMD/VE"+expression+">>"))
		if got := dark(img, img.Rect) == 0; got != want {
			t.Errorf("%.60s: shown %v, want %v", expression, got, want)
		}
	}
}

// A line of a plan is seen at the size of a screen, however thin it is.
func TestHairlinesAreSeen(t *testing.T) {
	for _, width := range []string{"0", "0.02", "0.3"} {
		img, r := drawPDF(t, onePage(width+" w 0 100.5 m 200 100.5 l S", "", ""))
		wantWhole(t, r, true)
		if d := dark(img, img.Rect); d > 20 {
			t.Errorf("width %s: the line is as light as %d", width, d)
		}
	}
}

// MuPDF applies no transfer function: where one changes colours, the page says that it is not right.
func TestTransferFunctionsAreTold(t *testing.T) {
	const straight, inverse = "<</FunctionType 2/Domain[0 1]/N 1>>", "<</FunctionType 2/Domain[0 1]/C0[1]/C1[0]/N 1>>"
	for state, whole := range map[string]bool{
		"/TR/Identity": true, "/TR2/Default": true, "/TR " + straight: true, "/TR " + inverse: false,
		"/TR 12 0 R/TR2/Default": true, "/TR2[" + straight + straight + inverse + straight + "]": false,
	} {
		for name, data := range map[string][]byte{
			"page": onePage(black, "/ExtGState<</G<<"+state+">>>>", "", "null", "null", inverse),
			"form": onePage("/X Do", "/XObject<</X 13 0 R>>", "", "null", "null", inverse,
				stream("/Type/XObject/Subtype/Form/BBox[0 0 200 200]/Resources<</XObject<</X 13 0 R>>/ExtGState<</G<<"+state+">>>>>>", black)),
		} {
			_, r := drawPDF(t, data)
			if r.Incomplete == whole {
				t.Errorf("%s with %s: incomplete %v", name, state, r.Incomplete)
			}
		}
	}
}

// What a white page should have shown: text that nothing lies upon. Spaces, white, what lies beside the page, and text under
// the picture of a scanned sheet's back make a page that is truly blank.
func TestPaintIsToldFromBlank(t *testing.T) {
	const picture = " q 200 0 0 200 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q "
	for contents, want := range map[string]bool{
		"": false, "1 g 0 0 200 200 re f": false, "BT /F 20 Tf 20 20 Td (   ) Tj ET": false,
		"BT /F 20 Tf 20 20 Td (a) Tj ET": true, black: true, "0 G 5 5 m 90 90 l S": true, "BT /F 20 Tf 400 20 Td (a) Tj ET": false,
		"BT /F 20 Tf 20 20 Td 3 Tr (a) Tj ET": false, black + picture: false, picture + black: true, black + " 1 g 0 0 200 200 re f": false,
		"0 0 5 5 re W n " + black: false,
	} {
		d := &document{key: key{kind: library.KindPDF}, data: onePage(contents, "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>", "")}
		if err := d.open(nil); err != nil {
			t.Fatal(err)
		}
		if got := d.paper.paints(0, matrix{1, 0, 0, 1, 0, 0}, image.Pt(200, 200)); got != want {
			t.Errorf("%q: paints %v, want %v", contents, got, want)
		}
		d.close()
	}
}

// bilevel is a page of 64 by 64 pixels, black or white, as JBIG2: its one segment refers to as many others as told.
func bilevel(references int, data string) string {
	number := uint32(references + 1)
	var b []byte
	b = append(b, 0, 0, 0, 0, 0x30, 0, 1, 0, 0, 0, 19, 0, 0, 0, 64, 0, 0, 0, 64, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	b = binary.BigEndian.AppendUint32(b, number)
	b = append(b, 38) // an immediate generic region
	if references <= 4 {
		b = append(b, byte(references<<5))
	} else {
		b = binary.BigEndian.AppendUint32(b, 7<<29|uint32(references))
		b = append(b, make([]byte, (references+8)/8)...)
	}
	for i := range references {
		if number <= 256 {
			b = append(b, byte(i+1))
		} else {
			b = binary.BigEndian.AppendUint16(b, uint16(i+1))
		}
	}
	b = append(b, 1)
	b = binary.BigEndian.AppendUint32(b, uint32(18+len(data)))
	b = append(b, 0, 0, 0, 64, 0, 0, 0, 64, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
	return string(b) + data
}

// The rows of 64 black pixels as fax code (ITU-T T.6): the first in horizontal mode, each other two times vertical mode 0.
// White ones are one time vertical mode 0 each.
var (
	blackRows = fax("001" + "00110101" + "0000001111" + "0000110111" + strings.Repeat("11", 63))
	whiteRows = fax(strings.Repeat("1", 64))
)

func fax(bits string) string {
	bits += strings.Repeat("0", 7)
	var b []byte
	for ; len(bits) >= 8; bits = bits[8:] {
		var v byte
		for _, bit := range bits[:8] {
			v = v<<1 | byte(bit-'0')
		}
		b = append(b, v)
	}
	return string(b)
}

func bilevelPage(data string) []byte {
	return onePage("200 0 0 200 0 0 cm /I Do", "/XObject<</I 12 0 R>>", "", "null", "null",
		stream("/Type/XObject/Subtype/Image/Width 64/Height 64/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode", data))
}

// A bilevel picture is whole however many tables and dictionaries its parts refer to, and says so when it is not.
func TestBilevelPictures(t *testing.T) {
	for _, references := range []int{0, 1, 4, 5, 6, 7, 8, 15, 16, 300} {
		img, r := drawPDF(t, bilevelPage(bilevel(references, blackRows)))
		wantWhole(t, r, true)
		if c := img.RGBAAt(100, 100); c.R != 0 {
			t.Errorf("%d references: %v, want black", references, c)
		}
		_, r = drawPDF(t, bilevelPage(bilevel(references, blackRows)[:len(bilevel(references, blackRows))-9]))
		wantWhole(t, r, false)
	}
	_, r := drawPDF(t, bilevelPage(bilevel(0, whiteRows)))
	wantWhole(t, r, true)
	_, r = drawPDF(t, bilevelPage(bilevel(0, whiteRows+strings.Repeat("\x55", 3000))))
	wantWhole(t, r, false)
}
