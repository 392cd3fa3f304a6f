package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"butluc/library/office/identity"
	"butluc/library/office/place"
	"butluc/library/office/roster"
	"butluc/library/office/signed"
)

var (
	// ErrNone says that there is no store at a place.
	ErrNone = errors.New("there is no store at this address")
	// ErrThere says that there is a store already.
	ErrThere = errors.New("there is a store at this address already")
	// ErrNewer says that a newer version of the program made the store.
	ErrNewer = errors.New("the store is of a newer version of the program")
	// ErrOther says that another store stands at an address.
	ErrOther = errors.New("another store stands at this address than before")
	// ErrStranger says that nobody took the user into the office's roster, or that they were taken out of it.
	ErrStranger = errors.New("you are not in the roster of this store")
	// ErrRosterGone says that the place has no roster any more that this user may read, or an older one only.
	ErrRosterGone = errors.New("the store's roster is older than the one that was there before, or gone")
	// ErrRight says that the roster does not let the user do that.
	ErrRight = errors.New("the roster does not give you that right")
	// ErrNoCase says that there is no such case that the user may read.
	ErrNoCase = errors.New("there is no such case in the store that you may open")
	// ErrDamaged says that something in the store is not what was put there.
	ErrDamaged = errors.New("damaged in the store")
	// ErrIncomplete says that objects of a revision are missing in the place.
	ErrIncomplete = errors.New("parts are missing in the store")
)

const (
	markName = "store"
	format   = 1
)

// mark is what tells a store from any other folder.
type mark struct {
	Format int    `json:"butluc-store"`
	ID     string `json:"id"`
}

// Memory is what a user keeps of a store from one time to the next, on their machine.
type Memory struct {
	ID     string // of the store
	Roster []byte // the newest that was seen, as it was signed
}

// Options are how a store is opened.
type Options struct {
	Cache string           // a folder for encrypted copies of what is small, of at most [cacheLimit] bytes; "": none
	Now   func() time.Time // nil: time.Now
}

// Store is an office's store as one of its members sees it. Its methods may be called by one goroutine at a time.
type Store struct {
	vaults
	signed []byte // the roster
	behind bool   // the place has an older one
	newer  bool   // the place has a newer one that is not for this user
}

// vaults are what lies in the place, as one member opens it.
type vaults struct {
	place  place.Place
	id     string // of the store
	me     *identity.Identity
	roster roster.Roster
	cache  cache
	now    func() time.Time
}

func newStore(p place.Place, id string, me *identity.Identity, o Options) *Store {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Store{vaults: vaults{place: p, id: id, me: me, cache: cache{o.Cache}, now: o.Now}}
}

// Create makes a store at a place, with the user as the office's head. It fails with [ErrThere].
func Create(ctx context.Context, p place.Place, me *identity.Identity, o Options) (*Store, error) {
	if _, err := p.Get(ctx, markName, maxSmall); err == nil {
		return nil, ErrThere
	} else if !errors.Is(err, place.ErrMissing) {
		return nil, fmt.Errorf("make store: %w", err)
	}
	s := newStore(p, strings.ToLower(rand.Text()), me, o)
	s.roster = roster.New(s.id, me.Card())
	if err := s.putRoster(ctx, s.roster); err != nil {
		return nil, fmt.Errorf("make store: %w", err)
	}
	data, err := json.Marshal(mark{format, s.id})
	if err == nil {
		err = p.Put(ctx, markName, data)
	}
	if err != nil {
		return nil, fmt.Errorf("make store: %w", err)
	}
	return s, nil
}

// Open opens the store at a place. With the zero Memory whoever signed the roster is taken for the head: a person compares the
// fingerprint of [roster.Roster.Head].
func Open(ctx context.Context, p place.Place, me *identity.Identity, known Memory, o Options) (*Store, error) {
	data, err := p.Get(ctx, markName, maxSmall)
	if errors.Is(err, place.ErrMissing) {
		return nil, ErrNone
	}
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	var m mark
	if err := json.Unmarshal(data, &m); err != nil || m.ID == "" || m.Format < 1 {
		return nil, fmt.Errorf("open store: %w", ErrDamaged)
	}
	switch {
	case m.Format > format:
		return nil, ErrNewer
	case known.ID != "" && known.ID != m.ID:
		return nil, ErrOther
	}
	s := newStore(p, m.ID, me, o)
	if err := s.readRoster(ctx, known.Roster); err != nil {
		return nil, err
	}
	return s, nil
}

// ID is the store's random id.
func (s *Store) ID() string { return s.id }

// Me is the card of who opened the store.
func (s *Store) Me() identity.Card { return s.me.Card() }

// Roster is the newest that is known. behind tells that the place has an older one, or none: somebody put it back.
func (s *Store) Roster() (r roster.Roster, behind bool) { return s.roster, s.behind }

// Newer tells that the place has a newer roster that is not encrypted to the user: the head took them out, or somebody put a
// file there that is none.
func (s *Store) Newer() bool { return s.newer }

// Memory is what to keep for the next time.
func (s *Store) Memory() Memory { return Memory{s.id, s.signed} }

func rosterName(number int, signedRoster []byte) string {
	h := sha256.Sum256(signedRoster)
	return fmt.Sprintf("roster/%08d-%s", number, hex.EncodeToString(h[:8]))
}

// readRoster takes the newest roster of the place that follows from the known one.
func (s *Store) readRoster(ctx context.Context, remembered []byte) error {
	var known roster.Roster
	if len(remembered) > 0 {
		var err error
		if known, err = roster.Parse(remembered, s.id, roster.Roster{}); err != nil {
			return err
		}
		s.roster, s.signed, s.behind = known, remembered, true
	}
	names, err := s.place.List(ctx, "roster")
	if err != nil {
		return fmt.Errorf("read roster: %w", err)
	}
	slices.Sort(names)
	var errs []error
	var locked []string
	for _, name := range slices.Backward(names) {
		data, err := s.place.Get(ctx, "roster/"+name, maxSmall)
		if err == nil {
			data, err = signed.Decrypt(data, s.me.Age())
		}
		var r roster.Roster
		if err == nil {
			r, err = roster.Parse(data, s.id, known)
		}
		if err == nil && rosterName(r.Number, data) != "roster/"+name {
			err = ErrDamaged
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			if errors.Is(err, signed.ErrLocked) {
				locked = append(locked, name)
			}
			errs = append(errs, err)
			continue
		}
		s.roster, s.signed, s.behind = r, data, false
		break
	}
	if s.signed == nil {
		if len(names) == 0 {
			return ErrRosterGone
		}
		return errors.Join(append([]error{ErrStranger}, errs...)...)
	}
	mine := strings.TrimPrefix(rosterName(s.roster.Number, s.signed), "roster/")
	s.newer = slices.ContainsFunc(locked, func(name string) bool { return name > mine })
	if _, is := s.roster.Member(s.me.Card().Fingerprint()); !is {
		return ErrStranger
	}
	return nil
}

func (s *Store) putRoster(ctx context.Context, r roster.Roster) error {
	data, err := r.Sign(s.me, s.now())
	if err != nil {
		return err
	}
	next, err := roster.Parse(data, s.id, s.roster)
	if err != nil {
		return err
	}
	var to []age.Recipient
	for _, m := range next.Members {
		to = append(to, m.Card.Recipient())
	}
	sealed, err := signed.Encrypt(data, to...)
	if err != nil {
		return err
	}
	if err := s.place.Put(ctx, rosterName(next.Number, data), sealed); err != nil {
		return fmt.Errorf("write roster: %w", err)
	}
	s.roster, s.signed, s.behind = next, data, false
	return nil
}

// SetRoster signs a changed roster and puts it into the store; the user is the head. Who may read a case now gets its key, as far as the head may open it. Where that leaves
// somebody with a key who may not read a case any more, [Store.Stale] names it. It fails with [ErrRight].
func (s *Store) SetRoster(ctx context.Context, change func(roster.Roster) (roster.Roster, error)) error {
	if !s.me.Card().Same(s.roster.Head()) {
		return ErrRight
	}
	next, err := change(s.roster)
	if err != nil {
		return err
	}
	if err := s.putRoster(ctx, next); err != nil {
		return err
	}
	return s.eachVault(ctx, func(v *vault, listed []string) error {
		if closed, err := s.closedBy(ctx, v, listed); closed != "" || err != nil {
			return err
		}
		return s.shareWithAll(ctx, v)
	})
}

// Restore puts the newest roster that the user remembers into a place that lost it. It takes no right: it is signed.
func (s *Store) Restore(ctx context.Context) error {
	if !s.behind {
		return nil
	}
	var to []age.Recipient
	for _, m := range s.roster.Members {
		to = append(to, m.Card.Recipient())
	}
	sealed, err := signed.Encrypt(s.signed, to...)
	if err != nil {
		return err
	}
	if err := s.place.Put(ctx, rosterName(s.roster.Number, s.signed), sealed); err != nil {
		return fmt.Errorf("write roster: %w", err)
	}
	s.behind = false
	return nil
}

// shareWithAll gives a vault's key to all that may read it, where one of them lacks it.
func (s *vaults) shareWithAll(ctx context.Context, v *vault) error {
	readers := s.roster.Readers(v.Case, v.Owner)
	lacks := func(c identity.Card) bool { return !slices.Contains(v.readers, c.Fingerprint()) }
	if !slices.ContainsFunc(readers, lacks) {
		return nil
	}
	return s.share(ctx, v, readers)
}

// stale tells whether somebody has a vault's key who may not read it.
func (s *vaults) stale(v *vault) bool {
	return slices.ContainsFunc(v.readers, func(who string) bool { return s.roster.Right(who, v.Case, v.Owner) == roster.None })
}

// eachVault opens every vault that the user can.
func (s *vaults) eachVault(ctx context.Context, do func(v *vault, listed []string) error) error {
	ids, err := s.place.List(ctx, "c")
	if err != nil {
		return fmt.Errorf("list cases: %w", err)
	}
	slices.Sort(ids)
	for _, id := range ids {
		listed, err := s.place.List(ctx, "c/"+id+"/m")
		if err != nil {
			return fmt.Errorf("list cases: %w", err)
		}
		v, err := s.openVault(ctx, id, listed)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			continue // is for others, or nobody's
		}
		if err := do(v, listed); err != nil {
			return err
		}
	}
	return nil
}
