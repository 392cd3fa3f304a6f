package print

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// objsOfFace are the objects of a face in a file: font, descendant, descriptor, the face itself, its letters.
const objsOfFace = 5

// parsed are the faces, each read once.
var parsed = map[style]func() *sfnt.Font{plain: regular, bold: parse(bold), italic: parse(italic)}

func parse(st style) func() *sfnt.Font {
	return sync.OnceValue(func() *sfnt.Font {
		f, err := sfnt.Parse(faces[st])
		if err != nil {
			panic(err) // it is part of the program
		}
		return f
	})
}

// streamFace is a face with the letters of it that a file uses.
type streamFace struct {
	style  style
	used   map[rune]sfnt.GlyphIndex
	widths map[rune]int // thousandths of the size
	buf    sfnt.Buffer
}

func newStreamFace(st style) *streamFace {
	return &streamFace{style: st, used: map[rune]sfnt.GlyphIndex{}, widths: map[rune]int{}}
}

// codes are the letters of a line, as its page names them. What the face lacks is a question mark, see [inFace].
func (f *streamFace) codes(line string) string {
	var b strings.Builder
	for _, r := range line {
		g, ok := f.used[r]
		if !ok {
			g, _ = parsed[f.style]().GlyphIndex(&f.buf, r)
			f.used[r] = g
		}
		fmt.Fprintf(&b, "%04x", uint16(g))
	}
	return b.String()
}

// advance is a line's width in thousandths of its size.
func (f *streamFace) advance(line string) (sum int) {
	for _, r := range line {
		w, ok := f.widths[r]
		if !ok {
			const ppem = 1000
			g, _ := parsed[f.style]().GlyphIndex(&f.buf, r)
			a, err := parsed[f.style]().GlyphAdvance(&f.buf, g, fixed.I(ppem), font.HintingNone)
			if w = a.Round(); err != nil {
				w = ppem / 2
			}
			f.widths[r] = w
		}
		sum += w
	}
	return sum
}

// faceFacts are a face's name, and what its descriptor tells (ISO 32000-1, 9.8), as the face's own tables have it.
var faceFacts = map[style]string{
	plain:  "LiberationSerif /Flags 34 /FontBBox [-544 -304 1279 982] /ItalicAngle 0 /Ascent 891 /Descent -216 /CapHeight 662 /StemV 80",
	bold:   "LiberationSerif-Bold /Flags 34 /FontBBox [-544 -304 1345 1008] /ItalicAngle 0 /Ascent 891 /Descent -216 /CapHeight 662 /StemV 140",
	italic: "LiberationSerif-Italic /Flags 98 /FontBBox [-544 -304 1287 981] /ItalicAngle -16 /Ascent 891 /Descent -216 /CapHeight 662 /StemV 80",
}

// write embeds the face whole, with the widths and the letters of the glyphs that were used, so that
// words can be searched and copied.
func (f *streamFace) write(s *stream, first int) {
	name, facts, _ := strings.Cut(faceFacts[f.style], " ")
	descendant, descriptor, file, unicode := first+1, first+2, first+3, first+4
	s.object(first, "<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", name, descendant, unicode)
	var widths, letters strings.Builder
	runes := slices.Sorted(maps.Keys(f.used))
	for _, r := range runes {
		fmt.Fprintf(&widths, "%d [%d] ", f.used[r], f.advance(string(r)))
	}
	s.object(descendant, "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R /CIDToGIDMap /Identity /DW 500 /W [%s] >>", name, descriptor, widths.String())
	s.object(descriptor, "<< /Type /FontDescriptor /FontName /%s %s /FontFile2 %d 0 R >>", name, facts, file)
	ttf := faces[f.style]
	s.stream(file, fmt.Sprintf("/Filter /FlateDecode /Length1 %d", len(ttf)), deflated(ttf))
	for part := range slices.Chunk(runes, 100) { // no more may stand in one block
		fmt.Fprintf(&letters, "%d beginbfchar\n", len(part))
		for _, r := range part {
			fmt.Fprintf(&letters, "<%04x> <%04x>\n", uint16(f.used[r]), r)
		}
		letters.WriteString("endbfchar\n")
	}
	cmap := "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n1 begincodespacerange <0000> <ffff> endcodespacerange\n" +
		letters.String() + "endcmap CMapName currentdict /CMap defineresource pop end end\n"
	s.stream(unicode, "", []byte(cmap))
}
