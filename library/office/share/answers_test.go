package share_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/office/answer"
	"butluc/library/office/place/placetest"
	"butluc/library/office/roster"
	"butluc/library/office/share"
	"butluc/library/office/store"
)

// answers signs an answer to what is submitted in the case that the laptop has.
func (l *laptop) answers(v answer.Verdict, opinion string) answer.Signed {
	l.t.Helper()
	now := l.c.Snapshot()
	a := answer.To(now.Case.ID, now.Approval)
	a.Verdict, a.Opinion = v, opinion
	s, err := a.Sign(l.me, time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC))
	must(l.t, err)
	return s
}

// Hòa submits, the head reads the very copy and can't edit it, returns it with words, and Hòa has them at her next update; what
// she edited meanwhile stays hers.
func TestAnOutlineIsSubmittedReadAndAnswered(t *testing.T) {
	placetest.Each(t, func(t *testing.T, s placetest.Server) {
		hoa, _, head := two(t, s)
		_, err := hoa.c.Submit()
		must(t, err)
		hoa.say("a1", "sửa sau khi trình")
		hoa.publish()
		if _, waits := share.Awaiting(head.store(), head.only()); !waits {
			t.Error("nothing waits for the head")
		}

		dir := filepath.Join(t.TempDir(), "đọc")
		must(t, share.FetchSubmitted(t.Context(), head.store(), head.only(), dir, head.options(), nil))
		head.openCase(dir)
		now := head.c.Snapshot()
		if now.Review == nil || len(now.Outline.Since(now.Approval.Outline)) > 0 {
			t.Errorf("the head reads another outline than was submitted: %+v", now.Review)
		}
		step, _ := now.Outline.Step("a1")
		step.Say = "sửa của người đọc"
		if err := head.c.Edit(now.Outline.Set(step)); !errors.Is(err, casefile.ErrReview) {
			t.Errorf("an edit of the reader's: %v", err)
		}
		if _, err := head.c.Submit(); !errors.Is(err, casefile.ErrReview) {
			t.Errorf("a submission of the reader's: %v", err)
		}

		if _, err := share.Publish(t.Context(), head.store(), head.c, "", nil); !errors.Is(err, casefile.ErrReview) {
			t.Errorf("what the reader has goes back as a version: %v", err)
		}
		if u, err := head.update(share.ChooseNone); err != nil || len(u.From) > 0 {
			t.Errorf("the reader's copy changes: %+v %v", u.From, err)
		}
		a := head.answers(answer.Returned, "Bổ sung.")
		must(t, share.Answer(t.Context(), head.store(), a))
		if _, waits := share.Awaiting(head.store(), head.only()); waits {
			t.Error("it still waits after the answer")
		}
		u, err := hoa.update(share.ChooseNone)
		must(t, err)
		if len(u.Answers) != 1 || u.Answers[0].Opinion != "Bổ sung." || u.Answers[0].By.Name != head.me.Card().Name {
			t.Fatalf("Hòa gets %+v", u.Answers)
		}
		if got := hoa.c.Snapshot().Answers; len(got) != 1 || hoa.says("a1") != "sửa sau khi trình" {
			t.Errorf("Hòa's case has %d answers and says %q", len(got), hoa.says("a1"))
		}
		if u, err = hoa.update(share.ChooseNone); err != nil || len(u.Answers) > 0 {
			t.Errorf("the same answer comes twice: %v %v", u.Answers, err)
		}
	})
}

// Who may not comment, the prosecutor herself, and who answers to something else are not taken.
func TestAnswersOfOthersAreNotTaken(t *testing.T) {
	s := placetest.Folder(t)
	hoa, tuan, head := two(t, s)
	_, err := hoa.c.Submit()
	must(t, err)
	hoa.publish()
	stranger := newLaptop(t, s, "Người lạ")
	stranger.c = hoa.c
	own := hoa.answers(answer.Approved, "")
	tuan.c = hoa.c
	other := answer.To(hoa.c.Snapshot().Case.ID, library.Approval{Number: 9, SHA256: own.Outline[:60] + "0000"})
	other.Verdict = answer.Approved
	elsewhere, err := other.Sign(head.me, time.Now())
	must(t, err)
	for _, a := range []answer.Signed{stranger.answers(answer.Approved, ""), own, elsewhere} {
		must(t, share.Answer(t.Context(), hoa.store(), a)) // whoever may write to the place can put anything there
	}
	counting, refused := share.AnswersIn(hoa.store(), hoa.only())
	if len(counting) != 1 || len(refused) != 2 {
		t.Errorf("%d count, %d are refused", len(counting), len(refused))
	}
	if taken, err := share.TakeAnswers(hoa.store(), hoa.c, hoa.only()); err != nil || len(taken) > 0 {
		t.Errorf("Hòa takes %+v, %v", taken, err)
	}

	// Tuấn may read; he can't answer.
	must(t, head.store().SetRoster(t.Context(), func(r roster.Roster) (roster.Roster, error) {
		return r.Granting(hoa.only().ID, tuan.id(), roster.Read)
	}))
	if err := share.Answer(t.Context(), tuan.store(), tuan.answers(answer.Approved, "")); !errors.Is(err, store.ErrRight) {
		t.Errorf("a reader's answer: %v", err)
	}
}
