//go:build !cgo

package token

import "butluc/library/signature/pades"

// Open is not to be had in a program that was built without C: it fails with [ErrModule].
func Open(_, _, _ string) (pades.Signer, func(), error) { return pades.Signer{}, nil, ErrModule }

// Labels is not to be had in a program that was built without C: it fails with [ErrModule].
func Labels(string) ([]string, error) { return nil, ErrModule }
