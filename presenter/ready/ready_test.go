package ready

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/draw"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"butluc/library"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// drawer draws white pages, some of them only in part and some not at all.
type drawer struct {
	half, broken string // paths
	drawn        []string
}

func (d *drawer) Prove(_ context.Context, r render.Request) (*render.Picture, error) {
	if r.Path == d.broken {
		return nil, &render.Error{Path: r.Path, Page: -1, Fault: library.Fault{Code: library.FaultBroken}}
	}
	d.drawn = append(d.drawn, r.Path)
	page := image.NewRGBA(image.Rectangle{Max: r.Max})
	draw.Draw(page, page.Rect, image.White, image.Point{}, draw.Src)
	return &render.Picture{Image: page, Incomplete: r.Path == d.half}, nil
}

func (*drawer) Inspect(context.Context, render.Source) (render.Facts, error) {
	return render.Facts{Pages: 1}, nil
}

// checkOf is a check of a case of photographs; each step shows one of them, or with a plus two.
func checkOf(t *testing.T, d *drawer, steps ...string) *Check {
	t.Helper()
	dir := t.TempDir()
	c := &Check{Case: library.Case{Path: dir}, Renderer: d, Size: image.Pt(320, 180)}
	add := func(path string) {
		data := []byte("the picture " + path)
		if err := os.WriteFile(filepath.Join(dir, path), data, 0o600); err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		f := library.File{Path: path, Size: int64(len(data)), Kind: library.KindJPEG, Pages: 1, SHA256: hex.EncodeToString(sum[:])}
		c.Case.Files = append(c.Case.Files, f)
		c.Exhibits = append(c.Exhibits, library.NewExhibit(f))
	}
	apply := func(e library.Edit) {
		o, err := c.Outline.Apply(e)
		if err != nil {
			t.Fatal(err)
		}
		c.Outline = o
	}
	apply(c.Outline.AddPhase(library.Phase{ID: "p", Title: "Xét hỏi"}, library.Place{}))
	apply(c.Outline.AddScenario(library.Scenario{ID: "s", Title: "Một"}, library.Place{Parent: "p"}))
	for i, step := range steps {
		var shot library.Shot
		for _, path := range strings.Split(step, "+") {
			add(path)
			shot = shot.Add(library.Pane{Page: library.PageID{Path: path}})
		}
		apply(c.Outline.AddSteps(library.Place{Parent: "s"}, library.Step{ID: library.ID(fmt.Sprint(i + 1)), Say: "Vì sao?", Shot: shot}))
	}
	c.Sources = func(pane library.Pane) (projector.Origin, bool) {
		i := slices.IndexFunc(c.Case.Files, func(f library.File) bool { return f.Path == pane.Page.Path })
		return projector.Origin{Source: render.Source{Root: dir, Path: pane.Page.Path, Kind: library.KindJPEG}}, i >= 0
	}
	return c
}

func foundBy(t *testing.T, c *Check) []string {
	t.Helper()
	result, err := c.Run(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, f := range result.Findings {
		found = append(found, fmt.Sprintf("step %s, pane %d: %s %s", f.Step, f.Pane, f.State, f.Fault))
	}
	return found
}

// A page that decodes only in part, a JPEG cut in half, is found by drawing it, whatever else of it is in order.
func TestAPageThatDecodesOnlyInPartIsFound(t *testing.T) {
	d := &drawer{half: "c.jpg", broken: "d.jpg"}
	got := foundBy(t, checkOf(t, d, "a.jpg", "b.jpg+c.jpg", "d.jpg"))
	want := []string{"step 2, pane 1: incomplete ", "step 3, pane 0: unreadable broken"}
	if !slices.Equal(got, want) {
		t.Errorf("found are %q, want %q", got, want)
	}
	if !slices.Equal(d.drawn, []string{"a.jpg", "b.jpg", "c.jpg"}) {
		t.Errorf("drawn are %q", d.drawn)
	}
}

// A document that is shown without the files outside of it that it names is told: something may be missing from its page.
func TestADocumentWithoutWhatIsOutsideOfItIsFound(t *testing.T) {
	c := checkOf(t, &drawer{}, "a.jpg", "b.jpg")
	c.Exhibits[1].File.Fault.Code = library.FaultOutside
	if got, want := foundBy(t, c), []string{"step 2, pane 0: outside "}; !slices.Equal(got, want) {
		t.Errorf("found are %q, want %q", got, want)
	}
}

// Files are read again from the disk: what they were when the case was opened says nothing.
func TestFilesAreReadAgain(t *testing.T) {
	c := checkOf(t, &drawer{}, "a.jpg", "b.jpg", "c.jpg")
	dir := c.Case.Path
	if err := os.WriteFile(filepath.Join(dir, "a.jpg"), []byte("another"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "b.jpg")); err != nil {
		t.Fatal(err)
	}
	got := foundBy(t, c)
	if want := []string{"step 1, pane 0: changed ", "step 2, pane 0: unreadable vanished"}; !slices.Equal(got, want) {
		t.Errorf("found are %q, want %q", got, want)
	}
}

func TestTheCheckTellsHowFarItIs(t *testing.T) {
	c := checkOf(t, &drawer{}, "a.jpg", "b.jpg")
	bytes := int64(0)
	for _, f := range c.Case.Files {
		bytes += f.Size
	}
	var told []int64
	if _, err := c.Run(t.Context(), func(done, total int64) {
		if want := bytes + 2*stepBytes; total != want {
			t.Fatalf("of %d, want of %d", total, want)
		}
		told = append(told, done)
	}); err != nil {
		t.Fatal(err)
	}
	if !slices.IsSorted(told) || !slices.Contains(told, bytes) || told[len(told)-1] != bytes+stepBytes {
		t.Errorf("told of %v, of %d bytes and two steps", told, bytes)
	}
}

// A file of which a newer version tells more, other pages, another kind, is the same file: it is not said to have changed.
func TestAFileThatIsReadOtherwiseHasNotChanged(t *testing.T) {
	c := checkOf(t, &drawer{}, "a.gif")
	sum := c.Case.Files[0].SHA256
	edit := c.Outline.Sourced(c.Outline.Records(), func(string) string { return sum })
	outline, err := c.Outline.Apply(edit)
	if err != nil {
		t.Fatal(err)
	}
	c.Outline = outline
	f := &c.Case.Files[0]
	f.Kind, f.Pages, f.ReadBy = library.KindGIF, 7, 9
	c.Exhibits[0] = library.NewExhibit(*f)
	if got := foundBy(t, c); len(got) != 0 {
		t.Errorf("found are %q", got)
	}
	c.Exhibits[0].File.SHA256 = strings.Repeat("0f", 32)
	if got := foundBy(t, c); !slices.Contains(got, "step 1, pane 0: changed ") {
		t.Errorf("of another file found are %q", got)
	}
}
