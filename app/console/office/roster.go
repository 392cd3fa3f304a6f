package office

import (
	"context"
	"path/filepath"
	"strings"

	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/office/identity"
	"butluc/library/office/roster"
	"butluc/library/office/share"
	"butluc/library/office/store"
)

// Roster is the store's roster, as it was when the store was last looked at. head tells whether the user keeps it.
func (o *Office) Roster() (r roster.Roster, head bool) {
	if o.open == nil {
		return roster.Roster{}, false
	}
	r, _ = o.open.Roster()
	return r, o.open.Me().Same(r.Head())
}

// AddMember takes who a card's file is of into the roster.
func (o *Office) AddMember(file string, as roster.Role, done func()) {
	o.change(func(r roster.Roster) (roster.Roster, error) {
		data, err := casefile.ReadFile(file)
		if err != nil {
			return r, err
		}
		card, err := identity.ParseCard(data)
		if err != nil {
			return r, err
		}
		if card.Recovery {
			as = roster.RoleRecovery
		}
		return r.With(card, as)
	}, done)
}

// RemoveMember takes somebody out of the roster.
func (o *Office) RemoveMember(fingerprint string, done func()) {
	o.change(func(r roster.Roster) (roster.Roster, error) { return r.Without(fingerprint) }, done)
}

// Grant gives somebody a right to a case; [roster.None] takes it away.
func (o *Office) Grant(caseID, fingerprint string, right roster.Right, done func()) {
	o.change(func(r roster.Roster) (roster.Roster, error) { return r.Granting(caseID, fingerprint, right) }, done)
}

func (o *Office) change(change func(roster.Roster) (roster.Roster, error), done func()) {
	o.visiting("store.writing-roster", func(ctx context.Context, st *store.Store, _ share.Progress) error {
		return st.SetRoster(ctx, change)
	}, func(err error) {
		if err == nil {
			done()
		}
	})
}

// FolderName is what the folder of a fetched case is called: its title, without what no system takes.
func FolderName(c store.Case) string {
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"/\|?*`, r) || r < ' ' {
			return '-'
		}
		return r
	}, library.Visible(c.Title))
	name = strings.Trim(name, " .")
	if letters := []rune(name); len(letters) > 80 {
		name = strings.TrimRight(string(letters[:80]), " .")
	}
	if name == "" || !filepath.IsLocal(name) || strings.EqualFold(name, library.Sidecar) {
		return "ho-so-" + c.ID[:min(8, len(c.ID))]
	}
	return name
}
