package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"butluc/library/office/identity"
	"butluc/library/office/place"
	"butluc/library/office/signed"
)

// Action is what a line of the log tells. Written to stores: never rename one.
type Action string

// The actions.
const (
	ActionPublish Action = "publish" // a revision was put into the store
	ActionFetch   Action = "fetch"   // a revision was taken out, before it was
	ActionRekey   Action = "rekey"   // the case went on in a new vault, with a new key
)

// Line is a line of a case's log.
type Line struct {
	Author   identity.Card
	Number   int // of the author's lines, from 1
	Time     time.Time
	Action   Action
	Revision string
	Gap      bool // the author's lines before it are not the ones that were there when it was written
}

type lineDocument struct {
	Vault    string    `json:"vault"`
	Number   int       `json:"number"`
	Before   string    `json:"before"` // the SHA-256 of the author's line before; "" of the first
	Time     time.Time `json:"time"`
	Action   Action    `json:"action"`
	Revision string    `json:"revision,omitempty"`
}

// chain is the author's part of a log line's name.
func (v *vault) chain(author string) string { return "l-" + v.name("log", author)[:16] + "-" }

// note adds a line to the user's log of a vault.
func (s *vaults) note(ctx context.Context, v *vault, action Action, revision string) error {
	listed, err := s.place.List(ctx, v.folder())
	if err != nil {
		return fmt.Errorf("write log: %w", err)
	}
	chain := v.chain(s.me.Card().Fingerprint())
	line := lineDocument{Vault: v.id, Time: s.now().UTC(), Action: action, Revision: revision}
	for _, name := range listed {
		rest, mine := strings.CutPrefix(name, chain)
		if n, err := strconv.Atoi(rest); mine && err == nil && n > line.Number {
			line.Number = n
		}
	}
	if line.Number > 0 {
		last, err := s.smallOf(ctx, v, fmt.Sprintf("%s/%s%08d", v.folder(), chain, line.Number))
		if err != nil && !unreadable(err) {
			return fmt.Errorf("write log: %w", err)
		}
		line.Before = Hash(last) // of one that can't be read the hash of nothing, which shows
	}
	line.Number++
	data, err := signed.Sign(s.me, purposeLog, line)
	if err != nil {
		return err
	}
	if err := s.put(ctx, v, fmt.Sprintf("%s/%s%08d", v.folder(), chain, line.Number), data); err != nil {
		return fmt.Errorf("write log: %w", err)
	}
	return nil
}

// Log reads a case's log, of all vaults that the case was in as far as the user may open them, in order of time. bad is how many
// lines can't be read or are signed by nobody of the office.
func (s *Store) Log(ctx context.Context, c Case) (lines []Line, bad int, err error) {
	for _, v := range c.vaults {
		listed, err := s.place.List(ctx, v.folder())
		if err != nil {
			return nil, 0, fmt.Errorf("read log: %w", err)
		}
		slices.Sort(listed)
		sums := map[string]string{} // of an author's last line
		numbers := map[string]int{}
		for _, name := range listed {
			if !strings.HasPrefix(name, "l-") {
				continue
			}
			data, err := s.smallOf(ctx, v, v.folder()+"/"+name)
			if err != nil && (errors.Is(err, place.ErrMissing) || unreadable(err)) {
				bad++
				continue
			}
			if err != nil {
				return nil, 0, fmt.Errorf("read log: %w", err)
			}
			var d lineDocument
			by, err := signed.Open(purposeLog, data, &d)
			who := by.Fingerprint()
			if err != nil || d.Vault != v.id || !s.roster.Was(who) || name != fmt.Sprintf("%s%08d", v.chain(who), d.Number) {
				bad++
				continue
			}
			lines = append(lines, Line{by, d.Number, d.Time, d.Action, d.Revision, d.Number != numbers[who]+1 || d.Before != sums[who]})
			sums[who], numbers[who] = Hash(data), d.Number
		}
	}
	slices.SortStableFunc(lines, func(a, b Line) int { return a.Time.Compare(b.Time) })
	return lines, bad, nil
}
