package text

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"butluc/library"
)

// What an earlier version kept of text layers is read anew; what OCR read, which takes long, stays.
func TestRecordsOfTheVersionBefore(t *testing.T) {
	dir, sha := t.TempDir(), strings.Repeat("cd", 32)
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	line := library.LineOf([]library.Word{{Text: "dao", Box: library.Rect{X0: 0.1, Y0: 0.1, X1: 0.2, Y1: 0.2}}})
	for page, source := range sources {
		if err := s.Put(Key{sha, page}, Page{Source: source, Confidence: 80, Lines: []library.Line{line}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*", "*"+fileEnding))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	file := files[0]
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(b); {
		head := b[at : at+headerBytes]
		head[3] = '1'
		binary.LittleEndian.PutUint32(head[20:], headerSum(sha, head))
		at += headerBytes + int(binary.LittleEndian.Uint32(head[8:]))
	}
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err = Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for page, source := range sources {
		if got, want := s.Has(Key{sha, page}), source == SourceOCR; got != want {
			t.Errorf("%s: kept %v, want %v", source, got, want)
		}
	}
}
