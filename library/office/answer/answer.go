// Package answer is what a superior says to an outline that was submitted to them (trình duyệt): that they approve it or return
// it, with their opinion (ý kiến của lãnh đạo Viện) and remarks at its steps, signed by their key.
//
// An answer is about one submitted copy, by its SHA-256: of an outline that was edited since it says nothing. It never changes;
// who thinks otherwise later answers again, and the later answer counts.
package answer

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"butluc/library"
	"butluc/library/office/identity"
	"butluc/library/office/signed"
)

// Errors that a person can act on. [signed.ErrForged] says that an answer is not what its author signed.
var (
	// ErrInvalid says that an answer is none that this program writes, or is too long.
	ErrInvalid = errors.New("no such answer can be")
	// ErrNewer says that a newer version of the program wrote it.
	ErrNewer = errors.New("a newer version of the program wrote the answer")
	// ErrOtherCase says that an answer is about another case.
	ErrOtherCase = errors.New("the answer is about another case")
	// ErrOtherOutline says that an answer is about an outline that was not submitted here.
	ErrOtherOutline = errors.New("the answer is about an outline that was not submitted here")
)

// Limits of what is said, in characters; and of an answer as it is written, in bytes.
const (
	MaxOpinion = 20_000
	MaxRemark  = 4_000
	MaxRemarks = 2_000
	MaxSize    = 16 << 20
)

const (
	version = 1
	purpose = "butluc answer 1"
)

// Verdict is what becomes of the outline. Written into answers: never rename one.
type Verdict string

// The verdicts.
const (
	Approved Verdict = "approved"
	Returned Verdict = "returned" // to be worked on
)

// Remark is said of a step, or of the outline as a whole.
type Remark struct {
	Step  string `json:"step,omitempty"`  // its id; "" for the whole
	Title string `json:"title,omitempty"` // of the step as it was, for when it is gone
	Text  string `json:"text"`
}

// Answer is what is said to a submitted outline.
type Answer struct {
	Version int       `json:"version"`
	Case    string    `json:"case"`   // its id
	Number  int       `json:"number"` // of the submission
	Outline string    `json:"outline"`
	Verdict Verdict   `json:"verdict"`
	Opinion string    `json:"opinion,omitempty"`
	Remarks []Remark  `json:"remarks,omitempty"` // in the outline's order
	Time    time.Time `json:"time"`              // by the author's clock, UTC, to the second
}

// Signed is an answer with who gave it.
type Signed struct {
	Answer
	By   identity.Card
	ID   string // the SHA-256 of Data, in hexadecimal
	Data []byte // as it was signed
}

// To is an empty answer to a submitted copy of a case's outline.
func To(caseID string, a library.Approval) Answer {
	return Answer{Version: version, Case: caseID, Number: a.Number, Outline: a.SHA256}
}

// Short is the fingerprint's beginning of the copy that an answer is about, as people compare it.
func (a Answer) Short() string { return library.Approval{SHA256: a.Outline}.Short() }

// On gives the remark at a step, "" for the whole.
func (a Answer) On(step string) string {
	for _, r := range a.Remarks {
		if r.Step == step {
			return r.Text
		}
	}
	return ""
}

// With is the answer with a remark at a step in the place of the one before; an empty text takes it away.
func (a Answer) With(r Remark) Answer {
	a.Remarks = slices.Clone(a.Remarks)
	i := slices.IndexFunc(a.Remarks, func(o Remark) bool { return o.Step == r.Step })
	switch {
	case strings.TrimSpace(r.Text) == "" && i >= 0:
		a.Remarks = slices.Delete(a.Remarks, i, i+1)
	case strings.TrimSpace(r.Text) == "":
	case i >= 0:
		a.Remarks[i] = r
	default:
		a.Remarks = append(a.Remarks, r)
	}
	return a
}

// Sign gives the answer as its author signed it. It fails with [ErrInvalid] where something is missing or too long.
func (a Answer) Sign(by *identity.Identity, now time.Time) (Signed, error) {
	a.Version, a.Time = version, now.UTC().Truncate(time.Second)
	if err := a.check(); err != nil {
		return Signed{}, err
	}
	data, err := signed.Sign(by, purpose, a)
	if err != nil {
		return Signed{}, fmt.Errorf("sign answer: %w", err)
	}
	return Parse(data)
}

// Parse reads an answer and tells who gave it. It fails with [signed.ErrForged], [ErrNewer] and [ErrInvalid].
func Parse(data []byte) (Signed, error) {
	if len(data) > MaxSize {
		return Signed{}, ErrInvalid
	}
	var a Answer
	by, err := signed.Open(purpose, data, &a)
	if err != nil {
		return Signed{}, fmt.Errorf("read answer: %w", err)
	}
	if a.Version > version {
		return Signed{}, ErrNewer
	}
	if err := a.check(); err != nil {
		return Signed{}, err
	}
	sum := sha256.Sum256(data)
	return Signed{a, by, hex.EncodeToString(sum[:]), data}, nil
}

func (a Answer) check() error {
	sum, err := hex.DecodeString(a.Outline)
	switch {
	case a.Version < 1, a.Case == "", a.Number < 1, err != nil, len(sum) != sha256.Size, a.Time.IsZero():
		return ErrInvalid
	case a.Verdict != Approved && a.Verdict != Returned:
		return fmt.Errorf("%w: %q is no verdict", ErrInvalid, a.Verdict)
	case !text(a.Opinion, MaxOpinion), len(a.Remarks) > MaxRemarks:
		return fmt.Errorf("%w: it is too long", ErrInvalid)
	}
	seen := map[string]bool{}
	for _, r := range a.Remarks {
		if !text(r.Text, MaxRemark) || !text(r.Title, MaxRemark) || r.Text == "" || seen[r.Step] {
			return fmt.Errorf("%w: a remark", ErrInvalid)
		}
		seen[r.Step] = true
	}
	return nil
}

// text tells of a text that can be shown as it is: letters of which none hides or turns others around.
func text(s string, most int) bool {
	return utf8.ValidString(s) && utf8.RuneCountInString(s) <= most && !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsPrint(r) && r != '\n' && r != '\t'
	})
}

// About tells whether an answer is about a copy that was submitted of a case. It fails with [ErrOtherCase] and
// [ErrOtherOutline].
func (a Answer) About(caseID string, submitted []library.Approval) error {
	if a.Case != caseID {
		return ErrOtherCase
	}
	if !slices.ContainsFunc(submitted, func(s library.Approval) bool { return s.SHA256 == a.Outline && s.Number == a.Number }) {
		return ErrOtherOutline
	}
	return nil
}

// Sort puts answers in the order in which they were given.
func Sort(list []Signed) {
	slices.SortFunc(list, func(a, b Signed) int {
		if c := a.Time.Compare(b.Time); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
}

// Newest is the last answer to a submitted copy, of answers in their order.
func Newest(list []Signed, outline string) (Signed, bool) {
	for _, s := range slices.Backward(list) {
		if s.Outline == outline {
			return s, true
		}
	}
	return Signed{}, false
}
