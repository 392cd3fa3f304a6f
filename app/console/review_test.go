package console

import (
	"strings"
	"testing"
	"time"

	"butluc/app/console/consoletest"
	"butluc/library"
	"butluc/library/office/answer"
	"butluc/library/office/identity"
	"butluc/library/office/register"
)

// leader is a superior; known, their card is on this machine.
func (w *harness) leader(name string, known bool) *identity.Identity {
	w.t.Helper()
	i, err := identity.New(identity.Person{Name: name, Office: "VKSND khu vực 3", Rank: "Viện trưởng"}, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	if err != nil {
		w.t.Fatal(err)
	}
	if known {
		taken := false
		w.Sealing.TakeCard(i.Card(), func(err error) { taken = err == nil })
		w.until("the leader's card", func() bool { return taken })
	}
	return i
}

// answered has a superior answer what was submitted last.
func (w *harness) answered(by *identity.Identity, v answer.Verdict, hour int, remarks ...answer.Remark) {
	w.t.Helper()
	now := w.Dossier.Latest()
	a := answer.To(now.Case.ID, now.Approval)
	a.Verdict, a.Remarks, a.Opinion = v, remarks, "Ý kiến."
	s, err := a.Sign(by, time.Date(2026, 11, 2, hour, 0, 0, 0, time.UTC))
	if err != nil {
		w.t.Fatal(err)
	}
	kept := false
	w.Sealing.KeepAnswer(s, func(err error) { kept = err == nil })
	w.until("the answer", func() bool {
		w.pump()
		return kept && len(w.Review.Answers()) > 0 && w.Review.Answers()[0].ID == s.ID && w.Review.Answers()[0].Standing != ""
	})
}

// What the superior said stands beside the steps and in the register; an edit afterwards makes another outline of it; whose key
// this machine does not know approves nothing.
func TestTheSuperiorsAnswerIsShownWhereItBelongs(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	state := func() register.Outline {
		w.Listing.Keep()
		return w.row().Found.Outline
	}
	step, other := w.Dossier.Outline().Steps("s0")[0], w.Dossier.Outline().Steps("s0")[1]
	submit := func(number int) {
		w.Exchange.Submit(nil)
		w.until("the submitted copy", func() bool { return w.Dossier.Latest().Approval.Number == number })
	}
	submit(1)
	w.answered(w.leader("Người lạ", false), answer.Approved, 8)
	if got := state(); got != register.OutlineSubmitted || w.Review.Opinion() != nil {
		t.Errorf("a stranger's approval makes it %q", got)
	}
	minh := w.leader("Trần Văn Minh", true)
	w.Review.Know()
	w.answered(minh, answer.Returned, 9, answer.Remark{Step: string(step.ID), Title: "một", Text: "Hỏi trước."}, answer.Remark{Step: string(other.ID), Title: "hai", Text: "Bỏ."})
	if got := state(); got != register.OutlineReturned {
		t.Errorf("returned, it is %q", got)
	}
	w.Edits.Edit(w.Dossier.Outline().Delete(other.ID))
	if got := w.Review.On(step.ID); len(got) != 1 || got[0].Text != "Hỏi trước." || !got[0].Latest {
		t.Errorf("at its step there is %+v", got)
	}
	if got := w.Review.On(""); len(got) != 1 || !strings.Contains(got[0].Text, "Bỏ.") {
		t.Errorf("what was said of a step that is gone is %+v", got)
	}

	submit(2)
	if got := state(); got != register.OutlineSubmitted {
		t.Errorf("submitted again, it is %q", got)
	}
	if got := w.Review.On(step.ID); len(got) != 1 || got[0].Latest {
		t.Errorf("what was said of the older copy passes for the newer one's: %+v", got)
	}
	w.answered(minh, answer.Approved, 10)
	if got := state(); got != register.OutlineApproved || w.Review.Opinion() == nil || !strings.Contains(w.Review.Line(), "Trần Văn Minh") {
		t.Errorf("approved, it is %q: %q", got, w.Review.Line())
	}
	step.Say = "Sửa sau khi duyệt."
	w.Edits.Edit(w.Dossier.Outline().Set(step))
	if got := state(); got != register.OutlineChanged || strings.Contains(w.Review.Line(), "Trần Văn Minh") {
		t.Errorf("edited since, it is %q: %q", got, w.Review.Line())
	}
}

// What a field still has to tell once its case is closed, or another one is open, is nobody's remark.
func TestARemarkThatComesTooLateIsDropped(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	step := w.Dossier.Outline().Steps("s0")[0].ID
	w.Review.Remark(step, "muộn")
	if got := w.Review.Draft().On(string(step)); got != "" {
		t.Errorf("a case that is not here to be read has the remark %q", got)
	}
	none := New(Options{Post: w.loop.Post, NewRenderer: consoletest.NewRenderer, Shelf: consoletest.Settings(t)})
	none.Review.Say("muộn")
	none.Review.Remark(step, "muộn")
	w.pump()
	if err := none.Close(); err != nil {
		t.Error(err)
	}
}

// An answer about another case, or an outline that was not submitted from it, is refused.
func TestAForeignAnswerIsNotKept(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	w.Exchange.Submit(nil)
	w.until("the submitted copy", func() bool { return w.Dossier.Latest().Approval.Number == 1 })
	minh, now := w.leader("Trần Văn Minh", true), w.Dossier.Latest()
	for what, about := range map[string]answer.Answer{
		"another case":    answer.To("another", now.Approval),
		"another outline": answer.To(now.Case.ID, library.Approval{Number: 1, SHA256: strings.Repeat("0", 64)}),
	} {
		about.Verdict = answer.Approved
		s, err := about.Sign(minh, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		var refused error
		done := false
		w.Sealing.KeepAnswer(s, func(err error) { refused, done = err, true })
		w.until("the refusal", func() bool { return done })
		if refused == nil || len(w.Review.Answers()) > 0 {
			t.Errorf("an answer to %s is kept", what)
		}
	}
}
