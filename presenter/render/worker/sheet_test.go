//go:build cgo

package worker

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"testing"

	"butluc/library"
)

// fourCornersBigTIFF is 16×12 pixels of four colours in a BigTIFF, by tiles, deflated with a predictor, by ImageMagick.
var fourCornersBigTIFF = decode(
	"SUkrAAgAAAA6AAAAAAAAAHja+8+AHTD+xyLIzMb+f4SpZ2DAruM/NmEWNo6hrp6ZlZ1hJAEAksYbtREAAAAAAAAAAAEDAAEAAAAAAAAAEAAAAAAAAAABAQMA" +
		"AQAAAAAAAAAMAAAAAAAAAAIBAwADAAAAAAAAAAgACAAIAAAAAwEDAAEAAAAAAAAACAAAAAAAAAAGAQMAAQAAAAAAAAACAAAAAAAAAAoBAwABAAAAAAAAAAEA" +
		"AAAAAAAAEgEDAAEAAAAAAAAAAQAAAAAAAAAVAQMAAQAAAAAAAAADAAAAAAAAABwBAwABAAAAAAAAAAEAAAAAAAAAKQEDAAIAAAAAAAAAAAABAAAAAAA9AQMA" +
		"AQAAAAAAAAACAAAAAAAAAD4BBQACAAAAAAAAAM4BAAAAAAAAPwEFAAYAAAAAAAAAngEAAAAAAABCAQMAAQAAAAAAAAAQAAAAAAAAAEMBAwABAAAAAAAAABAA" +
		"AAAAAAAARAEQAAEAAAAAAAAAEAAAAAAAAABFARAAAQAAAAAAAAAqAAAAAAAAAAAAAAAAAAAAhetRAAAAgADD9agAAAAAAs3MTAAAAAABzcxMAAAAgADNzEwA" +
		"AAAAAo/C9QAAAAAQNxqgAAAAAAIrhwoAAAAgAA==")

// What MuPDF can't draw of TIFF is drawn all the same, and found when the file is opened.
func TestTIFFsThatMuPDFCantDraw(t *testing.T) {
	got := drawFile(t, library.KindTIFF, fourCornersBigTIFF, 0, image.Pt(160, 120))
	for p, want := range map[image.Point]color.RGBA{{X: 40, Y: 30}: red, {X: 120, Y: 30}: green, {X: 40, Y: 90}: blue, {X: 120, Y: 90}: white} {
		if c := got.RGBAAt(p.X, p.Y); !near(c, want, 2) {
			t.Errorf("at %v %v, want %v", p, c, want)
		}
	}
}

// A sound TIFF of numbers that are no colours is of a variant that is not supported; it is not broken.
func TestATIFFOfAnotherVariant(t *testing.T) {
	data := bytes.Clone(fourCornersBigTIFF)
	at := bytes.Index(data, []byte{0x06, 0x01, 3, 0}) // photometric, a SHORT
	if at < 0 {
		t.Fatal("no photometric interpretation in the test's file")
	}
	const lab = 8
	binary.LittleEndian.PutUint16(data[at+12:], lab)
	d := &document{key: key{kind: library.KindTIFF}, data: data, begin: func(int) {}}
	err := d.open(nil)
	var f *fault
	if !errors.As(err, &f) || f.code != library.FaultVariant || !f.wholeFile {
		t.Errorf("%v", err)
	}
}
