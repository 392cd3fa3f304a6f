package print_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"strings"
	"testing"

	"butluc/library"
	"butluc/presenter/print"
)

// parts are the parts of a DOCX, each well formed where it is XML.
func parts(t testing.TB, docx []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
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
		if all[f.Name] != "" {
			t.Errorf("%s is there twice", f.Name)
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

// said is the text of a document, a paragraph a line.
func said(document string) string {
	document = regexp.MustCompile(`</w:p>|<w:br/>`).ReplaceAllString(document, "\n")
	document = regexp.MustCompile(`<[^>]*>`).ReplaceAllString(document, "")
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&", "&#34;", `"`, "&#39;", "'").Replace(document)
}

func TestDOCXHoldsTogether(t *testing.T) {
	j := sample(t, print.Outline, print.DOCX)
	all := parts(t, write(t, j))
	text := plain(said(all["word/document.xml"]))
	for ref := range j.Outline.Walk() {
		for _, w := range []string{ref.Scenario.Title, ref.Step.Title, ref.Step.Say, ref.Step.Ground, ref.Step.Notes} {
			if !strings.Contains(text, plain(w)) {
				t.Errorf("not in the document: %q", w)
			}
		}
	}
	targets := regexp.MustCompile(`Id="([^"]*)"[^>]* Target="([^"]*)"`).FindAllStringSubmatch(all["word/_rels/document.xml.rels"], -1)
	ids := map[string]bool{}
	for _, m := range targets {
		ids[m[1]] = true
		if all[path.Join("word", m[2])] == "" {
			t.Errorf("%s leads to %s, which is not there", m[1], m[2])
		}
	}
	used := regexp.MustCompile(`r:(?:id|embed)="([^"]*)"`).FindAllStringSubmatch(all["word/document.xml"], -1)
	if len(used) < 20 {
		t.Errorf("only %d pictures and parts", len(used))
	}
	for _, m := range used {
		if !ids[m[1]] {
			t.Errorf("the document refers to %s, which leads nowhere", m[1])
		}
	}
	for name := range all {
		if ending := strings.TrimPrefix(path.Ext(name), "."); name != "[Content_Types].xml" &&
			!strings.Contains(all["[Content_Types].xml"], `Extension="`+ending+`"`) {
			t.Errorf("%s has no type", name)
		}
	}
	if !strings.Contains(all["word/footer1.xml"], "Chưa trình duyệt") || !strings.Contains(all["word/header1.xml"], "PAGE") {
		t.Error("head and foot are not there")
	}
	list := parts(t, write(t, sample(t, print.List, print.DOCX)))["word/document.xml"]
	if !strings.Contains(list, "Biên bản hỏi cung bị can lần 2") || strings.Contains(list, "Tình huống") {
		t.Error("the list lacks documents, or tells scenarios")
	}
}

// Whatever a person typed or pasted is printed, and breaks neither file.
func FuzzText(f *testing.F) {
	for _, s := range []string{
		"Vì sao?", "e\u0302\u0301 v\u00e0 đ", "<w:p>&amp;</w:p>", "a\r\nb\n\n\tc", "\x00\x01\ufffe\uffff", "👩‍⚖️ 漢字 \U0010ffff",
		strings.Repeat("dài", 900), strings.Repeat("W", 300) + " " + strings.Repeat("i ", 400), "\xff\xfe", ")\\(", "%d %s %!",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "?")
		if len(s) > library.MaxTitle {
			return
		}
		o := library.Outline{}
		for _, r := range []library.Record{
			library.Cover{Kind: library.CaseOwn, Office: s, CaseTitle: s, Prosecutor: s, Approver: s},
			library.Phase{ID: "p", Rank: "m", Title: s},
			library.Scenario{ID: "s", Phase: "p", Rank: "m", Title: s, Trigger: s},
			library.Step{ID: "t", Scenario: "s", Rank: "m", Title: s, Say: s, Shot: library.ShotOf(library.PageID{Path: "x.pdf"})},
		} {
			var err error
			if o, err = o.Apply(library.Edit{Changes: []library.Change{{After: r}}}); err != nil {
				t.Fatal(err)
			}
		}
		j := print.Job{Outline: o, Draw: gray}
		for _, j.Kind = range print.Kinds {
			j.Format = print.PDF
			if j.Kind == print.Slides {
				j.Format = print.PPTX
				holdsTogether(t, slideParts(t, write(t, j)))
				continue
			}
			if pdf := write(t, j); !bytes.HasPrefix(pdf, []byte("%PDF")) {
				t.Error("no PDF")
			}
			if j.Format = print.DOCX; j.Possible() {
				parts(t, write(t, j))
			}
		}
	})
}
