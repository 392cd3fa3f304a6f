package print_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"butluc/assets"
	"butluc/library"
	"butluc/presenter/print"
	"butluc/presenter/projector"
	"butluc/presenter/render"
	"butluc/presenter/render/rendertest"
)

// The test binary is also the worker that reads what was printed.
func TestMain(m *testing.M) {
	rendertest.Work()
	os.Exit(m.Run())
}

// sample is the sample case to print.
func sample(t testing.TB, kind print.Kind, format print.Format) print.Job {
	t.Helper()
	o, err := library.DecodeOutline(assets.SampleOutline())
	if err != nil {
		t.Fatal(err)
	}
	var files []library.File
	err = fs.WalkDir(assets.Sample(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(assets.Sample(), name)
		f := library.File{Path: name, Kind: library.KindPDF, Pages: bytes.Count(data, []byte("/Type /Page "))}
		switch filepath.Ext(name) {
		case ".tif":
			f.Kind, f.Pages = library.KindTIFF, 3
		case ".jpg", ".png":
			f.Kind, f.Pages = library.KindJPEG, 1
		}
		if source, ok := o.Source(name); ok {
			f.SHA256 = source.SHA256
		}
		files = append(files, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	library.SortFiles(files)
	return print.Job{
		Kind: kind, Format: format, Outline: o, Exhibits: library.Exhibits(files), Notes: true, Draw: gray,
		Now: time.Date(2025, 12, 1, 8, 0, 0, 0, time.UTC),
	}
}

// gray draws every shot as a gray page in the middle of a black screen, small to be quick.
func gray(_ context.Context, shot library.Shot, size image.Point) (projector.Frame, error) {
	size = size.Div(16)
	f := projector.Frame{Shot: shot, Image: image.NewRGBA(image.Rectangle{Max: size})}
	page := image.Rect(size.X/4, 0, size.X/4+size.Y/2, size.Y)
	draw.Draw(f.Image, f.Image.Rect, image.Black, image.Point{}, draw.Src)
	draw.Draw(f.Image, page, image.NewUniform(color.Gray{0xc0}), image.Point{}, draw.Src)
	f.Places = []image.Rectangle{page}
	return f, nil
}

func write(t testing.TB, j print.Job) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := j.Write(t.Context(), &b, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pagesOf is the text of a PDF's pages, as another program than the one that wrote it reads it.
func pagesOf(t testing.TB, pdf []byte) []string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "o.pdf"), pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "o.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	r := rendertest.New(t)
	src := render.Source{Root: dir, Path: "o.pdf", Size: info.Size(), ModTime: info.ModTime().UnixNano(), Kind: library.KindPDF}
	facts, err := r.Inspect(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	if facts.Repaired {
		t.Error("the PDF had to be repaired")
	}
	pages := make([]string, facts.Pages)
	for i := range pages {
		if pages[i], err = r.Text(t.Context(), src, i); err != nil {
			t.Fatal(err)
		}
	}
	return pages
}

// plain is text on one line.
func plain(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }

func TestEveryQuestionIsInTheOutlineWithItsAccents(t *testing.T) {
	j := sample(t, print.Outline, print.PDF)
	step, _ := j.Outline.Step("thay-doi-1")
	step.Say = norm.NFD.String(step.Say) // as a Mac types it; on paper its letters are whole
	var err error
	for _, edit := range []func(library.Outline) library.Edit{
		func(o library.Outline) library.Edit { return o.Set(step) },
		func(o library.Outline) library.Edit {
			return o.AddScenario(library.Scenario{Title: "Còn bỏ trống"}, library.Place{Parent: "tranh-luan"})
		},
	} {
		if j.Outline, err = j.Outline.Apply(edit(j.Outline)); err != nil {
			t.Fatal(err)
		}
	}
	pages := pagesOf(t, write(t, j))
	all := strings.Join(strings.Fields(strings.Join(pages, " ")), " ")
	want := []string{
		"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Thanh Lâm, ngày 01 tháng 12 năm 2025",
		"VIỆN KIỂM SÁT NHÂN DÂN KHU VỰC 3 - THANH LÂM", "Ý KIẾN CỦA LÃNH ĐẠO VIỆN", "Kiểm sát viên: Lê Thục Quyên",
		"II. XÉT HỎI", "Nếu bị cáo nhận tội (phím Alt+1)", "Hỏi bị cáo Bùi Quang Khải: ", "BL 45; BL 61", "Tình huống I. Còn bỏ trống",
		"Hỏi người làm chứng Trịnh Thị Hoài Thu: ",
		"Đề nghị Hội đồng xét xử cho công bố bút lục 38, Biên bản hỏi cung bị can lần 1 ngày 20/9/2025.",
	}
	for ref := range j.Outline.Walk() {
		want = append(want, ref.Phase.Title, ref.Scenario.Title, ref.Step.Title, ref.Step.Say, ref.Step.Ground, ref.Step.Notes, ref.Scenario.Notes)
	}
	for _, w := range want {
		if !strings.Contains(all, plain(w)) && !strings.Contains(all, strings.ToUpper(plain(w))) {
			t.Errorf("not on paper: %q", w)
		}
	}
	for i, page := range pages {
		if i > 0 && !strings.Contains(page, fmt.Sprint(i+1)) {
			t.Errorf("page %d has no number", i+1)
		}
		if !strings.Contains(page, "Chưa trình duyệt") {
			t.Errorf("page %d does not say that it was not submitted", i+1)
		}
	}
}

func TestWithoutNotesNoNoteIsOnPaper(t *testing.T) {
	j := sample(t, print.Outline, print.PDF)
	j.Notes = false
	all := plain(strings.Join(pagesOf(t, write(t, j)), " "))
	for ref := range j.Outline.Walk() {
		for _, note := range []string{ref.Step.Notes, ref.Scenario.Notes} {
			if note != "" && strings.Contains(all, plain(note)) {
				t.Errorf("on paper: %q", note)
			}
		}
	}
	if strings.Contains(all, "Ghi chú") || !strings.Contains(all, "Bị cáo có nhận ra con dao này không?") {
		t.Error("notes are on paper, or questions are not")
	}
}

func TestTheListHasEachDocumentOnceAndNothingElse(t *testing.T) {
	j := sample(t, print.List, print.PDF)
	all := plain(strings.Join(pagesOf(t, write(t, j)), " "))
	for _, once := range []string{"Biên bản hỏi cung bị can lần 2 ngày 02/10/2025 44–45, 48 Tập 4 2–3, 6", "Cáo trạng 65, 70–71 Tập 5", "A4 Con dao Tập 2"} {
		if strings.Count(all, once) != 1 {
			t.Errorf("%q is there %d times", once, strings.Count(all, once))
		}
	}
	for ref := range j.Outline.Walk() {
		for _, secret := range []string{ref.Scenario.Title, ref.Scenario.Trigger, ref.Step.Say, ref.Step.Notes} {
			if secret != "" && secret != "Bản cáo trạng" && strings.Contains(all, plain(secret)) {
				t.Errorf("the clerk reads %q", secret)
			}
		}
	}
}

func TestEachPageSaysWhatWasSubmittedAndWhatIsDifferent(t *testing.T) {
	j := sample(t, print.Outline, print.PDF)
	approval, err := library.NewApproval(j.Outline, 3, time.Date(2025, 12, 1, 9, 5, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	j.Approval = approval
	for i, page := range pagesOf(t, write(t, j)) {
		if !strings.Contains(page, "Bản trình duyệt số 3, mã "+approval.Short()) {
			t.Errorf("page %d lacks the fingerprint", i+1)
		}
	}
	step, _ := j.Outline.Step("thay-doi-2")
	step.Say, step.Ground = "Khác.", ""
	for _, edit := range []func(library.Outline) library.Edit{
		func(o library.Outline) library.Edit { return o.Set(step) },
		func(o library.Outline) library.Edit { return o.Delete("con-dao-1") },
		func(o library.Outline) library.Edit {
			return o.AddSteps(library.Place{Parent: "con-dao"}, library.Step{Title: "Thêm một bước"})
		},
	} {
		if j.Outline, err = j.Outline.Apply(edit(j.Outline)); err != nil {
			t.Fatal(err)
		}
	}
	pages := pagesOf(t, write(t, j))
	for i, page := range pages {
		if !strings.Contains(page, "Khác bản đã duyệt "+approval.Short()) {
			t.Errorf("page %d does not say that it differs", i+1)
		}
	}
	all := plain(strings.Join(pages, " "))
	for _, want := range []string{
		"KHÁC BẢN ĐÃ DUYỆT", "đề cương có 3 chỗ khác",
		"Sửa bước D.2 “Khai có mặt người bào chữa, tự nguyện”: câu hỏi, lời nói, căn cứ pháp lý.",
		"Bỏ bước E.1 “Lời khai tại bệnh viện”.", "Thêm bước E.3 “Thêm một bước”.",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("not on paper: %q", want)
		}
	}
}

// A heading must never be the last thing on a page: whatever the lengths before it.
func TestNoHeadingStandsAloneAtTheFoot(t *testing.T) {
	for lines := range 30 {
		j := print.Job{Kind: print.Outline, Format: print.PDF, Draw: gray}
		var err error
		add := func(edit library.Edit) {
			t.Helper()
			if j.Outline, err = j.Outline.Apply(edit); err != nil {
				t.Fatal(err)
			}
		}
		for i := range 8 {
			phase := library.ID(fmt.Sprint("p", i))
			add(j.Outline.AddPhase(library.Phase{ID: phase, Title: "Giai đoạn"}, library.Place{}))
			add(j.Outline.AddScenario(library.Scenario{ID: "s" + phase, Title: "Một", Trigger: "nếu vậy"}, library.Place{Parent: phase}))
			add(j.Outline.AddSteps(library.Place{Parent: "s" + phase}, library.Step{
				ID: "t" + phase, Title: "Bước", Say: strings.Repeat("Dòng này.\n", 3+(lines*7+i*5)%40) + "Hết.",
			}))
		}
		for n, page := range pagesOf(t, write(t, j)) {
			text := strings.Split(strings.TrimSpace(page), "\n")
			body := text[:0:0]
			for _, l := range text {
				if l = strings.TrimSpace(l); l != "" && l != "Chưa trình duyệt" && l != fmt.Sprint(n+1) {
					body = append(body, l)
				}
			}
			if n == 0 || len(body) == 0 {
				continue
			}
			last := body[len(body)-1]
			if strings.HasPrefix(last, "Tình huống") || strings.HasPrefix(last, "Nếu") || strings.HasSuffix(last, "GIAI ĐOẠN") || strings.HasSuffix(last, "Bước") {
				t.Fatalf("%d lines: page %d ends with %q", lines, n+1, last)
			}
			if body[0] == "Hết." {
				t.Fatalf("%d lines: page %d begins with a paragraph's last line", lines, n+1)
			}
		}
	}
}

func TestAPageThatCantBeDrawnCostsItselfAlone(t *testing.T) {
	for _, kind := range []print.Kind{print.Outline, print.Backup} {
		j := sample(t, kind, print.PDF)
		j.Draw = func(ctx context.Context, shot library.Shot, size image.Point) (projector.Frame, error) {
			if strings.Contains(shot.First().Page.Path, "BL 17 ") {
				return projector.Frame{}, errors.New("tệp bị hỏng")
			}
			return gray(ctx, shot, size)
		}
		all := strings.Join(pagesOf(t, write(t, j)), "\n")
		if strings.Count(all, "tệp bị hỏng") != 1 || !strings.Contains(all, "BL 45") {
			t.Errorf("%s: the reason is not there once, or the rest is not there", kind)
		}
	}
}

// Memory: pictures are made only a few ahead of what was written, and each is written when it is made.
func TestTheBackupPrintHoldsFewPictures(t *testing.T) {
	j := sample(t, print.Backup, print.PDF)
	var steps []library.Step
	for i := range 200 {
		steps = append(steps, library.Step{ID: library.ID(fmt.Sprint("n", i)), Shot: library.ShotOf(library.PageID{Path: "x.pdf", Index: i})})
	}
	var err error
	if j.Outline, err = j.Outline.Apply(j.Outline.AddSteps(library.Place{Parent: "chung-cu"}, steps...)); err != nil {
		t.Fatal(err)
	}
	var begun, done, most atomic.Int64
	j.Draw = func(ctx context.Context, shot library.Shot, _ image.Point) (projector.Frame, error) {
		most.Store(max(most.Load(), begun.Add(1)-done.Load()))
		return gray(ctx, shot, image.Pt(60, 60))
	}
	written := &counter{}
	var last int64
	err = j.Write(t.Context(), written, func(n, total int64) {
		if n == 150 && written.n < 60_000 {
			t.Errorf("%d bytes are written after 150 of %d sheets", written.n, total)
		}
		done.Store(n)
		last = n
	})
	if err != nil || last != 222 {
		t.Fatalf("%d sheets, %v", last, err)
	}
	if most.Load() > 6 {
		t.Errorf("%d pictures were made before the first of them was written", most.Load())
	}
}

type counter struct{ n int }

func (c *counter) Write(b []byte) (int, error) { c.n += len(b); return len(b), nil }

func TestPrintingCanBeStopped(t *testing.T) {
	for _, j := range []print.Job{sample(t, print.Outline, print.PDF), sample(t, print.Outline, print.DOCX), sample(t, print.Backup, print.PDF)} {
		ctx, stop := context.WithCancel(t.Context())
		err := j.Write(ctx, io.Discard, func(done, _ int64) {
			if done == 2 {
				stop()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s %s: %v", j.Kind, j.Format, err)
		}
		stop()
	}
}

func TestOnlyWhatIsPossibleIsPrinted(t *testing.T) {
	for _, j := range []print.Job{{Kind: print.Backup, Format: print.DOCX}, {Kind: "poster", Format: print.PDF}, {Kind: print.List, Format: "odt"}, {}} {
		if err := j.Write(t.Context(), io.Discard, nil); !errors.Is(err, print.ErrFormat) || j.Possible() {
			t.Errorf("%q as %q: %v", j.Kind, j.Format, err)
		}
	}
}

// An empty outline, and one whose files are gone, are printed all the same.
func TestLittleIsPrintedToo(t *testing.T) {
	gone := sample(t, print.Outline, print.PDF)
	gone.Exhibits = nil
	gone.Draw = func(context.Context, library.Shot, image.Point) (projector.Frame, error) {
		return projector.Frame{}, projector.ErrNoSource
	}
	for _, j := range []print.Job{{}, gone} {
		for _, j.Kind = range print.Kinds {
			for _, j.Format = range []print.Format{print.PDF, print.DOCX} {
				if j.Possible() {
					write(t, j)
				}
			}
		}
	}
}
