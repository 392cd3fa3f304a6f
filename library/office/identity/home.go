package identity

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/zalando/go-keyring"

	"butluc/library/internal/atomicfile"
	"butluc/library/internal/plain"
)

// ErrNone says that nobody made an identity on this machine.
var ErrNone = errors.New("there is no key on this machine")

// ErrLocked says that the identity is there and that it takes its passphrase to open it.
var ErrLocked = errors.New("the key is locked by its passphrase")

// Keyring keeps secrets for the user's account, under names.
type Keyring interface {
	Get(name string) (string, error)
	Set(name, secret string) error
	Delete(name string) error
}

// SystemKeyring is the Windows credential manager, the macOS keychain, or on Linux what answers as Secret Service on the
// session's D-Bus. It may ask the user to unlock it: not for the UI goroutine.
func SystemKeyring() Keyring { return systemKeyring{} }

type systemKeyring struct{}

const keyringService = "Butluc"

func (systemKeyring) Get(name string) (string, error) { return keyring.Get(keyringService, name) }
func (systemKeyring) Set(name, secret string) error   { return keyring.Set(keyringService, name, secret) }

func (systemKeyring) Delete(name string) error { return keyring.Delete(keyringService, name) }

// Home is where the identity of this machine's user is, with the cards of those they know: a folder of the user's
// configuration, or any other. Two programs may use it at once.
type Home struct {
	Dir     string
	Keyring Keyring // nil: each start asks for the passphrase

	work int // of scrypt, for tests; 0: [work]
}

const (
	sealedFile   = "identity.age"
	cardFile     = "identity.card"
	recoveryFile = "recovery.card"
	knownDir     = "known"
	cardExt      = ".card"
	comparedExt  = ".compared"
	maxSealed    = 64 << 10
)

// Card is the user's own card, which takes no passphrase. It fails with [ErrNone].
func (h Home) Card() (Card, error) { return h.readCard(cardFile) }

// Recovery is the card of the office's recovery key. It fails with [ErrNone] where none was made or taken in.
func (h Home) Recovery() (Card, error) { return h.readCard(recoveryFile) }

func (h Home) readCard(name string) (Card, error) {
	data, err := plain.ReadOwn(filepath.Join(h.Dir, name), maxCard)
	if errors.Is(err, fs.ErrNotExist) {
		return Card{}, ErrNone
	}
	if err != nil {
		return Card{}, fmt.Errorf("read card: %w", err)
	}
	return ParseCard(data)
}

// Keep makes an identity the one of this machine's user, encrypted by a passphrase, in the place of the one that was. Where
// remember is set, the system's keyring gets a copy; that it can't is an error only of remembering, which kept tells.
func (h Home) Keep(i *Identity, passphrase string, remember bool) (kept bool, err error) {
	sealed, err := i.sealed(passphrase, cmp.Or(h.work, work))
	if err != nil {
		return false, err
	}
	if err := h.write(sealedFile, sealed); err != nil {
		return false, err
	}
	if err := h.write(cardFile, []byte(i.card.Text())); err != nil {
		return false, err
	}
	if !remember {
		h.Lock()
		return false, nil
	}
	return h.Remember(i), nil
}

// Remember leaves a copy of the user's identity in the system's keyring, and tells whether that worked.
func (h Home) Remember(i *Identity) bool {
	return h.Keyring != nil && h.Keyring.Set(keyringName(i.card), string(i.private())) == nil
}

// Lock takes the copy out of the keyring: the passphrase is asked for again.
func (h Home) Lock() {
	if c, err := h.Card(); err == nil && h.Keyring != nil {
		_ = h.Keyring.Delete(keyringName(c)) // there may be none
	}
}

func keyringName(c Card) string { return "identity " + c.Fingerprint() }

// Identity is the user's, out of the keyring. It fails with [ErrNone], and with [ErrLocked] where it takes [Home.Unlock].
func (h Home) Identity() (*Identity, error) {
	c, err := h.Card()
	if err != nil {
		return nil, err
	}
	if h.Keyring == nil {
		return nil, ErrLocked
	}
	private, err := h.Keyring.Get(keyringName(c))
	if err != nil {
		return nil, ErrLocked
	}
	i, err := parsePrivate([]byte(private))
	if err != nil || !i.card.Same(c) {
		return nil, ErrLocked
	}
	return i, nil
}

// Unlock is the user's identity by its passphrase. It fails with [ErrNone] and [ErrPassphrase].
func (h Home) Unlock(passphrase string) (*Identity, error) {
	sealed, err := plain.ReadOwn(filepath.Join(h.Dir, sealedFile), maxSealed)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNone
	}
	if err != nil {
		return nil, fmt.Errorf("read key: %w", err)
	}
	return Open(sealed, passphrase)
}

// SetRecovery keeps the card of the office's recovery key. It fails with [ErrCard] for any other card.
func (h Home) SetRecovery(c Card) error {
	if !c.Recovery {
		return fmt.Errorf("%w of a recovery key", ErrCard)
	}
	return h.write(recoveryFile, []byte(c.Text()))
}

// Known is somebody whose card was taken in.
type Known struct {
	Card
	Compared bool // the fingerprint was compared with them by voice
}

// Known are those whose cards were taken in, by name. What can't be read is left out.
func (h Home) Known() ([]Known, error) {
	entries, err := os.ReadDir(filepath.Join(h.Dir, knownDir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read known cards: %w", err)
	}
	var known []Known
	for _, e := range entries {
		if filepath.Ext(e.Name()) != cardExt {
			continue
		}
		c, err := h.readCard(filepath.Join(knownDir, e.Name()))
		if err != nil || e.Name() != knownName(c, cardExt) {
			continue
		}
		_, err = os.Stat(filepath.Join(h.Dir, knownDir, knownName(c, comparedExt)))
		known = append(known, Known{c, err == nil})
	}
	slices.SortFunc(known, func(a, b Known) int {
		return strings.Compare(a.Name+"\x00"+a.Fingerprint(), b.Name+"\x00"+b.Fingerprint())
	})
	return known, nil
}

// Standing is what this machine knows of who has a card. Standings name sentences: never rename one.
type Standing string

// The standings.
const (
	Own      Standing = "own"      // the user's
	Compared Standing = "compared" // its fingerprint was compared by voice
	Taken    Standing = "taken"    // it was taken in, and not compared
	Unknown  Standing = "unknown"
	Unsigned Standing = "unsigned" // there is no card: nobody signed
	// Namesake is unknown, while another card of that name and office is known: there are two of that name, or they made a
	// new key, or somebody pretends to be them.
	Namesake Standing = "namesake"
)

// StandingOf is that of a card, beside the user's own, which may be zero.
func StandingOf(c, own Card, known []Known) Standing {
	if c.recipient == nil {
		return Unsigned
	}
	if own.recipient != nil && c.Same(own) {
		return Own
	}
	standing := Unknown
	for _, k := range known {
		switch {
		case k.Same(c) && k.Compared:
			return Compared
		case k.Same(c):
			return Taken
		case k.Name == c.Name && k.Office == c.Office:
			standing = Namesake
		}
	}
	return standing
}

// Audience is to whom something is encrypted that is meant for some: they, the user themselves, and the office's recovery key
// where there is one, each once.
func (h Home) Audience(to []Card) []Card {
	all := slices.Clone(to)
	for _, read := range []func() (Card, error){h.Card, h.Recovery} {
		if c, err := read(); err == nil {
			all = append(all, c)
		}
	}
	var once []Card
	for _, c := range all {
		if !slices.ContainsFunc(once, c.Same) {
			once = append(once, c)
		}
	}
	return once
}

// Add takes a card in, in the place of an older one of its key.
func (h Home) Add(c Card) error {
	return h.write(filepath.Join(knownDir, knownName(c, cardExt)), []byte(c.Text()))
}

// SetCompared notes that a fingerprint was compared by voice, or that it was not.
func (h Home) SetCompared(c Card, compared bool) error {
	name := filepath.Join(knownDir, knownName(c, comparedExt))
	if compared {
		return h.write(name, []byte(c.Fingerprint()+"\n"))
	}
	return gone(os.Remove(filepath.Join(h.Dir, name)))
}

// Forget takes somebody's card off the known ones.
func (h Home) Forget(c Card) error {
	if err := h.SetCompared(c, false); err != nil {
		return err
	}
	return gone(os.Remove(filepath.Join(h.Dir, knownDir, knownName(c, cardExt))))
}

func gone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func knownName(c Card, ext string) string {
	return strings.ReplaceAll(c.Fingerprint(), " ", "-") + ext
}

func (h Home) write(name string, data []byte) error {
	path := filepath.Join(h.Dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return atomicfile.WriteFile(path, ".new-", func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}
