package register

import (
	"time"

	"butluc/library"
)

// Rule is a limit of procedural law. It gives the shortest one that the law has for the stage, without extensions: a day that
// was extended is typed ([library.Docket.Due]).
type Rule struct {
	Months, Days int    // from the day on which the stage began
	Source       string // the article, in Vietnamese as it is quoted
}

// rules are the limits of the stages, by kind of case. Of criminal cases some are longer for graver crimes: one a severity
// from 1 to 4 (Criminal Code, Art. 9). Sources: Criminal Procedure Code 2015 (BLTTHS) Art. 147, 172, 240, 277, 337, 346; Civil
// Procedure Code 2015 (BLTTDS) Art. 203, 220, 280, 286; Administrative Procedure Law 2015 (LTTHC) Art. 130, 147, 213, 221.
var rules = map[Kind]map[string][]Rule{
	Criminal: {
		library.StageReport: {{0, 20, "Điều 147 BLTTHS"}},
		library.StageInvestigation: {
			{2, 0, "Điều 172 BLTTHS"}, {3, 0, "Điều 172 BLTTHS"}, {4, 0, "Điều 172 BLTTHS"}, {4, 0, "Điều 172 BLTTHS"},
		},
		library.StageProsecution: {
			{0, 20, "Điều 240 BLTTHS"}, {0, 20, "Điều 240 BLTTHS"}, {0, 30, "Điều 240 BLTTHS"}, {0, 30, "Điều 240 BLTTHS"},
		},
		library.StageTrial: {
			{0, 30, "Điều 277 BLTTHS"}, {0, 45, "Điều 277 BLTTHS"}, {2, 0, "Điều 277 BLTTHS"}, {3, 0, "Điều 277 BLTTHS"},
		},
		library.StageAppeal: {{0, 15, "Điều 337 BLTTHS"}},
		library.StageSecond: {{0, 60, "Điều 346 BLTTHS"}},
	},
	Civil:      civilRules(4),
	Family:     civilRules(4),
	Commercial: civilRules(2),
	Labour:     civilRules(2),
	Administrative: {
		library.StageTrial:  {{4, 0, "Điều 130 LTTHC"}},
		library.StageStudy:  {{0, 15, "Điều 147 LTTHC"}},
		library.StageAppeal: {{0, 15, "Điều 213 LTTHC"}},
		library.StageSecond: {{0, 60, "Điều 221 LTTHC"}},
	},
}

func civilRules(trial int) map[string][]Rule {
	return map[string][]Rule{
		library.StageTrial:  {{trial, 0, "Điều 203 BLTTDS"}},
		library.StageStudy:  {{0, 15, "Điều 220 BLTTDS"}},
		library.StageAppeal: {{0, 15, "Điều 280 BLTTDS"}},
		library.StageSecond: {{2, 0, "Điều 286 BLTTDS"}},
	}
}

// StagesOf are the stages that a case of the kind can be in.
func (k Kind) StagesOf() []string {
	switch {
	case k == Criminal:
		return []string{
			library.StageReport, library.StageInvestigation, library.StageProsecution, library.StageTrial, library.StageAppeal,
			library.StageSecond, library.StageSuspended, library.StageDone,
		}
	case k.ByCivilCode() || k == Administrative:
		return []string{
			library.StageTrial, library.StageStudy, library.StageAppeal, library.StageSecond, library.StageSuspended, library.StageDone,
		}
	case k == Enforcement:
		return []string{library.StageEnforcement, library.StageSuspended, library.StageDone}
	}
	return []string{library.StageSuspended, library.StageDone}
}

// Due is the day by which the case's stage is to end: the one that was typed, or the law's. rule is the law's, zero for a
// typed day. A limit that ends on a day of rest ends on the next working day by law; the day given is never the later one.
func (f Facts) Due() (day string, rule Rule, ok bool) {
	d := f.Docket
	if d.Stage == library.StageDone || d.Stage == library.StageSuspended {
		return "", Rule{}, false
	}
	if d.Due != "" {
		return d.Due, Rule{}, true
	}
	return f.ByLaw()
}

// ByLaw is the day by which the law's rule has the case's stage end. A crime whose severity was not told has the shortest.
func (f Facts) ByLaw() (day string, rule Rule, ok bool) {
	d := f.Docket
	list := rules[f.Kind][d.Stage]
	from := d.Since
	if from == "" && (d.Stage == library.StageInvestigation || d.Stage == library.StageTrial && f.Kind != Criminal) {
		from = d.Accepted // the case was opened, or taken on, with this stage
	}
	began, err := time.Parse(library.DayForm, from)
	if len(list) == 0 || err != nil {
		return "", Rule{}, false
	}
	rule = list[max(0, min(d.Severity, len(list))-1)]
	return addMonths(began, rule.Months).AddDate(0, 0, rule.Days).Format(library.DayForm), rule, true
}

// addMonths is the same day months later, or that month's last where it has none (Criminal Procedure Code, Art. 134).
func addMonths(t time.Time, months int) time.Time {
	then := time.Date(t.Year(), t.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := then.AddDate(0, 1, -1).Day()
	return then.AddDate(0, 0, min(t.Day(), last)-1)
}

// DaysLeft is how many days a day is ahead of today; less than 0 where it is past. Both are days.
func DaysLeft(day, today string) int {
	a, errA := time.Parse(library.DayForm, day)
	b, errB := time.Parse(library.DayForm, today)
	if errA != nil || errB != nil {
		return 0
	}
	return int(a.Sub(b).Hours() / 24)
}
