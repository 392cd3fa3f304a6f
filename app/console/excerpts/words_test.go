package excerpts

import (
	"strings"
	"testing"

	"butluc/app/console/markedit"
	"butluc/library"
)

// The words of an excerpt are those that lie in its place, line by line.
func TestTheWordsOfAPassage(t *testing.T) {
	line := func(y float64, text string) library.Line {
		var words []library.Word
		for i, w := range strings.Fields(text) {
			x := 0.1 + 0.1*float64(i)
			words = append(words, library.Word{Text: w, Box: library.Rect{X0: x, Y0: y, X1: x + 0.08, Y1: y + 0.02}})
		}
		return library.LineOf(words)
	}
	text := markedit.Text{line(0.1, "Khoảng 21 giờ tôi"), line(0.14, "đến quán nước"), line(0.18, "rồi về")}
	from, to := library.Point{X: 0.22, Y: 0.11}, library.Point{X: 0.25, Y: 0.15}
	if got := wordsIn(text, text.Between(from, to)); got != "21 giờ tôi đến quán" {
		t.Errorf("got %q", got)
	}
	if got := wordsIn(nil, []library.Rect{{X0: 0, Y0: 0, X1: 1, Y1: 1}}); got != "" {
		t.Errorf("of handwriting: %q", got)
	}
}
