package library_test

import (
	"testing"

	"butluc/library"
)

func TestFilterMatchesAtTheBeginningsOfWords(t *testing.T) {
	for _, c := range []struct {
		typed, text string
		want        bool
	}{
		{"", "Biên bản", true},
		{"hung", "Chứng cứ", false},
		{"hung", "Nguyễn Văn Hùng", true},
		{"hung", "Hung khí", true},
		{"hùng", "Hung khí", true},
		{"hung", "Vật chứng_hung khí.pdf", true},
		{"dao", "Ai đạo diễn?", true},
		{"ao", "Con dao", false},
		{"khi hu", "Hung khí", true},
		{"khi chu", "Hung khí", false},
		{"45", "BL 45", true},
		{"45", "BL45 Biên bản.pdf", true},
		{"45", "BL 045-046", true},
		{"46", "BL 045-046", true},
		{"5", "BL 45", false},
		{"5", "BL 105", false},
		{"45a", "BL 45a", true},
		{"a", "BL 45a", false},
		{"l45", "BL45", false},
		{"1.2", "1.2.1  Con dao", true},
		{"2.1", "1.2.1  Con dao", true},
		{".pdf", "Lời khai.pdf", true},
		{"(mặt", "45 (mặt sau)", true},
		{"?", "Ở đâu?", true},
		{"0", "BL 10", false},
		{"anh anh", "Ảnh", true},
		{"hung", "chứng hung", true}, // the first place is inside a word, the second begins one
	} {
		if got := library.NewFilter(c.typed).Match(library.Fold(c.text)); got != c.want {
			t.Errorf("%q in %q: %v, want %v", c.typed, c.text, got, c.want)
		}
	}
}

func TestFilterTakesEachWordFromAnyText(t *testing.T) {
	f := library.NewFilter("tranh 21")
	if !f.Match(library.Fold("Tranh luận"), library.Fold("Lúc 21 giờ?")) {
		t.Error("words of two texts don't match")
	}
	if f.Match(library.Fold("Tranh luận")) {
		t.Error("one of two words matches")
	}
}
