package protocol_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"butluc/library"
	"butluc/presenter/render/protocol"
)

func TestRequestComesBackTheSame(t *testing.T) {
	want := &protocol.Request{
		ID: 7, Op: protocol.OpRender, Root: "/hồ sơ", Path: "Tập 1/BL 12.pdf", Size: 5, ModTime: -3,
		Kind: library.KindPDF, Page: 2, View: library.Rect{X0: 0.1, Y1: 0.25}, Turn: 3,
		Width: 1920, Height: 1080, Passwords: []string{"mật khẩu", ""},
	}
	var pipe bytes.Buffer
	if err := protocol.WriteRequest(&pipe, want); err != nil {
		t.Fatal(err)
	}
	got, err := protocol.ReadRequest(&pipe)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err := protocol.ReadRequest(&pipe); err != io.EOF { //nolint:errorlint // bare by contract
		t.Errorf("a closed pipe between messages: got %v, want io.EOF", err)
	}
}

func TestResponseCarriesItsPixels(t *testing.T) {
	want := &protocol.Response{ID: 1, Width: 2, Height: 1, Incomplete: true, Warnings: []string{"x"}}
	var pipe bytes.Buffer
	if err := protocol.WriteResponse(&pipe, want, []byte("12345678")); err != nil {
		t.Fatal(err)
	}
	got, err := protocol.ReadResponse(&pipe)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if rest := pipe.String(); rest != "12345678" {
		t.Errorf("payload %q", rest)
	}
	if err := protocol.WriteResponse(&pipe, want, []byte("short")); err == nil {
		t.Error("a payload of the wrong length was written")
	}
}

func TestGarbageIsRefused(t *testing.T) {
	message := func(header string) string {
		return "BLr1" + string([]byte{byte(len(header)), byte(len(header) >> 8), 0, 0}) + header
	}
	for name, raw := range map[string]string{
		"other magic":         "HTTP/1.1 200 OK",
		"giant header":        "BLr1\xff\xff\xff\xff",
		"not JSON":            message("[[["),
		"negative size":       message(`{"w":-1,"h":-1}`),
		"width alone":         message(`{"w":5}`),
		"too many pixels":     message(`{"w":100000,"h":100000}`),
		"overflowing product": message(`{"w":4294967296,"h":4294967296}`),
		"giant text":          message(`{"text":99999999999}`),
		"text and pixels":     message(`{"w":1,"h":1,"text":1}`),
		"begun with nothing":  message(`{"id":1,"begun":-1}`),
		"begun with too much": message(`{"id":1,"begun":99999999}`),
		"begun and done":      message(`{"id":1,"begun":1,"w":1,"h":1}`),
		"begun as greeting":   message(`{"begun":1,"version":6}`),
		"negative pages":      message(`{"pages":-1}`),
		"negative duration":   message(`{"duration":-1}`),
		"endless duration":    message(`{"duration":360000001}`),
	} {
		if _, err := protocol.ReadResponse(strings.NewReader(raw)); !errors.Is(err, protocol.ErrGarbage) {
			t.Errorf("%s: got %v, want ErrGarbage", name, err)
		}
	}
	for _, cut := range []string{"BL", "BLr1\x05\x00", "BLr1\x05\x00\x00\x00{"} {
		if _, err := protocol.ReadResponse(strings.NewReader(cut)); err == nil || err == io.EOF { //nolint:errorlint // bare by contract
			t.Errorf("cut message %q: got %v", cut, err)
		}
	}
}

// What a worker may write after it has read a hostile file: anything. Reading it must neither
// panic nor believe a length over the limits.
func FuzzReadResponse(f *testing.F) {
	var good bytes.Buffer
	_ = protocol.WriteResponse(&good, &protocol.Response{ID: 1, Width: 1, Height: 1}, make([]byte, 4))
	f.Add(good.Bytes())
	f.Add([]byte("BLr1\x02\x00\x00\x00{}"))
	f.Add([]byte(`BLr1` + "\x19\x00\x00\x00" + `{"w":65536,"h":65536,"x":0}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := protocol.ReadResponse(bytes.NewReader(raw))
		if err != nil {
			return
		}
		if n := r.Payload(); n < 0 || n > max(protocol.MaxPixels*protocol.BytesPerPixel, protocol.MaxText) {
			t.Fatalf("believed a payload of %d bytes", n)
		}
	})
}

func TestLinesComeBackTheSame(t *testing.T) {
	want := [][]library.Word{
		{
			{Box: library.Rect{X0: 0.1, Y0: 0.1, X1: 0.2, Y1: 0.125}, Text: "Bị"},
			{Box: library.Rect{X0: 0.21, Y0: 0.1, X1: 1, Y1: 0.125}, Text: "<can>"},
		},
		{{Box: library.WholePage, Text: "\ufffd"}},
	}
	for _, want := range [][][]library.Word{want, nil} {
		body, err := protocol.EncodeLines(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := protocol.DecodeLines(body)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestGarbageIsNoLines(t *testing.T) {
	const word = `{"box":{"X0":0,"Y0":0,"X1":1,"Y1":1},"text":"x"}`
	many := func(item string, n int) string { return "[" + strings.Repeat(item+",", n-1) + item + "]" }
	for name, body := range map[string]string{
		"not JSON":       "lines",
		"no list":        word,
		"a list of none": "[null]",
		"no words":       "[[]]",
		"cut":            "[[" + word,
		"more":           "[[" + word + "]] {}",
		"empty word":     `[[{"box":{"X0":0,"Y0":0,"X1":1,"Y1":1}}]]`,
		"no box":         `[[{"text":"x"}]]`,
		"off the page":   `[[{"box":{"X0":0,"Y0":0,"X1":1,"Y1":1.01},"text":"x"}]]`,
		"without area":   `[[{"box":{"X0":0,"Y0":1,"X1":1,"Y1":1},"text":"x"}]]`,
		"inside out":     `[[{"box":{"X0":1,"Y0":0,"X1":0,"Y1":1},"text":"x"}]]`,
		"not a number":   `[[{"box":{"X0":NaN,"Y0":0,"X1":1,"Y1":1},"text":"x"}]]`,
		"infinite":       `[[{"box":{"X0":0,"Y0":0,"X1":1e999,"Y1":1},"text":"x"}]]`,
		"many lines":     many("["+word+"]", protocol.MaxLines+1),
		"many words":     "[" + many(word, protocol.MaxWords+1) + "]",
	} {
		if _, err := protocol.DecodeLines([]byte(body)); !errors.Is(err, protocol.ErrGarbage) {
			t.Errorf("%s: got %v, want ErrGarbage", name, err)
		}
	}
	for name, body := range map[string]string{
		"as many lines": many("["+word+"]", protocol.MaxLines),
		"as many words": "[" + many(word, protocol.MaxWords) + "]",
		"broken text":   `[[{"box":{"X0":0,"Y0":0,"X1":1,"Y1":1},"text":"` + "\xff" + `"}]]`,
	} {
		lines, err := protocol.DecodeLines([]byte(body))
		if err != nil || !utf8.ValidString(lines[0][0].Text) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whatever a worker writes in place of lines: what is believed has words on the page, and comes back
// the same when it is written again.
func FuzzDecodeLines(f *testing.F) {
	f.Add([]byte(`[[{"box":{"X0":0,"Y0":0.5,"X1":1,"Y1":1},"text":"Bị can"}]]`))
	f.Add([]byte(`[[{},{}],[{"box":null}]]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		lines, err := protocol.DecodeLines(body)
		if err != nil {
			return
		}
		for _, line := range lines {
			if len(line) == 0 {
				t.Fatal("a line without words")
			}
			for _, w := range line {
				if !w.Box.Valid() || w.Text == "" || !utf8.ValidString(w.Text) {
					t.Fatalf("believed %+v", w)
				}
			}
		}
		again, err := protocol.EncodeLines(lines)
		if err != nil {
			t.Skip("longer when written again")
		}
		if got, err := protocol.DecodeLines(again); err != nil || !cmp.Equal(got, lines) {
			t.Fatal(err, cmp.Diff(lines, got))
		}
	})
}

func FuzzReadRequest(f *testing.F) {
	var good bytes.Buffer
	_ = protocol.WriteRequest(&good, &protocol.Request{ID: 1, Op: protocol.OpText})
	f.Add(good.Bytes())
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := protocol.ReadRequest(bytes.NewReader(raw))
		if err != nil {
			return
		}
		var pipe bytes.Buffer
		if err := protocol.WriteRequest(&pipe, r); err != nil {
			t.Skip("longer when written again")
		}
		again, err := protocol.ReadRequest(&pipe)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r, again); diff != "" {
			t.Error(diff)
		}
	})
}
