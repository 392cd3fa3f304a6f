package identity

import (
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
	"time"

	"filippo.io/age"
	"rsc.io/qr"
)

// ErrCard says that a text is no card, or that somebody changed it.
var ErrCard = errors.New("not a card")

const (
	cardHead    = "butluc-card 1\n"
	cardContext = "butluc card 1"
	maxCard     = 4 << 10 // bytes
)

// Card is the public part of an identity: what others need to encrypt to somebody, and to know their signature. A Card comes
// from an [Identity] or from [ParseCard], and its own signature fits. The zero Card is nobody's.
type Card struct {
	Person
	Recovery bool      // it is an office's recovery key
	Made     time.Time // UTC, to the second

	recipient *age.X25519Recipient
	key       [ed25519.PublicKeySize]byte
	text      string
}

// fields are the lines of a card in their order. A recovery key has "recovery" for its rank's line.
func (c Card) body() []byte {
	rank := "rank: " + c.Rank
	if c.Recovery {
		rank = "recovery:"
	}
	return []byte(cardHead + strings.Join([]string{
		"name: " + c.Name, "office: " + c.Office, strings.TrimSuffix(rank, " "), "made: " + c.Made.Format(time.RFC3339),
		"age: " + c.recipient.String(), "ed25519: " + base64.RawStdEncoding.EncodeToString(c.key[:]),
	}, "\n") + "\n")
}

func signatureLine(signature []byte) string {
	return "signature: " + base64.RawStdEncoding.EncodeToString(signature) + "\n"
}

// Text is the card as a file or a QR code has it: lines of UTF-8, "butluc-card 1", then name, office, rank ("recovery:" for a
// recovery key), made, age (the X25519 recipient), ed25519 (base64) and the signature of all lines before it.
func (c Card) Text() string { return c.text }

// ParseCard reads a card. Line breaks may be those of Windows. It fails with [ErrCard].
func ParseCard(data []byte) (Card, error) {
	if len(data) > maxCard {
		return Card{}, fmt.Errorf("%w: too long", ErrCard)
	}
	text := strings.TrimPrefix(strings.ReplaceAll(string(data), "\r\n", "\n"), "\ufeff")
	text = strings.TrimRight(text, " \n") + "\n"
	rest, ok := strings.CutPrefix(text, cardHead)
	if !ok {
		return Card{}, ErrCard
	}
	lines := map[string]string{}
	for line := range strings.Lines(rest) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ":")
		lines[name] = strings.TrimPrefix(value, " ")
	}
	c := Card{Person: Person{Name: lines["name"], Office: lines["office"], Rank: lines["rank"]}}
	_, c.Recovery = lines["recovery"]
	made, err := time.Parse(time.RFC3339, lines["made"])
	if err != nil {
		return Card{}, fmt.Errorf("%w: made: %w", ErrCard, err)
	}
	c.Made = made.UTC()
	if c.recipient, err = age.ParseX25519Recipient(lines["age"]); err != nil {
		return Card{}, fmt.Errorf("%w: %w", ErrCard, err)
	}
	key, err := base64.RawStdEncoding.Strict().DecodeString(lines["ed25519"])
	if err != nil || len(key) != len(c.key) {
		return Card{}, fmt.Errorf("%w: ed25519", ErrCard)
	}
	copy(c.key[:], key)
	signature, err := base64.RawStdEncoding.Strict().DecodeString(lines["signature"])
	if err != nil {
		return Card{}, fmt.Errorf("%w: signature", ErrCard)
	}
	body := c.body()
	if p, err := c.clean(); err != nil || p != c.Person || string(body)+signatureLine(signature) != text {
		return Card{}, fmt.Errorf("%w: it is written otherwise", ErrCard)
	}
	if err := c.Verify(cardContext, body, signature); err != nil {
		return Card{}, fmt.Errorf("%w: %w", ErrCard, err)
	}
	c.text = text
	return c, nil
}

// Verify tells whether the card's owner signed a message for a purpose: see [Identity.Sign]. It fails with [ErrSignature].
func (c Card) Verify(context string, message, signature []byte) error {
	if ed25519.VerifyWithOptions(c.key[:], message, signature, &ed25519.Options{Context: context, Hash: crypto.Hash(0)}) != nil {
		return ErrSignature
	}
	return nil
}

// Recipient is what to encrypt to.
func (c Card) Recipient() age.Recipient { return c.recipient }

// Same tells whether two cards are of one key, whatever name, office or rank they tell.
func (c Card) Same(other Card) bool { return c.Fingerprint() == other.Fingerprint() }

// Fingerprint is what two people compare over the phone: 30 digits in groups of five, "12345 67890 …", of both public keys
// and not of the name, which may change. Digits, for letters are misheard. It takes about 2^100 tries to find a key with
// a given one. The zero Card has none.
func (c Card) Fingerprint() string {
	if c.recipient == nil {
		return ""
	}
	h := sha256.Sum256([]byte("butluc fingerprint 1\n" + c.recipient.String() + "\n" + string(c.key[:])))
	groups := make([]string, 6)
	for i := range groups {
		n := uint64(0)
		for _, b := range h[5*i : 5*i+5] {
			n = n<<8 | uint64(b)
		}
		groups[i] = fmt.Sprintf("%05d", n%100000)
	}
	return strings.Join(groups, " ")
}

// QR is a QR code of a text (ISO/IEC 18004, a card's or a printed secret's) as rows of dark modules, without the quiet zone of
// four modules that a drawing leaves around it.
func QR(text string) ([][]bool, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil, fmt.Errorf("make QR code: %w", err)
	}
	rows := make([][]bool, code.Size)
	for y := range rows {
		rows[y] = make([]bool, code.Size)
		for x := range rows[y] {
			rows[y][x] = code.Black(x, y)
		}
	}
	return rows, nil
}

// PublicPEM is the key that verifies the card's owner's signatures, as openssl reads it (RFC 8410).
func (c Card) PublicPEM() ([]byte, error) {
	der, err := x509.MarshalPKIXPublicKey(ed25519.PublicKey(c.key[:]))
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), err
}
