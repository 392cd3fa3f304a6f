//go:build unix

package render_test

import (
	"bytes"
	"errors"
	"image"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"butluc/library"
	"butluc/presenter/render"
)

// corpus is real files that nobody here made, kept beside the repository.
const corpus = "../../../shared/corpus"

func needCorpus(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("the corpus of odd files is not beside the repository: ", err)
	}
}

// sniff is a small stand-in for what intake does.
func sniff(name string, data []byte) library.Kind {
	for magic, kind := range map[string]library.Kind{
		"\xff\xd8\xff": library.KindJPEG, "\x89PNG": library.KindPNG, "II*\x00": library.KindTIFF, "MM\x00*": library.KindTIFF,
		"MM\x00+": library.KindTIFF, "II+\x00": library.KindTIFF, "GIF8": library.KindGIF, "BM": library.KindBMP,
		"8BPS": library.KindPSD, "RIFF": library.KindWebP, "\x00\x00\x00\x0cjP": library.KindJPX,
	} {
		if bytes.HasPrefix(data, []byte(magic)) {
			return kind
		}
	}
	if strings.HasSuffix(name, ".pdf") {
		return library.KindPDF
	}
	return library.KindUnknown
}

// Every file answers with pages or with a reason (promise 8): no hang, and no process left, which
// open checks.
func TestCorpusAnswers(t *testing.T) {
	needCorpus(t)
	if testing.Short() {
		t.Skip("walks 200 odd files")
	}
	r := open(t, render.Options{Deadline: time.Minute})
	ctx := t.Context()
	root, err := filepath.Abs(corpus)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	err = filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(file, ".md") {
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, file)
		src := sourceOf(t, file, sniff(file, data))
		src.Root, src.Path = root, library.EscapePath(rel)
		facts, err := r.Inspect(ctx, src)
		var e *render.Error
		if err != nil {
			if !errors.As(err, &e) || e.Fault.Code == library.FaultNone {
				t.Errorf("%s: no reason but %v", rel, err)
				return nil
			}
			counts[string(e.Fault.Code)]++
			t.Logf("%s: %s: %.200s", rel, e.Fault.Code, e.Fault.Detail)
			return nil
		}
		for page := range min(facts.Pages, 3) {
			begun := time.Now()
			pic, err := r.Render(ctx, render.Request{Source: src, Page: page, Max: image.Pt(800, 800)})
			took := time.Since(begun).Round(time.Millisecond)
			switch {
			case err == nil:
				counts["fine"]++
				small, err := r.Render(ctx, render.Request{Source: src, Page: page, Max: image.Pt(128, 128)})
				if err != nil || small.Incomplete != pic.Incomplete {
					t.Errorf("%s page %d: incomplete %v when large, but not when small (%v)", rel, page, pic.Incomplete, err)
				}
				if pic.Incomplete {
					counts["incomplete"]++
				}
				if pic.Incomplete || len(pic.Warnings) > 0 || took > 500*time.Millisecond {
					t.Logf("%s page %d: incomplete %v, %s, %q", rel, page, pic.Incomplete, took, pic.Warnings)
				}
			case errors.As(err, &e) && e.Fault.Code != library.FaultNone:
				counts[string(e.Fault.Code)]++
				t.Logf("%s page %d: %s: %.200s", rel, page, e.Fault.Code, e.Fault.Detail)
			default:
				t.Errorf("%s page %d: no reason but %v", rel, page, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(counts)
	if counts["fine"] < 150 {
		t.Errorf("only %d pages of the corpus were drawn", counts["fine"])
	}
}
