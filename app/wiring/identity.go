package wiring

import (
	"path/filepath"

	"butluc/library/office/identity"
	"butluc/library/shelf"
)

// IdentityHome is where the user's key and the cards that they know are: beside the settings.
func IdentityHome() (identity.Home, error) {
	dir, err := shelf.DefaultDir()
	if err != nil {
		return identity.Home{}, err
	}
	return identity.Home{Dir: filepath.Join(dir, "identity"), Keyring: identity.SystemKeyring()}, nil
}
