package print

import (
	"bytes"
	"strings"
	"testing"
)

// A note is on paper whole, however long it is: what does not fit into its row goes on in the next one.
func TestLongNotesAreOnPaperWhole(t *testing.T) {
	for _, note := range []string{
		strings.Repeat("Bị cáo khai lúc 21 giờ ở tiệm sửa xe. ", 300), strings.Repeat("ă", 5000), "ngắn", "",
	} {
		var got []string
		for rest := note; rest != ""; {
			var now string
			now, rest = cutCell(rest)
			if n := len([]rune(now)); n == 0 || n > mostInCell {
				t.Fatalf("a cell of %d letters", n)
			}
			got = append(got, now)
		}
		if glued := strings.ReplaceAll(strings.Join(got, ""), " ", ""); glued != strings.ReplaceAll(note, " ", "") {
			t.Errorf("of %d letters %d are there", len(note), len(glued))
		}
	}
	var b bytes.Buffer
	r := Record{
		Columns: []RecordColumn{{Head: "Từ", Share: 1}, {Head: "Nội dung", Share: 2}},
		Rows:    []RecordRow{{Day: "14/03/2026", Cells: []string{"08:31:05", strings.Repeat("Bị cáo im lặng. ", 2000)}}},
	}
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(b.Bytes(), []byte("/Type /Page\n")); n < 4 {
		t.Errorf("%d pages for a note of several", n)
	}
}
