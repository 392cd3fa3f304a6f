package print_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"butluc/library"
	"butluc/presenter/print"
)

// slideParts are the parts of slides, each of which is XML that can be read, or a picture.
func slideParts(t *testing.T, b []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(data)
		if strings.Contains(f.Name, "media/") {
			continue
		}
		for d := xml.NewDecoder(bytes.NewReader(data)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	return all
}

var target = regexp.MustCompile(`Target="([^"]*)"`)

// Each part that is referred to is there, and each part is referred to, with its kind.
func holdsTogether(t *testing.T, all map[string]string) {
	t.Helper()
	found := []string{"[Content_Types].xml"}
	for name, data := range all {
		if !strings.HasSuffix(name, ".rels") {
			continue
		}
		found = append(found, name)
		for _, m := range target.FindAllStringSubmatch(data, -1) {
			to := path.Join(path.Dir(path.Dir(name)), m[1])
			if all[to] == "" {
				t.Errorf("%s refers to %s, which is not there", name, to)
			}
			found = append(found, to)
		}
	}
	for name := range all {
		if !slices.Contains(found, name) {
			t.Errorf("nothing refers to %s", name)
		}
		if strings.HasPrefix(name, "ppt/") && strings.HasSuffix(name, ".xml") && !strings.Contains(all["[Content_Types].xml"], `"/`+name+`"`) {
			t.Errorf("%s has no kind", name)
		}
	}
}

// Slides have the picture and what names the page. The question, notes, titles of steps and scenarios are in no part of the file,
// unless it is for one's own use: then they are in the notes, and only there.
func TestSlidesHaveNoWordsOfTheOutline(t *testing.T) {
	j := sample(t, print.Slides, print.PPTX)
	step, _ := j.Outline.Step("con-dao-1")
	step.Notes, step.Title = "Chờ bị cáo tự nói.\nRồi mới hỏi <tiếp> & “kỹ”.", "Bị cáo chối"
	var err error
	if j.Outline, err = j.Outline.Apply(j.Outline.Set(step)); err != nil {
		t.Fatal(err)
	}
	var secrets []string
	shown := 0
	for ref := range j.Outline.Walk() {
		if !ref.Step.Shot.IsZero() {
			shown++
		}
		for _, s := range []string{ref.Phase.Title, ref.Scenario.Title, ref.Scenario.Trigger, ref.Scenario.Notes, ref.Step.Title, ref.Step.Say, ref.Step.Notes, ref.Step.Ground} {
			for line := range strings.SplitSeq(s, "\n") {
				if len(line) > 12 {
					secrets = append(secrets, line)
				}
			}
		}
	}
	for _, own := range []bool{false, true} {
		j.Own = own
		all := slideParts(t, write(t, j))
		holdsTogether(t, all)
		slides, pictures, noted := 0, 0, 0
		for name, data := range all {
			inNotes := strings.HasPrefix(name, "ppt/notesSlides/notesSlide")
			switch {
			case strings.HasPrefix(name, "ppt/slides/slide"):
				slides++
			case strings.HasPrefix(name, "ppt/media/"):
				pictures++
			case inNotes:
				noted++
			}
			if own && inNotes {
				continue
			}
			text := plain(said(data))
			for _, s := range secrets {
				// A document may be called as a step is: that is the page's name.
				if s = plain(s); strings.Contains(text, s) && !strings.Contains(s, "áo trạng") && s != "Sơ đồ hiện trường" {
					t.Errorf("own use %v: %s tells %q", own, name, s)
				}
			}
		}
		if slides != shown || pictures != shown || noted > 0 != own {
			t.Errorf("own use %v: %d slides, %d pictures, %d with notes, of %d steps", own, slides, pictures, noted, shown)
		}
		if first := said(all["ppt/slides/slide1.xml"]); !strings.Contains(plain(first), "BL 65, Cáo trạng") {
			t.Errorf("the first slide says %q", first)
		}
		if own {
			var notes strings.Builder
			for name, data := range all {
				if strings.Contains(name, "notesSlides/notesSlide") {
					notes.WriteString(said(strings.ReplaceAll(data, "</a:p>", "\n")))
				}
			}
			for _, want := range []string{"Rồi mới hỏi <tiếp> & “kỹ”.", "Hỏi bị cáo Bùi Quang Khải:", "Căn cứ: Điều 312 Bộ luật Tố tụng hình sự"} {
				if !strings.Contains(plain(notes.String()), want) {
					t.Errorf("no notes say %q", want)
				}
			}
		}
	}
}

// A page that is restricted, or is of a protected person, is on no slide for others.
func TestRestrictedPagesAreOnNoSlide(t *testing.T) {
	for name, restrict := range map[string]func(library.PageID) []library.Record{
		"by itself": func(p library.PageID) []library.Record {
			return []library.Record{library.PageNote{Page: p, Restricted: "ca-nhan"}}
		},
		"by its person": func(p library.PageID) []library.Record {
			return []library.Record{library.Person{ID: "child", Rank: "z", Name: "Em N", Protected: true}, library.Excerpt{ID: "of", Page: p, Person: "child"}}
		},
	} {
		t.Run(name, func(t *testing.T) { restrictedOnNoSlide(t, restrict) })
	}
}

func restrictedOnNoSlide(t *testing.T, restrict func(library.PageID) []library.Record) {
	j := sample(t, print.Slides, print.PPTX)
	page := library.PageID{}
	for ref := range j.Outline.Walk() {
		if page = ref.Step.Shot.First().Page; page.Path != "" {
			break
		}
	}
	for _, r := range restrict(page) {
		var err error
		if j.Outline, err = j.Outline.Apply(library.Edit{Changes: []library.Change{{After: r}}}); err != nil {
			t.Fatal(err)
		}
	}
	if all := slideParts(t, write(t, j)); all["ppt/media/1.jpg"]+all["ppt/media/1.png"] != "" || !strings.Contains(all["ppt/slides/slide1.xml"], "hạn chế công bố") {
		t.Error("the first slide shows it")
	}
}
