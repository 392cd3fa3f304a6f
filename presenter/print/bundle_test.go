package print_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"butluc/library"
	"butluc/presenter/print"
	"butluc/presenter/projector"
)

func bundle(t testing.TB, b print.Bundle) (pdf []byte, pages int) {
	t.Helper()
	var out bytes.Buffer
	pages, err := b.Write(t.Context(), &out, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), pages
}

// inUTF16 is how a PDF has words outside of its pages.
func inUTF16(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return "<FEFF" + strings.ToUpper(hex.EncodeToString(b)) + ">"
}

// The bundle has each page that the outline shows once, in the order of the file, as a viewer calls them; an index that says where;
// none of the words of the outline.
func TestTheBundleHasEachPageOnce(t *testing.T) {
	b := print.Bundle{Job: sample(t, print.List, print.PDF)}
	pdf, count := bundle(t, b)
	archived(t, pdf)
	pages := pagesOf(t, pdf)
	if len(pages) != count || count < 15 || bytes.Count(pdf, []byte("/Subtype /Image")) != count-1 {
		t.Errorf("%d pages, said to be %d", len(pages), count)
	}
	all := plain(strings.Join(pages, " "))
	for _, want := range []string{"TẬP TÀI LIỆU CÔNG BỐ", "BL 45, Biên bản hỏi cung bị can lần 2 ngày 02/10/2025", "A4 Con dao"} {
		if !strings.Contains(all, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	for _, want := range []string{"/P " + inUTF16("BL 45"), "/Title " + inUTF16("BL 61"), "/Title " + inUTF16("Cáo trạng"), "/S /r"} {
		if bytes.Count(pdf, []byte(want)) != 1 {
			t.Errorf("%s is there %d times", want, bytes.Count(pdf, []byte(want)))
		}
	}
	// The index names the page on which each document stands.
	row := regexp.MustCompile(`Cáo trạng 65, 70–71 3 (\d+)`).FindStringSubmatch(plain(pages[0]))
	if row == nil {
		t.Fatalf("the index says %q", plain(pages[0]))
	}
	at := 1 + slices.IndexFunc(pages, func(page string) bool { return strings.Contains(page, "BL 65, Cáo trạng") })
	if fmt.Sprint(at) != row[1] {
		t.Errorf("the indictment begins on page %d, the index says %s", at, row[1])
	}
	for ref := range b.Outline.Walk() {
		for _, secret := range []string{ref.Scenario.Title, ref.Scenario.Trigger, ref.Scenario.Notes, ref.Step.Say, ref.Step.Notes} {
			if secret != "" && secret != "Bản cáo trạng" && strings.Contains(all, plain(secret)) {
				t.Errorf("the defence reads %q", secret)
			}
		}
	}
	var list bytes.Buffer
	if err := b.WriteList(&list, print.PDF, "tập.pdf", count, strings.Repeat("ef", 32)); err != nil {
		t.Fatal(err)
	}
	archived(t, list.Bytes())
	said := plain(strings.Join(pagesOf(t, list.Bytes()), " "))
	for _, want := range []string{"tập.pdf, 25 trang", strings.Repeat("ef", 32), row[0]} {
		if !strings.Contains(said, want) {
			t.Errorf("the list does not say %q: %s", want, said)
		}
	}
}

// What is hidden in a step is hidden in the bundle, too, without the other marks of the step; restricted pages stay outside
// unless they are asked for; what is chosen is there in the order in which it was.
func TestTheBundleHidesWhatStepsHide(t *testing.T) {
	corners := []library.Point{{X: 0.1, Y: 0.1}, {X: 0.2, Y: 0.2}}
	one, two := library.PageID{Path: "BL 1-9 Biên bản.pdf"}, library.PageID{Path: "BL 1-9 Biên bản.pdf", Index: 1}
	film := library.PageID{Path: "camera.mp4", Index: 4000}
	var o library.Outline
	for _, r := range []library.Record{
		library.Phase{ID: "p", Rank: "m", Title: "Hỏi"},
		library.Scenario{ID: "s", Phase: "p", Rank: "m", Title: "Một"},
		library.Step{ID: "a", Scenario: "s", Rank: "m", Shot: library.Shot{}.Add(library.Pane{Page: one, Marks: library.MarksOf(
			library.Mark{Kind: library.MarkRedaction, Points: corners}, library.Mark{Kind: library.MarkHighlight, Points: corners})}).Add(library.Pane{Page: two})},
		library.Step{ID: "b", Scenario: "s", Rank: "n", Shot: library.ShotOf(one)},
		library.Step{ID: "c", Scenario: "s", Rank: "o", Shot: library.ShotOf(film)},
		library.PageNote{Page: two, Restricted: "ca-nhan", Text: "Bí mật đời tư"},
	} {
		var err error
		if o, err = o.Apply(library.Edit{Changes: []library.Change{{After: r}}}); err != nil {
			t.Fatal(err)
		}
	}
	files := []library.File{{Path: one.Path, Kind: library.KindPDF, Pages: 9}, {Path: film.Path, Kind: library.KindVideo, Pages: 1, Duration: 9000}}
	var drawn []library.Shot
	var mu sync.Mutex
	job := print.Job{Outline: o, Exhibits: library.Exhibits(files), Draw: func(ctx context.Context, shot library.Shot, size image.Point) (projector.Frame, error) {
		mu.Lock()
		defer mu.Unlock()
		drawn = append(drawn, shot)
		return gray(ctx, shot, size)
	}}
	pdf, count := bundle(t, print.Bundle{Job: job})
	if count != 2 || len(drawn) != 1 {
		t.Fatalf("%d pages, %d drawn", count, len(drawn))
	}
	if marks := drawn[0].Drawn(0, library.Marks{}); !drawn[0].Unmarked || len(marks) != 1 || marks[0].Kind != library.MarkRedaction {
		t.Errorf("on the page are drawn %+v", marks)
	}
	all := plain(strings.Join(pagesOf(t, pdf), " "))
	for _, want := range []string{"bản ghi, giao riêng", "hạn chế công bố, không có trong tập này"} {
		if !strings.Contains(all, want) {
			t.Errorf("the index does not say %q: %s", want, all)
		}
	}
	if strings.Contains(all, "Bí mật") {
		t.Error("the note on why a page is restricted is in the bundle")
	}
	three := library.PageID{Path: one.Path, Index: 2}
	pdf, count = bundle(t, print.Bundle{Job: job, Pages: []library.PageID{three, two, one}, Restricted: true})
	pages := pagesOf(t, pdf)
	if count != 4 || !strings.Contains(pages[1], "BL 3,") || !strings.Contains(pages[2], "BL 2,") || !strings.Contains(pages[3], "BL 1,") {
		t.Errorf("chosen pages: %q", pages)
	}
}

func TestABundleCanBeStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	_, err := print.Bundle{Job: sample(t, print.List, print.PDF)}.Write(ctx, &bytes.Buffer{}, func(done, _ int64) {
		if done == 2 {
			stop()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
