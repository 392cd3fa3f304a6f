// Package transcript reads what is said in a recording, written down by other programs: SubRip (.srt), WebVTT (.vtt,
// https://www.w3.org/TR/webvtt1/) and tables of times and words (.csv). Nothing of a file is taken where a part of it is not
// understood: a transcript that misses lines would be taken for whole. What a file says is bounded in size.
package transcript

import (
	"encoding/csv"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"butluc/library"
	"butluc/library/viettext"
)

// MaxSize is how many bytes a file may have. Two hours of talk are about 200 KB.
const MaxSize = 8 << 20

// maxLine is how many bytes a line of a file may have. A text of the outline has no more either.
const maxLine = library.MaxText

// Endings are those of the files that are read.
var Endings = []string{".srt", ".vtt", ".csv", ".tsv", ".txt"}

var (
	// ErrTooLarge says that a file is larger than [MaxSize], or has more lines than a transcript may have.
	ErrTooLarge = errors.New("the file is too large")
	// ErrNoTimes says that in a file no line begins with a time.
	ErrNoTimes = errors.New("no line has a time")
)

// Line is a line of a transcript.
type Line struct {
	From, To int    // milliseconds; To is 0 where the file tells no end
	Speaker  string // as the file names them, "" where it does not
	Text     string // its lines are divided by "\n"
}

// Read reads a file. Which form it has is told by what stands in it, not by its name.
func Read(data []byte) (lines []Line, err error) {
	if len(data) > MaxSize {
		return nil, fmt.Errorf("%d bytes: %w", len(data), ErrTooLarge)
	}
	text, err := viettext.FromBytes(data)
	if err != nil {
		return nil, fmt.Errorf("read transcript: %w", err)
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(text, "\ufeff"))
	n := 0
	for line := range strings.Lines(text) {
		if n++; len(line) > maxLine {
			return nil, fmt.Errorf("line %d: %w", n, ErrTooLarge)
		}
	}
	switch {
	case strings.Contains(text, arrow):
		lines, err = subtitles(text)
	default:
		lines, err = table(text)
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("read transcript: %w", err)
	case len(lines) == 0:
		return nil, ErrNoTimes
	case len(lines) > library.MaxCues:
		return nil, fmt.Errorf("%d lines: %w", len(lines), ErrTooLarge)
	}
	return lines, nil
}

// arrow stands between the two times of a cue, in both forms.
const arrow = "-->"

// tag is what SubRip and WebVTT write in a cue's words of how they look; <v Name> says who speaks.
var tag = regexp.MustCompile(`<(/?[a-zA-Z][^<>]*|/?c[^<>]*|[0-9:.]+)>`)

// subtitles reads SubRip or WebVTT: blocks with an empty line between them, each of which has a line of two times, the words
// below, and perhaps its number or name above. Blocks of WebVTT that have no times say nothing that is heard.
func subtitles(text string) ([]Line, error) {
	var lines []Line
	rows := strings.Split(text, "\n")
	for i := 0; i < len(rows); i++ {
		if !strings.Contains(rows[i], arrow) {
			continue
		}
		l, err := times(rows[i])
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		var words []string
		for ; i+1 < len(rows) && strings.TrimSpace(rows[i+1]) != "" && !strings.Contains(rows[i+1], arrow); i++ {
			words = append(words, rows[i+1])
		}
		if i+1 < len(rows) && strings.Contains(rows[i+1], arrow) && len(words) > 0 { // no empty line: the last is its number
			words = words[:len(words)-1]
		}
		l.Speaker, l.Text = said(words)
		if l.Text != "" {
			lines = append(lines, l)
		}
	}
	return lines, nil
}

// times reads "00:00:01,000 --> 00:00:03.500 align:left".
func times(row string) (l Line, err error) {
	first, second, _ := strings.Cut(row, arrow)
	if l.From, err = library.ParseTimecode(first); err != nil {
		return l, err
	}
	end, _, _ := strings.Cut(strings.TrimSpace(second), " ")
	if l.To, err = library.ParseTimecode(end); err != nil {
		return l, err
	}
	if l.To <= l.From {
		l.To = 0
	}
	return l, nil
}

// said are the words of a cue without what is told of their looks, and who says them where that is told.
func said(rows []string) (speaker, text string) {
	var words []string
	for _, row := range rows {
		for _, t := range tag.FindAllStringSubmatch(row, -1) {
			if kind, name, _ := strings.Cut(t[1], " "); speaker == "" && (kind == "v" || strings.HasPrefix(kind, "v.")) {
				speaker = clean(html.UnescapeString(name))
			}
		}
		if row = clean(html.UnescapeString(tag.ReplaceAllString(row, ""))); row != "" {
			words = append(words, row)
		}
	}
	return speaker, strings.Join(words, "\n")
}

// table reads a line a row, its columns divided by tabs, semicolons or commas: its time, perhaps its end, perhaps who speaks,
// and the words. Where that is none, a text is read whose lines begin with a time.
func table(text string) ([]Line, error) {
	var worst error
	for _, comma := range []rune{'\t', ';', ','} {
		lines, err := rows(text, comma)
		if len(lines) > 0 && err == nil {
			return lines, nil
		}
		if worst == nil {
			worst = err
		}
	}
	if lines := timed(text); len(lines) > 0 {
		return lines, nil
	}
	return nil, worst
}

// rows reads the records of a table. Rows before the first that begins with a time are heads of columns; behind it all have as
// many columns: words that have the dividing sign in them without quotation marks would be taken for a name.
func rows(text string, comma rune) ([]Line, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = comma, -1, true, comma != '\t'
	var lines []Line
	columns := 0
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return nil, err
		}
		at, _ := r.FieldPos(0)
		from, err := library.ParseTimecode(record[0])
		switch {
		case len(record) < 2 && columns == 0, err != nil && columns == 0:
			continue
		case err != nil:
			return nil, fmt.Errorf("line %d: %w: %q", at, ErrNoTimes, record[0])
		case columns == 0:
			columns = len(record)
		case columns != len(record):
			return nil, fmt.Errorf("line %d: %d columns, %d in the lines before", at, len(record), columns)
		}
		l, err := row(from, record[1:])
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", at, err)
		}
		if l.Text != "" {
			lines = append(lines, l)
		}
	}
}

// row reads what stands behind a row's time.
func row(from int, rest []string) (Line, error) {
	l := Line{From: from}
	if to, err := library.ParseTimecode(rest[0]); err == nil && len(rest) > 1 {
		if to > from {
			l.To = to
		}
		rest = rest[1:]
	}
	switch len(rest) {
	case 1:
		l.Text = clean(rest[0])
	case 2:
		l.Speaker, l.Text = clean(rest[0]), clean(rest[1])
	default:
		return l, fmt.Errorf("%d columns behind the times, want who speaks and the words", len(rest))
	}
	return l, nil
}

// timed reads a text whose lines begin with a time, "0:07 …" or "[0:07] …"; those that don't go on with the one before.
func timed(text string) []Line {
	var lines []Line
	for row := range strings.Lines(text) {
		first, rest, _ := strings.Cut(strings.TrimSpace(row), " ")
		from, err := library.ParseTimecode(strings.Trim(first, "[]()-–"))
		switch words := clean(rest); {
		case err == nil && strings.Contains(first, ":"):
			lines = append(lines, Line{From: from, Text: words})
		case len(lines) > 0 && clean(row) != "":
			last := &lines[len(lines)-1]
			last.Text = strings.TrimSpace(last.Text + " " + clean(row))
		}
	}
	return slices.DeleteFunc(lines, func(l Line) bool { return l.Text == "" })
}

// clean is a text without what is not seen, and white space a blank each.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
