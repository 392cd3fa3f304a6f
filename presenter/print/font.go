package print

import (
	"strings"
	"sync"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font/sfnt"
)

// The face is Liberation Serif (SIL Open Font License), which has the widths of Times New Roman and
// every Vietnamese letter. It comes with the program: an office's computer may have neither.
var faces = map[style][]byte{
	plain: liberationserifregular.TTF, bold: liberationserifbold.TTF, italic: liberationserifitalic.TTF,
}

var regular = sync.OnceValue(func() *sfnt.Font {
	f, err := sfnt.Parse(faces[plain])
	if err != nil {
		panic(err) // it is part of the program
	}
	return f
})

// inFace replaces the letters that the face does not have.
func inFace(s string) string {
	var buf sfnt.Buffer
	return strings.Map(func(r rune) rune {
		if r == '⇄' { // between what stands side by side
			r = '↔'
		}
		if r > 0xffff { // the PDF library counts in two bytes
			return '?'
		}
		if i, err := regular().GlyphIndex(&buf, r); err != nil || i == 0 {
			return '?'
		}
		return r
	}, s)
}

// fitting tells how many bytes of s, in whole letters, are not wider than room. Letters' widths add up:
// the face is set without kerning.
func fitting(s string, room float64, width func(string) float64) int {
	used := 0.0
	for at, r := range s {
		if used += width(string(r)); used > room {
			return at
		}
	}
	return len(s)
}
