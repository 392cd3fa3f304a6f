//go:build cgo

package worker

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"testing"

	"butluc/library"
	"butluc/presenter/render/worker/heif"
	"butluc/presenter/render/worker/heif/heiftest"
	"butluc/presenter/render/worker/meta"
)

// The colours of a lossy WebP are video's, black at 16: Go's decoder hands them out as if black were at 0.
func TestLossyWebPIsNotWashedOut(t *testing.T) {
	// Left above near-white, right above red, black below; written by ImageMagick at quality 90.
	const lossy = "UklGRk4AAABXRUJQVlA4IEIAAADQAgCdASogABAAPjEUiEKiISEYBAAgAwSgB0gAFsIAAP7cpP///eOpX0Fi/8qef//lKt/xpH+MOr//7oE/9xQAAAA="
	got := drawFile(t, library.KindWebP, decode(lossy), 0, image.Pt(320, 160))
	for p, want := range map[image.Point]color.RGBA{
		{X: 60, Y: 40}:   {249, 250, 245, 255},
		{X: 260, Y: 40}:  {221, 0, 0, 255},
		{X: 160, Y: 150}: {0, 0, 0, 255},
	} {
		if c := got.RGBAAt(p.X, p.Y); !near(c, want, 2) {
			t.Errorf("at %v %v, want %v", p, c, want)
		}
	}
}

// The colours of a picture are what its profile says, also where Go decodes it. The profile here says that what is
// called red is green.
func TestProfilesAreApplied(t *testing.T) {
	got := drawFile(t, library.KindWebP, webpWith("ICCP", string(swappedProfile())), 0, image.Pt(160, 120))
	for p, want := range map[image.Point]color.RGBA{
		{X: 40, Y: 30}:  green, // stored as red
		{X: 120, Y: 30}: red,
		{X: 40, Y: 90}:  blue,
		{X: 120, Y: 90}: white,
	} {
		if c := got.RGBAAt(p.X, p.Y); !near(c, want, 2) {
			t.Errorf("at %v %v, want %v", p, c, want)
		}
	}
}

// So it is with HEIC and AVIF, whose profile is a property of the picture.
func TestProfilesOfHEICAndAVIFAreApplied(t *testing.T) {
	for kind, avif := range map[library.Kind]bool{library.KindHEIC: false, library.KindAVIF: true} {
		f := heiftest.File{
			AVIF: avif, Tiles: image.Pt(3, 2), Size: image.Pt(160, 128),
			Properties: []string{heiftest.Box("colr", "prof"+string(swappedProfile()))},
		}
		got := drawFile(t, kind, f.Bytes(), 0, image.Pt(160, 128))
		for p, want := range map[image.Point]color.RGBA{{X: 16, Y: 8}: green, {X: 48, Y: 8}: red, {X: 16, Y: 48}: blue} {
			if c := got.RGBAAt(p.X, p.Y); !near(c, want, 12) {
				t.Errorf("%s at %v: %v, want %v", kind, p, c, want)
			}
		}
	}
}

// Colours of wider screens, told by primaries and a transfer function, become those of sRGB. Right values are by the matrices of
// SMPTE EG 432-1 and ITU-R BT.2087 and sRGB's function.
func TestWidePrimariesAreApplied(t *testing.T) {
	for name, c := range map[string]struct {
		primaries, transfer byte
		want                color.RGBA
	}{
		"Display P3": {12, 13, color.RGBA{217, 42, 39, 255}},
		"BT.2020":    {9, 13, color.RGBA{247, 0, 39, 255}},
		"sRGB":       {1, 13, color.RGBA{200, 60, 50, 255}},
	} {
		f := heiftest.File{
			Tiles: image.Pt(3, 2), Size: image.Pt(160, 128),
			Properties: []string{heiftest.Box("colr", "nclx\x00"+string([]byte{c.primaries, 0, c.transfer, 0, 6, 0x80}))},
		}
		img := image.NewRGBA(image.Rect(0, 0, 1, 1))
		img.SetRGBA(0, 0, color.RGBA{200, 60, 50, 255})
		if profile := meta.Profile(library.KindHEIC, f.Bytes()); profile != nil && !toSRGB(profile, img) {
			t.Errorf("%s: the profile can't be read", name)
		}
		if got := img.RGBAAt(0, 0); !near(got, c.want, 3) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// Where a picture is transparent there is paper behind it.
func TestTransparentHEICLiesOnWhite(t *testing.T) {
	if heif.System() == "" {
		t.Skip("without the system's libheif a HEIC is shown without its transparency")
	}
	f := heiftest.File{Tiles: image.Pt(1, 1), Size: image.Pt(64, 64), Alpha: true}
	got := drawFile(t, library.KindHEIC, f.Bytes(), 0, image.Pt(64, 64))
	if c := got.RGBAAt(16, 48); c.R < 200 || c.G < 200 { // blue, and as good as transparent
		t.Errorf("the transparent corner is %v", c)
	}
}

// A profile that can't be read leaves the picture as it is, and is told.
func TestABrokenProfileIsTold(t *testing.T) {
	profile := swappedProfile()
	copy(profile[128:], bytes.Repeat([]byte{0xff}, len(profile)-128))
	r := drawReply(t, library.KindWebP, webpWith("ICCP", string(profile)), 0, image.Pt(160, 120))
	if len(r.Warnings) == 0 {
		t.Error("nothing was said of the profile")
	}
	if c := (color.RGBA{r.payload[0], r.payload[1], r.payload[2], 255}); !near(c, red, 2) {
		t.Errorf("%v, want %v", c, red)
	}
}

// swappedProfile is an ICC profile (version 2, matrix and curves) of a screen whose red is sRGB's green and the other way
// round.
func swappedProfile() []byte {
	fixed := func(f float64) uint32 { return uint32(int32(f * 65536)) }
	xyz := func(x, y, z float64) []byte {
		b := []byte("XYZ \x00\x00\x00\x00")
		for _, v := range []float64{x, y, z} {
			b = binary.BigEndian.AppendUint32(b, fixed(v))
		}
		return b
	}
	const gamma22 = 0x0233
	curve := append([]byte("curv\x00\x00\x00\x00\x00\x00\x00\x01"), gamma22>>8, gamma22&0xff, 0, 0)
	tags := []struct {
		name string
		body []byte
	}{
		{"gXYZ", xyz(0.4361, 0.2225, 0.0139)}, // sRGB's red under D50
		{"rXYZ", xyz(0.3851, 0.7169, 0.0971)},
		{"bXYZ", xyz(0.1431, 0.0606, 0.7141)},
		{"wtpt", xyz(0.9642, 1, 0.8249)},
		{"rTRC", curve},
		{"gTRC", curve},
		{"bTRC", curve},
	}
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var bodies []byte
	for _, tag := range tags {
		table = append(table, tag.name...)
		table = binary.BigEndian.AppendUint32(table, uint32(128+4+12*len(tags)+len(bodies)))
		table = binary.BigEndian.AppendUint32(table, uint32(len(tag.body)))
		bodies = append(bodies, tag.body...)
	}
	head := make([]byte, 128)
	binary.BigEndian.PutUint32(head, uint32(128+len(table)+len(bodies)))
	copy(head[8:], "\x02\x10\x00\x00mntrRGB XYZ ")
	copy(head[36:], "acsp")
	for i, v := range []float64{0.9642, 1, 0.8249} {
		binary.BigEndian.PutUint32(head[68+4*i:], fixed(v))
	}
	return append(append(head, table...), bodies...)
}
