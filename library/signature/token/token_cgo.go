//go:build cgo

package token

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"

	"github.com/miekg/pkcs11"

	"butluc/library/signature/pades"
)

const most = 64 // objects of a token that are looked at

// List are the certificates to sign with that tokens show without their PINs, and each token that shows none. It fails with
// [ErrModule].
func List(module string) ([]Held, error) {
	t, err := load(module)
	if err != nil {
		return nil, err
	}
	defer t.close()
	var held []Held
	for _, s := range t.slots {
		one := Held{Token: s.label, Tries: s.tries()}
		seen := len(held)
		if t.session, err = t.ctx.OpenSession(s.id, pkcs11.CKF_SERIAL_SESSION); err == nil {
			pairs, _, _ := t.certificates() // a token that can't list them shows none
			for _, p := range pairs {
				one.Certificate = p.certificate
				held = append(held, one)
			}
			_ = t.ctx.CloseSession(t.session)
		}
		if len(held) == seen {
			held = append(held, one)
		}
	}
	return held, nil
}

// Open is the signer of a token: the certificate on it that print names, "" for the first whose key is there and that may sign.
// label names the token; "" is the first that is plugged in. closing ends it. It fails with the errors of this package.
func Open(module, label, print, pin string) (_ pades.Signer, closing func(), err error) {
	t, err := load(module)
	if err != nil {
		return pades.Signer{}, nil, err
	}
	defer func() {
		if err != nil {
			t.close()
		}
	}()
	if err := t.enter(label, pin); err != nil {
		return pades.Signer{}, nil, err
	}
	signer, err := t.signer(print)
	return signer, t.close, err
}

type slot struct {
	id    uint
	label string
	flags uint
}

func (s slot) tries() Tries {
	switch {
	case s.flags&pkcs11.CKF_USER_PIN_LOCKED != 0:
		return TriesLocked
	case s.flags&pkcs11.CKF_USER_PIN_FINAL_TRY != 0:
		return TriesLast
	case s.flags&pkcs11.CKF_USER_PIN_COUNT_LOW != 0:
		return TriesFew
	}
	return TriesLeft
}

// token is a library that is loaded, and from enter on one token of it.
type token struct {
	ctx     *pkcs11.Ctx
	slots   []slot
	session pkcs11.SessionHandle
	entered bool
}

func load(module string) (*token, error) {
	ctx := pkcs11.New(module)
	if ctx == nil {
		return nil, ErrModule
	}
	t := &token{ctx: ctx}
	if err := ctx.Initialize(); err != nil {
		ctx.Destroy()
		return nil, fmt.Errorf("%w: %w", ErrModule, err)
	}
	ids, err := ctx.GetSlotList(true)
	if err != nil {
		t.close()
		return nil, fmt.Errorf("%w: %w", ErrModule, err)
	}
	for _, id := range ids {
		info, err := ctx.GetTokenInfo(id)
		if err == nil && info.Flags&pkcs11.CKF_TOKEN_INITIALIZED != 0 {
			t.slots = append(t.slots, slot{id, strings.TrimRight(info.Label, " \x00"), info.Flags})
		}
	}
	return t, nil
}

func (t *token) close() {
	if t.entered {
		_ = t.ctx.Logout(t.session)
		_ = t.ctx.CloseSession(t.session)
	}
	_ = t.ctx.Finalize()
	t.ctx.Destroy()
}

func (t *token) enter(label, pin string) error {
	for _, s := range t.slots {
		if label != "" && s.label != label {
			continue
		}
		if s.tries() == TriesLocked {
			return ErrLocked
		}
		session, err := t.ctx.OpenSession(s.id, pkcs11.CKF_SERIAL_SESSION)
		if err != nil {
			return told(err)
		}
		t.session, t.entered = session, true
		err = told(t.ctx.Login(session, pkcs11.CKU_USER, pin))
		if errors.Is(err, ErrPIN) {
			if info, gone := t.ctx.GetTokenInfo(s.id); gone == nil {
				return wrong(slot{flags: info.Flags}.tries())
			}
		}
		return err
	}
	return ErrNone
}

// wrong is what is told of a wrong PIN by how many more a token bears.
func wrong(left Tries) error {
	switch left {
	case TriesFew:
		return ErrPINFew
	case TriesLast:
		return ErrPINLast
	case TriesLocked:
		return ErrLocked
	case TriesLeft:
	}
	return ErrPIN
}

// told is an error of PKCS#11 as one of this package.
func told(err error) error {
	var code pkcs11.Error
	if !errors.As(err, &code) {
		return err
	}
	switch uint(code) {
	case pkcs11.CKR_USER_ALREADY_LOGGED_IN:
		return nil
	case pkcs11.CKR_PIN_INCORRECT, pkcs11.CKR_PIN_INVALID, pkcs11.CKR_PIN_LEN_RANGE, pkcs11.CKR_ARGUMENTS_BAD:
		return ErrPIN
	case pkcs11.CKR_PIN_LOCKED:
		return ErrLocked
	case pkcs11.CKR_DEVICE_REMOVED, pkcs11.CKR_TOKEN_NOT_PRESENT, pkcs11.CKR_DEVICE_ERROR, pkcs11.CKR_SLOT_ID_INVALID,
		pkcs11.CKR_SESSION_HANDLE_INVALID, pkcs11.CKR_SESSION_CLOSED, pkcs11.CKR_OBJECT_HANDLE_INVALID, pkcs11.CKR_KEY_HANDLE_INVALID:
		return ErrPulled
	}
	return err
}

// find lists objects of a kind.
func (t *token) find(template ...*pkcs11.Attribute) ([]pkcs11.ObjectHandle, error) {
	if err := t.ctx.FindObjectsInit(t.session, template); err != nil {
		return nil, told(err)
	}
	found, _, err := t.ctx.FindObjects(t.session, most)
	return found, errors.Join(err, t.ctx.FindObjectsFinal(t.session))
}

func (t *token) value(object pkcs11.ObjectHandle, kind uint) []byte {
	list, err := t.ctx.GetAttributeValue(t.session, object, []*pkcs11.Attribute{pkcs11.NewAttribute(kind, nil)})
	if err != nil || len(list) == 0 {
		return nil
	}
	return list[0].Value
}

// paired is a certificate to sign with and the CKA_ID that it has in common with its key.
type paired struct {
	certificate *x509.Certificate
	id          []byte
}

// certificates are those to sign with, and the others.
func (t *token) certificates() (list []paired, others []*x509.Certificate, err error) {
	objects, err := t.find(pkcs11.NewAttribute(pkcs11.CKA_CLASS, pkcs11.CKO_CERTIFICATE))
	if err != nil {
		return nil, nil, err
	}
	for _, object := range objects {
		c, err := x509.ParseCertificate(t.value(object, pkcs11.CKA_VALUE))
		switch {
		case err != nil:
		case signs(c):
			list = append(list, paired{c, t.value(object, pkcs11.CKA_ID)})
		default:
			others = append(others, c)
		}
	}
	return list, others, nil
}

// signer takes the certificate that print names, or the first with a key. The others of the token are the chain.
func (t *token) signer(print string) (signer pades.Signer, err error) {
	pairs, others, err := t.certificates()
	if err != nil {
		return signer, err
	}
	signer.Chain = others
	for _, p := range pairs {
		if signer.Certificate != nil || print != "" && Print(p.certificate) != print {
			continue
		}
		keys, err := t.find(pkcs11.NewAttribute(pkcs11.CKA_CLASS, pkcs11.CKO_PRIVATE_KEY), pkcs11.NewAttribute(pkcs11.CKA_ID, p.id))
		if err == nil && len(keys) > 0 {
			signer.Certificate, signer.Key = p.certificate, &key{t, keys[0], p.certificate.PublicKey}
		}
	}
	if signer.Certificate == nil {
		return signer, ErrKey
	}
	return signer, nil
}

// key signs on the token.
type key struct {
	token  *token
	object pkcs11.ObjectHandle
	public crypto.PublicKey
}

// Public implements [crypto.Signer].
func (k *key) Public() crypto.PublicKey { return k.public }

// digestInfo is what RSA signs of a SHA-256, RFC 8017, 9.2: the token adds the padding.
var digestInfo = []byte{0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20}

// Sign implements [crypto.Signer] for SHA-256.
func (k *key) Sign(_ io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	if opts.HashFunc() != crypto.SHA256 {
		return nil, ErrKey
	}
	switch public := k.public.(type) {
	case *rsa.PublicKey:
		return k.raw(pkcs11.CKM_RSA_PKCS, append(bytes.Clone(digestInfo), digest...))
	case *ecdsa.PublicKey:
		raw, err := k.raw(pkcs11.CKM_ECDSA, digest)
		if err != nil || len(raw) == 0 || len(raw)%2 != 0 || public.Curve == elliptic.Curve(nil) {
			return nil, errors.Join(err, ErrKey)
		}
		half := len(raw) / 2
		return asn1.Marshal(struct{ R, S *big.Int }{new(big.Int).SetBytes(raw[:half]), new(big.Int).SetBytes(raw[half:])})
	}
	return nil, ErrKey
}

func (k *key) raw(mechanism uint, data []byte) ([]byte, error) {
	if err := k.token.ctx.SignInit(k.token.session, []*pkcs11.Mechanism{pkcs11.NewMechanism(mechanism, nil)}, k.object); err != nil {
		return nil, told(err)
	}
	signature, err := k.token.ctx.Sign(k.token.session, data)
	return signature, told(err)
}
