package token

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
)

// Errors that a person can act on.
var (
	// ErrModule says that the library of the token can't be loaded.
	ErrModule = errors.New("the token's library can't be loaded")
	// ErrNone says that no token is plugged in, or none of the name.
	ErrNone = errors.New("no token is plugged in")
	// ErrPIN says that the PIN is not the token's.
	ErrPIN = errors.New("not the PIN of the token")
	// ErrPINFew says the same, and that after few more wrong ones the token locks itself.
	ErrPINFew = errors.New("not the PIN of the token: few tries are left")
	// ErrPINLast says the same, and that the next wrong one locks the token.
	ErrPINLast = errors.New("not the PIN of the token: one try is left")
	// ErrLocked says that the token locked its PIN after too many tries.
	ErrLocked = errors.New("the token has locked its PIN")
	// ErrPulled says that the token went away, or its driver lost it.
	ErrPulled = errors.New("the token was pulled out")
	// ErrKey says that there is no certificate with a key to sign with on the token.
	ErrKey = errors.New("no certificate to sign with on the token")
	// ErrCancelled says that a person sent the question for the PIN away, which their system asked.
	ErrCancelled = errors.New("the question for the PIN was sent away")
)

// Tries is how many wrong PINs a token still bears, as far as PKCS#11 tells. Codes name sentences, under the key "tries." + code.
type Tries string

// The tries.
const (
	TriesLeft   Tries = ""       // all, or the token does not say
	TriesFew    Tries = "few"    // a wrong one was typed since the last right one
	TriesLast   Tries = "last"   // the next wrong one locks it
	TriesLocked Tries = "locked" // none
)

// Held is a certificate to sign with that is on a token, or in Windows' store.
type Held struct {
	Token       string            // the token's label; "" in the store
	Certificate *x509.Certificate // nil where a token shows none before it has its PIN
	Tries       Tries
}

// Print names a certificate: its SHA-256 in hexadecimal digits.
func Print(c *x509.Certificate) string {
	sum := sha256.Sum256(c.Raw)
	return hex.EncodeToString(sum[:])
}

// signs tells whether a certificate is one to sign with, and not one that vouches for others or ciphers alone.
func signs(c *x509.Certificate) bool {
	const may = x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment
	return !c.IsCA && (c.KeyUsage == 0 || c.KeyUsage&may != 0)
}
