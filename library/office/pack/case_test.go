package pack

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/eventually"
	"butluc/library/librarytest"
	"butluc/library/office/answer"
	"butluc/library/office/identity"
)

func openCase(t testing.TB, dir string) *casefile.Case {
	t.Helper()
	c, err := casefile.Open(t.Context(), dir, casefile.Options{NoWatch: true, DataDir: t.TempDir(), Eager: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.Wait(eventually.Context(t)); err != nil {
		t.Fatal(err)
	}
	return c
}

// A case is sealed while a window has it, and is there what it is here: outline, title, undo.
func TestAnOpenCaseTravels(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vụ án")
	for name, text := range map[string]string{"Tập 1/BL 1.txt": "một", "Tập 2/BL 2.txt": "hai"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	here := openCase(t, dir)
	here.SetTitle("Vụ Trần Văn Mẫu")
	if err := here.Edit(here.Snapshot().Outline.AddPhase(library.Phase{ID: "p", Title: "Xét hỏi"}, library.Place{})); err != nil {
		t.Fatal(err)
	}
	c, closeIt, err := OfCase(t.Context(), here, nil, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	hoa := person(t, "Hòa")
	file := filepath.Join(t.TempDir(), "goi.butluc")
	if _, err := Write(t.Context(), file, c, Seal{From: hoa, To: []identity.Card{hoa.Card()}, Now: day()}, nil); err != nil {
		t.Fatal(err)
	}
	if err := closeIt(); err != nil {
		t.Fatal(err)
	}
	p := open(t, file, hoa)
	if p.Title != "Vụ Trần Văn Mẫu" || p.Kind != KindCase || p.Case != here.Snapshot().Case.ID {
		t.Errorf("it says %+v", p.Header)
	}
	to := filepath.Join(t.TempDir(), "đích")
	if _, err := p.Unpack(t.Context(), to, nil); err != nil {
		t.Fatal(err)
	}
	there := openCase(t, to)
	got, want := there.Snapshot(), here.Snapshot()
	if len(got.Notices) > 0 || !got.Outline.Same(want.Outline) || got.Case.Title != want.Case.Title || got.Undo != want.Undo {
		t.Errorf("there are %+v, %+v", got.Notices, got.Outline)
	}
	for i, f := range want.Case.Files {
		if f.Path != got.Case.Files[i].Path || f.SHA256 != got.Case.Files[i].SHA256 {
			t.Errorf("%+v is there %+v", f, got.Case.Files[i])
		}
	}
}

// Memory does not grow with the case, and sealing goes as fast as age in a pipe: age/op is that, of the same bytes in one run.
func BenchmarkSeal(b *testing.B) {
	const size = 1 << 30
	hoa := person(b, "Hòa")
	src := filepath.Join(b.TempDir(), "src")
	if err := os.WriteFile(src, noise(1, size), 0o600); err != nil {
		b.Fatal(err)
	}
	benchSeal(b, hoa, src, size)
}

func benchSeal(b *testing.B, hoa *identity.Identity, src string, size int64) {
	b.Helper()
	sum, err := sumOf(src)
	if err != nil {
		b.Fatal(err)
	}
	s := Source{File{"film.mp4", size, sum, day()}, func() (io.ReadCloser, error) { return os.Open(src) }}
	c := Contents{Kind: KindCase, Sources: []Source{s}}
	to := []identity.Card{hoa.Card()}
	for _, way := range []struct {
		name string
		do   func(file string) error
	}{
		{"age", func(file string) error { return agePipe(src, file, hoa) }},
		{"butluc", func(file string) error {
			_, err := Write(b.Context(), file, c, Seal{From: hoa, To: to, Now: day()}, nil)
			return err
		}},
	} {
		b.Run(way.name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				file := filepath.Join(b.TempDir(), "x.butluc")
				if err := way.do(file); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				_ = os.Remove(file)
				b.StartTimer()
			}
			b.ReportMetric(residentMB(), "MB-resident")
		})
	}
	file := filepath.Join(b.TempDir(), "x.butluc")
	if _, err := Write(b.Context(), file, c, Seal{From: hoa, To: to, Now: day()}, nil); err != nil {
		b.Fatal(err)
	}
	for _, way := range []string{"verify", "unpack"} {
		b.Run(way, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				p, err := Open(file, Keys{Identity: hoa})
				if err == nil && way == "unpack" {
					p.whole = true
					_, err = p.Unpack(b.Context(), b.TempDir(), nil)
				} else if err == nil {
					err = p.Verify(b.Context(), nil)
				}
				if err != nil {
					b.Fatal(err)
				}
				p.Close()
			}
			b.ReportMetric(residentMB(), "MB-resident")
		})
	}
}

// The originals of a case that is locked away go only where the package has all of them, as they are.
func TestOriginalsGoOnlyWhereThePackageHasThem(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vụ án")
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	write("Tập 1/nhỏ/BL 1.txt", "một")
	write("BL 2.txt", "hai")
	hoa := person(t, "Hòa")
	c := openCase(t, dir)
	if err := errors.Join(c.Edit(c.Snapshot().Outline.AddPhase(library.Phase{ID: "o"}, library.Place{})), c.Close()); err != nil {
		t.Fatal(err)
	}
	// As the window does it: what is opened for reading stays what it was, to a byte.
	reopen := func() {
		t.Helper()
		var err error
		if c, err = casefile.Open(t.Context(), dir, casefile.Options{NoWatch: true, Paused: true, ReadOnly: true, DataDir: t.TempDir()}); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
	}
	reopen()
	contents, closeIt, err := OfCase(t.Context(), c, nil, true, nil)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "goi.butluc")
	if _, err := Write(t.Context(), file, contents, Seal{From: hoa, To: []identity.Card{hoa.Card()}, Now: day()}, nil); err != nil {
		t.Fatal(err)
	}
	if err := closeIt(); err != nil {
		t.Fatal(err)
	}
	p := open(t, file, hoa)
	if err := p.Matches(t.Context(), c, nil); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "BL 2.txt"))
	if err != nil {
		t.Fatal(err)
	}
	// Closed and opened again, as for the second yes, it is the same case still.
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	reopen()
	if err := p.Matches(t.Context(), c, nil); err != nil {
		t.Errorf("opened again: %v", err)
	}
	for name, change := range map[string]func(){
		"a letter, at the same time": func() {
			write("BL 2.txt", "hài"[:3])
			if err := os.Chtimes(filepath.Join(dir, "BL 2.txt"), info.ModTime(), info.ModTime()); err != nil {
				t.Fatal(err)
			}
		},
		"a file more": func() { write("BL 3.txt", "ba") },
		"a file less": func() {
			if err := os.Remove(filepath.Join(dir, "Tập 1", "nhỏ", "BL 1.txt")); err != nil {
				t.Fatal(err)
			}
		},
	} {
		change()
		if err := p.Matches(t.Context(), c, nil); !errors.Is(err, ErrDiffers) {
			t.Errorf("%s: %v", name, err)
		}
		write("BL 2.txt", "hai")
		write("Tập 1/nhỏ/BL 1.txt", "một")
		_ = os.Remove(filepath.Join(dir, "BL 3.txt"))
	}
	if err := c.Edit(c.Snapshot().Outline.AddPhase(library.Phase{ID: "p", Title: "Xét hỏi"}, library.Place{})); err != nil {
		t.Fatal(err)
	}
	if err := p.Matches(t.Context(), c, nil); !errors.Is(err, ErrDiffers) {
		t.Errorf("the outline was edited: %v", err)
	}
	if _, ok := c.Undo(); !ok {
		t.Error("nothing was undone")
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	write("Tập 1/đến sau.txt", "sau")
	left, err := p.RemoveOriginals(dir)
	if got := tree(t, dir); err != nil || left != 1 || len(got) != 2 || got["Tập 1/đến sau.txt"] != "sau" {
		t.Errorf("%d left: %v, %v", left, got, err)
	}
	if left, err := p.RemoveOriginals(dir); err != nil || left != 1 {
		t.Errorf("once more: %d left, %v", left, err)
	}
	if err := os.Remove(filepath.Join(dir, "Tập 1", "đến sau.txt")); err != nil {
		t.Fatal(err)
	}
	if left, err := p.RemoveOriginals(dir); err != nil || left != 0 {
		t.Errorf("at last: %d left, %v", left, err)
	}
	if _, err := os.Lstat(dir); err == nil {
		t.Error("the empty folder is left")
	}
}

// A submitted outline goes to the superior with its case, is read there and not edited, and the answer comes back the same way.
func TestASubmissionTravelsAndIsAnswered(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vụ án")
	if err := errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(filepath.Join(dir, "BL 1.txt"), []byte("một"), 0o600)); err != nil {
		t.Fatal(err)
	}
	here := openCase(t, dir)
	hoa, head := person(t, "Hòa"), person(t, "Minh")
	send := func(c Contents, from, to *identity.Identity) *Package {
		t.Helper()
		file := filepath.Join(t.TempDir(), "goi.butluc")
		if _, err := Write(t.Context(), file, c, Seal{From: from, To: []identity.Card{to.Card()}, Now: day()}, nil); err != nil {
			t.Fatal(err)
		}
		return open(t, file, to)
	}
	if err := here.Edit(here.Snapshot().Outline.ReplaceWith(librarytest.Small(t))); err != nil {
		t.Fatal(err)
	}
	if _, _, err := OfSubmission(t.Context(), here, hoa.Card(), nil); !errors.Is(err, ErrEdited) {
		t.Errorf("what was not submitted goes out: %v", err)
	}
	if _, err := here.Submit(); err != nil {
		t.Fatal(err)
	}
	c, closeIt, err := OfSubmission(t.Context(), here, hoa.Card(), nil)
	if err != nil {
		t.Fatal(err)
	}
	p := send(c, hoa, head)
	if err := closeIt(); err != nil || p.Kind != KindSubmission {
		t.Errorf("it is %q, %v", p.Kind, err)
	}
	to := filepath.Join(t.TempDir(), "đọc")
	if _, err := p.Unpack(t.Context(), to, nil); err != nil {
		t.Fatal(err)
	}
	there := openCase(t, to)
	now := there.Snapshot()
	if now.Review == nil || now.Review.Outline != here.Snapshot().Approval.SHA256 || now.Review.From != hoa.Card().Text() {
		t.Errorf("it is marked %+v", now.Review)
	}
	if err := there.Edit(now.Outline.AddPhase(library.Phase{ID: "x", Title: "Thêm"}, library.Place{})); !errors.Is(err, casefile.ErrReview) {
		t.Errorf("the reader's edit: %v", err)
	}

	a := answer.To(now.Case.ID, now.Approval)
	a.Verdict, a.Opinion = answer.Approved, "Đồng ý."
	s, err := a.Sign(head, day())
	if err != nil {
		t.Fatal(err)
	}
	back := send(OfAnswer(s, now.Case.Title), head, hoa)
	data, err := back.Document(t.Context(), AnswerFile, answer.MaxSize)
	if err != nil || back.Kind != KindAnswer {
		t.Fatalf("it is %q, %v", back.Kind, err)
	}
	if got, err := answer.Parse(data); err != nil || got.Opinion != "Đồng ý." || !got.By.Same(head.Card()) {
		t.Errorf("it says %+v, %v", got, err)
	}

	step, _ := here.Snapshot().Outline.Step("a1")
	step.Say = "sửa"
	if err := here.Edit(here.Snapshot().Outline.Set(step)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := OfSubmission(t.Context(), here, hoa.Card(), nil); !errors.Is(err, ErrEdited) {
		t.Errorf("an outline that was edited since goes out as the submitted one: %v", err)
	}
}
