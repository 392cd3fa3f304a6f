package folios_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"butluc/library"
	"butluc/library/folios"
	"butluc/library/librarytest"
)

func TestProposeFolios(t *testing.T) {
	const file = "Tập 1.pdf"
	for _, test := range []struct {
		name   string
		stamps string // of the pages, "-" for none, "_" for words that are not known
		want   string // of those that are proposed, in brackets what was not read
	}{
		{"a clean run", "12 13 14 15", "12 13 14 15"},
		{"a misread one", "12 13 74 15 16", "12 13 (14) 15 16"},
		{"letters for digits", "1O 11 l2 13", "10 11 12 13"},
		{"none read between", "12 - _ 15", "12 (13) (14) 15"},
		{"front and back", "1 - 2 - 3 -", "1 (1s) 2 (2s) 3"},
		{"a sheet is missing", "1 2 3 5 6 7", "1 2 3 5 6 7"},
		{"numbers start again", "7 8 9 10 1 2 3 4", "7 8 9 10 1 2 3 4"},
		{"a suffix", "144 145 145a 146 147", "144 145 145a 146 147"},
		{"marked", "BL.12 BL:13 BL 14", "12 13 14"},
		{"a day is nearer to the corner", "45|21 46|22 47|23", "45 46 47"},
		{"a date is no stamp", "12/5/2024 - -", ""},
		{"no stamps", "- - -", ""},
	} {
		said := strings.Fields(test.stamps)
		if test.name == "marked" {
			said = []string{"BL.12", "BL:13", "BL 14"}
		}
		x := library.NewIndex(library.Exhibits([]library.File{exhibit(file, "", len(said), library.KindPDF)}))
		words := func(p library.PageID) ([]library.Line, bool) {
			switch text := said[p.Index]; text {
			case "_":
				return nil, false
			case "-":
				return librarytest.Stamp(""), true
			default:
				return librarytest.Stamp(text), true
			}
		}
		var got []string
		for _, p := range folios.Propose((library.Outline{}), pages(file, 0, len(said)), folios.CornerTop, words, x) {
			s := librarytest.Folios([]library.Folio{p.Folio})
			if !p.Read {
				s = "(" + s + ")"
			}
			got = append(got, s)
			if p.Confidence < 1 || p.Confidence > 100 || p.Agrees() {
				t.Errorf("%s: %+v", test.name, p)
			}
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%s: %s, want %s", test.name, s, test.want)
		}
	}
}

func TestProposalsTellWhatIsAssigned(t *testing.T) {
	const file = "Tập 1.pdf"
	x := library.NewIndex(library.Exhibits([]library.File{exhibit(file, "", 3, library.KindPDF)}))
	o := librarytest.Stamped(t, file, "1 2 9")
	o = apply(t, o, func(o library.Outline) library.Edit {
		n := o.Note(at(file, 1))
		n.Turn = 1 // its scan lies on the left side
		return o.Set(n)
	})
	list := folios.Propose(o, pages(file, 0, 3), folios.CornerTop, func(p library.PageID) ([]library.Line, bool) {
		lines := librarytest.Stamp(fmt.Sprint(p.Index + 1))
		if p.Index == 1 {
			for i := range lines {
				for k := range lines[i].Words {
					lines[i].Words[k].Box = lines[i].Words[k].Box.Turned(3)
				}
			}
		}
		return lines, true
	}, x)
	if len(list) != 3 || !list[0].Agrees() || !list[1].Agrees() || list[2].Agrees() || list[2].Has != folio(9) || list[2].Folio != folio(3) {
		t.Errorf("proposals %+v", list)
	}
}

// Of 400 stamps a tenth are misread and a tenth are not read: nearly all pages get their number, and the
// confidence tells those that are wrong.
func TestProposalsOutOfPoorReadings(t *testing.T) {
	const file, n = "Tập 1.pdf", 400
	x := library.NewIndex(library.Exhibits([]library.File{exhibit(file, "", n, library.KindPDF)}))
	r := rand.New(rand.NewPCG(1, 2))
	said := make([]string, n)
	for i := range said {
		switch r.IntN(10) {
		case 0:
		case 1:
			said[i] = fmt.Sprint(1 + r.IntN(999))
		default:
			said[i] = fmt.Sprint(i + 31)
		}
	}
	list := folios.Propose(library.Outline{}, pages(file, 0, n), folios.CornerTop, func(p library.PageID) ([]library.Line, bool) {
		return librarytest.Stamp(said[p.Index]), true
	}, x)
	right, wrong := 0, 0
	for _, p := range list {
		switch {
		case p.Folio.Number == p.Page.Index+31:
			right++
		case p.Confidence >= 60:
			wrong++
		}
	}
	if right < n*97/100 || wrong > 0 {
		t.Errorf("%d of %d right, %d wrong ones with confidence", right, n, wrong)
	}
}
