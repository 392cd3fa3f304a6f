package library

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// What an exported outline calls itself, and the version of its form. Readers know every older one.
//
// The form is one JSON object: "format" and "version"; "cover", "persons"; "phases", each with its
// "scenarios", each with its "steps", in order; "headings", "joins", "bindings", "pages" (notes), "passages" and
// "recordings" (of videos and sound, whose pages are numbered by milliseconds, from 1 too); "matters", each with its "parts",
// in order, "excerpts" and "contradictions"; "statedHashes" (of files, with index 1); "cues" (lines of transcripts); "paragraphs" of the closing speech, in order; and "sources" (the SHA-256 of files referred to, by which they are found where they were renamed). Pages are
// written "PATH#NUMBER", counted from 1; ids may be left out but where something refers to them.
// The fields are those of the records, without rank and parent, which the nesting tells.
const (
	exchangeFormat = "butluc-outline"
	// 2: marks, adjustments, captions; 3: bindings, stated counts, pages without a stamp; 4: clips, passages, recordings;
	// 5: what a phase is in the hearing; 6: which of a recording's films and sounds are meant; 7: matters, excerpts, contradictions; stated hashes;
	// 8: transcripts, excerpts of recordings; 9: the closing speech, protected persons
	exchangeVersion = 9
)

// MaxImport is how many bytes an exported outline may have.
const MaxImport = 64 << 20

type phaseDoc struct {
	Phase
	Scenarios []scenarioDoc `json:"scenarios,omitempty"`
}

type scenarioDoc struct {
	Scenario
	Steps []stepRecord `json:"steps,omitempty"`
}

type outlineDoc struct {
	Format         string          `json:"format"`
	Version        int             `json:"version"`
	Cover          *Cover          `json:"cover,omitempty"`
	Persons        []Person        `json:"persons,omitempty"`
	Phases         []phaseDoc      `json:"phases,omitempty"`
	Headings       []Heading       `json:"headings,omitempty"`
	Joins          []Join          `json:"joins,omitempty"`
	Bindings       []Binding       `json:"bindings,omitempty"`
	Pages          []PageNote      `json:"pages,omitempty"`
	Passages       []Passage       `json:"passages,omitempty"`
	Recordings     []Recording     `json:"recordings,omitempty"`
	Matters        []matterDoc     `json:"matters,omitempty"`
	Excerpts       []Excerpt       `json:"excerpts,omitempty"`
	Contradictions []Contradiction `json:"contradictions,omitempty"`
	StatedHashes   []StatedHash    `json:"statedHashes,omitempty"`
	Cues           []Cue           `json:"cues,omitempty"`
	Paragraphs     []Paragraph     `json:"paragraphs,omitempty"`
	Sources        []Source        `json:"sources,omitempty"`
}

type matterDoc struct {
	Matter
	Parts []matterDoc `json:"parts,omitempty"`
}

// ImportError says where in an exported outline the fault is.
type ImportError struct {
	Line, Column int    // from 1, the column in bytes; 0 where nothing of the file is at fault
	Where        string // "phases[0].scenarios[2].steps[1].digit"; "" for the file itself
	Err          error
}

func (e *ImportError) Error() string {
	place := e.Where
	if e.Line > 0 {
		place = strings.TrimSuffix(fmt.Sprintf("line %d, column %d, %s", e.Line, e.Column, e.Where), ", ")
	}
	return place + ": " + e.Err.Error()
}

func (e *ImportError) Unwrap() error { return e.Err }

// EncodeOutline writes an outline whole, as JSON that [DecodeOutline] reads. The same outline gives
// the same bytes.
func EncodeOutline(o Outline) ([]byte, error) {
	doc := outlineDoc{
		Format: exchangeFormat, Version: exchangeVersion,
		Persons: o.Persons(), Headings: o.Headings(), Joins: o.Joins(), Bindings: o.Bindings(), Pages: o.Notes(),
		Passages: o.AllPassages(), Recordings: o.Recordings(), Matters: o.matterDocs(""), Excerpts: o.Excerpts(), Contradictions: o.Contradictions(), StatedHashes: o.StatedHashes(), Cues: o.AllCues(), Paragraphs: o.Paragraphs(), Sources: o.Sources(),
	}
	if c, ok := find[Cover](o, TableCover, coverKey); ok {
		doc.Cover = &c
	}
	for i := range doc.Persons {
		doc.Persons[i].Rank = ""
	}
	for i := range doc.Paragraphs {
		doc.Paragraphs[i].Rank = ""
	}
	for _, p := range o.Phases() {
		pd := phaseDoc{Phase: p}
		pd.Rank = ""
		for _, s := range o.Scenarios(p.ID) {
			sd := scenarioDoc{Scenario: s}
			sd.Rank, sd.Phase = "", ""
			for _, st := range o.Steps(s.ID) {
				st.Rank, st.Scenario = "", ""
				sd.Steps = append(sd.Steps, st.record())
			}
			pd.Scenarios = append(pd.Scenarios, sd)
		}
		doc.Phases = append(doc.Phases, pd)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(doc); err != nil {
		return nil, fmt.Errorf("export outline: %w", err)
	}
	return b.Bytes(), nil
}

func (o Outline) matterDocs(parent ID) []matterDoc {
	var docs []matterDoc
	for _, m := range o.Matters(parent) {
		parts := o.matterDocs(m.ID)
		m.Rank, m.Parent = "", ""
		docs = append(docs, matterDoc{m, parts})
	}
	return docs
}

// DecodeOutline reads an exported outline. It is strict: what is unknown, invalid, there twice or
// leads out of the case is refused, with an [ImportError] that tells where, or with [ErrNewer].
func DecodeOutline(data []byte) (Outline, error) {
	if len(data) > MaxImport {
		return Outline{}, fmt.Errorf("import outline: longer than %d MB", MaxImport>>20)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // as Windows' editor writes it
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		if found := surveyJSON[outlineDoc](data, nil); found != nil {
			err = found // the same with its place
		}
		return Outline{}, fmt.Errorf("import outline: %w", err)
	}
	wrong := func(where string, err error) (Outline, error) {
		line, column := placeIn[outlineDoc](data, where)
		return Outline{}, fmt.Errorf("import outline: %w", &ImportError{line, column, where, err})
	}
	switch {
	case head.Format != exchangeFormat:
		return wrong("format", fmt.Errorf("%q, want %q", head.Format, exchangeFormat))
	case head.Version > exchangeVersion:
		return wrong("version", ErrNewer)
	case head.Version < 1:
		return wrong("version", ErrInvalid)
	}
	if err := surveyJSON[outlineDoc](data, nil); err != nil {
		return Outline{}, fmt.Errorf("import outline: %w", err)
	}
	var doc outlineDoc
	if err := json.Unmarshal(data, &doc); err != nil {
		return Outline{}, fmt.Errorf("import outline: %w", err) // not of what was surveyed
	}
	o, err := doc.outline()
	var fault *ImportError
	if errors.As(err, &fault) {
		return wrong(fault.Where, fault.Err)
	}
	if err != nil {
		return Outline{}, fmt.Errorf("import outline: %w", err)
	}
	return o, nil
}

// ErrNewer says that a newer version of the program wrote an outline.
var ErrNewer = errors.New("written by a newer version of the program")

// importer collects the records of a document and remembers the first fault.
type importer struct {
	records []Record
	seen    map[Key]bool
	digits  map[int]bool
	err     error
}

func (im *importer) fail(where string, err error) {
	if im.err != nil {
		return
	}
	var field *invalid
	if errors.As(err, &field) {
		where, err = where+"."+field.Field, field.reason()
	}
	im.err = &ImportError{Where: where, Err: err}
}

func (im *importer) add(where string, r Record) {
	if im.err != nil {
		return
	}
	if err := r.check(); err != nil {
		im.fail(where, err)
		return
	}
	if im.seen[r.Key()] {
		im.fail(where, fmt.Errorf("%q: %w", r.Key().ID, ErrThere))
		return
	}
	im.seen[r.Key()] = true
	im.records = append(im.records, legible(r))
}

func (im *importer) person(where string, id ID) {
	if id != "" && !im.seen[Key{TablePersons, string(id)}] {
		im.fail(where, fmt.Errorf("person %q: %w", id, ErrParent))
	}
}

// nested refuses what the nesting tells.
func (im *importer) nested(where, rank string, parent ID) {
	if rank != "" || parent != "" {
		im.fail(where, bad("rank", "order and place are told by the nesting"))
	}
}

func orNew(id ID) ID {
	if id == "" {
		return NewID()
	}
	return id
}

func (doc outlineDoc) outline() (Outline, error) {
	im := &importer{seen: map[Key]bool{}, digits: map[int]bool{}}
	if doc.Cover != nil {
		im.add("cover", *doc.Cover)
	}
	ranks := SpreadRanks("", "", len(doc.Persons))
	for i, p := range doc.Persons {
		where := fmt.Sprintf("persons[%d]", i)
		im.nested(where, p.Rank, "")
		p.ID, p.Rank = orNew(p.ID), ranks[i]
		im.add(where, p)
	}
	ranks = SpreadRanks("", "", len(doc.Phases))
	for i, pd := range doc.Phases {
		where := fmt.Sprintf("phases[%d]", i)
		im.nested(where, pd.Rank, "")
		pd.ID, pd.Rank = orNew(pd.ID), ranks[i]
		im.add(where, pd.Phase)
		im.scenarios(where, pd)
	}
	for i, h := range doc.Headings {
		where := fmt.Sprintf("headings[%d]", i)
		im.person(where+".person", h.Person)
		im.add(where, h)
	}
	joined := map[string]bool{}
	for i, j := range doc.Joins {
		where := fmt.Sprintf("joins[%d]", i)
		j.ID = orNew(j.ID)
		im.add(where, j)
		for _, p := range j.Paths {
			if joined[p] {
				im.fail(where, fmt.Errorf("%q: %w", p, ErrJoined))
			}
			joined[p] = true
		}
	}
	for i, b := range doc.Bindings {
		im.add(fmt.Sprintf("bindings[%d]", i), b)
	}
	for i, n := range doc.Pages {
		im.add(fmt.Sprintf("pages[%d]", i), n)
	}
	for i, p := range doc.Passages {
		im.add(fmt.Sprintf("passages[%d]", i), p)
	}
	for i, r := range doc.Recordings {
		im.add(fmt.Sprintf("recordings[%d]", i), r)
	}
	im.matters("matters", "", 1, doc.Matters)
	im.study(doc)
	for i, s := range doc.StatedHashes {
		im.add(fmt.Sprintf("statedHashes[%d]", i), s)
	}
	for i, c := range doc.Cues {
		where := fmt.Sprintf("cues[%d]", i)
		im.person(where+".person", c.Person)
		im.add(where, c)
	}
	im.paragraphs(doc.Paragraphs)
	for i, s := range doc.Sources {
		im.add(fmt.Sprintf("sources[%d]", i), s)
	}
	if im.err != nil {
		return Outline{}, im.err
	}
	changes := make([]Change, len(im.records))
	for i, r := range im.records {
		changes[i].After = r
	}
	return Outline{}.Apply(Edit{Label: "import", Changes: changes})
}

func (im *importer) matters(where string, parent ID, depth int, docs []matterDoc) {
	if depth > MaxMatterDepth && len(docs) > 0 {
		im.fail(where, bad("", "deeper than %d", MaxMatterDepth))
		return
	}
	ranks := SpreadRanks("", "", len(docs))
	for i, md := range docs {
		where := fmt.Sprintf("%s[%d]", where, i)
		im.nested(where, md.Rank, md.Parent)
		md.ID, md.Parent, md.Rank = orNew(md.ID), parent, ranks[i]
		im.person(where+".person", md.Person)
		im.add(where, md.Matter)
		im.matters(where+".parts", md.ID, depth+1, md.Parts)
	}
}

// study takes the excerpts, and what ties them.
func (im *importer) study(doc outlineDoc) {
	for i, e := range doc.Excerpts {
		where := fmt.Sprintf("excerpts[%d]", i)
		e.ID = orNew(e.ID)
		im.person(where+".person", e.Person)
		for _, id := range e.Matters.List() {
			if !im.seen[Key{TableMatters, string(id)}] {
				im.fail(where+".matters", fmt.Errorf("matter %q: %w", id, ErrParent))
			}
		}
		im.add(where, e)
	}
	for i, c := range doc.Contradictions {
		where := fmt.Sprintf("contradictions[%d]", i)
		for _, id := range []ID{c.A, c.B} {
			if !im.seen[Key{TableExcerpts, string(id)}] {
				im.fail(where, fmt.Errorf("excerpt %q: %w", id, ErrParent))
			}
		}
		im.add(where, c)
	}
}

// paragraphs takes the closing speech. What it cites need not be there: it is told of then.
func (im *importer) paragraphs(list []Paragraph) {
	ranks := SpreadRanks("", "", len(list))
	for i, p := range list {
		where := fmt.Sprintf("paragraphs[%d]", i)
		im.nested(where, p.Rank, "")
		p.ID, p.Rank = orNew(p.ID), ranks[i]
		im.add(where, p)
	}
}

func (im *importer) scenarios(where string, pd phaseDoc) {
	ranks := SpreadRanks("", "", len(pd.Scenarios))
	for i, sd := range pd.Scenarios {
		where := fmt.Sprintf("%s.scenarios[%d]", where, i)
		im.nested(where, sd.Rank, sd.Phase)
		sd.ID, sd.Phase, sd.Rank = orNew(sd.ID), pd.ID, ranks[i]
		if sd.Digit > 0 && im.digits[sd.Digit] {
			im.fail(where, fmt.Errorf("%d: %w", sd.Digit, ErrDigit))
		}
		im.digits[sd.Digit] = true
		im.add(where, sd.Scenario)
		stepRanks := SpreadRanks("", "", len(sd.Steps))
		for k, r := range sd.Steps {
			where := fmt.Sprintf("%s.steps[%d]", where, k)
			im.nested(where, r.Rank, r.Scenario)
			s, err := r.step()
			if err != nil {
				im.fail(where, err)
			}
			s.ID, s.Scenario, s.Rank = orNew(s.ID), sd.ID, stepRanks[k]
			im.person(where+".asks", s.Asks)
			im.add(where, s)
		}
	}
}

// ReplaceWith is the edit that puts another outline in the place of all of this one, but for what the register has of the
// case, where the other has nothing of that.
func (o Outline) ReplaceWith(other Outline) Edit {
	e := Edit{Label: "import"}
	for _, t := range slices.Backward(Tables) {
		for id, r := range o.in().rows[t] {
			if _, stays := other.in().rows[t][id]; !stays && t != TableSources && t != TableDocket {
				e.Changes = append(e.Changes, Change{Before: r})
			}
		}
	}
	for r := range other.Records() {
		have, there := o.get(r.Key())
		switch {
		case !there:
			e.Changes = append(e.Changes, Change{After: r})
		case !sameRecord(have, r):
			e.Changes = append(e.Changes, Change{have, r})
		}
	}
	return e
}

// Import reads an exported outline and gives the edit that puts it in this one's place, its pages
// found by their files' SHA-256 where those were renamed. With an error there is no edit.
func (o Outline) Import(data []byte, x *Index) (Edit, error) {
	in, err := DecodeOutline(data)
	if err != nil {
		return Edit{}, err
	}
	if in, err = in.Apply(in.relink(x, in.trace)); err != nil {
		return Edit{}, fmt.Errorf("import outline: %w", err)
	}
	return o.ReplaceWith(in), nil
}

// Template is what of an outline serves other cases: its kind, phases, scenarios and steps with
// their words, but no pages, persons and notes on pages.
func (o Outline) Template() Outline {
	changes := []Change{{After: Cover{Kind: o.Cover().Kind}}}
	for _, t := range []Table{TablePhases, TableScenarios, TableSteps} {
		for _, r := range o.in().rows[t] {
			if s, ok := r.(Step); ok {
				s.Shot, s.Asks = Shot{}, ""
				r = s
			}
			changes = append(changes, Change{After: r})
		}
	}
	t, err := Outline{}.Apply(Edit{Label: "template", Changes: changes})
	if err != nil {
		return Outline{} // not of an outline that Apply made
	}
	return t
}
