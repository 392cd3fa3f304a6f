package token

import "errors"

// Errors that a person can act on.
var (
	// ErrModule says that the library of the token can't be loaded.
	ErrModule = errors.New("the token's library can't be loaded")
	// ErrNone says that no token is plugged in, or none of the name.
	ErrNone = errors.New("no token is plugged in")
	// ErrPIN says that the PIN is not the token's.
	ErrPIN = errors.New("not the PIN of the token")
	// ErrLocked says that the token locked its PIN after too many tries.
	ErrLocked = errors.New("the token has locked its PIN")
	// ErrKey says that there is no certificate with a key to sign with on the token.
	ErrKey = errors.New("no certificate to sign with on the token")
)
