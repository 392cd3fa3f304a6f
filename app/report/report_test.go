package report_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"butluc/app/i18n"
	"butluc/app/report"
	"butluc/library"
	"butluc/library/journal"
	"butluc/presenter/render"
	"butluc/presenter/render/rendertest"
)

// TestMain runs this binary as a render worker where it is asked to.
func TestMain(m *testing.M) {
	rendertest.Work()
	os.Exit(m.Run())
}

// The list of what was shown says that a page was drawn on, or its picture changed: the court minutes may.
func TestTheListSaysWhatWasDrawn(t *testing.T) {
	corners := []library.Point{{X: 0.1, Y: 0.1}, {X: 0.2, Y: 0.2}}
	marks := library.MarksOf(
		library.Mark{Kind: library.MarkHighlight, Points: corners}, library.Mark{Kind: library.MarkHighlight, Points: corners},
		library.Mark{Kind: library.MarkRedaction, Points: corners},
	)
	shown := journal.Shown{Beat: 2, Panes: []journal.Pane{
		{Path: "a.pdf", Page: 1, Title: "Biên bản", Marks: marks, Adjust: library.Adjust{Contrast: 20}},
		{Path: "b.mp4", Page: 1, Clip: true, Title: "Ghi hình", Tone: "hlg"},
	}}
	span := journal.Span{Entry: journal.Entry{Shown: &shown}}
	want := span.Titles() + "; lượt hiện 2; ảnh đã tăng tương phản; phim HDR (HLG), sắc độ đã được quy đổi để màn hình SDR chiếu được; dấu: tô sáng, che kín"
	if got := report.ShownText(i18n.In("vi"), span); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

const (
	cameraHash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
	callHash   = "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"
)

// played is the record of a trial in which recordings were played, until a crash, and of the one after it.
func played(t *testing.T) report.Record {
	t.Helper()
	dir := t.TempDir()
	j, _, err := journal.Open(dir, filepath.Join(dir, "head"))
	if err != nil {
		t.Fatal(err)
	}
	camera := func(from, to int) *journal.Played {
		return &journal.Played{Path: "Ghi hình/camera.mp4", SHA256: cameraHash, Folio: "A3", Title: "Camera", From: from, To: to, Speed: 100, Volume: 100}
	}
	call := func(from, to int) *journal.Played {
		return &journal.Played{Path: "gọi.mp3", Title: "Cuộc gọi", SHA256: callHash, Sound: true, From: from, To: to, Speed: 50, Volume: 100, Mute: true}
	}
	loud := call(500, 900)
	loud.Mute = false
	still := func(ms int) *journal.Shown {
		return &journal.Shown{Panes: []journal.Pane{{Path: "Ghi hình/camera.mp4", SHA256: cameraHash, Page: ms + 1, Clip: true, Title: "Camera"}}}
	}
	at := time.Date(2026, 3, 14, 9, 0, 0, 0, time.Local)
	for _, e := range []journal.Entry{
		{Kind: journal.KindStart},
		{Kind: journal.KindShow, Shown: still(7480)},
		{Kind: journal.KindPlay, Played: camera(7480, 0)},
		{Kind: journal.KindStop, Played: camera(7480, 31200)},
		{Kind: journal.KindView, Shown: still(31200)},
		{Kind: journal.KindView, Shown: still(12040)},
		{Kind: journal.KindPlay, Played: camera(12040, 0)},
		{Kind: journal.KindStop, Played: camera(12040, 13000)},
		{Kind: journal.KindBlack},
		{Kind: journal.KindPlay, Played: call(500, 0)},
		{Kind: journal.KindStop, Played: loud},
		{Kind: journal.KindPlay, Played: call(3_723_000, 0)},
		{Kind: journal.KindStart, Text: "after a crash"},
		{Kind: journal.KindPlay, Played: &journal.Played{Path: "mới.mp4", Title: "Mới", Speed: 100, Volume: 100}},
	} {
		at = at.Add(5 * time.Second)
		e.At = at
		j.Append(e, nil)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := report.Read(j.Path(), filepath.Join(dir, "head"))
	if err != nil || r.Fault != nil {
		t.Fatal(err, r.Fault)
	}
	return r
}

func TestTheListSaysWhatWasPlayed(t *testing.T) {
	r := played(t)
	var got []string
	for _, row := range r.Rows(i18n.In("vi")) {
		got = append(got, strings.Join(row.Cells[:4], "|"))
	}
	camera, call := "; tệp Ghi hình/camera.mp4, SHA-256 "+cameraHash, "; tệp gọi.mp3, SHA-256 "+callHash
	want := []string{
		"09:00:05|||bắt đầu phiên",
		"09:00:10|09:00:45||Camera · 0:07.480; dừng hình tại 0:12.040",
		"09:00:15|09:00:20|A3|Phát ghi hình Camera 0:07 → 0:31 (24 giây)" + camera,
		"09:00:35|09:00:40|A3|Phát ghi hình Camera 0:12 → 0:13 (1 giây)" + camera,
		"09:00:45|||màn hình đen",
		"09:00:50|09:00:55||Phát ghi âm Cuộc gọi 0:00 → 0:00 (0 giây); tốc độ 50%" + call,
		"09:01:00|||Phát ghi âm Cuộc gọi từ 1:02:03, không rõ đến đâu: chương trình bị ngắt; tốc độ 50%; tắt tiếng" + call,
		"09:01:05|||bắt đầu phiên",
		"09:01:10|||Phát ghi hình Mới từ 0:00, chưa ghi nhận lúc dừng; tệp mới.mp4, SHA-256 chưa tính khi phát",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	want = []string{
		"Ghi hình/camera.mp4: phát 2 lần, tổng cộng 0:24.680; SHA-256 " + cameraHash,
		"gọi.mp3: phát 2 lần, tổng cộng 0:00.400 (1 lần không rõ đến đâu); SHA-256 " + callHash,
		"mới.mp4: phát 1 lần, tổng cộng 0:00.000 (1 lần không rõ đến đâu); SHA-256 chưa tính khi phát",
	}
	if got := r.PlayedFiles(i18n.In("vi")); !slices.Equal(got, want) {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// What goes to the clerk names the original of each recording by its SHA-256.
func TestTheExportsNameTheOriginals(t *testing.T) {
	r := played(t)
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.csv", "a.pdf"} {
		var b bytes.Buffer
		if err := r.Write(&b, name, i18n.In("vi")); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	table, err := os.ReadFile(filepath.Join(dir, "a.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"a.csv": string(table), "a.pdf": textOf(t, dir, "a.pdf")} {
		text = strings.Join(strings.Fields(norm.NFC.String(text)), "") // a cell breaks a hash
		for what, times := range map[string]int{
			cameraHash: 3, callHash: 3, // in each row, and at the end
			"Phát ghi hình Camera 0:07 → 0:31 (24 giây)": 1, "Camera · 0:07.480": 1, "chương trình bị ngắt": 1,
			"Ghi hình/camera.mp4: phát 2 lần, tổng cộng 0:24.680": 1,
		} {
			if got := strings.Count(text, strings.ReplaceAll(what, " ", "")); got != times {
				t.Errorf("%s says %q %d times, want %d, in\n%s", name, what, got, times, text)
			}
		}
	}
}

// Each list is in the language that is handed in, whatever other lists are written in meanwhile: a window in English prints in
// Vietnamese.
func TestListsInTwoLanguagesAreWrittenAtOnce(t *testing.T) {
	r := played(t)
	write := func(language string) (table string) {
		var b strings.Builder
		in := i18n.In(language)
		if err := errors.Join(r.Write(&b, "a.csv", in), r.Write(io.Discard, "a.pdf", in)); err != nil {
			t.Error(err)
		}
		return b.String()
	}
	want := map[string]string{"vi": write("vi"), "en": write("en")}
	if !strings.Contains(want["vi"], "Phát ghi hình") || want["vi"] == want["en"] {
		t.Fatalf("the Vietnamese list is\n%s", want["vi"])
	}
	var writing sync.WaitGroup
	for range 3 {
		for language, table := range want {
			writing.Go(func() {
				if got := write(language); got != table {
					t.Errorf("in %s:\n%s\nwant\n%s", language, got, table)
				}
			})
		}
	}
	writing.Wait()
}

// textOf is the text layer of a PDF.
func textOf(t *testing.T, dir, name string) string {
	t.Helper()
	info, err := os.Stat(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	r := rendertest.New(t)
	src := render.Source{Root: dir, Path: name, Size: info.Size(), ModTime: info.ModTime().UnixNano(), Kind: library.KindPDF}
	facts, err := r.Inspect(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for i := range facts.Pages {
		text, err := r.Text(t.Context(), src, i)
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(text + "\n")
	}
	return all.String()
}

// A SHA-256 that came after the line is in the list, with the line that it belongs to, and in the total of what was played.
func TestTheListHasHashesThatCameLater(t *testing.T) {
	dir := t.TempDir()
	j, _, err := journal.Open(dir, filepath.Join(dir, "head"))
	if err != nil {
		t.Fatal(err)
	}
	film := journal.Played{Path: "gọi 15%25.mp3", Title: "Cuộc gọi", Sound: true, Speed: 100, Volume: 100, To: 5000}
	j.Append(journal.Entry{Kind: journal.KindStart}, nil)
	j.Append(journal.Entry{Kind: journal.KindPlay, Played: &film}, nil)
	j.Append(journal.Entry{Kind: journal.KindStop, Played: &film}, nil)
	j.Complete("gọi 15%25.mp3", callHash)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := report.Read(j.Path(), filepath.Join(dir, "head"))
	if err != nil || r.Fault != nil {
		t.Fatal(r.Fault, err)
	}
	rows := r.Rows(i18n.In("vi"))
	if want := "Mã SHA-256 của tệp gọi 15%.mp3, đã chiếu ở dòng 2, 3 khi chưa tính xong: " + callHash; rows[len(rows)-1].Cells[3] != want {
		t.Errorf("the last row says %q, want %q", rows[len(rows)-1].Cells[3], want)
	}
	if got := r.PlayedFiles(i18n.In("vi")); len(got) != 1 || !strings.HasPrefix(got[0], "gọi 15%.mp3: ") || !strings.HasSuffix(got[0], "SHA-256 "+callHash) {
		t.Errorf("what was played: %q", got)
	}
	var csv bytes.Buffer
	if err := r.Write(&csv, "a.csv", i18n.In("vi")); err != nil || strings.Count(csv.String(), callHash) != 3 {
		t.Errorf("the table has it %d times, %v:\n%s", strings.Count(csv.String(), callHash), err, csv.String())
	}
}

// A column is told once: the list on screen, in a terminal, on paper and in a table for spreadsheets have it.
func TestAColumnIsAddedInOnePlace(t *testing.T) {
	in := i18n.In("vi")
	r := played(t)
	dayOf := func(s journal.Span) string { return fmt.Sprintf("T%d", 1+s.At.Weekday()) }
	weekday := report.Column{
		Name: "weekday", Screen: 0.1, Paper: 0.1,
		List:  func(_ i18n.Catalogue, s journal.Span, _ string) string { return dayOf(s) },
		Table: func(_ i18n.Catalogue, s journal.Span) string { return dayOf(s) },
	}
	bare := r
	from := func(c report.Column) bool { return c.Name == "from" }
	r.Columns = slices.Insert(report.Standard(), 1+slices.IndexFunc(report.Standard(), from), weekday)
	at := slices.IndexFunc(r.Listed(), func(c report.Column) bool { return c.Name == weekday.Name })
	for i, row := range r.Rows(in) {
		was := bare.Rows(in)[i].Cells
		if want := slices.Insert(slices.Clone(was), at, dayOf(r.Spans[i])); !slices.Equal(row.Cells, want) {
			t.Errorf("row %d has %q, want %q", i, row.Cells, want)
		}
	}
	if listed := r.Listed(); len(listed) != len(bare.Listed())+1 || at != 1+slices.IndexFunc(listed, from) {
		t.Errorf("the list's columns are %v", listed)
	}
	var b strings.Builder
	if err := r.Write(&b, "a.csv", in); err != nil {
		t.Fatal(err)
	}
	head, first, _ := strings.Cut(b.String(), "\n")
	day := dayOf(r.Spans[0])
	if !strings.Contains(head, ",Từ,journal-column.weekday,Đến,") && !strings.Contains(head, ";Từ;journal-column.weekday;Đến;") || !strings.Contains(first, day) {
		t.Errorf("the table begins with %q, %.100q", head, first)
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var paper bytes.Buffer
	if err := errors.Join(r.Write(&paper, "a.pdf", in), os.WriteFile(filepath.Join(dir, "a.pdf"), paper.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	if text := textOf(t, dir, "a.pdf"); strings.Count(text, day) < len(r.Spans) {
		t.Errorf("on paper there is %q %d times, in\n%s", day, strings.Count(text, day), text)
	}
}
