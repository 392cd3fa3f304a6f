package wiring

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"butluc/app/console/sealing"
	"butluc/library/casefile"
	"butluc/library/office/identity"
	"butluc/library/search/text"
	"butluc/library/shelf"
	"butluc/presenter/print"
)

// IdentityHome is where the user's key and the cards that they know are: beside the settings.
func IdentityHome() (identity.Home, error) {
	dir, err := shelf.DefaultDir()
	if err != nil {
		return identity.Home{}, err
	}
	return identity.Home{Dir: filepath.Join(dir, "identity"), Keyring: identity.SystemKeyring()}, nil
}

// Sealing is what the window's packages work with.
func Sealing(cache string) (sealing.Options, error) {
	home, err := IdentityHome()
	if err != nil {
		return sealing.Options{}, err
	}
	return sealing.Options{
		Home: home, WipeCase: func(_ context.Context, dir string, sha256 []string) error { return wipe(cache, dir, sha256) },
		PrintPaper: print.Recovery,
		ReadCase: func(ctx context.Context, dir string) (*casefile.Case, error) {
			return openQuietly(ctx, dir, func(o *casefile.Options) { o.ReadOnly = true })
		},
		LockCase: func(ctx context.Context, dir string) (*casefile.Case, error) {
			// For reading, for a commit would make another database of it; and whole, for a package of less would cost the rest.
			c, err := openQuietly(ctx, dir, func(o *casefile.Options) { o.ReadOnly, o.OnlyWhole = true, true })
			if err != nil {
				return nil, err
			}
			for _, n := range c.Snapshot().Notices {
				switch {
				case n.Code == casefile.NoticeCopy:
					return nil, errors.Join(casefile.ErrInUse, c.Close())
				case n.Damage():
					return nil, errors.Join(casefile.ErrDamaged, c.Close())
				}
			}
			return c, nil
		},
	}, nil
}

// openQuietly opens a case of which no more is read than the store knows.
func openQuietly(ctx context.Context, dir string, change func(*casefile.Options)) (*casefile.Case, error) {
	o, err := ownCheck()
	if err != nil {
		return nil, err
	}
	o.NoWatch, o.Paused = true, true
	change(&o)
	return casefile.Open(ctx, dir, o)
}

// wipe removes what the cache has of a case.
func wipe(cache, dir string, sha256 []string) error {
	if cache == "" {
		return nil
	}
	errs := []error{os.RemoveAll(Renditions(cache, dir)), os.RemoveAll(signaturesKept(cache, dir)), os.RemoveAll(hashesKept(cache, dir))}
	texts, index := textDirs(cache, dir)
	errs = append(errs, os.RemoveAll(index))
	store, err := text.Open(texts)
	if err != nil {
		return errors.Join(append(errs, err)...)
	}
	known := slices.DeleteFunc(slices.Clone(sha256), func(sum string) bool { return sum == "" })
	return errors.Join(append(errs, store.Remove(known...), store.Close())...)
}
