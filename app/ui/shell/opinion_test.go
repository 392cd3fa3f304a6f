package shell

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"butluc/app/keys"
	"butluc/app/ui/pathdialog"
	"butluc/library/casefile"
	reply "butluc/library/office/answer"
	"butluc/library/office/identity"
	"butluc/library/office/pack"
	"butluc/presenter/display"
)

// submitted freezes the outline of the open case and gives who did.
func (w *testConsole) submitted() *identity.Identity {
	w.t.Helper()
	hoa, err := identity.New(identity.Person{Name: "Nguyễn Thị Hòa", Office: "VKSND khu vực 3", Rank: "Kiểm sát viên"}, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	if err != nil {
		w.t.Fatal(err)
	}
	w.session.Exchange.Submit(nil)
	w.until("the submitted copy", func() bool { return w.session.Dossier.Latest().Approval.Number > 0 })
	return hoa
}

// read turns the open case into the one that a superior gets.
func (w *testConsole) read(from *identity.Identity) {
	w.t.Helper()
	a := w.session.Dossier.Latest().Approval
	err := w.session.Dossier.File().BeginReview(casefile.Review{Number: a.Number, Outline: a.SHA256, From: from.Card().Text()})
	if err != nil {
		w.t.Fatal(err)
	}
	w.until("the case to be read", func() bool { w.pump(); return w.session.Review.Reading() })
}

// A superior reads the case that was submitted to them: no key of any binding changes the outline, and no trial begins.
func TestWhatIsReadIsNotEdited(t *testing.T) {
	w := newConsole(t)
	w.session.Hearing.Rehearse(false)
	w.read(w.submitted())
	w.chooser.ask = func(context.Context, pathdialog.Request) (string, error) { return "", pathdialog.ErrCancelled }
	before := w.session.Dossier.Outline()
	for _, room := range []keys.Room{keys.Prepare, keys.Trial} {
		for _, b := range keys.Table {
			if b.Action == keys.Leave || b.Action == keys.Language || b.Action == keys.Theme {
				continue
			}
			for _, c := range b.Chords {
				if w.at != room {
					w.enter(room)
				}
				if step := w.session.Study.Step(); step == "" {
					w.session.Study.SelectStep("a1")
				}
				hands["the console"](w, keyEvent(c))
				w.pump()
				if !w.session.Review.Reading() {
					t.Fatalf("%v (%s) in room %d left the case", c, b.Action, room)
				}
				if now := w.session.Dossier.Outline(); now != before && len(now.Since(before)) > 0 {
					t.Fatalf("%v (%s) in room %d changed the outline", c, b.Action, room)
				}
				if w.session.Stage.Running() {
					t.Fatalf("%v (%s) in room %d began a trial", c, b.Action, room)
				}
				w.close()
				for _, o := range w.overlays() {
					if o.Visible() {
						o.Close()
					}
				}
			}
		}
	}
}

// A superior says their opinion and approves, all by keys; the answer is sealed to who submitted the outline, and it is kept in
// the case that it is about and in no other.
func TestASuperiorAnswersByKeys(t *testing.T) {
	w := newConsole(t)
	hoa := w.submitted()
	w.read(hoa)
	dir := t.TempDir()
	w.chooser.ask = func(context.Context, pathdialog.Request) (string, error) { return dir, nil }
	w.enter(keys.Prepare)
	w.session.Review.Remark("a1", "Công bố bút lục 45 trước.")
	ctrlR := display.KeyEvent{Name: "R", Mods: display.Ctrl}
	hands["the console"](w, ctrlR)
	w.sees("Công bố bút lục 45 trước.")
	for _, r := range "Đồng ý." {
		w.toolkit(display.KeyEvent{Rune: r})
	}
	hands["the console"](w, display.KeyEvent{Name: "Escape"})
	hands["the console"](w, display.KeyEvent{Name: "D"})
	w.sees(w.session.T("identity.make-text"))
	w.fillIn("Trần Văn Minh", "VKSND khu vực 3", "Viện trưởng", "mật khẩu của tôi", "mật khẩu của tôi")
	w.sees(w.session.T("answer.sign-do"))
	hands["the console"](w, display.KeyEvent{Name: "Return"})
	var file string
	w.until("the answer", func() bool {
		found, _ := filepath.Glob(filepath.Join(dir, "tra-loi-*.butluc"))
		if _, working := w.session.Jobs.Now(); len(found) == 1 && !working {
			file = found[0]
		}
		return file != ""
	})

	p, err := pack.Open(file, pack.Keys{Identity: hoa})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	data, err := p.Document(t.Context(), pack.AnswerFile, reply.MaxSize)
	if err != nil {
		t.Fatal(err)
	}
	a, err := reply.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	if a.Verdict != reply.Approved || a.Opinion != "Đồng ý." || a.On("a1") != "Công bố bút lục 45 trước." || a.By.Name != "Trần Văn Minh" {
		t.Errorf("the answer says %+v by %s", a.Answer, a.By.Name)
	}
	if got := w.session.Review.Answers(); len(got) != 1 || got[0].ID != a.ID {
		t.Errorf("the superior's own case has %d answers", len(got))
	}
}
