package tiff

import (
	"encoding/binary"
	"image/color"
	"math/bits"
	"strconv"
	"strings"
	"testing"
)

// Lines of a fax of 16 pixels (ITU-T T.4, tables 2 and 3), and how they look.
const (
	faxHalf    = "10011" + "000101"       // 8 white, 8 black
	faxWhite   = "101010"                 // 16 white
	faxStripe  = "1011" + "011" + "10011" // 4 white, 4 black, 8 white
	faxDamaged = "10011" + "0000000010"
)

var faxLooks = map[string]string{faxHalf: "........########", faxWhite: "................", faxStripe: "....####........"}

// filledFax is a TIFF of a fax whose lines end at the ends of bytes.
func filledFax(meaning int, reversed bool, rows int, lines ...string) []byte {
	var stream strings.Builder
	for _, line := range append([]string{""}, lines...) {
		stream.WriteString(line)
		for (stream.Len()+faxEndBits)%8 != 0 {
			stream.WriteByte('0')
		}
		stream.WriteString("000000000001")
	}
	var data []byte
	order := uint64(1)
	for s := stream.String(); s != ""; s = s[8:] {
		b, _ := strconv.ParseUint(s[:8], 2, 8)
		data = append(data, byte(b))
	}
	if reversed {
		order = 2
		for i := range data {
			data[i] = bits.Reverse8(data[i])
		}
	}
	one := func(tag uint16, v int) field { return field{tag, []uint64{uint64(v)}} }
	return maker{order: binary.LittleEndian}.file(8, data, []field{
		one(tagWidth, 16), one(tagHeight, rows), one(tagBits, 1), one(tagCompression, packG3), one(tagPhotometric, meaning),
		{tagFillOrder, []uint64{order}},
		one(tagStripOffsets, 8), one(tagSamples, 1), one(tagRowsPerStrip, rows),
		one(tagStripCounts, len(data)), one(tagT4Options, faxFilled),
	})
}

// A fax whose lines are filled up is drawn; a damaged line looks like the one before, costs no other, and is told.
func TestAFilledFaxIsDrawn(t *testing.T) {
	lines := []string{faxHalf, faxWhite, faxStripe}
	for name, c := range map[string]struct {
		rows int
		file []string
		want []string
		lost bool
	}{
		"whole":              {3, lines, lines, false},
		"damaged within":     {3, []string{faxHalf, faxDamaged, faxStripe}, []string{faxHalf, faxHalf, faxStripe}, true},
		"damaged at the top": {2, []string{faxDamaged, faxHalf}, []string{faxWhite, faxHalf}, true},
		"an end missing":     {4, lines, append(lines[:3:3], faxWhite), true},
		"lines to spare":     {2, lines, lines[:2], false},
		"nothing in it":      {1, nil, []string{faxWhite}, true},
	} {
		for _, meaning := range []int{whiteIsZero, blackIsZero} {
			for _, reversed := range []bool{false, true} {
				f := Open(filledFax(meaning, reversed, c.rows, c.file...))
				if !f.Foreign(0) {
					t.Errorf("%s: left to MuPDF", name)
				}
				img, lost, err := f.Decode(0)
				if err != nil || lost != c.lost {
					t.Errorf("%s, meaning %d, reversed %v: lost %v, %v", name, meaning, reversed, lost, err)
					continue
				}
				for y, line := range c.want {
					got := ""
					for x := range 16 {
						got += map[bool]string{true: ".", false: "#"}[color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y > 0]
					}
					if got != faxLooks[line] {
						t.Errorf("%s, meaning %d, reversed %v: line %d is %s, want %s", name, meaning, reversed, y, got, faxLooks[line])
					}
				}
			}
		}
	}
}
