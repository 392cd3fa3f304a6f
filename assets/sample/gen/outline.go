package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
)

// The sample's outline in the form in which outlines are exported. Its types are written down here
// once more, since nothing in assets may know the library; a test reads the outline with that.
type outline struct {
	Format   string         `json:"format"`
	Version  int            `json:"version"`
	Cover    cover          `json:"cover"`
	Persons  []person       `json:"persons"`
	Phases   []phase        `json:"phases"`
	Headings []documentHead `json:"headings"`
	Pages    []note         `json:"pages"`
	Matters  []matter       `json:"matters"`
	Excerpts []excerpt      `json:"excerpts"`
	Against  []against      `json:"contradictions"`
	Sources  []source       `json:"sources"`
}

type cover struct {
	Kind       string `json:"kind"`
	Superior   string `json:"superior"`
	Office     string `json:"office"`
	Prosecutor string `json:"prosecutor"`
	CaseTitle  string `json:"caseTitle"`
	CaseNumber string `json:"caseNumber"`
	Court      string `json:"court"`
	Hearing    string `json:"hearing"`
	Place      string `json:"place"`
	Approver   string `json:"approver"`
}

type person struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Role    string `json:"role"`
	Present bool   `json:"present,omitempty"`
	Notes   string `json:"notes,omitempty"`
}

type phase struct {
	ID        string     `json:"id"`
	Code      string     `json:"code"`
	Title     string     `json:"title"`
	Scenarios []scenario `json:"scenarios"`
}

type scenario struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Trigger string `json:"trigger,omitempty"`
	Digit   int    `json:"digit,omitempty"`
	Color   string `json:"color,omitempty"`
	Notes   string `json:"notes,omitempty"`
	Steps   []step `json:"steps"`
}

type step struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Say    string `json:"say,omitempty"`
	Asks   string `json:"asks,omitempty"`
	Notes  string `json:"notes,omitempty"`
	Ground string `json:"ground,omitempty"`
	Panes  []pane `json:"panes,omitempty"`
}

// pane names its page by how the file's name begins and the page's number: "BL 43-48#3".
type pane struct {
	Page string      `json:"page"`
	View *[4]float64 `json:"view,omitempty"` // left, top, right, bottom, 0..1 of the page
	// Marks are drawn on it.
	Marks []mark `json:"marks,omitempty"`
}

// mark is something drawn on a page, at points x, y, x, y, … of it (0..1).
type mark struct {
	Kind  string    `json:"kind"`
	At    []float64 `json:"at"`
	Color string    `json:"color,omitempty"`
	Width float64   `json:"width,omitempty"`
	Text  string    `json:"text,omitempty"`
	Beat  int       `json:"beat,omitempty"` // it appears with; 0: with the page
}

type documentHead struct {
	First  string `json:"first"`
	Person string `json:"person,omitempty"`
	Date   string `json:"date,omitempty"`
}

type note struct {
	Page string `json:"page"`
	Flag string `json:"flag,omitempty"`
	Text string `json:"text,omitempty"`
	// Marks are on the page wherever it is shown.
	Marks []mark `json:"marks,omitempty"`
}

type matter struct {
	ID    string   `json:"id"`
	Code  string   `json:"code,omitempty"`
	Title string   `json:"title"`
	Parts []matter `json:"parts,omitempty"`
}

// excerpt is a passage of a page, whose lines are rectangles: left, top, right, bottom.
type excerpt struct {
	ID      string       `json:"id"`
	Page    string       `json:"page"`
	Area    [][4]float64 `json:"area"`
	Text    string       `json:"text"`
	When    string       `json:"when,omitempty"`
	Where   string       `json:"where,omitempty"`
	Side    string       `json:"side,omitempty"`
	Matters []string     `json:"matters"`
	Weight  int          `json:"weight,omitempty"`
}

// against ties two excerpts that contradict each other.
type against struct {
	A string `json:"a"`
	B string `json:"b"`
}

type source struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// sampleOutline is the outline of the sample case as it is embedded.
func sampleOutline(items []item) ([]byte, error) {
	o := prepared()
	used := map[string]string{}
	var err error
	resolve := func(page *string) {
		start, number, _ := strings.Cut(*page, "#")
		at := slices.IndexFunc(items, func(it item) bool { return strings.HasPrefix(path.Base(it.path), start+" ") })
		if at < 0 {
			err = fmt.Errorf("sample outline: no file begins with %q", start)
			return
		}
		sum := sha256.Sum256(items[at].data)
		used[items[at].path] = hex.EncodeToString(sum[:])
		*page = items[at].path + "#" + number
	}
	for _, p := range o.Phases {
		for _, s := range p.Scenarios {
			for _, st := range s.Steps {
				for i := range st.Panes {
					resolve(&st.Panes[i].Page)
				}
			}
		}
	}
	for i := range o.Headings {
		resolve(&o.Headings[i].First)
	}
	for i := range o.Pages {
		resolve(&o.Pages[i].Page)
	}
	for i := range o.Excerpts {
		resolve(&o.Excerpts[i].Page)
	}
	for file, sum := range used {
		o.Sources = append(o.Sources, source{file, sum})
	}
	slices.SortFunc(o.Sources, func(a, b source) int { return strings.Compare(a.Path, b.Path) })
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err == nil {
		err = e.Encode(o)
	}
	return b.Bytes(), err
}
