package shelf

import (
	"testing"

	"butluc/library"
	shelfstore "butluc/library/shelf"
)

func TestSearchFindsCasesAtTheBeginningsOfWords(t *testing.T) {
	for title, want := range map[string]bool{"Vụ án Trần Văn Hùng": true, "Vụ án chứng khoán": false} {
		if got := match(shelfstore.Entry{Title: title, Path: "/an/" + title}, library.NewFilter("hung")); got != want {
			t.Errorf("“hung” finds %q: %v", title, got)
		}
	}
}
