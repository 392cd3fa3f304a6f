//go:build !cgo

package token

import "butluc/library/signature/pades"

// Open is not to be had in a program that was built without C: it fails with [ErrModule].
func Open(_, _, _, _ string) (pades.Signer, func(), error) { return pades.Signer{}, nil, ErrModule }

// List is not to be had in a program that was built without C: it fails with [ErrModule].
func List(string) ([]Held, error) { return nil, ErrModule }
