package library

import "testing"

func BenchmarkNewExhibit(b *testing.B) {
	for b.Loop() {
		NewExhibit(File{Path: "Tập 3/BL 12-15 Biên bản hỏi cung bị can.pdf", Pages: 4})
	}
}
