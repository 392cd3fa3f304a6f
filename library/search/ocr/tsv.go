package ocr

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"butluc/library"
	"butluc/library/search/text"
)

// A row of Tesseract's TSV, after the documentation of its renderer (tessdoc, "Command-Line Usage"): level,
// page, block, paragraph, line, word, left, top, width, height, confidence, text.
const (
	columns   = 12
	wordLevel = "5"
)

const (
	maxWordBytes = 1 << 10
	// sureMark is how sure Tesseract must be of a word without letters: stamps, folds and dirt come out as
	// strokes and dots.
	sureMark = 70
	// A picture in which this little was read, this unsurely, is one of something else than writing.
	fewLetters, strayConfidence = 12, 40
)

var errTSV = errors.New("an answer of Tesseract's that is not understood")

// parse reads Tesseract's answer for a picture of that size.
func parse(tsv []byte, size image.Point) (text.Page, error) {
	p := text.Page{Source: text.SourceOCR}
	var (
		line    []library.Word
		place   string // of the line that is being read: block, paragraph and line
		words   int
		letters int
		weight  float64
	)
	for n := 0; len(tsv) > 0; n++ {
		var row []byte
		row, tsv, _ = bytes.Cut(tsv, []byte{'\n'})
		fields := strings.SplitN(strings.TrimSuffix(string(row), "\r"), "\t", columns)
		if n == 0 && fields[0] != "level" {
			return text.Page{}, fmt.Errorf("no headline: %w", errTSV)
		}
		if fields[0] != wordLevel {
			continue
		}
		w, confidence, err := parseWord(fields, size)
		if err != nil {
			return text.Page{}, fmt.Errorf("row %d: %w", n+1, err)
		}
		if w.Text == "" {
			continue
		}
		if words++; words > text.MaxWords {
			return text.Page{}, fmt.Errorf("over %d words: %w", text.MaxWords, errTSV)
		}
		if at := strings.Join(fields[2:5], "."); at != place {
			p.Lines = appendLine(p.Lines, line)
			place, line = at, nil
		}
		line = append(line, w)
		long := max(text.Letters(w.Text), 1)
		letters += long
		weight += float64(long) * confidence
	}
	p.Lines = appendLine(p.Lines, line)
	if len(p.Lines) > text.MaxLines {
		return text.Page{}, fmt.Errorf("over %d lines: %w", text.MaxLines, errTSV)
	}
	if letters > 0 {
		p.Confidence = int(math.Round(weight / float64(letters)))
	}
	if letters < fewLetters && p.Confidence < strayConfidence {
		p.Lines, p.Confidence = nil, 0
	}
	return p, nil
}

func appendLine(lines []library.Line, words []library.Word) []library.Line {
	if len(words) == 0 {
		return lines
	}
	return append(lines, library.LineOf(words))
}

// parseWord reads the row of a word. Its text is "" where it is none: spaces, a stroke, a box outside.
func parseWord(fields []string, size image.Point) (w library.Word, confidence float64, err error) {
	if len(fields) != columns {
		return w, 0, fmt.Errorf("%d columns: %w", len(fields), errTSV)
	}
	var box [4]int // left, top, width, height
	for i := range box {
		if box[i], err = strconv.Atoi(fields[6+i]); err != nil {
			return w, 0, fmt.Errorf("%w: %w", errTSV, err)
		}
	}
	confidence, err = strconv.ParseFloat(fields[10], 64)
	if err != nil || math.IsNaN(confidence) || confidence > 100 {
		return w, 0, fmt.Errorf("confidence %q: %w", fields[10], errTSV)
	}
	x := func(pixels int) float64 { return min(1, max(0, float64(pixels)/float64(size.X))) }
	y := func(pixels int) float64 { return min(1, max(0, float64(pixels)/float64(size.Y))) }
	w.Box = library.Rect{X0: x(box[0]), Y0: y(box[1]), X1: x(box[0] + box[2]), Y1: y(box[1] + box[3])}
	w.Text = clean(fields[11])
	if !w.Box.Valid() || confidence <= 0 || text.Letters(w.Text) == 0 && confidence < sureMark {
		w.Text = ""
	}
	return w, confidence, nil
}

// clean is the text of a word as people type it.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(s, "")))
	if len(s) > maxWordBytes {
		return ""
	}
	return s
}
