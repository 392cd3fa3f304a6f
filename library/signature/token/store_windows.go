package token

import (
	"crypto"
	"errors"
	"fmt"
	"io"
	"syscall"

	"github.com/tailscale/certstore"
	"golang.org/x/sys/windows"

	"butluc/library/signature/pades"
)

// HasStore tells whether this system has a store of certificates that this package can sign with: Windows has.
const HasStore = true

// ListStore are the certificates to sign with in the user's store of Windows, where drivers of tokens put theirs. It fails with
// [ErrNone].
func ListStore() ([]Held, error) {
	ids, closing, err := identities()
	if err != nil {
		return nil, err
	}
	defer closing()
	var held []Held
	for _, id := range ids {
		if c, err := id.Certificate(); err == nil && signs(c) {
			held = append(held, Held{Certificate: c})
		}
	}
	return held, nil
}

// OpenStore is the signer of a certificate in the user's store; print names it, "" is the first. Windows, or the token's driver,
// asks for the PIN in a window of its own. It fails with the errors of this package.
func OpenStore(print string) (_ pades.Signer, closing func(), err error) {
	ids, closing, err := identities()
	if err != nil {
		return pades.Signer{}, nil, err
	}
	defer func() {
		if err != nil {
			closing()
		}
	}()
	for _, id := range ids {
		c, err := id.Certificate()
		if err != nil || !signs(c) || print != "" && Print(c) != print {
			continue
		}
		key, err := id.Signer()
		if err != nil {
			return pades.Signer{}, nil, stored(err)
		}
		chain, _ := id.CertificateChain() // whoever checks finds it elsewhere
		return pades.Signer{Key: storedKey{key}, Certificate: c, Chain: chain}, closing, nil
	}
	return pades.Signer{}, nil, ErrKey
}

// identities are the certificates of the store whose keys are known; closing ends them.
func identities() (ids []certstore.Identity, closing func(), err error) {
	store, err := certstore.Open(certstore.User, certstore.ReadOnly)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrNone, err)
	}
	if ids, err = store.Identities(); err != nil {
		store.Close()
		return nil, nil, fmt.Errorf("%w: %w", ErrNone, err)
	}
	return ids, func() {
		for _, id := range ids {
			id.Close()
		}
		store.Close()
	}, nil
}

// storedKey tells the errors of Windows' as those of this package.
type storedKey struct{ crypto.Signer }

// Sign implements [crypto.Signer].
func (k storedKey) Sign(random io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	signature, err := k.Signer.Sign(random, digest, opts)
	return signature, stored(err)
}

// stored is an error of CNG, CryptoAPI or the smart card's service as one of this package.
func stored(err error) error {
	var code syscall.Errno
	if !errors.As(err, &code) {
		return err
	}
	switch windows.Handle(code) {
	case windows.SCARD_W_CANCELLED_BY_USER, windows.SCARD_E_CANCELLED, windows.NTE_USER_CANCELLED:
		return ErrCancelled
	case windows.SCARD_W_WRONG_CHV:
		return ErrPIN
	case windows.SCARD_W_CHV_BLOCKED:
		return ErrLocked
	case windows.SCARD_W_REMOVED_CARD, windows.SCARD_E_NO_SMARTCARD, windows.SCARD_E_NO_READERS_AVAILABLE, windows.SCARD_E_NO_SERVICE:
		return ErrPulled
	case windows.NTE_BAD_KEYSET, windows.NTE_NO_KEY, windows.CRYPT_E_NO_KEY_PROPERTY:
		return fmt.Errorf("%w: %w", ErrKey, err)
	}
	return err
}
