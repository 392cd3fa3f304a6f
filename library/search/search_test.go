package search_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"butluc/library"
	"butluc/library/search"
	"butluc/library/search/text"
)

// pageOf is a page with these lines, each word as wide as it has letters.
func pageOf(lines ...string) text.Page {
	p := text.Page{Source: text.SourceLayer, Confidence: 100}
	for i, line := range lines {
		var words []library.Word
		x := 0.1
		for word := range strings.FieldsSeq(line) {
			w := 0.01 * float64(len([]rune(word)))
			words = append(words, library.Word{Text: word, Box: library.Rect{X0: x, Y0: 0.1 + 0.03*float64(i), X1: min(x+w, 1), Y1: 0.12 + 0.03*float64(i)}})
			x += w + 0.005
		}
		if len(words) > 0 {
			p.Lines = append(p.Lines, library.LineOf(words))
		}
	}
	return p
}

func indexOf(t testing.TB, pages ...text.Page) *search.Index {
	t.Helper()
	x, err := search.InMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	entries := make([]search.Entry, len(pages))
	for i, p := range pages {
		entries[i] = search.Entry{Key: text.Key{SHA256: "case", Page: i}, Page: p}
	}
	if err := x.Add(t.Context(), entries...); err != nil {
		t.Fatal(err)
	}
	return x
}

// found are the numbers of the pages that a query finds, the best first.
func found(t testing.TB, x *search.Index, typed string) []int {
	t.Helper()
	hits, err := x.Search(t.Context(), search.ParseQuery(typed), 50, nil)
	if err != nil {
		t.Fatal(err)
	}
	pages := []int{}
	for _, h := range hits {
		pages = append(pages, h.Key.Page)
	}
	return pages
}

func TestWhatIsFoundAndInWhichOrder(t *testing.T) {
	x := indexOf(t,
		pageOf("Bị cáo dùng con dao gọt trái cây", "đâm vào bụng anh Đạt"), // 0
		pageOf("Hội đồng đạo đức nghề nghiệp, con người"),                  // 1
		pageOf("Thu giữ 01 con đao dài 24,5 cm, chuôi nhựa"),               // 2
		pageOf("Hòa giải không thành ngày 12/3/2024 tại UBND phường"),      // 3
		pageOf("Xe máy biển số 29A-123.45, giá 5.000.000 đồng"),            // 4
		pageOf("dao thì ở bếp, con thì đi học"),                            // 5
		pageOf("khoẻ mạnh; hoà bình"),                                      // 6
	)
	type pages []int
	for typed, want := range map[string]struct{ first, rest pages }{
		"dao":                  {pages{}, pages{5, 0, 1, 2}},
		"dao bếp":              {pages{5}, nil},
		"đao":                  {pages{2}, pages{5, 0, 1}},
		"con dao":              {pages{0}, pages{5, 2, 1}},
		`"con dao"`:            {pages{0, 2}, nil}, // as it was typed, then with other accents
		`"con đao"`:            {pages{2, 0}, nil},
		"con dao gọt":          {pages{0}, nil},
		"CON DAO GỌT":          {pages{0}, nil},
		norm.NFD.String("gọt"): {pages{0}, nil},
		"got trai cay":         {pages{0}, nil},
		"hoà":                  {nil, pages{6, 3}},
		"hòa":                  {nil, pages{6, 3}},
		"12/3/2024":            {pages{3}, nil},
		"3/2024":               {pages{3}, nil},
		"29A-123.45":           {pages{4}, nil},
		"123.45":               {pages{4}, nil},
		"5.000.000 đồng":       {pages{4}, nil},
		"trá":                  {pages{0}, nil}, // the beginning of a word
		"dao -bếp":             {nil, pages{0, 1, 2}},
		"dao -gọ*":             {nil, pages{1, 2, 5}}, // no word that begins so
		"dao -trái-câ*":        {nil, pages{1, 2, 5}},
		"tría cay":             {nil, nil}, // letters of a short word are wrong
		"nghiep":               {pages{1}, nil},
		"nghiet":               {pages{1}, nil}, // a letter of a long one is
		"":                     {nil, nil},
		"...":                  {nil, nil},
	} {
		got := found(t, x, typed)
		n := min(len(got), len(want.first))
		slices.Sort(got[n:])
		slices.Sort(want.rest)
		if !slices.Equal(got[:n], want.first) || !slices.Equal(got[n:], want.rest) {
			t.Errorf("%q finds %v, want first %v and then %v", typed, got, want.first, want.rest)
		}
	}
	if got := found(t, x, "dao"); slices.Index(got, 5) > slices.Index(got, 1) || slices.Index(got, 0) > slices.Index(got, 1) {
		t.Errorf("dao finds %v: dao itself, on 0 and 5, is to come before đạo, on 1", got)
	}
}

func TestMostWordsOfALongQueryAreEnough(t *testing.T) {
	x := indexOf(t,
		pageOf("khoảng hai mươi mốt giờ bị cáo cầm dao chạy ra"),
		pageOf("khoảng hai mươi giờ, bị hại ngồi ở bàn số năm"),
		pageOf("lúc đó trời mưa"),
	)
	if got := found(t, x, "hai mươi mốt giờ bị cáa cầm dao"); len(got) == 0 || got[0] != 0 {
		t.Errorf("with one wrong word of eight: %v, want page 0 first", got)
	}
	if got := found(t, x, `"hai mươi mốt giò bị cáo xxxx dao"`); len(got) == 0 || got[0] != 0 {
		t.Errorf("in quotes, with one wrong word: %v, want page 0 first", got)
	}
	if got := found(t, x, "trời nắng to và nóng"); len(got) != 0 {
		t.Errorf("with one word of five: %v, want none", got)
	}
}

// A word with the accents that were typed comes first, however often others are on a page, and however short it is.
func TestAccentsComeBeforeNumbers(t *testing.T) {
	long := strings.Repeat(" một hai ba bốn", 50)
	x := indexOf(t,
		pageOf(strings.Repeat("con đạo ", 30)), pageOf("con đạo"), // 0, 1
		pageOf("con dao"+long), pageOf("con dao"+long), // 2, 3
	)
	for typed, want := range map[string][]int{
		"dao": {2, 3}, "con dao": {2, 3}, `"con dao"`: {2, 3}, "đạo": {0, 1}, "con đạo": {0, 1},
	} {
		got := found(t, x, typed)
		slices.Sort(got[:min(2, len(got))])
		if len(got) != 4 || !slices.Equal(got[:2], want) {
			t.Errorf("%q finds %v, want %v first", typed, got, want)
		}
	}
}

// A passage in which OCR erred comes before a page that happens to have all the words, and that one is found, too.
func TestAPassageWithAWrongWordComesFirst(t *testing.T) {
	x := indexOf(t,
		pageOf("dao ở bếp, cáo ở rừng, năm giờ; bị ướt", "mốt mới cầm hai tay"),
		pageOf("lúc đó khoảng năm giờ bị cáa cầm dao chạy ra"),
		pageOf("lúc trời mưa"), pageOf("khoảng một tuần"),
	)
	for _, typed := range []string{"năm giờ bị cáo cầm dao", "nam gio bi cao cam dao", "năm giờ bị cáo cầm dao "} {
		if got := found(t, x, typed); !slices.Equal(got, []int{1, 0}) {
			t.Errorf("%q finds %v, want the passage, 1, and then 0", typed, got)
		}
	}
}

func TestScope(t *testing.T) {
	pages := make([]text.Page, 5000)
	for i := range pages {
		pages[i] = pageOf("bị cáo khai")
	}
	x := indexOf(t, pages...)
	for _, n := range []int{0, 3, 2500} {
		scope := map[text.Key]struct{}{}
		for i := range n {
			scope[text.Key{SHA256: "case", Page: 4999 - i}] = struct{}{}
		}
		hits, err := x.Search(t.Context(), search.ParseQuery("bị cáo"), 40, scope)
		if err != nil {
			t.Fatal(err)
		}
		if len(hits) != min(n, 40) {
			t.Errorf("%d pages in scope: %d found", n, len(hits))
		}
		for _, h := range hits {
			if h.Key.Page < 5000-n {
				t.Errorf("page %d was found, which is out of scope", h.Key.Page)
			}
		}
	}
}

func TestMatchTellsWhereItStands(t *testing.T) {
	p := pageOf("Bị cáo khai có con dao.", "Anh Đạt thì nói: “con dao” ấy của quán", "đạo đức")
	m := search.ParseQuery("con dao").Match(p)
	if !m.Found || m.Line != 0 || m.Text != "Bị cáo khai có con dao." || len(m.Bold) != 1 || m.Text[m.Bold[0][0]:m.Bold[0][1]] != "con dao." {
		t.Errorf("match %+v", m)
	}
	// Where the words stand together, each alone is not what is meant.
	want := []library.Rect{p.Lines[0].Words[4].Box.Around(p.Lines[0].Words[5].Box), p.Lines[1].Words[4].Box.Around(p.Lines[1].Words[5].Box)}
	if !slices.Equal(m.Boxes, want) {
		t.Errorf("boxes\n%v want\n%v", m.Boxes, want)
	}
	if m := search.ParseQuery("đạo").Match(p); !m.Found || m.Line != 2 || len(m.Boxes) != 1 {
		t.Errorf("đạo as it is written is there once: %+v", m)
	}
	if m := search.ParseQuery("không có").Match(p); m.Found {
		t.Errorf("one of two words: %+v", m)
	}
	if m := search.ParseQuery("dao -khai").Match(p); m.Found || len(m.Boxes) > 0 {
		t.Errorf("with a word that must not be there: %+v", m)
	}
	if m := search.ParseQuery("chữ viết").MatchText("Tóm tắt:\nchữ viết tay của bị hại"); !m.Found || m.Text != "chữ viết tay của bị hại" {
		t.Errorf("a note: %+v", m)
	}
}

var syllables = strings.Fields("bị cáo khai con dao đạo đao đâm hòa hoà khoẻ 12/3 29A-123 anh Đạt nghiệp nghiep trưa chiều")

// What Match finds on a page the index finds, and it finds nothing of which Match knows nothing.
func TestIndexAndMatchAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom(syllables)
		x, err := search.InMemory()
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = x.Close() }()
		var entries []search.Entry
		for i := range rapid.IntRange(1, 4).Draw(t, "pages") {
			var lines []string
			for range rapid.IntRange(1, 3).Draw(t, "lines") {
				lines = append(lines, strings.Join(rapid.SliceOfN(word, 1, 6).Draw(t, "line"), " "))
			}
			entries = append(entries, search.Entry{Key: text.Key{SHA256: "a", Page: i}, Page: pageOf(lines...)})
		}
		if err := x.Add(context.Background(), entries...); err != nil {
			t.Fatal(err)
		}
		typed := strings.Join(rapid.SliceOfN(word, 1, 4).Draw(t, "query"), " ")
		if rapid.Bool().Draw(t, "quoted") {
			typed = `"` + typed + `"`
		}
		q := search.ParseQuery(typed)
		hits, err := x.Search(context.Background(), q, 10, nil)
		if err != nil {
			t.Fatal(err)
		}
		found := map[int]bool{}
		for _, h := range hits {
			found[h.Key.Page] = true
		}
		whole := 0 // pages that have it as it was typed: they are found, and come first
		for _, e := range entries {
			if q.Match(e.Page).Whole {
				whole++
			}
		}
		for i, h := range hits[:min(whole, len(hits))] {
			if !q.Match(entries[h.Key.Page].Page).Whole && !strings.Contains(typed, `"`) {
				t.Fatalf("%q: page %q comes as number %d of %d that have all", typed, entries[h.Key.Page].Page.Text(), i, whole)
			}
		}
		for _, e := range entries {
			switch m := q.Match(e.Page); {
			case m.Whole && !found[e.Key.Page]:
				t.Fatalf("%q is on %q, and is not found", typed, e.Page.Text())
			case whole == 0 && found[e.Key.Page] && !m.Found:
				t.Fatalf("%q is not on %q, and is found", typed, e.Page.Text())
			case m.Found && len(hits) == 0:
				t.Fatalf("most of %q is on %q, and nothing is found", typed, e.Page.Text())
			}
		}
	})
}

func TestAnIndexIsThereAgain(t *testing.T) {
	dir := t.TempDir()
	x, err := search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	key := text.Key{SHA256: strings.Repeat("ab", 32), Page: 7}
	if err := x.Add(t.Context(), search.Entry{Key: key, Page: pageOf("con dao")}); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	x, err = search.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if !x.Has(key) || x.Len() != 1 {
		t.Errorf("the page is gone")
	}
	if _, err := search.Open(dir); err != search.ErrInUse { //nolint:errorlint // as it is
		t.Errorf("opened twice: %v", err)
	}
	if err := x.Keep(func(text.Key) bool { return false }); err != nil {
		t.Fatal(err)
	}
	if got := found(t, x, "dao"); len(got) != 0 || x.Has(key) {
		t.Errorf("what was forgotten is found: %v", got)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, s := range []string{`con dao`, `"con dao" -bếp người:"Nguyễn Văn A" bl:120-145`, `tập:`, `bl:x`, `"`, `-`, `*`, "a\x00b", "bút lục: 5s–7", `x"y z`} {
		f.Add(s)
	}
	p := pageOf("Bị cáo khai có con dao.", "12/3/2024")
	f.Fuzz(func(t *testing.T, typed string) {
		q := search.ParseQuery(typed)
		q.Match(p)
		again := search.ParseQuery(q.String())
		if q.String() != again.String() {
			t.Errorf("%q is %q, which is %q", typed, q.String(), again.String())
		}
	})
}

func TestParseQuery(t *testing.T) {
	for typed, want := range map[string]string{
		`con dao`:                    `con dao*`,
		`“Con Dao” hỏi`:              `"con dao" hỏi*`,
		`Người:"Nguyễn Văn A" dao`:   `dao* người:"Nguyễn Văn A"`,
		`person:An tập:4 bl:120-145`: `người:"An" tập:"4" bl:120-145`,
		`bút lục: 45s`:               `bl:45s-45s`,
		`bl:145a–150`:                `bl:145a-150`,
		`dao* gấp`:                   `dao* gấp*`,
		`-dao gấp`:                   `gấp* -dao`,
		`12/3/2024 lúc`:              `"12 3 2024" lúc*`,
		`người: người`:               `người:"người"`,
	} {
		if got := search.ParseQuery(typed).String(); got != want {
			t.Errorf("%q is read as %q, want %q", typed, got, want)
		}
	}
	if q := search.ParseQuery("bl:145a-150"); q.From != (library.Folio{Number: 145, Suffix: "a"}) || q.To.Number != 150 || q.HasWords() {
		t.Errorf("%+v", q)
	}
}

func ExampleParseQuery() {
	fmt.Println(search.ParseQuery(`"con dao" bl:120-145`))
	// Output: "con dao" bl:120-145
}
