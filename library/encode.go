package library

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// paneRecord is a [Pane] as it is written.
type paneRecord struct {
	Page PageID      `json:"page"`
	View *[4]float64 `json:"view,omitempty"` // left, top, right, bottom, 0..1; none: the whole page
	Turn Turn        `json:"turn,omitempty"`
	// What is drawn on it, and how its picture is changed for display.
	Marks  Marks  `json:"marks,omitzero"`
	Adjust Adjust `json:"adjust,omitzero"`
	Clip   Span   `json:"clip,omitzero"` // what of a recording is played, from the page on
	Tracks Tracks `json:"tracks,omitzero"`
}

type stepFields Step

// stepRecord is a [Step] as it is written.
type stepRecord struct {
	stepFields
	Panes []paneRecord `json:"panes,omitempty"`
}

func (s Step) record() stepRecord {
	r := stepRecord{stepFields: stepFields(s)}
	for _, p := range s.Shot.Panes[:min(int(s.Shot.Count), MaxPanes)] {
		pane := paneRecord{Page: p.Page, Turn: p.Turn, Marks: p.Marks, Adjust: p.Adjust, Clip: p.Clip, Tracks: p.Tracks}
		if v := p.View; v != (Rect{}) {
			pane.View = &[4]float64{v.X0, v.Y0, v.X1, v.Y1}
		}
		r.Panes = append(r.Panes, pane)
	}
	return r
}

func (r stepRecord) step() (Step, error) {
	s := Step(r.stepFields)
	if len(r.Panes) > MaxPanes {
		return Step{}, bad("panes", "more than %d", MaxPanes)
	}
	for i, p := range r.Panes {
		pane := Pane{Page: p.Page, Turn: p.Turn, Marks: p.Marks, Adjust: p.Adjust, Clip: p.Clip, Tracks: p.Tracks}
		if _, _, plays := s.Shot.Clip(); plays && !p.Clip.IsZero() {
			return Step{}, bad(fmt.Sprintf("panes[%d].clip", i), "another pane plays already")
		}
		if p.View != nil {
			v := *p.View
			pane.View = Rect{v[0], v[1], v[2], v[3]}
			if !pane.View.Valid() {
				return Step{}, bad("panes", "view %v is not on the page", v)
			}
		}
		s.Shot = s.Shot.Add(pane)
	}
	return s, nil
}

// EncodeRecord writes a record as JSON, for the store.
func EncodeRecord(r Record) ([]byte, error) {
	if s, ok := r.(Step); ok {
		return json.Marshal(s.record())
	}
	return json.Marshal(r)
}

// DecodeRecord undoes [EncodeRecord] for a record of the table. What is unknown, invalid or too
// much is an error.
func DecodeRecord(t Table, data []byte) (Record, error) {
	var r Record
	var err error
	switch t {
	case TableCover:
		r, err = decodeAs[Cover](data)
	case TablePersons:
		r, err = decodeAs[Person](data)
	case TablePhases:
		r, err = decodeAs[Phase](data)
	case TableScenarios:
		r, err = decodeAs[Scenario](data)
	case TableSteps:
		var s stepRecord
		if s, err = decodeAs[stepRecord](data); err == nil {
			r, err = s.step()
		}
	case TableHeadings:
		r, err = decodeAs[Heading](data)
	case TableJoins:
		r, err = decodeAs[Join](data)
	case TableBindings:
		r, err = decodeAs[Binding](data)
	case TablePages:
		r, err = decodeAs[PageNote](data)
	case TablePassages:
		r, err = decodeAs[Passage](data)
	case TableCues:
		r, err = decodeAs[Cue](data)
	case TableStatedHashes:
		r, err = decodeAs[StatedHash](data)
	case TableRecordings:
		r, err = decodeAs[Recording](data)
	case TableDocket:
		r, err = decodeAs[Docket](data)
	case TableMatters:
		r, err = decodeAs[Matter](data)
	case TableExcerpts:
		r, err = decodeAs[Excerpt](data)
	case TableContradictions:
		r, err = decodeAs[Contradiction](data)
	case TableParagraphs:
		r, err = decodeAs[Paragraph](data)
	case TableSources:
		r, err = decodeAs[Source](data)
	default:
		err = bad("table", "%q is none", t)
	}
	if err == nil {
		err = r.check()
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t, err)
	}
	return legible(r), nil
}

func decodeAs[T any](data []byte) (T, error) {
	var v T
	return v, decodeStrict(data, &v)
}

// decodeStrict reads one JSON value and nothing more.
func decodeStrict(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows its end")
	}
	return nil
}

type changeRecord struct {
	Table  Table           `json:"table"`
	Before json.RawMessage `json:"before,omitempty"`
	After  json.RawMessage `json:"after,omitempty"`
}

type editRecord struct {
	Label   string         `json:"label,omitempty"`
	Field   string         `json:"field,omitempty"`
	Changes []changeRecord `json:"changes"`
}

// EncodeEdit writes an edit as JSON, for the store.
func EncodeEdit(e Edit) ([]byte, error) {
	r := editRecord{Label: e.Label, Field: e.Field, Changes: make([]changeRecord, len(e.Changes))}
	for i, c := range e.Changes {
		r.Changes[i].Table = c.Key().Table
		for _, side := range []struct {
			from Record
			to   *json.RawMessage
		}{{c.Before, &r.Changes[i].Before}, {c.After, &r.Changes[i].After}} {
			if side.from == nil {
				continue
			}
			value, err := EncodeRecord(side.from)
			if err != nil {
				return nil, fmt.Errorf("write edit: %w", err)
			}
			*side.to = value
		}
	}
	return json.Marshal(r)
}

// DecodeEdit undoes [EncodeEdit].
func DecodeEdit(data []byte) (Edit, error) {
	r, err := decodeAs[editRecord](data)
	if err != nil {
		return Edit{}, fmt.Errorf("read edit: %w", err)
	}
	e := Edit{Label: r.Label, Field: r.Field, Changes: make([]Change, len(r.Changes))}
	for i, c := range r.Changes {
		if c.Before != nil {
			if e.Changes[i].Before, err = DecodeRecord(c.Table, c.Before); err != nil {
				return Edit{}, fmt.Errorf("read edit: before: %w", err)
			}
		}
		if c.After != nil {
			if e.Changes[i].After, err = DecodeRecord(c.Table, c.After); err != nil {
				return Edit{}, fmt.Errorf("read edit: after: %w", err)
			}
		}
		ch := e.Changes[i]
		if ch.Before == nil && ch.After == nil || ch.Before != nil && ch.After != nil && ch.Before.Key() != ch.After.Key() {
			return Edit{}, fmt.Errorf("read edit: change %d is of no record", i)
		}
	}
	return e, nil
}
