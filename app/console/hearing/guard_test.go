package hearing

import (
	"fmt"
	"strings"
	"testing"

	"butluc/app/console/dossier"
	"butluc/app/console/label"
	"butluc/app/console/stage"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/presenter"
)

// guardedCase is a case without a window, a store or a trial.
type guardedCase struct {
	Dossier *dossier.Dossier
	Run     *Run
	Guard   *Guard
	Labels  *label.Labels
}

func newGuardedCase() *guardedCase {
	d := Deps{Dossier: dossier.New(nil, nil, nil, nil), Stage: &stage.Stage{}, Lang: i18n.NewLocalizer("")}
	d.Labels = label.New(d.Dossier, d.Lang.In)
	run := NewRun(d)
	return &guardedCase{Dossier: d.Dossier, Run: run, Guard: NewGuard(d, run), Labels: d.Labels}
}

// guarded is a case of one step.
func guarded(t *testing.T, kind library.CaseKind, phase library.Phase, path string, person *library.Person) *guardedCase {
	t.Helper()
	page := library.PageID{Path: path}
	s := newGuardedCase()
	exhibits := library.Exhibits([]library.File{{Path: path, Kind: library.ParseKind("pdf"), Pages: 1, SHA256: "a"}})
	o := library.Outline{}
	do := func(e library.Edit) {
		t.Helper()
		var err error
		if o, err = o.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	if kind != "" {
		do(o.Set(library.Cover{Kind: kind}))
	}
	if person != nil {
		do(o.AddPerson(*person))
		do(o.Set(library.Heading{First: page, Person: person.ID}))
	}
	phase.ID = "p"
	do(o.AddPhase(phase, library.Place{}))
	do(o.AddScenario(library.Scenario{ID: "s"}, library.Place{Parent: "p"}))
	do(o.AddSteps(library.Place{Parent: "s"}, library.Step{ID: "x", Shot: library.ShotOf(page)}))
	s.Dossier.Take(casefile.Snapshot{Exhibits: exhibits, Outline: o})
	s.Run.Renew()
	return s
}

// asks tells whether the one step is asked about when it is taken.
func (s *guardedCase) asks() bool {
	stage := presenter.NewStage()
	stage.Apply(presenter.SetRun{Run: s.Run.Cues()})
	stage.Apply(presenter.SetCautions{Pages: s.Guard.Cautions()})
	stage.Apply(presenter.ScreenFound{})
	stage.Apply(presenter.Start{})
	stage.Apply(s.Guard.mind(presenter.Next{}))
	stage.Apply(presenter.Next{})
	return stage.State().Why == presenter.Statement
}

// Kinds of case × phases × persons × kinds of page: a statement needs its ground in a criminal case, in questioning
// or where nobody knows in what part of the hearing it is, when the person is present or not said.
func TestTheGuardOverStatements(t *testing.T) {
	phases := []struct {
		phase     library.Phase
		questions bool
	}{
		{library.Phase{Code: "xet-hoi", Title: "Xét hỏi"}, true},
		{library.Phase{Title: "Xét hỏi"}, true},
		{library.Phase{Title: "Phần xét hỏi"}, true},
		{library.Phase{Title: "HỎI"}, true},
		{library.Phase{Title: "xet hoi"}, true},
		{library.Phase{Title: "GIAI ĐOẠN MỚI"}, true},
		{library.Phase{}, true},
		{library.Phase{Code: "xet-hoi-lai", Title: "Trở lại việc xét hỏi"}, true},
		{library.Phase{Title: "Tranh luận", Told: library.PartQuestioning}, true},
		{library.Phase{Code: "luan-toi", Title: "Luận tội"}, false},
		{library.Phase{Title: "Luận tội"}, false},
		{library.Phase{Title: "tranh luan"}, false},
		{library.Phase{Title: "Bắt đầu phiên tòa"}, false},
		{library.Phase{Title: "Công bố cáo trạng"}, false},
		{library.Phase{Title: "Lời nói sau cùng"}, false},
		{library.Phase{Title: "Xét hỏi", Told: "khac"}, false},
	}
	persons := []struct {
		name   string
		person *library.Person
		guards func(statement bool) bool
	}{
		{"present", &library.Person{ID: "a", Name: "A", Present: true}, func(bool) bool { return true }},
		{"absent", &library.Person{ID: "a", Name: "A"}, func(bool) bool { return false }},
		{"not said", nil, func(statement bool) bool { return statement }},
	}
	pages := map[string]bool{
		"BL 45 Biên bản hỏi cung bị can.pdf": true, "Biên bản ghi lời khai.pdf": true, "Bien ban doi chat.pdf": true,
		"Tập 04 - Lời khai/BL 12.pdf": true, "Bản tự khai.pdf": true,
		"Kết luận giám định.pdf": false, "Tập 04 - Lời khai/Quyết định khởi tố.pdf": false, "BL 3.pdf": false,
	}
	for _, kind := range append([]library.CaseKind{""}, library.CaseKinds...) {
		criminal := kind == library.CaseCriminal || kind == "" // a case without a cover is taken for a criminal one
		for _, ph := range phases {
			for _, who := range persons {
				for path, statement := range pages {
					want := criminal && ph.questions && who.guards(statement)
					s := guarded(t, kind, ph.phase, path, who.person)
					row := fmt.Sprintf("%s case, phase %+v, person %s, %s", kind, ph.phase, who.name, path)
					if got := s.asks(); got != want {
						t.Errorf("%s: asks %v, want %v", row, got, want)
					}
					if works := s.Guard.Idle() == ""; works != want {
						t.Errorf("%s: asks %v, but the menu says %q", row, want, s.Guard.Idle())
					}
					s.Guard.off.Statements = true
					if s.asks() {
						t.Errorf("%s: asks, though it is turned off", row)
					}
				}
			}
		}
	}
}

// Why the guard can't work is said where its tick is.
func TestAGuardThatCantWorkSaysWhy(t *testing.T) {
	hearing, statement := library.Phase{Title: "Xét hỏi"}, "Biên bản hỏi cung.pdf"
	for want, s := range map[string]*guardedCase{
		"kind":       guarded(t, library.CaseCivil, hearing, statement, nil),
		"statements": guarded(t, library.CaseCriminal, hearing, "Ảnh.pdf", nil),
		"parts":      guarded(t, library.CaseCriminal, library.Phase{Title: "Tranh luận"}, statement, nil),
		"":           guarded(t, library.CaseCriminal, hearing, statement, nil),
	} {
		if got := s.Guard.Idle(); got != want {
			t.Errorf("says %q, want %q", got, want)
		}
	}
	s := guarded(t, library.CaseCriminal, hearing, statement, nil)
	if !s.Guard.Unrestricted() {
		t.Error("a page is restricted that nobody marked")
	}
	next, err := s.Dossier.Outline().Apply(s.Dossier.Outline().Set(library.PageNote{Page: library.PageID{Path: statement}, Restricted: "khac"}))
	s.Dossier.Take(casefile.Snapshot{Exhibits: s.Dossier.Latest().Exhibits, Outline: next})
	if err != nil || s.Guard.Unrestricted() {
		t.Errorf("the restricted page is not known, %v", err)
	}
}

// A statement of somebody under 18 takes a second key by itself, and what is said of it, and written into the journal, names
// nobody.
func TestAProtectedPersonsStatementIsRestricted(t *testing.T) {
	const path = "BL 45 Biên bản ghi lời khai.pdf"
	page := library.PageID{Path: path}
	for _, protected := range []bool{true, false} {
		s := guarded(t, library.CaseCriminal, library.Phase{Title: "Tranh luận"}, path, &library.Person{ID: "child", Name: "Trần Bé N", Protected: protected})
		if is := s.Guard.Cautions()[page]&presenter.Restricted != 0; is != protected || s.Guard.Unrestricted() == protected {
			t.Errorf("protected %v, restricted %v", protected, is)
		}
		why := s.Labels.Restriction(library.ShotOf(page))
		if (why != "") != protected || strings.Contains(why, "Bé N") {
			t.Errorf("protected %v, why: %q", protected, why)
		}
		if named := s.Labels.Restricted(page); strings.Contains(named, "Bé N") != protected {
			t.Errorf("in Prepare: %q", named)
		}
	}
}

// Without an outline nobody knows in what part of the hearing it is: a statement asks then, too.
func TestWithoutAnOutlineStatementsAsk(t *testing.T) {
	s := guarded(t, "", library.Phase{}, "BL 45 Biên bản hỏi cung.pdf", nil)
	s.Dossier.Take(casefile.Snapshot{Exhibits: s.Dossier.Latest().Exhibits})
	s.Run.Renew()
	if len(s.Run.Cues()) != 1 || !s.asks() || s.Guard.Idle() != "" {
		t.Errorf("%d pages, asks %v, idle %q", len(s.Run.Cues()), s.asks(), s.Guard.Idle())
	}
}
