package answer_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"butluc/library"
	"butluc/library/librarytest"
	"butluc/library/office/answer"
	"butluc/library/office/identity"
	"butluc/library/office/signed"
)

var day = time.Date(2026, 11, 2, 9, 30, 0, 0, time.UTC)

func leader(t *testing.T) *identity.Identity {
	t.Helper()
	i, err := identity.New(identity.Person{Name: "Trần Văn Minh", Office: "VKSND khu vực 3", Rank: "Viện trưởng"}, day)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func submission(t *testing.T, number int) library.Approval {
	t.Helper()
	a, err := library.NewApproval(librarytest.Small(t), number, day)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func sign(t *testing.T, a answer.Answer) answer.Signed {
	t.Helper()
	s, err := a.Sign(leader(t), day)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// An answer says who gave it, to which copy, and what to which step.
func TestAnAnswerIsReadAsItWasSigned(t *testing.T) {
	sub := submission(t, 2)
	a := answer.To("case", sub)
	a.Verdict, a.Opinion = answer.Returned, "Bổ sung lời khai người làm chứng."
	a = a.With(answer.Remark{Step: "s1", Title: "Hỏi bị cáo", Text: "Công bố trước BL 45."}).With(answer.Remark{Text: "Sắp lại thứ tự."})
	a = a.With(answer.Remark{Step: "s1", Title: "Hỏi bị cáo", Text: "Công bố BL 45 trước."}).With(answer.Remark{Step: "s2", Text: " "})

	got, err := answer.Parse(sign(t, a).Data)
	if err != nil {
		t.Fatal(err)
	}
	if got.By.Name != "Trần Văn Minh" || got.Verdict != answer.Returned || got.Opinion != a.Opinion || !got.Time.Equal(day) {
		t.Errorf("it says %+v of %+v", got.Answer, got.By.Person)
	}
	if got.On("s1") != "Công bố BL 45 trước." || got.On("") != "Sắp lại thứ tự." || got.On("s2") != "" || len(got.Remarks) != 2 {
		t.Errorf("its remarks are %+v", got.Remarks)
	}
	if err := got.About("case", []library.Approval{submission(t, 1), sub}); err != nil {
		t.Errorf("it is not about what was submitted: %v", err)
	}
}

// What was changed by a letter, is about another case or another outline, or can't be, is refused, each by its reason.
func TestForgedAndForeignAnswersAreRefused(t *testing.T) {
	sub := submission(t, 1)
	good := answer.To("case", sub)
	good.Verdict = answer.Approved
	s := sign(t, good)
	for _, change := range [][2]string{{"approved", "returned"}, {"Trần", "Trấn"}, {sub.SHA256[:8], "00000000"}} {
		data := bytes.Replace(s.Data, []byte(change[0]), []byte(change[1]), 1)
		if bytes.Equal(data, s.Data) {
			t.Fatalf("nothing to change of %q", change[0])
		}
		if _, err := answer.Parse(data); !errors.Is(err, signed.ErrForged) {
			t.Errorf("%s for %s: %v", change[1], change[0], err)
		}
	}
	if err := s.About("another", []library.Approval{sub}); !errors.Is(err, answer.ErrOtherCase) {
		t.Errorf("of another case: %v", err)
	}
	if err := s.About("case", []library.Approval{submission(t, 2)}); !errors.Is(err, answer.ErrOtherOutline) {
		t.Errorf("of another submission: %v", err)
	}
	for what, change := range map[string]func(*answer.Answer){
		"no verdict":           func(a *answer.Answer) { a.Verdict = "" },
		"no outline":           func(a *answer.Answer) { a.Outline = "x" },
		"too long":             func(a *answer.Answer) { a.Opinion = strings.Repeat("ý", answer.MaxOpinion+1) },
		"letters that mislead": func(a *answer.Answer) { a.Opinion = "tán thành\u202e" },
		"two remarks at once":  func(a *answer.Answer) { a.Remarks = []answer.Remark{{Step: "s", Text: "a"}, {Step: "s", Text: "b"}} },
	} {
		a := good
		change(&a)
		if _, err := a.Sign(leader(t), day); !errors.Is(err, answer.ErrInvalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// The later answer to a copy counts.
func TestTheNewestAnswerCounts(t *testing.T) {
	sub, by := submission(t, 1), leader(t)
	a := answer.To("case", sub)
	var list []answer.Signed
	for i, v := range []answer.Verdict{answer.Approved, answer.Returned} {
		a.Verdict = v
		s, err := a.Sign(by, day.Add(time.Duration(1-i)*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	answer.Sort(list)
	if got, ok := answer.Newest(list, sub.SHA256); !ok || got.Verdict != answer.Approved {
		t.Errorf("%v %v counts", got.Verdict, ok)
	}
	if _, ok := answer.Newest(list, "another"); ok {
		t.Error("an answer to another outline counts")
	}
}
