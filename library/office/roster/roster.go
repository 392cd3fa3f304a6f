// Package roster is the list of an office's members (sổ thành viên) with what each may do, signed by its head. Who may read a
// case has its key encrypted to them; who may edit it is whose revisions are taken. Both follow from this list alone.
//
// A roster is numbered, each one higher than the one before. Whoever knows one takes a later one only where it is signed by
// the head of the one they know, or by whom that head handed the office to ([Roster.HandOver]); an earlier one they never take.
package roster

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"butluc/library/office/identity"
	"butluc/library/office/signed"
)

var (
	// ErrForged says that a roster is not signed by the office's head.
	ErrForged = errors.New("the roster is not signed by the head of the office")
	// ErrOlder says that a roster is older than one that was seen before.
	ErrOlder = errors.New("the roster is older than the one that was there before")
	// ErrInvalid says that a roster has no head, somebody twice, or what no program writes.
	ErrInvalid = errors.New("no such roster can be")
	// ErrUnknown says that somebody is not in the roster.
	ErrUnknown = errors.New("not a member of the office")
)

// Role is what somebody is in the office. Written to rosters: never rename one.
type Role string

// The roles.
const (
	RoleHead       Role = "head"       // viện trưởng: opens every case and keeps the roster
	RoleDeputy     Role = "deputy"     // phó viện trưởng: opens every case
	RoleProsecutor Role = "prosecutor" // kiểm sát viên: the cases that they put into the store
	RoleAssistant  Role = "assistant"  // what they are assigned
	RoleSuperior   Role = "superior"   // the superior procuracy: what was passed up
	RoleRecovery   Role = "recovery"   // the office's recovery key on paper: reads all, writes nothing
)

// Roles in the order of rank.
func Roles() []Role {
	return []Role{RoleHead, RoleDeputy, RoleProsecutor, RoleAssistant, RoleSuperior, RoleRecovery}
}

// Leads tells of those who open every case of the office.
func (r Role) Leads() bool { return r == RoleHead || r == RoleDeputy }

// Founds tells of those who may put a new case into the store.
func (r Role) Founds() bool { return r.Leads() || r == RoleProsecutor }

// Right is what somebody may do with a case; each one holds those before it.
type Right int

// The rights.
const (
	None Right = iota
	Read
	Comment
	Edit
)

var rights = [...]string{"none", "read", "comment", "edit"}

func (r Right) String() string { return rights[r] }

// ParseRight undoes [Right.String]; it fails with [ErrInvalid].
func ParseRight(s string) (Right, error) {
	i := slices.Index(rights[:], s)
	if i < 0 {
		return None, fmt.Errorf("right %q: %w", s, ErrInvalid)
	}
	return Right(i), nil
}

// Member is somebody of the office.
type Member struct {
	Card identity.Card
	Role Role
}

// Grant is a right to one case that does not follow from a role.
type Grant struct {
	Case  string `json:"case"`
	Who   string `json:"who"` // the fingerprint of a member's card
	Right string `json:"right"`
}

// Roster is the list as it stands. It is a value: what changes it gives another.
type Roster struct {
	Store    string // the id of the store that it is of
	Office   string
	Number   int // from 1
	Time     time.Time
	Members  []Member
	Former   []string // fingerprints of who was a member: what they signed is theirs all the same
	Grants   []Grant
	handed   [][]byte // heads' signed words about who follows them, in order
	signedBy identity.Card
}

// The purposes of signatures.
const (
	purpose       = "butluc roster 1"
	purposeHanded = "butluc head 1"
)

// Bounds of a roster that is read.
const (
	maxMembers = 2000
	maxGrants  = 100_000
)

type document struct {
	Store   string           `json:"store"`
	Office  string           `json:"office"`
	Number  int              `json:"number"`
	Time    time.Time        `json:"time"`
	Members []memberDocument `json:"members"`
	Former  []string         `json:"former,omitempty"`
	Grants  []Grant          `json:"grants,omitempty"`
	Handed  [][]byte         `json:"handed,omitempty"`
}

type memberDocument struct {
	Card string `json:"card"`
	Role Role   `json:"role"`
}

type handed struct {
	Store  string `json:"store"`
	Number int    `json:"number"` // of the roster that does it, the last that the old head may sign
	To     string `json:"to"`     // the next head's card
}

// New is the first roster of a store, with its head alone.
func New(store string, head identity.Card) Roster {
	return Roster{Store: store, Office: head.Office, Members: []Member{{head, RoleHead}}}
}

// Head is who signs the roster.
func (r Roster) Head() identity.Card {
	for _, m := range r.Members {
		if m.Role == RoleHead {
			return m.Card
		}
	}
	return identity.Card{}
}

// SignedBy is who signed it, as it was read.
func (r Roster) SignedBy() identity.Card { return r.signedBy }

// Member finds somebody by their card's fingerprint.
func (r Roster) Member(fingerprint string) (Member, bool) {
	for _, m := range r.Members {
		if m.Card.Fingerprint() == fingerprint {
			return m, true
		}
	}
	return Member{}, false
}

// Was tells of who is a member or was one.
func (r Roster) Was(fingerprint string) bool {
	_, is := r.Member(fingerprint)
	return is || slices.Contains(r.Former, fingerprint)
}

// Right is what somebody may do with a case that owner put into the store; both are fingerprints.
func (r Roster) Right(who, caseID, owner string) Right {
	m, is := r.Member(who)
	if !is {
		return None
	}
	right := None
	switch {
	case m.Role == RoleRecovery:
		return Read
	case m.Role.Founds() && who == owner:
		right = Edit
	case m.Role.Leads():
		right = Comment
	}
	for _, g := range r.Grants {
		if granted, err := ParseRight(g.Right); err == nil && g.Case == caseID && g.Who == who {
			right = max(right, granted)
		}
	}
	return right
}

// Readers are the cards of all that may read a case.
func (r Roster) Readers(caseID, owner string) []identity.Card {
	var cards []identity.Card
	for _, m := range r.Members {
		if r.Right(m.Card.Fingerprint(), caseID, owner) >= Read {
			cards = append(cards, m.Card)
		}
	}
	return cards
}

// With takes somebody in, or gives them another card of the same key or another role. The head is not replaced so: see
// [Roster.HandOver].
func (r Roster) With(card identity.Card, role Role) (Roster, error) {
	if role == RoleHead || !slices.Contains(Roles(), role) || card.Same(r.Head()) || card.Recovery != (role == RoleRecovery) {
		return Roster{}, fmt.Errorf("%s as %s: %w", card.Name, role, ErrInvalid)
	}
	next := r
	next.Members = slices.DeleteFunc(slices.Clone(r.Members), func(m Member) bool { return m.Card.Same(card) })
	next.Members = append(next.Members, Member{card, role})
	next.Former = slices.DeleteFunc(slices.Clone(r.Former), func(f string) bool { return f == card.Fingerprint() })
	return next, nil
}

// Without takes somebody out, and their grants with them. The head can't go; it fails with [ErrUnknown] and [ErrInvalid].
func (r Roster) Without(fingerprint string) (Roster, error) {
	m, is := r.Member(fingerprint)
	switch {
	case !is:
		return Roster{}, ErrUnknown
	case m.Role == RoleHead:
		return Roster{}, fmt.Errorf("the head hands the office over first: %w", ErrInvalid)
	}
	next := r
	next.Members = slices.DeleteFunc(slices.Clone(r.Members), func(m Member) bool { return m.Card.Fingerprint() == fingerprint })
	next.Grants = slices.DeleteFunc(slices.Clone(r.Grants), func(g Grant) bool { return g.Who == fingerprint })
	next.Former = append(slices.Clone(r.Former), fingerprint)
	return next, nil
}

// Granting gives a member a right to a case; [None] takes what was granted away. It fails with [ErrUnknown].
func (r Roster) Granting(caseID, who string, right Right) (Roster, error) {
	if _, is := r.Member(who); !is {
		return Roster{}, ErrUnknown
	}
	next := r
	next.Grants = slices.DeleteFunc(slices.Clone(r.Grants), func(g Grant) bool { return g.Case == caseID && g.Who == who })
	if right > None {
		next.Grants = append(next.Grants, Grant{caseID, who, right.String()})
	}
	return next, nil
}

// HandOver makes another member the head; the old one stays as a deputy, and signs this one roster yet.
func (r Roster) HandOver(head *identity.Identity, to string) (Roster, error) {
	m, is := r.Member(to)
	if !is {
		return Roster{}, ErrUnknown
	}
	if !head.Card().Same(r.Head()) || m.Role == RoleHead || m.Card.Recovery {
		return Roster{}, ErrInvalid
	}
	word, err := signed.Sign(head, purposeHanded, handed{r.Store, r.Number + 1, m.Card.Text()})
	if err != nil {
		return Roster{}, err
	}
	next := r
	next.handed = append(slices.Clone(r.handed), word)
	next.Members = slices.Clone(r.Members)
	for i, m := range next.Members {
		switch {
		case m.Role == RoleHead:
			next.Members[i].Role = RoleDeputy
		case m.Card.Fingerprint() == to:
			next.Members[i].Role = RoleHead
		}
	}
	return next, nil
}

// Sign writes the roster with the next number. by is the head, or the one before who just handed over.
func (r Roster) Sign(by *identity.Identity, now time.Time) ([]byte, error) {
	d := document{
		Store: r.Store, Office: r.Office, Number: r.Number + 1, Time: now.UTC().Truncate(time.Second),
		Former: r.Former, Grants: r.Grants, Handed: r.handed,
	}
	for _, m := range r.Members {
		d.Members = append(d.Members, memberDocument{m.Card.Text(), m.Role})
	}
	return signed.Sign(by, purpose, d)
}

// Parse reads a roster of a store. known is the last one that was seen; the zero Roster where there is none, and then the
// one who signed is taken for the head: a person compares the fingerprint. It fails with [ErrForged], [ErrOlder],
// [ErrInvalid].
func Parse(data []byte, store string, known Roster) (Roster, error) {
	var d document
	by, err := signed.Open(purpose, data, &d)
	if err != nil {
		return Roster{}, fmt.Errorf("read roster: %w", err)
	}
	r := Roster{
		Store: d.Store, Office: d.Office, Number: d.Number, Time: d.Time, Former: d.Former, Grants: d.Grants,
		handed: d.Handed, signedBy: by,
	}
	for _, m := range d.Members {
		card, err := identity.ParseCard([]byte(m.Card))
		if err != nil {
			return Roster{}, fmt.Errorf("read roster: %w", err)
		}
		r.Members = append(r.Members, Member{card, m.Role})
	}
	if err := r.check(store); err != nil {
		return Roster{}, fmt.Errorf("read roster: %w", err)
	}
	first := by
	if known.Number > 0 {
		first = known.Head()
	}
	if !r.follows(first) {
		return Roster{}, ErrForged
	}
	if r.Number < known.Number {
		return Roster{}, ErrOlder
	}
	return r, nil
}

func (r Roster) check(store string) error {
	heads, seen := 0, map[string]bool{}
	for _, m := range r.Members {
		if m.Role == RoleHead {
			heads++
		}
		if !slices.Contains(Roles(), m.Role) || m.Card.Recovery != (m.Role == RoleRecovery) || seen[m.Card.Fingerprint()] {
			return ErrInvalid
		}
		seen[m.Card.Fingerprint()] = true
	}
	for _, g := range r.Grants {
		if _, err := ParseRight(g.Right); err != nil {
			return err
		}
	}
	if heads != 1 || r.Number < 1 || r.Store != store || len(r.Members) > maxMembers || len(r.Grants) > maxGrants {
		return ErrInvalid
	}
	return nil
}

// follows tells whether the roster's signer is a head, beginning with one and going on by what heads handed over; and whether
// its head is that one, or whom they handed to.
func (r Roster) follows(head identity.Card) bool {
	heads := []identity.Card{head}
	yet := identity.Card{} // the old head, of the roster in which they hand over
	for _, word := range r.handed {
		var h handed
		by, err := signed.Open(purposeHanded, word, &h)
		if err != nil || h.Store != r.Store || !by.Same(heads[len(heads)-1]) {
			continue // of before the head that is known
		}
		next, err := identity.ParseCard([]byte(h.To))
		if err != nil {
			return false
		}
		heads = append(heads, next)
		if h.Number == r.Number {
			yet = by
		}
	}
	last := heads[len(heads)-1]
	return r.Head().Same(last) && (r.signedBy.Same(last) || r.signedBy.Same(yet))
}
