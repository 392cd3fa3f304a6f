package evidence

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"butluc/app/console"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
	"butluc/library/shelf"
	"butluc/presenter/render"
)

// inspector takes every file for one of two pages, but those that are named broken.
type inspector struct{}

func (inspector) Inspect(_ context.Context, f library.File) (intake.Facts, error) {
	if strings.Contains(f.Path, "hỏng") {
		return intake.Facts{}, errors.New("broken")
	}
	return intake.Facts{Pages: 2}, nil
}

// openPanel is the panel over a case of some files.
func openPanel(t *testing.T, files ...string) *Panel {
	t.Helper()
	dir, data := t.TempDir(), t.TempDir()
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f), []byte("%PDF-1.4\n"+f), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cases, err := shelf.Load(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	posts := make(chan func(), 1<<12)
	s := console.New(console.Options{
		Post: func(f func()) { posts <- f },
		NewRenderer: func(done func(render.Request, *render.Picture, error)) *render.Renderer {
			return render.New(render.Options{Command: []string{"false"}, OnDone: done})
		},
		OpenCase: func(ctx context.Context, dir string, _ *render.Renderer, notify func()) (*casefile.Case, error) {
			return casefile.Open(ctx, dir, casefile.Options{Inspector: inspector{}, NoWatch: true, Eager: true, NoHash: true, Notify: notify, DataDir: data})
		},
		Shelf: cases,
	})
	t.Cleanup(func() { _ = s.Close() })
	s.Open(dir)
	for {
		(<-posts)()
		if snapshot, ok := s.Dossier.Snapshot(); ok && snapshot.Progress.Total > 0 && !snapshot.Reading {
			break
		}
	}
	test.NewTempApp(t)
	return New(s, func() {})
}

func (p *Panel) titles() string {
	var list []string
	for _, r := range p.rows {
		list = append(list, r.title)
	}
	return strings.Join(list, ", ")
}

// The line that tells of files to look at again lists them when it is clicked, and all again after.
func TestFilesToLookAtAgainAreListedOnAClick(t *testing.T) {
	p := openPanel(t, "Cáo trạng.pdf", "Giấy hỏng.pdf", "Đơn.pdf", "Ảnh hỏng.pdf")
	if !p.foot.Visible() || !strings.Contains(p.foot.Label, "2") {
		t.Fatalf("the foot says %q", p.foot.Label)
	}
	p.search.SetText("don")
	test.Tap(p.foot)
	if got := p.titles(); got != "Ảnh hỏng, Giấy hỏng" {
		t.Errorf("a click lists %q", got)
	}
	test.Tap(p.foot)
	if got := p.titles(); strings.Count(got, ",") != 3 {
		t.Errorf("another click lists %q, not all", got)
	}
}

// Where nothing matches, that is said, with the way back to all.
func TestNothingThatMatchesIsSaid(t *testing.T) {
	p := openPanel(t, "Cáo trạng.pdf", "Đơn.pdf")
	if p.none.Visible() {
		t.Error("it is said though all are listed")
	}
	p.search.SetText("xyz")
	if !p.none.Visible() {
		t.Fatal("nothing is said")
	}
	p.clear()
	if p.none.Visible() || p.search.Text != "" || len(p.rows) != 2 {
		t.Errorf("after the way back: said %v, looked for %q, %d rows", p.none.Visible(), p.search.Text, len(p.rows))
	}
}
