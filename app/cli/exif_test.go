package cli

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/disintegration/imaging"
)

// photograph is a JPEG of an upright picture as a camera held otherwise stores it, with the orientation
// that says so in its EXIF data (CIPA DC-008, tag 0x0112, 1 to 8).
func photograph(t *testing.T, upright image.Image, orientation int) []byte {
	t.Helper()
	stored := map[int]func(image.Image) *image.NRGBA{ // the inverse of what the orientation asks for
		1: imaging.Clone, 2: imaging.FlipH, 3: imaging.Rotate180, 4: imaging.FlipV,
		5: imaging.Transpose, 6: imaging.Rotate90, 7: imaging.Transverse, 8: imaging.Rotate270,
	}[orientation](upright)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, stored, &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	exif := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	exif = binary.BigEndian.AppendUint16(exif, uint16(orientation))
	exif = append(exif, 0, 0, 0, 0, 0, 0)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(exif)+2))
	return append(append(append([]byte{}, b.Bytes()[:2]...), append(segment, exif...)...), b.Bytes()[2:]...)
}

// TestAMarkLiesOnTheSameThingHoweverTheCameraWasHeld: eight photographs of one thing, stored in the eight
// orientations, with the same mark on each, also turned by the step.
func TestAMarkLiesOnTheSameThingHoweverTheCameraWasHeld(t *testing.T) {
	atHome(t)
	upright := image.NewRGBA(image.Rect(0, 0, 400, 300))
	draw.Draw(upright, upright.Rect, image.NewUniform(color.RGBA{220, 220, 210, 255}), image.Point{}, draw.Src)
	thing := image.Rect(240, 40, 320, 100)
	draw.Draw(upright, thing, image.NewUniform(color.RGBA{30, 60, 200, 255}), image.Point{}, draw.Src)
	dir := filepath.Join(t.TempDir(), "case")
	if err := os.Mkdir(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	var steps []object
	for orientation := 1; orientation <= 8; orientation++ {
		name := fmt.Sprintf("A%d Ảnh.jpg", orientation)
		if err := os.WriteFile(filepath.Join(dir, name), photograph(t, upright, orientation), 0o600); err != nil {
			t.Fatal(err)
		}
		for turn := range 2 {
			steps = append(steps, object{"id": fmt.Sprintf("s%d-%d", orientation, turn), "title": name, "panes": []object{{
				"page": name + "#1", "turn": turn, "marks": []object{drawn("box", 0.58, 0.1, 0.82, 0.36), drawn("redaction", 0.1, 0.7, 0.3, 0.9)},
			}}})
		}
	}
	data, err := json.Marshal(object{"format": "butluc-outline", "version": 2, "phases": []object{
		{"title": "Xét hỏi", "scenarios": []object{{"title": "Một", "steps": steps}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	outline := filepath.Join(t.TempDir(), "outline.json")
	if err := os.WriteFile(outline, data, 0o600); err != nil {
		t.Fatal(err)
	}
	ends(t, "outline", dir, "import", outline)
	show := func(id string) *image.RGBA {
		out := filepath.Join(t.TempDir(), id+".png")
		ends(t, "show", dir, "--step", id, "--size", "1280x720", "-o", out)
		b, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		frame := image.NewRGBA(img.Bounds())
		draw.Draw(frame, frame.Rect, img, image.Point{}, draw.Src)
		return frame
	}
	for turn := range 2 {
		want := show(fmt.Sprintf("s1-%d", turn))
		for orientation := 2; orientation <= 8; orientation++ {
			got := show(fmt.Sprintf("s%d-%d", orientation, turn))
			if off := differing(got, want); off > 0.005 { // JPEG's blocks lie otherwise
				t.Errorf("orientation %d, turned by %d: %.1f %% of the pixels are others", orientation, turn, off*100)
			}
		}
	}
}

// differing is the share of pixels that differ by more than 40 in a channel, 1 where the sizes do.
func differing(a, b *image.RGBA) float64 {
	if a.Rect != b.Rect {
		return 1
	}
	n := 0
	for i := 0; i < len(a.Pix); i += 4 {
		for c := range 3 {
			if d := int(a.Pix[i+c]) - int(b.Pix[i+c]); d > 40 || d < -40 {
				n++
				break
			}
		}
	}
	return float64(n) / float64(len(a.Pix)/4)
}
