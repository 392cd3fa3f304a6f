package cli

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"
)

// The check draws still pages too: a picture that was cut off while it was copied opens without an error.
func TestTheCheckFindsAPictureThatWasCutOff(t *testing.T) {
	atHome(t)
	dir := filepath.Join(t.TempDir(), "case")
	img := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for y := range 300 {
		for x := range 400 {
			img.SetRGBA(x, y, color.RGBA{uint8(x), uint8(y), uint8(x ^ y), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"BL 1.jpg": b.Bytes(), "BL 2.jpg": b.Bytes()[:b.Len()/2]}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	outline := filepath.Join(t.TempDir(), "outline.json")
	text := `{"format": "butluc-outline", "version": 4, "phases": [{"title": "Xét hỏi", "scenarios": [{"title": "Một", "steps": [
		{"say": "Xem", "panes": [{"page": "BL 1.jpg#1"}]}, {"say": "Xem", "panes": [{"page": "BL 1.jpg#1"}, {"page": "BL 2.jpg#1"}]}]}]}]}`
	if err := os.WriteFile(outline, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	ends(t, "outline", dir, "import", outline)
	var out, errs bytes.Buffer
	if status := run([]string{"check", dir, "--json"}, &out, &errs); status != exitFindings {
		t.Fatalf("the check ends with %d: %s%s", status, out.String(), errs.String())
	}
	var got checked
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Findings) != 1 || got.Findings[0].State != "incomplete" || got.Findings[0].Pane != 2 || got.Findings[0].Page != "BL 2.jpg#1" {
		t.Errorf("found is %+v", got.Findings)
	}
}
