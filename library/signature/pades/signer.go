package pades

import (
	"crypto"
	"crypto/x509"
	"errors"
	"fmt"

	pkcs12 "software.sslmate.com/src/go-pkcs12"
)

// Errors that a person can act on.
var (
	// ErrPassphrase says that a PKCS#12 file does not open with the passphrase.
	ErrPassphrase = errors.New("the passphrase is not that of the certificate")
	// ErrCertificate says that a file has no certificate with a private key, or of a kind that can't sign here.
	ErrCertificate = errors.New("not a certificate to sign with")
	// ErrEncrypted says that a PDF is protected by a password, so that nothing can be added to it.
	ErrEncrypted = errors.New("the PDF is protected by a password")
	// ErrDamaged says that a PDF can't be read well enough to add to it.
	ErrDamaged = errors.New("the PDF is damaged")
)

// Signer is who signs: a private key, RSA or ECDSA, wherever it is kept, its certificate and those of the chain above it.
type Signer struct {
	Key         crypto.Signer
	Certificate *x509.Certificate
	Chain       []*x509.Certificate
}

// PKCS12 reads a signer out of a PKCS#12 file (.p12, .pfx; RFC 7292). It fails with [ErrPassphrase] and [ErrCertificate].
func PKCS12(data []byte, passphrase string) (Signer, error) {
	key, certificate, chain, err := pkcs12.DecodeChain(data, passphrase)
	switch {
	case errors.Is(err, pkcs12.ErrIncorrectPassword):
		return Signer{}, ErrPassphrase
	case err != nil:
		return Signer{}, fmt.Errorf("%w: %w", ErrCertificate, err)
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return Signer{}, ErrCertificate
	}
	return Signer{Key: signer, Certificate: certificate, Chain: chain}, nil
}
