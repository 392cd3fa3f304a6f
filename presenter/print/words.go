package print

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"butluc/assets"
	"butluc/library"
)

var (
	motto = []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"}

	kindNames = map[library.CaseKind]string{
		library.CaseCriminal: "hình sự", library.CaseCivil: "dân sự", library.CaseAdministrative: "hành chính",
		library.CaseEnforcement: "thi hành án dân sự", library.CaseMeeting: "họp liên ngành",
		library.CaseReport: "báo cáo án", library.CaseOwn: "khác",
	}

	differenceNames = map[library.DifferenceKind]string{
		library.DifferenceAdded: "thêm", library.DifferenceRemoved: "bỏ",
		library.DifferenceChanged: "sửa", library.DifferenceMoved: "chuyển chỗ",
	}

	// otherNames are what is called so where it was changed, but texts, which have their names with them.
	otherNames = map[string]string{
		"Kind": "loại án", "Role": "tư cách", "Present": "có mặt", "Code": "mã", "Told": "phần của phiên tòa", "Digit": "phím số", "Color": "màu",
		"Asks": "người được hỏi", "Shot": "trang trình chiếu", "Person": "người khai", "FolioFrom": "bút lục đầu", "FolioTo": "bút lục cuối",
		"Paths": "các tệp", "Turn": "chiều trang", "Hidden": "ẩn trang", "Folio": "bút lục", "Stated": "số bút lục theo cáo trạng",
		"Series": "loại bút lục", "To": "điểm cuối", "Speed": "tốc độ", "Mute": "tắt tiếng", "Beside": "biên bản kèm theo",
		"Stamp": "thời gian ở chú thích", "Clock": "giờ của máy quay",
	}
)

// roleName is what a person is in the case, in Vietnamese.
func roleName(role string) string {
	if role == "" {
		return ""
	}
	return assets.Catalogue("vi")["role."+role]
}

func dateWords(t time.Time) string {
	month := fmt.Sprintf("%d", t.Month())
	if t.Month() < 3 { // the decree has a zero before days up to 9, and before January and February
		month = "0" + month
	}
	return fmt.Sprintf("ngày %02d tháng %s năm %d", t.Day(), month, t.Year())
}

// capital is text with its first letter a capital.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// roman numbers phases.
func roman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		value int
		text  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= d.value {
			b.WriteString(d.text)
			n -= d.value
		}
	}
	return b.String()
}

// documentTitle is a page's document with the date of what was said in it.
func (m *resolved) documentTitle(p library.PageID) string {
	d, ok := m.Outline.DocumentOf(p, m.index)
	if !ok || d.Title == "" {
		return library.ReadableName(p.Path)
	}
	return titleOf(d)
}

func titleOf(d library.Document) string {
	if d.Date != "" && !strings.Contains(d.Title, d.Date) {
		return d.Title + " ngày " + d.Date
	}
	return d.Title
}

// shown names what a shot shows in short: "BL 45; BL 61", by its title where there is no folio.
func (m *resolved) shown(shot library.Shot) string {
	var names []string
	for _, pane := range shot.List() {
		name := m.documentTitle(pane.Page)
		if f := m.Outline.FolioOf(pane.Page, m.index); !f.IsZero() {
			name = "BL " + f.String()
		}
		name += played(pane)
		names = append(names, name)
	}
	return strings.Join(names, "; ")
}

// caption names what a shot shows in full.
func (m *resolved) caption(shot library.Shot) string {
	var names []string
	for _, pane := range shot.List() {
		name := m.documentTitle(pane.Page)
		if f := m.Outline.FolioOf(pane.Page, m.index); !f.IsZero() {
			name = "BL " + f.String() + ", " + name
		}
		name += played(pane)
		names = append(names, name)
	}
	return strings.Join(names, "; ")
}

// played is from where to where of a recording a pane plays.
func played(p library.Pane) string {
	if p.Clip.IsZero() {
		return ""
	}
	return ", " + p.Clip.Words()
}

// volume is the folder's name as clerks call it: "Tập 4" of "Tập 4 - Lời khai".
func volume(p string) string {
	folder, _, below := strings.Cut(library.ReadablePath(p), "/")
	if !below {
		return ""
	}
	for _, joint := range []string{" - ", " – ", ". ", "_"} {
		if name, _, cut := strings.Cut(folder, joint); cut && strings.HasPrefix(library.Fold(name), "tap ") {
			return name
		}
	}
	return folder
}
