package main_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// added is what is put into the program's source, behind a line of it: a kind of mark, a kind of file and a text of a step,
// each told once. What they need beside that is said with them.
var added = []struct{ file, behind, text string }{
	// A mark: its row, the picture of its tool, and its words.
	{"library/mark_kind.go", "var MarkTable = []MarkTraits{\n", "\t{Kind: \"frame\", Key: \"F9\", Live: LiveDrawn, Mirror: 6},\n"},
	{"assets/icons/mark-frame.svg", "", `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24"><path d="M3 5h18v14H3z"/></svg>`},
	{"assets/translations/vi.json", "{\n", "\"mark.frame\": \"Khung kép\",\n\"key.tool-frame\": \"Vẽ khung kép\",\n\"live-tool.frame\": \"Kép\",\n"},

	// A picture: its row with its number, what decodes it, and its name.
	{"library/kind.go", "KindArchive // ZIP, RAR, 7z\n", "\tKindDots\n"},
	{"library/kind.go", "var KindTable = [...]KindTraits{\n", "\tKindDots: {Name: \"dots\", Picture: true, Begins: []Beginning{{0, \"DOTS\"}}},\n"},
	{"presenter/render/worker/photo.go", "var decoders = map[library.Kind]decoder{\n", `	library.KindDots: alone(goDecoder(library.KindDots, func(r io.Reader) (c image.Config, err error) {
		var head [8]byte
		_, err = io.ReadFull(r, head[:])
		c.Width, c.Height = int(head[5]), int(head[7])
		return c, err
	}, func(r io.Reader) (image.Image, error) {
		var head [8]byte
		_, err := io.ReadFull(r, head[:])
		return image.NewGray(image.Rect(0, 0, int(head[5]), int(head[7]))), err
	})),
`},
	{"assets/translations/vi.json", "{\n", "\"kind.dots\": \"Ảnh chấm\",\n"},

	// A text: the field, its row, and the label in the form.
	{"library/record.go", "// the legal ground: \"điểm a khoản 2 Điều 308 BLTTHS\"\n", "\tRisk string `json:\"risk,omitempty\"`\n"},
	{"library/texts.go", "StepTexts = Texts[Step]{\n", "\t\t{Name: \"risk\", Of: func(s *Step) *string { return &s.Risk }, Form: true, Paper: \"Rủi ro:\", Called: \"rủi ro\"},\n"},
	{"assets/translations/vi.json", "{\n", "\"details.risk\": \"Rủi ro\",\n"},
}

// What is added in one place is everywhere: the program is built with a kind of mark, a kind of file and a text of a step
// more, and tried. A column of the journal is tried beside the columns (TestAColumnIsAddedInOnePlace).
func TestAddingIsOnePlace(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the program anew")
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	probe, err := os.ReadFile(filepath.Join("testdata", "added", "probe.go.txt"))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"app/ui/shell/added_test.go": string(probe)}
	for _, a := range added {
		text, known := files[a.file]
		if !known && a.behind != "" {
			source, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(a.file)))
			if err != nil {
				t.Fatal(err)
			}
			text = string(source)
		}
		before, after, found := strings.Cut(text, a.behind)
		if !found {
			t.Fatalf("in %s there is no %q", a.file, a.behind)
		}
		files[a.file] = before + a.behind + a.text + after
	}
	dir, overlay := t.TempDir(), struct{ Replace map[string]string }{map[string]string{}}
	for name, text := range files {
		stand := filepath.Join(dir, strings.ReplaceAll(name, "/", "_"))
		if err := os.WriteFile(stand, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		overlay.Replace[filepath.Join(root, filepath.FromSlash(name))] = stand
	}
	data, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, data, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "test", "-tags", "x11 nodynamic no_animations", "-overlay", list, "-run", "^TestAdded", "./app/ui/shell")
	cmd.Dir = root
	said, err := cmd.CombinedOutput()
	if err != nil || strings.Contains(string(said), "no tests to run") {
		t.Errorf("%v\n%s", err, said)
	}
}
