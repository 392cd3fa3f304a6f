package register_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"butluc/library"
	"butluc/library/office/register"
	"butluc/library/office/register/registertest"
)

// The figures of the report that a district procuracy published of its year 2022.
func TestTheInventedOfficeHasTheReportedFigures(t *testing.T) {
	rows := registertest.Cases()
	if len(rows) != 120 {
		t.Fatalf("%d cases", len(rows))
	}
	f := register.Count(rows, registertest.Year, registertest.Office, "2022-12-31")
	criminal, civil, all := f.Of(register.Criminal), f.Of(register.Civil, register.Enforcement), f.Of()
	for what, c := range map[string]struct{ got, want int }{
		"criminal files digitized, in a hundred":              {criminal.Share(), 60},
		"civil and enforcement files digitized, in a hundred": {civil.Share(), 50},
		"civil files digitized":                               {f.Of(register.Civil).Share(), 50},
		"criminal cases digitized from the start":             {criminal.Early, 30},
		"hearings with digitized files":                       {all.Shown, 8},
		"civil hearings to learn from":                        {f.Of(register.Civil).Lessons, 4},
		"hearings online":                                     {all.Online, 6},
		"recorded interrogations":                             {all.Interrogations, 38},
		"cases of these":                                      {all.Interrogated, 12},
		"civil protests":                                      {f.Of(register.Civil).Protests, 1},
		"protests":                                            {all.Protests, 1},
		"recommendations to remedy":                           {all.Remedies, 14},
		"general recommendations":                             {all.Generals, 2},
		"recommendations to prevent":                          {all.Preventions, 4},
		"requests to verify":                                  {all.Requests, 15},
		"cases":                                               {all.Cases, 120},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d, want %d", what, c.got, c.want)
		}
	}
	if other := register.Count(rows, registertest.Year, "VKSND khu vực 4", "2022-12-31"); other.Of().Cases != 0 {
		t.Errorf("another office has %d of its cases", other.Of().Cases)
	}
	if month := register.Count(rows, register.PeriodOf(register.Month, time.Date(2021, 1, 9, 0, 0, 0, 0, time.UTC)), "", "2022-12-31").Of(); month.Cases != 0 {
		t.Errorf("%d cases before they were opened", month.Cases)
	}
}

func TestLimits(t *testing.T) {
	for _, c := range []struct {
		kind     register.Kind
		stage    string
		since    string
		severity int
		due      string
		source   string
	}{
		{register.Criminal, library.StageReport, "2026-03-02", 0, "2026-03-22", "Điều 147 BLTTHS"},
		{register.Criminal, library.StageInvestigation, "2026-03-02", 0, "2026-05-02", "Điều 172 BLTTHS"},
		{register.Criminal, library.StageInvestigation, "2026-03-02", 2, "2026-06-02", "Điều 172 BLTTHS"},
		{register.Criminal, library.StageInvestigation, "2026-03-02", 4, "2026-07-02", "Điều 172 BLTTHS"},
		{register.Criminal, library.StageInvestigation, "2025-12-31", 1, "2026-02-28", "Điều 172 BLTTHS"},
		{register.Criminal, library.StageProsecution, "2026-03-02", 2, "2026-03-22", "Điều 240 BLTTHS"},
		{register.Criminal, library.StageProsecution, "2026-03-02", 3, "2026-04-01", "Điều 240 BLTTHS"},
		{register.Criminal, library.StageTrial, "2026-03-02", 1, "2026-04-01", "Điều 277 BLTTHS"},
		{register.Criminal, library.StageTrial, "2026-03-02", 2, "2026-04-16", "Điều 277 BLTTHS"},
		{register.Criminal, library.StageTrial, "2026-03-02", 3, "2026-05-02", "Điều 277 BLTTHS"},
		{register.Criminal, library.StageTrial, "2026-03-02", 4, "2026-06-02", "Điều 277 BLTTHS"},
		{register.Civil, library.StageTrial, "2026-03-02", 0, "2026-07-02", "Điều 203 BLTTDS"},
		{register.Labour, library.StageTrial, "2026-03-02", 0, "2026-05-02", "Điều 203 BLTTDS"},
		{register.Civil, library.StageStudy, "2026-03-02", 0, "2026-03-17", "Điều 220 BLTTDS"},
		{register.Administrative, library.StageTrial, "2026-03-02", 0, "2026-07-02", "Điều 130 LTTHC"},
		{register.Civil, library.StageTrial, "", 0, "", ""},
		{register.Enforcement, library.StageEnforcement, "2026-03-02", 0, "", ""},
		{register.Criminal, library.StageDone, "2026-03-02", 0, "", ""},
	} {
		f := register.Facts{Kind: c.kind, Docket: library.Docket{Stage: c.stage, Since: c.since, Severity: c.severity}}
		day, rule, ok := f.Due()
		if day != c.due || rule.Source != c.source || ok != (c.due != "") {
			t.Errorf("%s %s since %s, severity %d: %s %v, want %s %s", c.kind, c.stage, c.since, c.severity, day, rule, c.due, c.source)
		}
	}
	typed := register.Facts{Kind: register.Criminal, Docket: library.Docket{Stage: library.StageTrial, Since: "2026-03-02", Due: "2026-06-30"}}
	if day, rule, ok := typed.Due(); day != "2026-06-30" || rule != (register.Rule{}) || !ok {
		t.Errorf("a typed day: %s %v", day, rule)
	}
	if got := register.DaysLeft("2026-03-01", "2026-02-27"); got != 2 {
		t.Errorf("%d days left", got)
	}
}

// Monday, 30 November 2026: the month ends on it, the week on Sunday, 6 December.
func TestTheAgendaIsGrouped(t *testing.T) {
	docketed := func(id, due string, events ...library.Event) register.Row {
		return register.Row{ID: id, Facts: register.Facts{Kind: register.Criminal, Docket: library.Docket{Stage: library.StageTrial, Due: due, Events: events}}}
	}
	var got []string
	for _, it := range register.Agenda([]register.Row{
		docketed("later", "2027-02-01"), docketed("month", "2026-11-30"), docketed("late", "2026-11-20"), docketed("week", "2026-12-06"), docketed("none", ""),
		docketed("hearing", "", library.Event{Kind: library.EventHearing, Day: "2026-12-01"}, library.Event{Kind: library.EventHearing, Day: "2026-11-02"}),
	}, "2026-11-30") {
		what := "limit"
		if it.Hearing != nil {
			what = "hearing"
		}
		got = append(got, string(it.Group)+" "+it.Row.ID+" "+what)
	}
	want := []string{"late late limit", "this-week month limit", "this-week hearing hearing", "this-week week limit", "later later limit"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What was typed in the register while the case was away, and what was typed in the case, both stay.
func TestFactsOfTwoPlacesAreMerged(t *testing.T) {
	base := register.Facts{Kind: register.Civil, Number: "1", Docket: library.Docket{Stage: library.StageTrial, Sheets: 10}}
	mine, theirs := base, base
	mine.Docket.Sheets, mine.Prosecutor = 12, "A"
	theirs.Docket.Stage, theirs.Prosecutor = library.StageStudy, "B"
	theirs.Docket.Events = []library.Event{{Kind: library.EventRequest}}
	got := register.Merge(base, mine, theirs)
	if got.Docket.Sheets != 12 || got.Prosecutor != "A" || got.Docket.Stage != library.StageStudy || len(got.Docket.Events) != 1 || got.Number != "1" {
		t.Errorf("%+v", got)
	}
}

// A case's kind and branch are told as one, and each goes back where it came from.
func TestKindsAreThoseOfCases(t *testing.T) {
	for _, k := range register.Kinds {
		kind, branch := k.InCase(library.CaseMeeting)
		if got := register.KindOf(kind, branch); got != k {
			t.Errorf("%s: %s", k, got)
		}
	}
	if kind, _ := register.Other.InCase(library.CaseMeeting); kind != library.CaseMeeting {
		t.Errorf("a meeting becomes %s", kind)
	}
	c := library.Cover{Kind: library.CaseCivil, CaseNumber: "7", Approver: "Viện trưởng", Office: "A"}
	d := library.Docket{Branch: library.BranchLabour, Sheets: 3}
	cover, docket := register.FactsOf(c, d).InCase(c)
	if cover != c || !docket.Same(d) {
		t.Errorf("%+v %+v", cover, docket)
	}
}

func TestPeriods(t *testing.T) {
	at := time.Date(2026, 8, 31, 0, 0, 0, 0, time.UTC)
	for span, want := range map[register.Span]register.Period{
		register.Month: {"2026-08-01", "2026-08-31"}, register.Quarter: {"2026-07-01", "2026-09-30"},
		register.HalfYear: {"2026-07-01", "2026-12-31"}, register.Year: {"2026-01-01", "2026-12-31"},
	} {
		got := register.PeriodOf(span, at)
		if s, _, year := got.Span(); got != want || s != span || year != 2026 {
			t.Errorf("%d months: %v, which is %d", span, got, s)
		}
	}
	if (register.Period{From: "2026-02-01", To: "2026-01-01"}).Check() == nil || (register.Period{From: "x", To: "y"}).Check() == nil {
		t.Error("what is no period is taken for one")
	}
	if s, _, _ := (register.Period{From: "2026-01-02", To: "2026-03-01"}).Span(); s != 0 {
		t.Error("any days are a span")
	}
}

func TestRowsAreFoundAsOneTypes(t *testing.T) {
	l := register.NewList(registertest.Cases(), "2022-12-31", func(r register.Row) string { return string(r.Facts.Kind) })
	for typed, want := range map[string]int{"tranh chap": 40, "TRANH CHẤP đất": 40, "12/2022/HS": 1, "criminal": 60, "zzz": 0, "": 120} {
		if got := len(l.Find(typed, "", register.ByNumber, false)); got != want {
			t.Errorf("%q finds %d, want %d", typed, got, want)
		}
	}
	if got := l.Find("", register.Civil, register.ByNumber, false); len(got) != 40 || got[1].Facts.Number != "2/2022/TLST-DS" {
		t.Errorf("civil cases by number begin with %q", got[1].Facts.Number)
	}
	byDue := l.Find("", "", register.ByDue, false)
	var days []string
	for _, r := range byDue {
		day, _, _ := r.Facts.Due()
		days = append(days, day)
	}
	if first := slices.Index(days, ""); first < 1 || !slices.IsSorted(days[:first]) || strings.Join(days[first:], "") != "" {
		t.Errorf("by their limits: %q", days)
	}
}

func TestTheBookIsKept(t *testing.T) {
	dir := t.TempDir()
	b, err := register.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	rows := registertest.Cases()[:3]
	rows[0].Path = filepath.Join(dir, "a \xb6")
	if err := b.Put(rows...); err != nil {
		t.Fatal(err)
	}
	rows[1].Facts.Prosecutor = "another"
	if err := b.Put(rows[1]); err != nil {
		t.Fatal(err)
	}
	b.Remove(rows[2].ID)
	b.SetHeads(register.Heads{Office: "VKSND khu vực 3"})
	if _, err := b.Save(); err != nil {
		t.Fatal(err)
	}
	again, err := register.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(rows[:2], again.Rows()); diff != "" || again.Heads().Office != "VKSND khu vực 3" {
		t.Errorf("%+v %s", again.Heads(), diff)
	}
	if err := b.Put(register.Row{ID: "x", Facts: register.Facts{Kind: "naval"}}); err == nil {
		t.Error("a kind that is none was taken")
	}
}

// Two windows, or a window and a verb, have the register at once: what either wrote is there afterwards.
func TestTwoProgramsKeepWhatTheOtherWrote(t *testing.T) {
	dir := t.TempDir()
	open := func() *register.Book {
		b, err := register.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	save := func(b *register.Book) bool {
		news, err := b.Save()
		if err != nil {
			t.Fatal(err)
		}
		return news
	}
	put := func(b *register.Book, id string, change func(*register.Facts)) {
		r, _ := b.Row(id)
		r.ID, r.Facts.Kind = id, register.Criminal
		change(&r.Facts)
		if err := b.Put(r); err != nil {
			t.Fatal(err)
		}
	}
	first := open()
	for _, id := range []string{"a", "b", "c"} {
		put(first, id, func(f *register.Facts) { f.Title, f.Court = "vụ "+id, "Tòa án" })
	}
	save(first)
	second := open()

	put(first, "a", func(f *register.Facts) { f.Title = "vụ A" })
	put(first, "d", func(*register.Facts) {})
	first.Remove("b")
	put(second, "a", func(f *register.Facts) { f.Court = "Tòa án khu vực" })
	put(second, "e", func(*register.Facts) {})
	second.Remove("c")
	if save(first) {
		t.Error("the first to write hears of news, and there are none")
	}
	if !save(second) {
		t.Error("the second does not hear of what the first wrote")
	}

	for what, b := range map[string]*register.Book{"the second": second, "the file": open()} {
		var ids []string
		for _, r := range b.Rows() {
			ids = append(ids, r.ID)
		}
		if want := []string{"a", "d", "e"}; !slices.Equal(ids, want) {
			t.Errorf("%s has %v, want %v", what, ids, want)
		}
		if r, _ := b.Row("a"); r.Facts.Title != "vụ A" || r.Facts.Court != "Tòa án khu vực" {
			t.Errorf("%s has lost one of two edits: %+v", what, r.Facts)
		}
	}
}

func TestABadBookIsSetAside(t *testing.T) {
	for _, content := range []string{"", "{", `{"version":9}`, `{"version":1,"rows":[{"id":""}]}`} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "register.json"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		b, err := register.Load(dir)
		if err == nil || b == nil {
			t.Fatalf("%q: %v", content, err)
		}
		if kept, err := os.ReadFile(b.SetAside()); err != nil || string(kept) != content {
			t.Errorf("%q is kept as %q, %v", content, kept, err)
		}
	}
}

// many are the rows of a large office.
func many(n int) []register.Row {
	var rows []register.Row
	for len(rows) < n {
		rows = append(rows, registertest.Cases()...)
	}
	return rows[:n]
}

// As one types, each letter looks through all rows again: at most 30 ms for 2,000.
func BenchmarkFilter2000(b *testing.B) {
	l := register.NewList(many(2000), "2022-12-31", nil)
	for b.Loop() {
		l.Find("tranh chap d", "", register.ByDue, false)
		l.Find("nguyen", "", register.ByNumber, true)
	}
}

func BenchmarkNewList2000(b *testing.B) {
	rows := many(2000)
	for b.Loop() {
		register.NewList(rows, "2022-12-31", nil)
	}
}
