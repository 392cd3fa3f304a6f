package table_test

import (
	"strings"
	"testing"

	"butluc/app/table"
)

func TestNoCellActs(t *testing.T) {
	var b strings.Builder
	err := table.Write(&b, [][]string{
		{"BL 12", "Lời khai, 3 trang", "12-15"},
		{`=HYPERLINK("http://x")`, "+1", "-1", "@x", "\t=1", "\r=1", "\n=1"},
		{"\x1b[2J", "ảnh\u202egpj.exe"},
	})
	want := "\ufeffBL 12,\"Lời khai, 3 trang\",12-15\n" +
		`"'=HYPERLINK(""http://x"")",'+1,'-1,'@x,'\u0009=1,'\u000d=1,'\u000a=1` + "\n" +
		`\u001b[2J,ảnh\u202egpj.exe` + "\n"
	if err != nil || b.String() != want {
		t.Errorf("%v\n%q\n%q", err, b.String(), want)
	}
}
