package wiring

import (
	"path/filepath"

	"butluc/library/casefile"
	"butluc/library/office/share"
	"butluc/library/shelf"
)

// Stores are the stores of offices that the user named: beside the settings.
func Stores() (share.Stores, error) {
	dir, err := shelf.DefaultDir()
	if err != nil {
		return share.Stores{}, err
	}
	return share.Stores{Dir: filepath.Join(dir, "stores")}, nil
}

// FetchedOptions open a case that was just fetched, to put its outline in: nothing is read of its files.
func FetchedOptions() (casefile.Options, error) { return ownCheck() }
