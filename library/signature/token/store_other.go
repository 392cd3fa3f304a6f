//go:build !windows

package token

import "butluc/library/signature/pades"

// HasStore tells whether this system has a store of certificates that this package can sign with: Windows has.
const HasStore = false

// ListStore fails with [ErrNone].
func ListStore() ([]Held, error) { return nil, ErrNone }

// OpenStore fails with [ErrNone].
func OpenStore(string) (pades.Signer, func(), error) { return pades.Signer{}, nil, ErrNone }
