// Package identity says who somebody of the office is: a person makes an [Identity] once and gives others its [Card].
//
// To read and to sign takes one secret, an age X25519 key (https://age-encryption.org/v1, by filippo.io/age, which encrypts);
// the Ed25519 key (RFC 8032) that signs is derived from it by HKDF-SHA256 (RFC 5869). So what is printed of an office's
// recovery key is one line that a person can type back. [Identity.Seal] writes the secret encrypted by a passphrase, [Home]
// keeps that in the user's folder and may leave a copy in the system's keyring.
//
// A card ("danh thiếp") is a few lines of text: see [Card.Text]. It is signed by its own key, which proves that who made it
// has the secret, and nothing of who that is: for that, two people compare its [Card.Fingerprint] by voice.
//
// What is signed is signed for a purpose, a context of RFC 8032: a signature of one kind of document never passes for one of
// another kind.
package identity

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"filippo.io/age"
	"golang.org/x/text/unicode/norm"
)

// Errors that a person can act on.
var (
	// ErrPassphrase says that a passphrase is not the one that was used.
	ErrPassphrase = errors.New("the passphrase is not the one that was used")
	// ErrWeak says that a passphrase is shorter than [MinPassphrase].
	ErrWeak = errors.New("the passphrase is too short")
	// ErrPerson says that a name, an office or a rank is empty where it must not be, too long, or of characters that don't print.
	ErrPerson = errors.New("not the name, office or rank of a person")
	// ErrSecret says that what was typed is no secret key, as after a slip of the finger.
	ErrSecret = errors.New("not a secret key")
	// ErrSignature says that something was not signed by who it says, or changed since.
	ErrSignature = errors.New("the signature does not fit")
)

// MinPassphrase is how many characters a new passphrase has at least. Who holds a file can try passphrases for years.
const MinPassphrase = 10

// The work of scrypt, as the binary logarithm of its cost N; age takes r = 8, so 18 costs about a second and 256 MB. What asks
// for more than maxWork is refused: a stranger's file would take all memory.
const (
	work    = 18
	maxWork = 20
)

// Person is who an identity is of.
type Person struct {
	Name   string // of the person; of the office for a recovery key
	Office string // as "VKSND khu vực 3"
	Rank   string // as "Kiểm sát viên sơ cấp"; may be empty. It gives no right: the office's roster does
}

// clean is the person as it is written: NFC, without white space around. It fails with [ErrPerson].
func (p Person) clean() (Person, error) {
	for _, s := range []*string{&p.Name, &p.Office, &p.Rank} {
		*s = norm.NFC.String(strings.TrimSpace(*s))
		if len(*s) > 200 || !printable(*s) {
			return Person{}, ErrPerson
		}
	}
	if p.Name == "" || p.Office == "" {
		return Person{}, ErrPerson
	}
	return p, nil
}

// printable refuses line breaks, and what hides or turns letters around, so that a card says what it shows.
func printable(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar }) < 0
}

// Identity is somebody's secret key, with the card that tells others of it. It never changes.
type Identity struct {
	card   Card
	secret *age.X25519Identity
	sign   ed25519.PrivateKey
}

// New makes a person's identity. It fails with [ErrPerson].
func New(p Person, now time.Time) (*Identity, error) { return made(p, false, now) }

// NewRecovery makes an office's recovery key: what is encrypted to the office is encrypted to it, too. Its secret is printed
// and locked away, and kept nowhere else.
func NewRecovery(office string, now time.Time) (*Identity, error) {
	return made(Person{Name: office, Office: office}, true, now)
}

func made(p Person, recovery bool, now time.Time) (*Identity, error) {
	secret, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, fmt.Errorf("make key: %w", err)
	}
	return assemble(secret, p, recovery, now)
}

// FromSecret is the identity of which [Identity.Secret] was printed, as somebody typed it back: in any case, with white space
// anywhere. It fails with [ErrSecret] and [ErrPerson].
func FromSecret(typed string, p Person, recovery bool, now time.Time) (*Identity, error) {
	secret, err := age.ParseX25519Identity(strings.ToUpper(strings.Join(strings.Fields(typed), "")))
	if err != nil {
		return nil, ErrSecret // age's own error would quote it
	}
	return assemble(secret, p, recovery, now)
}

func assemble(secret *age.X25519Identity, p Person, recovery bool, now time.Time) (*Identity, error) {
	p, err := p.clean()
	if err != nil {
		return nil, err
	}
	seed, err := hkdf.Key(sha256.New, []byte(secret.String()), nil, "butluc ed25519 1", ed25519.SeedSize)
	if err != nil {
		return nil, fmt.Errorf("derive key: %w", err)
	}
	i := &Identity{secret: secret, sign: ed25519.NewKeyFromSeed(seed)}
	i.card = Card{Person: p, Recovery: recovery, Made: now.UTC().Truncate(time.Second), recipient: secret.Recipient()}
	copy(i.card.key[:], i.sign.Public().(ed25519.PublicKey))
	i.card.text = string(i.card.body())
	i.card.text += signatureLine(i.Sign(cardContext, []byte(i.card.text)))
	return i, nil
}

// As is the same key with another name, office or rank, as after a promotion: the fingerprint stays.
func (i *Identity) As(p Person, now time.Time) (*Identity, error) {
	return assemble(i.secret, p, i.card.Recovery, now)
}

// Card is what others may know.
func (i *Identity) Card() Card { return i.card }

// Age opens what was encrypted to [Card.Recipient].
func (i *Identity) Age() age.Identity { return i.secret }

// Secret is the secret as a line of text (Bech32, 74 letters and digits): for paper.
func (i *Identity) Secret() string { return i.secret.String() }

// Sign signs a message for a purpose, 1 to 255 bytes that name the kind of document.
func (i *Identity) Sign(context string, message []byte) []byte {
	signature, err := i.sign.Sign(nil, message, &ed25519.Options{Context: context, Hash: crypto.Hash(0)})
	if err != nil {
		panic(err) // a context of over 255 bytes is a mistake in the program
	}
	return signature
}

// identityHead begins what [Identity.Seal] encrypts: the secret's line, then the card.
const identityHead = "butluc-identity 1\n"

// Seal is the identity encrypted by a passphrase, for a file. It fails with [ErrWeak].
func (i *Identity) Seal(passphrase string) ([]byte, error) { return i.sealed(passphrase, work) }

func (i *Identity) sealed(passphrase string, work int) ([]byte, error) {
	to, err := passphraseRecipient(passphrase, work)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, to)
	if err == nil {
		_, err = w.Write(i.private())
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("encrypt key: %w", err)
	}
	return out.Bytes(), nil
}

func (i *Identity) private() []byte { return []byte(identityHead + i.Secret() + "\n" + i.card.Text()) }

// Open undoes [Identity.Seal]. It fails with [ErrPassphrase].
func Open(sealed []byte, passphrase string) (*Identity, error) {
	with, err := PassphraseIdentity(passphrase)
	if err != nil {
		return nil, err
	}
	r, err := age.Decrypt(bytes.NewReader(sealed), with)
	if wrong := (*age.NoIdentityMatchError)(nil); errors.As(err, &wrong) {
		return nil, ErrPassphrase
	}
	if err != nil {
		return nil, fmt.Errorf("read key: %w", err)
	}
	text, err := io.ReadAll(io.LimitReader(r, maxCard+1024))
	if err != nil {
		return nil, fmt.Errorf("read key: %w", err)
	}
	return parsePrivate(text)
}

func parsePrivate(text []byte) (*Identity, error) {
	rest, ok := strings.CutPrefix(string(text), identityHead)
	secret, cardText, ok2 := strings.Cut(rest, "\n")
	if !ok || !ok2 {
		return nil, errors.New("read key: not a key of this program")
	}
	card, err := ParseCard([]byte(cardText))
	if err != nil {
		return nil, fmt.Errorf("read key: %w", err)
	}
	i, err := FromSecret(secret, card.Person, card.Recovery, card.Made)
	if err != nil {
		return nil, fmt.Errorf("read key: %w", err)
	}
	if !i.card.Same(card) {
		return nil, errors.New("read key: its card is of another key")
	}
	return i, nil
}

// PassphraseRecipient encrypts to a passphrase. It is used alone, as age demands. It fails with [ErrWeak].
func PassphraseRecipient(passphrase string) (age.Recipient, error) {
	return passphraseRecipient(passphrase, work)
}

func passphraseRecipient(passphrase string, work int) (*age.ScryptRecipient, error) {
	passphrase = norm.NFC.String(passphrase)
	if len([]rune(passphrase)) < MinPassphrase {
		return nil, ErrWeak
	}
	r, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		return nil, err
	}
	r.SetWorkFactor(work)
	return r, nil
}

// PassphraseIdentity opens what was encrypted to [PassphraseRecipient]. Keyboards write Vietnamese in one of two ways of
// Unicode, which count as the same. It fails with [ErrPassphrase] for one that nothing can have been encrypted to.
func PassphraseIdentity(passphrase string) (age.Identity, error) {
	i, err := age.NewScryptIdentity(norm.NFC.String(passphrase))
	if err != nil {
		return nil, ErrPassphrase
	}
	i.SetMaxWorkFactor(maxWork)
	return i, nil
}

// SignPlain signs the bytes of a text as they are (pure Ed25519), for whoever checks with openssl, which knows no purposes. The
// text says in its first line what it is, or lists hashes of files: it passes for nothing that [Identity.Sign] signs, for that
// signs with a context (RFC 8032, 5.1: the two never collide).
func (i *Identity) SignPlain(text []byte) []byte { return ed25519.Sign(i.sign, text) }
