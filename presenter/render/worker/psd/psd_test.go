package psd

import (
	"encoding/binary"
	"errors"
	"image/color"
	"slices"
	"strings"
	"testing"
)

// file is a PSB of 9×2 pixels without layers.
func file(channels, bits, mode int, palette, packing string, body ...string) []byte {
	b := []byte("8BPS\x00\x02\x00\x00\x00\x00\x00\x00")
	b = binary.BigEndian.AppendUint16(b, uint16(channels))
	b = append(b, 0, 0, 0, 2, 0, 0, 0, 9, 0, byte(bits), 0, byte(mode))
	b = append(binary.BigEndian.AppendUint32(b, uint32(len(palette))), palette...)
	b = append(b, make([]byte, 4+8)...)
	return append(append(b, packing...), strings.Join(body, "")...)
}

const (
	raw    = "\x00\x00"
	packed = "\x00\x01"
)

// Each mode gives its colours; ink is stored turned over, and a bit that is set is black.
func TestColours(t *testing.T) {
	plane := func(v string) string { return strings.Repeat(v, 18) }
	row := "\x00\x00\x00\x02" // of two bytes: nine times the same
	table := slices.Repeat([]byte{0}, 768)
	table[5], table[256+5], table[512+5] = 10, 20, 30
	for name, c := range map[string]struct {
		data []byte
		want color.NRGBA
	}{
		"grey":            {file(1, 8, grey, "", raw, plane("\x64")), color.NRGBA{100, 100, 100, 255}},
		"grey of 16 bits": {file(1, 16, grey, "", raw, plane("\x64\xff")), color.NRGBA{100, 100, 100, 255}},
		"colours":         {file(3, 8, rgb, "", raw, plane("\x0a"), plane("\x14"), plane("\x1e")), color.NRGBA{10, 20, 30, 255}},
		"in runs": {
			file(3, 8, rgb, "", packed, strings.Repeat(row, 6), "\xf8\x0a\xf8\x0a", "\xf8\x14\xf8\x14", "\xf8\x1e\xf8\x1e"),
			color.NRGBA{10, 20, 30, 255},
		},
		"a table": {file(1, 8, indexed, string(table), raw, plane("\x05")), color.NRGBA{10, 20, 30, 255}},
		"inks":    {file(4, 8, cmyk, "", raw, plane("\xff"), plane("\x00"), plane("\xff"), plane("\x80")), color.NRGBA{128, 0, 128, 255}},
		"a bit":   {file(1, 1, bitmap, "", raw, "\xff\x80\xff\x80"), color.NRGBA{0, 0, 0, 255}},
	} {
		img, lost, err := Decode(c.data)
		if err != nil || lost {
			t.Errorf("%s: lost %v, %v", name, lost, err)
			continue
		}
		for _, x := range []int{0, 8} {
			if got := img.At(x, 1).(color.NRGBA); got != c.want {
				t.Errorf("%s at %d: %v, want %v", name, x, got, c.want)
			}
		}
		if !Foreign(c.data) {
			t.Errorf("%s is left to MuPDF", name)
		}
		if _, lost, err := Decode(c.data[:len(c.data)-1]); err == nil && !lost {
			t.Errorf("%s: nothing says that it was cut", name)
		}
	}
}

func TestOtherVariantsAreNamed(t *testing.T) {
	for name, data := range map[string][]byte{
		"lightness":   file(3, 8, 9, "", raw),
		"fractions":   file(3, 32, rgb, "", raw),
		"another zip": file(3, 8, rgb, "", "\x00\x02"),
	} {
		if _, _, err := Decode(data); !errors.Is(err, ErrUnsupported) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whatever the bytes are, there is an answer.
func FuzzDecode(f *testing.F) {
	f.Add(file(3, 8, rgb, "", packed, strings.Repeat("\x00\x00\x00\x02", 6), strings.Repeat("\xf8\x0a", 6)))
	f.Add(file(1, 1, bitmap, "", raw, "\xff\x80\xff\x80"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		_ = Foreign(data)
		if size, err := Size(data); err == nil && size.X < 1<<20/size.Y {
			_, _, _ = Decode(data)
		}
	})
}
