package library_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"butluc/library"
)

// What a stranger put into the words of an outline commands no terminal and turns no line around, wherever the words are
// shown; lines of what is to be said stay lines.
func TestWordsThatComeFromAFileAreLegible(t *testing.T) {
	const dirty = `\u001b]0;x\u0007a\u202egpj\u009b31m\r\n\u2028b\u200f`
	exported := `{"format":"butluc-outline","version":5,
 "cover":{"kind":"criminal","caseTitle":"` + dirty + `","notes":"` + dirty + `"},
 "persons":[{"id":"n","name":"` + dirty + `","role":"bi-cao","notes":"` + dirty + `"}],
 "headings":[{"first":"a.pdf#1","title":"` + dirty + `","date":"` + dirty + `"}],
 "joins":[{"id":"j","title":"` + dirty + `","paths":["b.jpg","c\u202e.jpg"]}],
 "pages":[{"page":"a.pdf#1","text":"` + dirty + `"}],
 "phases":[{"id":"p","title":"` + dirty + `","scenarios":[{"id":"s","title":"` + dirty + `","trigger":"` + dirty + `","notes":"` + dirty + `","steps":[
  {"id":"x","title":"` + dirty + `","say":"` + dirty + `","notes":"` + dirty + `","ground":"` + dirty + `"}]}]}]}`
	o, err := library.DecodeOutline([]byte(exported))
	if err != nil {
		t.Fatal(err)
	}
	words := 0
	for r := range o.Records() {
		encoded, err := library.EncodeRecord(r)
		if err != nil {
			t.Fatal(err)
		}
		kept, err := library.DecodeRecord(r.Key().Table, []byte(strings.ReplaceAll(string(encoded), "]0;xa", dirty)))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range []library.Record{r, kept} {
			v := reflect.ValueOf(r)
			for i := range v.NumField() {
				text, ok := v.Field(i).Interface().(string)
				if ok && strings.Contains(text, "agpj") {
					words++
				}
				if rest := strings.NewReplacer("\n", "", "\t", "").Replace(text); ok && strings.ContainsFunc(rest, library.Acts) {
					t.Errorf("%s %s: %q", r.Key().Table, v.Type().Field(i).Name, text)
				}
			}
		}
	}
	step, _ := o.Step("x")
	if step.Title != "]0;xagpj31m  b" || step.Say != "]0;xagpj31m\n\nb" || words != 2*16 {
		t.Errorf("title %q, say %q, %d words", step.Title, step.Say, words)
	}
	// Paths name files: they stay what they are. So do the bytes of what was submitted.
	for _, j := range o.Joins() {
		if j.Paths[1] != "c\u202e.jpg" {
			t.Errorf("a path is %q now", j.Paths[1])
		}
	}
	if a, err := library.ExportedApproval(1, time.Now(), []byte(exported)); err != nil || string(a.Exported()) != exported {
		t.Errorf("what was submitted is another: %v", err)
	}
}
