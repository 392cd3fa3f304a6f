package store

import (
	"context"
	"crypto/hmac"
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

// The purposes of signatures.
const (
	purposeFounding = "butluc vault 1"
	purposeKey      = "butluc case key 1"
	purposeRevision = "butluc revision 1"
	purposeLog      = "butluc log 1"
	purposeClosed   = "butluc vault closed 1"
)

// Bounds of what is read, in bytes.
const (
	partSize  = 8 << 20 // of a file, in one object
	maxPart   = partSize + partSize/(64<<10)*16 + 1024
	maxSmall  = 4 << 20 // of a key, a revision, a line of the log, the roster
	maxListed = 64 << 20
)

// founding is what a vault's name is the hash of.
type founding struct {
	Store   string    `json:"store"`
	Case    string    `json:"case"`
	Owner   string    `json:"owner"`             // the fingerprint of who put the case into the store
	Before  string    `json:"before,omitempty"`  // the vault that it goes on from
	Carried []string  `json:"carried,omitempty"` // revisions there that are copied here
	Secret  string    `json:"secret"`            // the SHA-256 of the two keys
	Founded time.Time `json:"founded"`
}

// keyFile is the case's key as it is given to people.
type keyFile struct {
	Founding []byte   `json:"founding"` // signed
	Secret   string   `json:"secret"`   // an age identity
	Names    []byte   `json:"names"`    // the key of names
	Readers  []string `json:"readers"`  // fingerprints
}

type closing struct {
	Vault string `json:"vault"`
	Next  string `json:"next"`
}

// vault is a case under one key.
type vault struct {
	founding
	id      string
	founder identity.Card
	signed  []byte // the founding
	secret  *age.X25519Identity
	names   []byte
	readers []string // to whom the key is encrypted, as far as is known
}

func (v *vault) sum() string {
	h := sha256.Sum256([]byte(v.secret.String() + "\n" + hex.EncodeToString(v.names)))
	return hex.EncodeToString(h[:])
}

func vaultID(signedFounding []byte) string {
	h := sha256.Sum256(signedFounding)
	return hex.EncodeToString(h[:16])
}

// newVault makes a vault's key, which is nowhere yet.
func (s *vaults) newVault(f founding) (*vault, error) {
	secret, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, fmt.Errorf("make key of case: %w", err)
	}
	v := &vault{founding: f, secret: secret, names: make([]byte, 32)}
	_, _ = rand.Read(v.names) // never fails
	v.Store, v.Secret, v.Founded = s.id, v.sum(), s.now().UTC().Truncate(time.Second)
	if v.signed, err = signed.Sign(s.me, purposeFounding, v.founding); err != nil {
		return nil, err
	}
	v.id, v.founder = vaultID(v.signed), s.me.Card()
	return v, nil
}

func (v *vault) folder() string  { return "c/" + v.id + "/m" }
func (v *vault) objects() string { return "c/" + v.id + "/o" }

// name is what something is called in the place, of a domain and a text.
func (v *vault) name(domain, text string) string {
	mac := hmac.New(sha256.New, v.names)
	mac.Write([]byte(domain + "\n" + text))
	return hex.EncodeToString(mac.Sum(nil))[:40]
}

// put encrypts something to the vault.
func (s *vaults) put(ctx context.Context, v *vault, name string, data []byte) error {
	sealed, err := signed.Encrypt(data, v.secret.Recipient())
	if err != nil {
		return err
	}
	return s.place.Put(ctx, name, sealed)
}

func (s *vaults) get(ctx context.Context, v *vault, name string, limit int64) ([]byte, error) {
	sealed, err := s.place.Get(ctx, name, limit)
	if err != nil {
		return nil, err
	}
	data, err := signed.Decrypt(sealed, v.secret)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return data, nil
}

// share gives the vault's key to people.
func (s *vaults) share(ctx context.Context, v *vault, to []identity.Card) error {
	if len(to) == 0 {
		return nil
	}
	k := keyFile{Founding: v.signed, Secret: v.secret.String(), Names: v.names}
	var recipients []age.Recipient
	for _, c := range to {
		k.Readers = append(k.Readers, c.Fingerprint())
		recipients = append(recipients, c.Recipient())
	}
	data, err := signed.Sign(s.me, purposeKey, k)
	if err != nil {
		return err
	}
	sealed, err := signed.Encrypt(data, recipients...)
	if err != nil {
		return err
	}
	if err := s.place.Put(ctx, v.folder()+"/k-"+strings.ToLower(rand.Text()), sealed); err != nil {
		return fmt.Errorf("share the key of the case: %w", err)
	}
	v.readers = append(v.readers, k.Readers...)
	return nil
}

// openVault opens the vault of an id with what its folder lists. It fails with [signed.ErrLocked] where no key of it is for this
// user.
func (s *vaults) openVault(ctx context.Context, id string, listed []string) (*vault, error) {
	var v *vault
	var errs []error
	var readers []string
	for _, name := range listed {
		if !strings.HasPrefix(name, "k-") {
			continue
		}
		k, err := s.openKey(ctx, id, "c/"+id+"/m/"+name)
		if err != nil {
			if !errors.Is(err, signed.ErrLocked) {
				errs = append(errs, err)
			}
			continue
		}
		v = k
		readers = append(readers, k.readers...)
	}
	if v == nil {
		return nil, errors.Join(append(errs, signed.ErrLocked)...)
	}
	slices.Sort(readers)
	v.readers = slices.Compact(readers)
	return v, nil
}

func (s *vaults) openKey(ctx context.Context, id, name string) (*vault, error) {
	sealed, err := s.small(ctx, name)
	if err != nil {
		return nil, err
	}
	data, err := signed.Decrypt(sealed, s.me.Age())
	if err != nil {
		return nil, err
	}
	var k keyFile
	if _, err := signed.Open(purposeKey, data, &k); err != nil {
		return nil, fmt.Errorf("read key of case: %w", err)
	}
	v := &vault{id: id, signed: k.Founding, names: k.Names, readers: k.Readers}
	if v.founder, err = signed.Open(purposeFounding, k.Founding, &v.founding); err != nil {
		return nil, fmt.Errorf("read key of case: %w", err)
	}
	if v.secret, err = age.ParseX25519Identity(k.Secret); err != nil {
		return nil, fmt.Errorf("read key of case: %w", signed.ErrForged) // age's own error would quote it
	}
	if vaultID(k.Founding) != id || v.Store != s.id || v.sum() != v.Secret || !s.founded(v) {
		return nil, fmt.Errorf("read key of case: %w", signed.ErrForged)
	}
	return v, nil
}

// founded tells whether who founded a vault may have.
func (s *vaults) founded(v *vault) bool {
	who := v.founder.Fingerprint()
	if v.Before == "" && who != v.Owner {
		return false
	}
	if m, is := s.roster.Member(who); is {
		return m.Role.Founds() || s.roster.Right(who, v.Case, v.Owner) == roster.Edit
	}
	return slices.Contains(s.roster.Former, who) // whether they might then, an older roster told
}

// closedBy gives the vault that a vault goes on in, "" where it does not.
func (s *vaults) closedBy(ctx context.Context, v *vault, listed []string) (string, error) {
	for _, name := range listed {
		if !strings.HasPrefix(name, "x-") {
			continue
		}
		data, err := s.smallOf(ctx, v, v.folder()+"/"+name)
		if errors.Is(err, place.ErrMissing) {
			continue
		}
		if err != nil {
			return "", err
		}
		var c closing
		by, err := signed.Open(purposeClosed, data, &c)
		if err != nil || c.Vault != v.id || !s.mayRekey(v, by.Fingerprint()) {
			continue // who may write to the place can write what they like there
		}
		return c.Next, nil
	}
	return "", nil
}

// mayRekey tells who may let a case go on in a new vault.
func (s *vaults) mayRekey(v *vault, who string) bool {
	m, is := s.roster.Member(who)
	return is && (m.Role.Leads() || s.roster.Right(who, v.Case, v.Owner) == roster.Edit) || slices.Contains(s.roster.Former, who)
}

// small reads a small object. It never changes, so that a copy in the cache is as good, encrypted as it is.
func (s *vaults) small(ctx context.Context, name string) ([]byte, error) {
	if data, ok := s.cache.get(name); ok {
		return data, nil
	}
	data, err := s.place.Get(ctx, name, maxSmall)
	if err == nil {
		s.cache.put(name, data)
	}
	return data, err
}

func (s *vaults) smallOf(ctx context.Context, v *vault, name string) ([]byte, error) {
	sealed, err := s.small(ctx, name)
	if err != nil {
		return nil, err
	}
	data, err := signed.Decrypt(sealed, v.secret)
	if err != nil {
		s.cache.drop(name)
	}
	return data, err
}

func decode(data []byte, v any) error {
	if err := json.Unmarshal(data, v); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return nil
}
