package label_test

import (
	"testing"

	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
)

// ofOnePage is a case of one document.
type ofOnePage struct{ x *library.Index }

func (c ofOnePage) Outline() library.Outline                   { return library.Outline{} }
func (c ofOnePage) Index() *library.Index                      { return c.x }
func (c ofOnePage) Snapshot() (s casefile.Snapshot, open bool) { return s, true }

// One page is called in two languages at a time: what is called asks for no language that the program is in.
func TestLabelsAreInTheLanguageThatIsHandedIn(t *testing.T) {
	page := library.PageID{Path: "BL 45 Biên bản.pdf", Index: 1}
	x := library.NewIndex(library.Exhibits([]library.File{{Path: page.Path, Kind: library.ParseKind("pdf"), Pages: 3, SHA256: "a"}}))
	for language, want := range map[string]string{"vi": "trang 2/3", "en": "page 2/3"} {
		in := i18n.In(language)
		l := label.New(ofOnePage{x}, func() i18n.Catalogue { return in })
		if name := l.FullName(page); name != l.Name(page)+" · "+want {
			t.Errorf("%s: the page is called %q", language, name)
		}
	}
	if vi, en := label.Folio(i18n.In("vi"), library.Folio{Number: 45, Back: true}), label.Folio(i18n.In("en"), library.Folio{Number: 45, Back: true}); vi == en {
		t.Errorf("both languages call the back of sheet 45 %q", vi)
	}
}
