package console

import (
	"archive/zip"
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"butluc/library"
	"butluc/library/folios"
	"butluc/presenter/print"
	"butluc/presenter/render"
)

// jpegOf is a picture of this size; half of it, where it was cut off while it was copied.
func jpegOf(t *testing.T, w, h int, cut bool) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, color.RGBA{uint8(x), uint8(y), uint8(x ^ y), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	if cut {
		b.Truncate(b.Len() / 2)
	}
	return b.Bytes()
}

// folderOf is a case of files, given by their names.
func folderOf(t *testing.T, files map[string][]byte) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "Vụ án")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// turnTo opens another case in the place of the one that is open.
func (w *harness) turnTo(dir string) {
	w.t.Helper()
	w.Open(dir)
	w.until("the other case", func() bool {
		snapshot, ok := w.Dossier.Snapshot()
		return ok && snapshot.Case.Path == dir && !snapshot.Reading && snapshot.Progress.Total > 0
	})
}

// photograph is a page that two cases have, one of them standing and cut off, the other lying and whole.
var photograph = library.PageID{Path: "BL 1.jpg"}

// twiceAsWide tells whether a page of 400×200 is known as that, whatever small picture of it told so last.
func twiceAsWide(aspect float64) bool { return math.Abs(aspect-2) < 0.05 }

// Pages of two cases often have the same path: what a picture of one tells is never taken for the other's.
func TestPicturesOfOneCaseTellNothingOfTheNext(t *testing.T) {
	cut := folderOf(t, map[string][]byte{photograph.Path: jpegOf(t, 200, 400, true)})
	for _, late := range []bool{false, true} {
		whole := folderOf(t, map[string][]byte{photograph.Path: jpegOf(t, 400, 200, false)})
		w := openHarness(t, cut, nil)
		closeHarness(t, w)
		request, ok := w.Pictures.Request(library.Pane{Page: photograph}, image.Pt(300, 300))
		if !ok {
			t.Fatal("the photograph is not there")
		}
		picture, err := w.renderer.Render(context.Background(), request)
		if err != nil || !picture.Incomplete {
			t.Fatalf("half a picture is drawn: %v", err)
		}
		if !late {
			w.rendered(request, picture, nil)
		}
		w.turnTo(whole)
		if late {
			w.rendered(request, picture, nil)
		}
		w.pump()
		if f := w.Dossier.File().Snapshot().Case.Files[0]; f.IsIncomplete(photograph.Index) {
			t.Errorf("answered after the other case was opened (%v): its page is marked incomplete in its store", late)
		}
		if a := w.Pictures.Aspect(library.Pane{Page: photograph}); a != 0 && !twiceAsWide(a) {
			t.Errorf("answered after the other case was opened (%v): its page is taken to be %v times as wide as high", late, a)
		}
	}
}

// A file may be replaced while a picture of it is being made.
func TestAPictureOfTheFileAsItWasTellsNothingOfTheNewOne(t *testing.T) {
	w := openHarness(t, folderOf(t, map[string][]byte{photograph.Path: jpegOf(t, 400, 200, false)}), nil)
	closeHarness(t, w)
	request, _ := w.Pictures.Request(library.Pane{Page: photograph}, image.Pt(300, 300))
	request.ModTime--
	w.rendered(request, &render.Picture{Image: image.NewRGBA(image.Rect(0, 0, 50, 100)), Incomplete: true}, nil)
	w.pump()
	if a := w.Pictures.Aspect(library.Pane{Page: photograph}); w.Dossier.Incomplete(photograph) || a == 0.5 {
		t.Errorf("of the file as it is now: incomplete %v, %v times as wide as high", w.Dossier.Incomplete(photograph), a)
	}
	request.ModTime++
	w.rendered(request, &render.Picture{Image: image.NewRGBA(image.Rect(0, 0, 100, 50)), Incomplete: true}, nil)
	w.until("the page to be known as incomplete", func() bool { return w.Dossier.Incomplete(photograph) })
	if a := w.Pictures.Aspect(library.Pane{Page: photograph}); !twiceAsWide(a) {
		t.Errorf("the file as it is now is %v times as wide as high", a)
	}
}

// What is being found out about a case is not done to another one that was opened meanwhile.
func TestWorkOnOneCaseEndsWithIt(t *testing.T) {
	files := map[string][]byte{photograph.Path: jpegOf(t, 40, 20, false)}
	w := openHarness(t, folderOf(t, files), nil)
	closeHarness(t, w)
	began, release := make(chan struct{}), make(chan struct{})
	w.Jobs.Run("import", func(context.Context, func(done, total int64)) error {
		close(began)
		<-release
		return nil
	}, func(error) { t.Error("it is done to the other case") })
	<-began
	w.Folios.Plan(func(library.Outline, *library.Index) folios.Plan {
		<-release
		return folios.Plan{}
	}, func(folios.Plan) { t.Error("what was planned for the case before is shown") })
	w.turnTo(folderOf(t, files))
	close(release)
	w.until("the work to end", func() bool { _, working := w.Jobs.Now(); return !working })
	w.Jobs.Wait()
	w.pump()
}

// Lines of text that were read of one case's page are none of the other's.
func TestTextOfOneCaseIsNotTheNextOnes(t *testing.T) {
	var pdf bytes.Buffer
	if err := (print.Record{Columns: []print.RecordColumn{{Share: 1}}, Rows: []print.RecordRow{{Cells: []string{"Biên bản ghi lời khai"}}}}).Write(&pdf); err != nil {
		t.Fatal(err)
	}
	statement := library.PageID{Path: "BL 1.pdf"}
	w := openHarness(t, folderOf(t, map[string][]byte{statement.Path: pdf.Bytes()}), nil)
	closeHarness(t, w)
	if _, err := w.renderer.Lines(t.Context(), render.LaneView, w.Dossier.SourceOf(w.Dossier.FileAt(statement.Path)), 0, 0); err != nil {
		t.Fatal(err)
	}
	w.until("all else to be done", func() bool { stats := w.renderer.Stats(); return stats.Busy+stats.Queue == 0 })
	w.Marks.TextOf(statement)
	answer := w.loop.Next()
	w.Session.Events.Flush() // in case that it was asked for meanwhile
	w.turnTo(folderOf(t, map[string][]byte{statement.Path: pdf.Bytes()}))
	w.Marks.TextOf(statement)
	answer()
	if text := w.Marks.TextOf(statement); len(text) > 0 {
		t.Errorf("%d lines of the case before", len(text))
	}
}

// Wherever a document is named, on screen, to the court, in what is said and on paper, it has the name of its file.
func TestNamesHaveNoEscapes(t *testing.T) {
	name := "BL 5 Thương tích 15%.jpg"
	w := openHarness(t, folderOf(t, map[string][]byte{name: jpegOf(t, 40, 20, false)}), nil)
	closeHarness(t, w)
	w.Edits.Edit(w.Dossier.Outline().AddPhase(library.Phase{ID: "p", Title: "Xét hỏi"}, library.Place{}))
	w.Edits.Edit(w.Dossier.Outline().AddScenario(library.Scenario{ID: "s0", Title: "Một"}, library.Place{Parent: "p"}))
	cover := w.Dossier.Outline().Cover()
	cover.Captions, cover.Kind = library.CaptionFull, library.CaseOwn
	w.Edits.Edit(w.Dossier.Outline().Set(cover))
	page := w.Dossier.Pages()[0]
	pane := library.Pane{Page: page}
	shot := library.ShotOf(page)
	step := library.Step{ID: library.NewID(), Shot: shot}
	w.Edits.Edit(w.Dossier.Outline().AddSteps(library.Place{Parent: "s0"}, step))
	var list bytes.Buffer
	table := print.Job{Kind: print.List, Format: print.DOCX, Outline: w.Dossier.Outline(), Exhibits: w.Dossier.Latest().Exhibits}
	if err := table.Write(t.Context(), &list, nil); err != nil {
		t.Fatal(err)
	}
	for what, got := range map[string]string{
		"title": w.Labels.Title(page), "name": w.Labels.Name(page), "full name": w.Labels.FullName(page), "step": w.Labels.StepName(step),
		"on show": w.Labels.ShotName(shot), "request": w.Dossier.Outline().Request(shot, w.Dossier.Index()), "caption": w.Dossier.Outline().Caption(pane, w.Dossier.Index()),
		"paper": documentOf(t, list.Bytes()),
	} {
		if !strings.Contains(got, "Thương tích 15%") || strings.Contains(got, "%25") {
			t.Errorf("%s: %q", what, got)
		}
	}
}

// documentOf is the text of a DOCX file, tags and all.
func documentOf(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Highlights snap on every page of a step that shows several side by side: all their texts are there at once.
func TestTextsOfPagesSideBySideAreKept(t *testing.T) {
	var pdf bytes.Buffer
	if err := (print.Record{Columns: []print.RecordColumn{{Share: 1}}, Rows: []print.RecordRow{{Cells: []string{"Biên bản ghi lời khai"}}}}).Write(&pdf); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	var shot library.Shot
	for _, name := range []string{"BL 1.pdf", "BL 2.pdf", "BL 3.pdf", "BL 4.pdf"} {
		files[name] = pdf.Bytes()
		shot = shot.Add(library.Pane{Page: library.PageID{Path: name}})
	}
	w := openHarness(t, folderOf(t, files), nil)
	closeHarness(t, w)
	w.Marks.ReadTexts(shot)
	w.until("the texts of all pages", func() bool {
		for _, pane := range shot.List() {
			if len(w.Marks.TextOf(pane.Page)) == 0 {
				return false
			}
		}
		return true
	})
}
