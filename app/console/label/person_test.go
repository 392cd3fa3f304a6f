package label_test

import (
	"testing"

	"butluc/app/console/label"
	"butluc/library"
)

func TestAPersonIsReadAsOneWritesThemDown(t *testing.T) {
	for line, want := range map[string]library.Person{
		"":                   {},
		"  Trần  Văn M ":     {Name: "Trần Văn M"},
		"Trần Văn M, bị cáo": {Name: "Trần Văn M", Role: "bi-cao"},
		"Bị cáo Trần Văn M":  {Name: "Trần Văn M", Role: "bi-cao"},
		"bi can Trần Văn M":  {Name: "Trần Văn M", Role: "bi-cao"},
		"Luật sư Lê Thị K":   {Name: "Lê Thị K", Role: "nguoi-bao-chua"},
		"người bảo vệ quyền lợi Lê Thị K": {Name: "Lê Thị K", Role: "nguoi-bao-ve-quyen"},
		"Lê Thị K, giám đốc":              {Name: "Lê Thị K, giám đốc"},
		"Bị":                              {Name: "Bị"},
	} {
		if got := label.ParsePerson(line); got != want {
			t.Errorf("%q is read as %+v", line, got)
		}
	}
}
