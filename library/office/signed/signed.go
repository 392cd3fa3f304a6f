// Package signed puts what somebody of the office says into a form that tells who said it: JSON with the author's card, the
// words, and an Ed25519 signature for a purpose ([identity.Identity.Sign]). Encrypted by age it is how a store keeps all that is
// no evidence.
package signed

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"

	"butluc/library/office/identity"
)

// ErrForged says that a document is not what its author signed, or of another kind.
var ErrForged = errors.New("the signature does not fit what was signed")

// ErrLocked says that a document was not encrypted to the one who opens it.
var ErrLocked = errors.New("it is not encrypted to this key")

type document struct {
	Card      string `json:"card"`
	Body      string `json:"body"` // JSON as text, so that the very bytes were signed
	Signature []byte `json:"signature"`
}

// Sign writes v as JSON, signed for a purpose.
func Sign(by *identity.Identity, purpose string, v any) ([]byte, error) {
	body, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	return json.Marshal(document{by.Card().Text(), string(body), by.Sign(purpose, body)})
}

// Open reads into v what was signed for a purpose and tells by whom. Whether they may say it is the caller's matter. It fails
// with [ErrForged].
func Open(purpose string, data []byte, v any) (identity.Card, error) {
	var d document
	if err := strict(data, &d); err != nil {
		return identity.Card{}, fmt.Errorf("%w: %w", ErrForged, err)
	}
	card, err := identity.ParseCard([]byte(d.Card))
	if err != nil {
		return identity.Card{}, fmt.Errorf("%w: %w", ErrForged, err)
	}
	if err := card.Verify(purpose, []byte(d.Body), d.Signature); err != nil {
		return identity.Card{}, fmt.Errorf("%w: %w", ErrForged, err)
	}
	if err := strict([]byte(d.Body), v); err != nil {
		return identity.Card{}, fmt.Errorf("read what %s signed: %w", card.Name, err)
	}
	return card, nil
}

// strict refuses what this version does not know: it could mean something.
func strict(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if d.More() {
		return errors.New("there is more than one document")
	}
	return nil
}

// Encrypt gives data as an age file to recipients.
func Encrypt(data []byte, to ...age.Recipient) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(len(data) + len(data)/(64<<10)*16 + 512 + 200*len(to))
	w, err := age.Encrypt(&out, to...)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("encrypt: %w", err)
	}
	return out.Bytes(), nil
}

// Decrypt undoes [Encrypt]. It fails with [ErrLocked].
func Decrypt(data []byte, with age.Identity) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(data), with)
	if none := (*age.NoIdentityMatchError)(nil); errors.As(err, &none) {
		return nil, ErrLocked
	}
	if err != nil {
		return nil, fmt.Errorf("decrypt: %w", err)
	}
	out := bytes.NewBuffer(make([]byte, 0, len(data)))
	if _, err := io.Copy(out, r); err != nil {
		return nil, fmt.Errorf("decrypt: %w", err)
	}
	return out.Bytes(), nil
}
