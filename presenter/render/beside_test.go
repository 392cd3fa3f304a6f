//go:build unix

package render_test

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/disintegration/imaging"

	"butluc/library"
	"butluc/library/intake"
	"butluc/presenter/render"
)

const (
	besidePages  = 5   // of a file
	besidePixels = 800 // of the longer side
	besideBlocks = 32  // across and down: letters may lie a pixel elsewhere, not a block
)

// other is a program of others that draws pages too.
type other struct {
	name  string
	kinds func(library.Kind) bool
	argv  func(file string, page int) []string // it writes a PNG to its standard output
}

func isPDF(k library.Kind) bool { return k == library.KindPDF }

var others = []other{
	{"convert", library.Kind.Picture, func(file string, page int) []string {
		size := fmt.Sprintf("%dx%d", besidePixels, besidePixels)
		return []string{fmt.Sprintf("%s[%d]", file, page), "-auto-orient", "-background", "white", "-flatten", "-colorspace", "sRGB", "-depth", "8", "-resize", size, "PNG24:-"}
	}},
	{"pdftoppm", isPDF, func(file string, page int) []string {
		n := strconv.Itoa(page + 1)
		return []string{"-png", "-f", n, "-l", n, "-scale-to", strconv.Itoa(besidePixels), "-cropbox", file}
	}},
	{"mutool", isPDF, func(file string, page int) []string {
		side := strconv.Itoa(besidePixels)
		return []string{"draw", "-q", "-F", "png", "-w", side, "-h", side, "-o", "-", file, strconv.Itoa(page + 1)}
	}},
}

// apartness is how far a page lies from what another program makes of it: of blocks, in levels of 255.
type apartness struct{ mean, most float64 }

// beside is what came of a page.
type beside struct {
	name     string
	told     string // what was said of it here
	from     map[string]apartness
	nearest  apartness // of the others: where one agrees, the rest are probably wrong
	opponent string
}

// TestBesideOthers draws what lies in the folder that BUTLUC_CORPUS names and lists what comes out otherwise than others
// draw it, the worst first: BUTLUC_WORST of them, 25. It judges nothing: who is right is for a person to see. With
// BUTLUC_KEEP, a folder, it leaves the pictures of the worst there side by side.
func TestBesideOthers(t *testing.T) {
	dir := os.Getenv("BUTLUC_CORPUS")
	if dir == "" {
		t.Skip("BUTLUC_CORPUS names no folder of files to compare")
	}
	root, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	r := open(t, render.Options{})
	var all []beside
	err = filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		all = append(all, besideFile(t, r, root, file)...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(all, func(a, b beside) int { return -cmp.Compare(a.nearest.most, b.nearest.most) })
	worst, _ := strconv.Atoi(os.Getenv("BUTLUC_WORST"))
	if worst == 0 {
		worst = 25
	}
	t.Logf("%d pages were compared", len(all))
	for _, b := range all[:min(worst, len(all))] {
		t.Logf("%3.0f most, %3.0f mean beside %s: %s %s %v", b.nearest.most, b.nearest.mean, b.opponent, b.name, b.told, b.from)
	}
}

// besideFile compares the first pages of a file.
func besideFile(t *testing.T, r *render.Renderer, root, file string) (all []beside) {
	head, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	kind := intake.Sniff(head[:min(len(head), 4096)])
	if !kind.Pages() {
		return nil
	}
	rel, _ := filepath.Rel(root, file)
	src := sourceOf(t, file, kind)
	src.Root, src.Path = root, library.EscapePath(rel)
	ctx := t.Context()
	facts, err := r.Inspect(ctx, src)
	if err != nil {
		t.Logf("%s: %v", rel, err)
		return nil
	}
	for page := range min(facts.Pages, besidePages) {
		pic, err := r.Render(ctx, render.Request{Source: src, Page: page, Max: image.Pt(besidePixels, besidePixels)})
		if err != nil {
			t.Logf("%s: %v", rel, err)
			continue
		}
		b := beside{name: fmt.Sprintf("%s#%d", rel, page+1), from: map[string]apartness{}}
		if pic.Incomplete {
			b.told = "⚠"
		}
		for _, o := range others {
			img := o.draw(ctx, kind, file, page)
			if img == nil {
				continue
			}
			a := apartOf(pic.Image, img)
			b.from[o.name] = a
			if b.opponent == "" || a.most < b.nearest.most {
				b.nearest, b.opponent = a, o.name
			}
			keepBeside(t, fmt.Sprintf("%03.0f %s %s", a.most, strings.ReplaceAll(b.name, "/", "_"), o.name), pic.Image, img)
		}
		if b.opponent != "" {
			all = append(all, b)
		}
	}
	return all
}

// draw has another program draw a page; nil where it is not there, or can't.
func (o other) draw(ctx context.Context, kind library.Kind, file string, page int) image.Image {
	if !o.kinds(kind) {
		return nil
	}
	cmd := exec.CommandContext(ctx, o.name, o.argv(file, page)...)
	var out bytes.Buffer
	cmd.Stdout = &out
	if cmd.Run() != nil && out.Len() == 0 {
		return nil
	}
	img, err := png.Decode(&out)
	if err != nil {
		return nil
	}
	return img
}

// apartOf compares two pictures block by block, whatever their sizes; other proportions are as far apart as can be.
func apartOf(a, b image.Image) apartness {
	sa, sb := a.Bounds().Size(), b.Bounds().Size()
	if d := float64(sa.X*sb.Y) / float64(sa.Y*sb.X); d < 0.95 || d > 1/0.95 {
		return apartness{255, 255}
	}
	ba, bb := imaging.Resize(a, besideBlocks, besideBlocks, imaging.Box), imaging.Resize(b, besideBlocks, besideBlocks, imaging.Box)
	var off apartness
	for i := 0; i < len(ba.Pix); i += 4 {
		for c := range 3 {
			d := float64(max(ba.Pix[i+c], bb.Pix[i+c]) - min(ba.Pix[i+c], bb.Pix[i+c]))
			off.mean += d / (3 * besideBlocks * besideBlocks)
			off.most = max(off.most, d)
		}
	}
	return off
}

// keepBeside leaves two pictures side by side, ours on the left.
func keepBeside(t *testing.T, name string, ours, theirs image.Image) {
	dir := os.Getenv("BUTLUC_KEEP")
	if dir == "" {
		return
	}
	w := ours.Bounds().Dx()
	both := imaging.New(w+theirs.Bounds().Dx()+4, max(ours.Bounds().Dy(), theirs.Bounds().Dy()), image.White)
	both = imaging.Paste(both, ours, image.Point{})
	both = imaging.Paste(both, theirs, image.Pt(w+4, 0))
	if err := imaging.Save(both, filepath.Join(dir, name+".png")); err != nil {
		t.Error(err)
	}
}
