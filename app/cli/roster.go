package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"butluc/app/console/label"
	"butluc/library/casefile"
	"butluc/library/office/identity"
	"butluc/library/office/roster"
)

// storeRoster prints a store's roster, or changes it: that is the head's.
func storeRoster(args []string, out *terminal) error {
	f := newFlags("store roster")
	asJSON := f.Bool("json", false, "for other programs")
	as := f.String("as", string(roster.RoleProsecutor), "deputy, prosecutor, assistant, superior or recovery")
	keys := addKeyFlags(f)
	named, err := parse(out.in, f, args, 1, 5)
	if err != nil {
		return err
	}
	words := named[1:]
	if len(words) == 0 {
		return visiting(out, named[0], keys, func(v *visit) error { return v.printRoster(*asJSON) })
	}
	want := map[string]int{"add": 2, "remove": 2, "grant": 4, "head": 2, "restore": 1}[words[0]]
	if want != len(words) {
		return misuse{errors.New("store roster: " + out.in.T("cli.roster-verbs"))}
	}
	return visiting(out, named[0], keys, func(v *visit) error {
		if words[0] == "restore" {
			return v.Restore(v.ctx)
		}
		change, err := v.change(words, roster.Role(*as))
		if err != nil {
			return err
		}
		if err := v.SetRoster(v.ctx, change); err != nil {
			return err
		}
		return v.tellStale()
	})
}

// change is what the words of the command line do to a roster.
func (v *visit) change(words []string, as roster.Role) (func(roster.Roster) (roster.Roster, error), error) {
	switch words[0] {
	case "add":
		card, err := readCard(words[1])
		return func(r roster.Roster) (roster.Roster, error) { return r.With(card, as) }, err
	case "grant":
		who, err := v.member(words[2])
		if err != nil {
			return nil, err
		}
		right, err := roster.ParseRight(words[3])
		if err != nil {
			return nil, misuse{errors.New("store roster grant: none, read, comment, edit")}
		}
		return func(r roster.Roster) (roster.Roster, error) { return r.Granting(words[1], who, right) }, nil
	}
	who, err := v.member(words[1])
	if words[0] == "head" {
		return func(r roster.Roster) (roster.Roster, error) { return r.HandOver(v.me, who) }, err
	}
	return func(r roster.Roster) (roster.Roster, error) { return r.Without(who) }, err
}

// member finds a member by their name, their fingerprint or the file of their card.
func (v *visit) member(named string) (string, error) {
	r, _ := v.Roster()
	var found []string
	for _, m := range r.Members {
		if m.Card.Name == named || strings.ReplaceAll(m.Card.Fingerprint(), " ", "") == strings.ReplaceAll(named, " ", "") {
			found = append(found, m.Card.Fingerprint())
		}
	}
	if len(found) == 0 {
		if data, err := casefile.ReadFile(named); err == nil {
			card, err := identity.ParseCard(data)
			return card.Fingerprint(), err
		}
		return "", roster.ErrUnknown
	}
	if len(found) > 1 { // two of one name: by the fingerprint
		return "", errors.New(v.out.in.T("store.two-members", "name", named))
	}
	return found[0], nil
}

// tellStale says which cases somebody has the key of who may not read them any more.
func (v *visit) tellStale() error {
	list, _, err := v.Cases(v.ctx)
	if err != nil {
		return err
	}
	for _, c := range list {
		if c.Stale {
			fmt.Fprintln(v.out, v.out.in.T("store.stale-case", "title", c.Title, "id", c.ID))
		}
	}
	return nil
}

type rosterJSON struct {
	Number  int            `json:"number"`
	Office  string         `json:"office"`
	Time    time.Time      `json:"time"`
	Behind  bool           `json:"behind"`
	Members []memberJSON   `json:"members"`
	Grants  []roster.Grant `json:"grants"`
}

type memberJSON struct {
	Name        string      `json:"name"`
	Rank        string      `json:"rank"`
	Role        roster.Role `json:"role"`
	Fingerprint string      `json:"fingerprint"`
}

func (v *visit) printRoster(asJSON bool) error {
	in := v.out.in
	r, behind := v.Roster()
	if asJSON {
		j := rosterJSON{r.Number, r.Office, r.Time, behind, []memberJSON{}, slices.Clone(r.Grants)}
		for _, m := range r.Members {
			j.Members = append(j.Members, memberJSON{m.Card.Name, m.Card.Rank, m.Role, m.Card.Fingerprint()})
		}
		return writeJSON(v.out, j)
	}
	fmt.Fprintln(v.out, in.T("store.roster", "number", r.Number, "office", r.Office, "time", v.when(r.Time)))
	for _, m := range r.Members {
		fmt.Fprintf(v.out, "  %s  %s (%s)\n", m.Card.Fingerprint(), label.Person(in, m.Card), label.Role(in, m.Role))
	}
	for _, g := range r.Grants {
		fmt.Fprintf(v.out, "  %s  %s: %s\n", g.Case, v.who(g.Who), in.T("right."+g.Right))
	}
	return nil
}

// rekeyCase lets a case go on under a new key, which who lost the right has not.
func rekeyCase(args []string, out *terminal) error {
	f := newFlags("store rekey")
	keys := addKeyFlags(f)
	named, err := parse(out.in, f, args, 2, 2)
	if err != nil {
		return err
	}
	return visiting(out, named[0], keys, func(v *visit) error {
		c, err := v.Case(v.ctx, named[1])
		if err != nil {
			return err
		}
		if _, err := v.Rekey(v.ctx, c, v.progress()); err != nil {
			return err
		}
		_, err = fmt.Fprintln(out, out.in.T("store.rekeyed"))
		return err
	})
}
