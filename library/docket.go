package library

import (
	"reflect"
	"slices"
	"time"
)

// Docket is what the register (sổ theo dõi) has of the case that its cover does not tell: a person types it. There is one.
// It is no part of what the superior approves, and goes into no exported outline. Days are written as [DayForm]; "" where
// there is none.
type Docket struct {
	Branch   string  `json:"branch,omitempty"` // of a civil case: one of [Branches], or empty
	Parties  string  `json:"parties,omitempty"`
	Charge   string  `json:"charge,omitempty"`   // what the defendants are charged with, or what the parties contend about
	Severity int     `json:"severity,omitempty"` // of the crime, 1 to 4 (Criminal Code, Art. 9); 0: not told
	Stage    string  `json:"stage,omitempty"`    // one of [Stages], or empty
	Accepted string  `json:"accepted,omitempty"` // the day on which the case was opened, or taken on by the court
	Since    string  `json:"since,omitempty"`    // the day on which its stage began
	Due      string  `json:"due,omitempty"`      // the day by which the stage is to end, where a person knows better than the law's rule
	Sheets   int     `json:"sheets,omitempty"`   // of the whole file, on paper; 0: not told
	Early    bool    `json:"early,omitempty"`    // digitized from the first investigation on
	Notes    string  `json:"notes,omitempty"`
	Events   []Event `json:"events,omitempty"` // in the order in which they were typed; never written to
}

// Event is what was done in a case on a day, and is counted.
type Event struct {
	Kind   EventKind `json:"kind"`
	Day    string    `json:"day,omitempty"`
	Count  int       `json:"count,omitempty"`  // how often, or how many documents, 1 to [MaxCount]; 0 counts as 1
	Place  string    `json:"place,omitempty"`  // of a hearing: the court room
	Text   string    `json:"text,omitempty"`   // its number, what it was about
	Online bool      `json:"online,omitempty"` // of a hearing: held by video call
	Lesson bool      `json:"lesson,omitempty"` // of a hearing: one to learn from (rút kinh nghiệm)
	Shown  bool      `json:"shown,omitempty"`  // of a hearing: the digitized file was shown in it
}

// EventKind is what an event is. Stored: never rename one.
type EventKind string

// The kinds of event.
const (
	EventHearing       EventKind = "hearing"       // phiên tòa
	EventInterrogation EventKind = "interrogation" // hỏi cung, lấy lời khai có ghi âm, ghi hình
	EventProtest       EventKind = "protest"       // kháng nghị
	EventRemedy        EventKind = "remedy"        // kiến nghị khắc phục vi phạm
	EventGeneral       EventKind = "general"       // kiến nghị tổng hợp
	EventPrevention    EventKind = "prevention"    // kiến nghị phòng ngừa
	EventRequest       EventKind = "request"       // yêu cầu xác minh, thu thập chứng cứ
)

// EventKinds are all of them, in the order in which they are offered.
var EventKinds = []EventKind{
	EventHearing, EventInterrogation, EventProtest, EventRemedy, EventGeneral, EventPrevention, EventRequest,
}

// Times is how often it happened, or how many documents it stands for: 1 or more.
func (e Event) Times() int { return max(1, e.Count) }

// The branches of civil cases, which go by one code of procedure, and are counted apart. Stored: never rename one.
const (
	BranchFamily     = "family"     // hôn nhân và gia đình
	BranchCommercial = "commercial" // kinh doanh, thương mại
	BranchLabour     = "labour"     // lao động
)

// Branches are all of them; a civil case of none is one of civil law proper.
var Branches = []string{BranchFamily, BranchCommercial, BranchLabour}

// The stages of a case. Stored: never rename one.
const (
	StageReport        = "tin-bao"      // a report of a crime is looked into
	StageInvestigation = "dieu-tra"     // it is investigated
	StageProsecution   = "truy-to"      // whether to prosecute is decided
	StageTrial         = "so-tham"      // the court prepares and holds the first trial
	StageStudy         = "nghien-cuu"   // the procuracy has the court's file for 15 days (civil, administrative)
	StageAppeal        = "khang-nghi"   // after the judgment, while the procuracy may protest
	StageSecond        = "phuc-tham"    // the case is at the court of second instance
	StageEnforcement   = "thi-hanh"     // the judgment is enforced
	StageSuspended     = "tam-dinh-chi" // the case rests: no limit runs
	StageDone          = "xong"         // it is over
)

// Stages are all stages, in the order in which a case goes through them.
var Stages = []string{
	StageReport, StageInvestigation, StageProsecution, StageTrial, StageStudy, StageAppeal, StageSecond, StageEnforcement,
	StageSuspended, StageDone,
}

// DayForm is how a day is written in a file, for [time.Parse].
const DayForm = time.DateOnly

// Bounds of what a docket holds.
const (
	MaxCount  = 1_000_000
	MaxEvents = 1000
)

const docketKey = "docket"

// DocketTexts are its texts.
var DocketTexts = Texts[Docket]{
	{Name: "parties", Of: func(d *Docket) *string { return &d.Parties }, Form: true},
	{Name: "charge", Of: func(d *Docket) *string { return &d.Charge }, Form: true},
	{Name: "notes", Of: func(d *Docket) *string { return &d.Notes }, Long: true, Form: true},
}

var eventTexts = []func(*Event) *string{func(e *Event) *string { return &e.Place }, func(e *Event) *string { return &e.Text }}

// Docket is what the register has of the case; zero where nothing was typed.
func (o Outline) Docket() Docket {
	d, _ := find[Docket](o, TableDocket, docketKey)
	return d
}

// Key implements [Record].
func (Docket) Key() Key { return Key{TableDocket, docketKey} }

// Same tells whether two dockets say the same.
func (d Docket) Same(other Docket) bool {
	if !slices.Equal(d.Events, other.Events) {
		return false
	}
	d.Events, other.Events = nil, nil
	return reflect.DeepEqual(d, other)
}

// isZero tells whether the docket says nothing, so that it need not be there.
func (d Docket) isZero() bool { return d.Same(Docket{}) }

// Check tells what of the docket can't be.
func (d Docket) Check() error { return d.check() }

func (d Docket) check() error {
	if d.Severity < 0 || d.Severity > 4 {
		return bad("severity", "%d is not 0 to 4", d.Severity)
	}
	if d.Sheets < 0 || d.Sheets > MaxCount {
		return bad("sheets", "%d is not 0 to %d", d.Sheets, MaxCount)
	}
	if len(d.Events) > MaxEvents {
		return bad("events", "more than %d", MaxEvents)
	}
	for _, e := range d.Events {
		if err := e.check(); err != nil {
			return err
		}
	}
	return checks(DocketTexts.check(d), checkCode("branch", d.Branch, Branches), checkCode("stage", d.Stage, Stages),
		checkDay("accepted", d.Accepted), checkDay("since", d.Since), checkDay("due", d.Due))
}

func (e Event) check() error {
	if !slices.Contains(EventKinds, e.Kind) {
		return bad("events", "%q is no kind of event", e.Kind)
	}
	if e.Count < 0 || e.Count > MaxCount {
		return bad("events", "%d is not 0 to %d", e.Count, MaxCount)
	}
	for _, text := range eventTexts {
		if err := checkText("events", *text(&e), MaxTitle); err != nil {
			return err
		}
	}
	return checkDay("events", e.Day)
}

func checkDay(field, day string) error {
	if day == "" {
		return nil
	}
	if _, err := time.Parse(DayForm, day); err != nil {
		return bad(field, "%q is no day", day)
	}
	return nil
}

// legibleDocket is [legible] for a docket and its events.
func legibleDocket(d Docket) Docket {
	d = DocketTexts.legible(d)
	events := slices.Clone(d.Events)
	for i := range events {
		for _, text := range eventTexts {
			*text(&events[i]) = legibleLine(*text(&events[i]))
		}
	}
	d.Events = events
	return d
}
