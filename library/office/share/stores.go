package share

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"butluc/library/casefile"
	"butluc/library/internal/plain"
	"butluc/library/office/identity"
	"butluc/library/office/place"
	"butluc/library/office/signed"
	"butluc/library/office/store"
)

var (
	// ErrNoStore says that this machine knows no store of a name.
	ErrNoStore = errors.New("no store is called so on this machine")
	// ErrNamed says that another store is called so already, or that a name is none.
	ErrNamed = errors.New("a store needs a name of its own")
)

// Stores are the stores that a person named on this machine: a folder of the user's configuration, or any other. The program connects
// to these alone.
type Stores struct{ Dir string }

// Known is a store that a person named.
type Known struct {
	Name    string        `json:"name"`
	Address place.Address `json:"address"`
	Store   string        `json:"store"`             // its id
	Roster  []byte        `json:"roster,omitempty"`  // the newest that was seen
	Account []byte        `json:"account,omitempty"` // name and password for the server, encrypted to the user's own key
}

const knownExt = ".json"

func (s Stores) file(name string) string {
	return filepath.Join(s.Dir, store.Hash([]byte(name))[:16]+knownExt)
}

func clean(name string) (string, error) {
	name = norm.NFC.String(strings.TrimSpace(name))
	if name == "" || len(name) > 100 || strings.ContainsAny(name, "\x00\r\n\t") {
		return "", ErrNamed
	}
	return name, nil
}

// List gives the stores by their names. Files that can't be read are left out.
func (s Stores) List() ([]Known, error) {
	entries, err := os.ReadDir(s.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list stores: %w", err)
	}
	var list []Known
	for _, e := range entries {
		var k Known
		data, err := plain.ReadOwn(filepath.Join(s.Dir, e.Name()), 16<<20)
		if err == nil && strings.HasSuffix(e.Name(), knownExt) && json.Unmarshal(data, &k) == nil && filepath.Base(s.file(k.Name)) == e.Name() {
			list = append(list, k)
		}
	}
	slices.SortFunc(list, func(a, b Known) int { return strings.Compare(a.Name, b.Name) })
	return list, nil
}

// Get finds a store by its name. It fails with [ErrNoStore].
func (s Stores) Get(name string) (Known, error) {
	list, err := s.List()
	if err != nil {
		return Known{}, err
	}
	name = norm.NFC.String(strings.TrimSpace(name))
	i := slices.IndexFunc(list, func(k Known) bool { return k.Name == name })
	if i < 0 {
		return Known{}, fmt.Errorf("%q: %w", name, ErrNoStore)
	}
	return list[i], nil
}

// Forget takes a store off the list; the store itself stays.
func (s Stores) Forget(name string) error {
	k, err := s.Get(name)
	if err == nil {
		err = os.Remove(s.file(k.Name))
	}
	return err
}

func (s Stores) keep(k Known) error {
	data, err := json.Marshal(k)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return fmt.Errorf("remember the store: %w", err)
	}
	return casefile.WriteFile(s.file(k.Name), func(w io.Writer) error { _, err := w.Write(data); return err })
}

// Add opens the store at an address, or makes one there with the user as the office's head, and takes it onto the list. cache is a
// folder for the copies that stores keep, "" for none. It fails with [ErrNamed].
func (s Stores) Add(ctx context.Context, name string, a place.Address, who place.Account, me *identity.Identity, cache string, create bool) (*store.Store, error) {
	name, err := clean(name)
	if err != nil {
		return nil, err
	}
	if _, err := s.Get(name); err == nil {
		return nil, ErrNamed
	}
	if kind, err := a.Kind(); err == nil && kind == place.KindFolder && !strings.Contains(string(a), "://") {
		abs, err := filepath.Abs(string(a))
		if err != nil {
			return nil, err
		}
		a = place.Address(abs)
	}
	p, err := place.Open(a, who)
	if err != nil {
		return nil, err
	}
	open := func() (*store.Store, error) { return store.Open(ctx, p, me, store.Memory{}, options(cache)) }
	if create {
		open = func() (*store.Store, error) { return store.Create(ctx, p, me, options(cache)) }
	}
	st, err := open()
	if err != nil {
		return nil, err
	}
	k := Known{Name: name, Address: a, Store: st.ID(), Roster: st.Memory().Roster}
	if who != (place.Account{}) {
		data, err := json.Marshal(who) //nolint:gosec // it is encrypted right away
		if err == nil {
			k.Account, err = signed.Encrypt(data, me.Card().Recipient())
		}
		if err != nil {
			return nil, err
		}
	}
	return st, s.keep(k)
}

func options(cache string) store.Options {
	if cache != "" {
		cache = filepath.Join(cache, "stores")
	}
	return store.Options{Cache: cache}
}

// Open opens a store that is on the list, and remembers its roster.
func (s Stores) Open(ctx context.Context, k Known, me *identity.Identity, cache string) (*store.Store, error) {
	var who place.Account
	if len(k.Account) > 0 {
		data, err := signed.Decrypt(k.Account, me.Age())
		if err == nil {
			err = json.Unmarshal(data, &who)
		}
		if err != nil {
			return nil, fmt.Errorf("read the password of the store: %w", err)
		}
	}
	p, err := place.Open(k.Address, who)
	if err != nil {
		return nil, err
	}
	st, err := store.Open(ctx, p, me, store.Memory{ID: k.Store, Roster: k.Roster}, options(cache))
	if err != nil {
		return nil, err
	}
	return st, s.Remember(k, st)
}

// Remember keeps the newest roster that was seen, so that an older one is never taken again.
func (s Stores) Remember(k Known, st *store.Store) error {
	if string(st.Memory().Roster) == string(k.Roster) {
		return nil
	}
	k.Roster = st.Memory().Roster
	return s.keep(k)
}
