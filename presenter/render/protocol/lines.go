package protocol

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"butluc/library"
)

// Limits of the lines of one page: a dense one has 70 lines and 1,000 words.
const (
	MaxLines = 5000
	MaxWords = 50000
)

// EncodeLines is the payload that carries lines of words: empty when there are none.
func EncodeLines(lines [][]library.Word) ([]byte, error) {
	if len(lines) == 0 {
		return nil, nil
	}
	body, err := json.Marshal(lines)
	if err != nil {
		return nil, fmt.Errorf("encode lines: %w", err)
	}
	if len(body) > MaxText {
		return nil, fmt.Errorf("encode lines: %d bytes, at most %d", len(body), MaxText)
	}
	return body, nil
}

// DecodeLines reads what [EncodeLines] wrote. It takes one word after the other, so that a payload of
// empty words, which are three bytes each, can't take more memory than the limits allow.
func DecodeLines(body []byte) ([][]library.Word, error) {
	if len(body) == 0 {
		return nil, nil
	}
	var (
		lines [][]library.Word
		words int
		d     = json.NewDecoder(bytes.NewReader(body))
	)
	err := each(d, func() error {
		if len(lines) == MaxLines {
			return fmt.Errorf("over %d lines", MaxLines)
		}
		var line []library.Word
		err := each(d, func() error {
			if words++; words > MaxWords {
				return fmt.Errorf("over %d words", MaxWords)
			}
			var w library.Word
			if err := d.Decode(&w); err != nil { // makes text valid UTF-8
				return err
			}
			if !w.Box.Valid() || w.Text == "" {
				return fmt.Errorf("word %q in box %v", w.Text, w.Box)
			}
			line = append(line, w)
			return nil
		})
		if err == nil && len(line) == 0 {
			err = errors.New("a line without words")
		}
		lines = append(lines, line)
		return err
	})
	if err == nil && d.Decode(&struct{}{}) != io.EOF {
		err = errors.New("more after the lines")
	}
	if err != nil {
		return nil, fmt.Errorf("decode lines: %w: %w", ErrGarbage, err)
	}
	return lines, nil
}

// each calls item for each element of the list that d stands before; item takes the element from d.
func each(d *json.Decoder, item func() error) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	if t != json.Delim('[') {
		return fmt.Errorf("%v where a list begins", t)
	}
	for d.More() {
		if err := item(); err != nil {
			return err
		}
	}
	_, err = d.Token() // the list's end
	return err
}
