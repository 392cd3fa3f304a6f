package store

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"butluc/library"
	"butluc/library/office/identity"
	"butluc/library/office/place"
	"butluc/library/office/roster"
	"butluc/library/office/signed"
)

// File is a file of a case's evidence in a store.
type File struct {
	Path    string // below the case folder, parted by "/"
	Size    int64
	ModTime time.Time
	SHA256  string
	blob    blob
}

type fileDocument struct {
	Path  string   `json:"path"`
	Sec   int64    `json:"sec"`
	Nsec  int64    `json:"nsec,omitempty"`
	Size  int64    `json:"size"`
	Sum   string   `json:"sha256"`
	Parts []string `json:"parts,omitempty"`
}

// approvalDocument is a submitted copy of the outline.
type approvalDocument struct {
	Number  int       `json:"number"`
	At      time.Time `json:"at"`
	Content blob      `json:"content"`
}

// journalDocument is a journal of a machine.
type journalDocument struct {
	Author  string `json:"author"` // whose machine wrote it: a fingerprint
	Name    string `json:"name"`   // of the file
	Content blob   `json:"content"`
}

// manifest is a revision as it is signed.
type manifest struct {
	Store    string    `json:"store"`
	Case     string    `json:"case"`
	Title    string    `json:"title"`
	Time     time.Time `json:"time"`
	Roster   int       `json:"roster"` // its number when the revision was made
	Parents  []string  `json:"parents,omitempty"`
	Note     string    `json:"note,omitempty"`
	Files    int       `json:"files"`
	Bytes    int64     `json:"bytes"`
	Evidence blob      `json:"evidence"` // packed list of files
	Outline  blob      `json:"outline"`  // packed, as exported
	Database blob      `json:"database"` // packed copy of what is known of the files

	Approvals []approvalDocument `json:"approvals,omitempty"`
	Journals  []journalDocument  `json:"journals,omitempty"`
}

// Standing is whether a revision counts.
type Standing string

// The standings.
const (
	Counts  Standing = "counts"
	Refused Standing = "refused" // its author may not edit the case
)

// Revision is a case at a moment.
type Revision struct {
	ID       string // the SHA-256 of what was signed
	Author   identity.Card
	Time     time.Time // as its author's machine had it
	Title    string
	Note     string
	Parents  []string
	Files    int   // of evidence
	Bytes    int64 // of evidence
	Standing Standing

	manifest manifest
	signed   []byte
	in       *vault // the newest that has it
}

// Short is the beginning of a revision's id, for people.
func (r Revision) Short() string { return r.ID[:min(8, len(r.ID))] }

// Case is what the store has of a case.
type Case struct {
	ID        string
	Title     string
	Owner     string // the fingerprint of who put it into the store
	Right     roster.Right
	Revisions []Revision // in order: none before its parents
	Heads     []Revision // those that count and that none goes on from: more than one where two people edited at once
	Answers   [][]byte   // of superiors to what was submitted, as they were signed, in no order
	Damaged   int        // things of the case in the store that can't be read, or that nobody signed who may
	Stale     bool       // somebody has the key who may not read the case any more
	vaults    []*vault   // the newest first
}

// Revision finds a revision by its id or the beginning of one, at least 6 letters.
func (c Case) Revision(id string) (Revision, bool) {
	i := slices.IndexFunc(c.Revisions, func(r Revision) bool { return len(id) >= 6 && strings.HasPrefix(r.ID, id) })
	if i < 0 {
		return Revision{}, false
	}
	return c.Revisions[i], true
}

// Before tells whether revision a is b or one that b goes on from.
func (c Case) Before(a, b string) bool {
	seen, todo := map[string]bool{}, []string{b}
	for len(todo) > 0 {
		id := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if id == a {
			return true
		}
		if r, ok := c.Revision(id); ok && !seen[id] {
			seen[id] = true
			todo = append(todo, r.Parents...)
		}
	}
	return false
}

// Cases lists the cases of the store that the user may open. closed is how many there are for others.
func (s *Store) Cases(ctx context.Context) (list []Case, closed int, err error) {
	ids, err := s.place.List(ctx, "c")
	if err != nil {
		return nil, 0, fmt.Errorf("list cases: %w", err)
	}
	for _, id := range ids {
		c, next, err := s.load(ctx, id)
		switch {
		case ctx.Err() != nil:
			return nil, 0, ctx.Err()
		case errors.Is(err, signed.ErrLocked):
			closed++
		case err != nil:
			return nil, 0, err
		case next == "":
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b Case) int { return strings.Compare(a.Title+a.ID, b.Title+b.ID) })
	s.cache.trim()
	return list, closed, nil
}

// Case finds a case by its id. It fails with [ErrNoCase].
func (s *Store) Case(ctx context.Context, caseID string) (Case, error) {
	list, _, err := s.Cases(ctx)
	if err != nil {
		return Case{}, err
	}
	// Where two people put a case into the store at once, the vault that was there first is the one.
	var found *Case
	for i := range list {
		if list[i].ID == caseID && (found == nil || list[i].vaults[0].Founded.Before(found.vaults[0].Founded)) {
			found = &list[i]
		}
	}
	if found == nil {
		return Case{}, ErrNoCase
	}
	return *found, nil
}

// load reads a vault with those that it goes on from. next is the vault that it goes on in.
func (s *Store) load(ctx context.Context, id string) (c Case, next string, err error) {
	listed, err := s.place.List(ctx, "c/"+id+"/m")
	if err != nil {
		return Case{}, "", fmt.Errorf("read case: %w", err)
	}
	v, err := s.openVault(ctx, id, listed)
	if err != nil {
		return Case{}, "", err
	}
	if next, err = s.closedBy(ctx, v, listed); err != nil {
		return Case{}, "", err
	}
	c = Case{ID: v.Case, Owner: v.Owner, vaults: []*vault{v}, Stale: s.stale(v)}
	c.Right = s.roster.Right(s.me.Card().Fingerprint(), v.Case, v.Owner)
	if err := s.readRevisions(ctx, &c, v, listed); err != nil {
		return Case{}, "", err
	}
	if err := s.readAnswers(ctx, &c, v, listed); err != nil {
		return Case{}, "", err
	}
	if err := s.addBefore(ctx, &c); err != nil {
		return Case{}, "", err
	}
	c.settle(s.roster)
	return c, next, nil
}

// addBefore reads the vaults that a case was in before, as far as the user has their keys: contents of older revisions are there,
// and what somebody put there while the case went over.
func (s *vaults) addBefore(ctx context.Context, c *Case) error {
	for v := c.vaults[0]; v.Before != "" && len(c.vaults) < 100; v = c.vaults[len(c.vaults)-1] {
		listed, err := s.place.List(ctx, "c/"+v.Before+"/m")
		if err != nil {
			return fmt.Errorf("read case: %w", err)
		}
		before, err := s.openVault(ctx, v.Before, listed)
		if err != nil || before.Case != v.Case {
			return ctx.Err()
		}
		c.vaults = append(c.vaults, before)
		if err := s.readRevisions(ctx, c, before, listed); err != nil {
			return err
		}
		if err := s.readAnswers(ctx, c, before, listed); err != nil {
			return err
		}
	}
	return nil
}

func (s *vaults) readRevisions(ctx context.Context, c *Case, v *vault, listed []string) error {
	for _, name := range listed {
		if !strings.HasPrefix(name, "r-") {
			continue
		}
		data, err := s.smallOf(ctx, v, v.folder()+"/"+name)
		var r Revision
		if err == nil {
			r, err = s.parseRevision(v, name, data)
		}
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if !unreadable(err) {
				return fmt.Errorf("read revision: %w", err)
			}
			c.Damaged++
			continue
		}
		c.Revisions = append(c.Revisions, r)
	}
	return nil
}

// unreadable tells of what is damaged itself, rather than out of reach.
func unreadable(err error) bool {
	for _, is := range []error{signed.ErrForged, signed.ErrLocked, ErrDamaged, place.ErrMissing, place.ErrTooLarge} {
		if errors.Is(err, is) {
			return true
		}
	}
	return strings.Contains(err.Error(), "decrypt:")
}

func (s *vaults) parseRevision(v *vault, name string, data []byte) (Revision, error) {
	r := Revision{ID: Hash(data), signed: data, in: v}
	by, err := signed.Open(purposeRevision, data, &r.manifest)
	m := r.manifest
	switch {
	case err != nil:
		return Revision{}, err
	case m.Store != s.id, m.Case != v.Case, name != "r-"+v.name("revision", r.ID), slices.Contains(m.Parents, r.ID), len(m.Parents) > 100:
		return Revision{}, signed.ErrForged
	}
	for _, b := range m.blobs() {
		if err := b.check(); err != nil {
			return Revision{}, err
		}
	}
	r.Author, r.Time, r.Title, r.Note, r.Parents = by, m.Time, printable(m.Title), printable(m.Note), m.Parents
	r.Files, r.Bytes = m.Files, m.Bytes
	return r, nil
}

// printable leaves out what hides or turns letters around.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, s)
}

// blobs are all contents of a revision but its files.
func (m manifest) blobs() []blob {
	list := []blob{m.Evidence, m.Outline, m.Database}
	for _, a := range m.Approvals {
		list = append(list, a.Content)
	}
	for _, j := range m.Journals {
		list = append(list, j.Content)
	}
	return list
}

// settle orders the revisions and tells which count.
func (c *Case) settle(r roster.Roster) {
	byID := map[string]*Revision{}
	slices.SortStableFunc(c.Revisions, func(a, b Revision) int {
		return strings.Compare(a.Time.Format(time.RFC3339)+a.ID, b.Time.Format(time.RFC3339)+b.ID)
	})
	c.Revisions = slices.CompactFunc(c.Revisions, func(a, b Revision) bool { return a.ID == b.ID })
	for i := range c.Revisions {
		byID[c.Revisions[i].ID] = &c.Revisions[i]
	}
	counting := map[string]bool{}
	var todo []string
	for _, rev := range c.Revisions {
		v := c.vaults[0]
		if r.Right(rev.Author.Fingerprint(), c.ID, c.Owner) == roster.Edit || slices.Contains(v.Carried, rev.ID) {
			todo = append(todo, rev.ID)
		}
	}
	parents := map[string]bool{}
	for len(todo) > 0 {
		id := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		rev := byID[id]
		if rev == nil || counting[id] {
			continue
		}
		counting[id] = true
		for _, p := range rev.Parents {
			parents[p] = true
			todo = append(todo, p)
		}
	}
	for i := range c.Revisions {
		c.Revisions[i].Standing = Refused
		if counting[c.Revisions[i].ID] {
			c.Revisions[i].Standing = Counts
		}
	}
	c.Revisions = ordered(c.Revisions)
	for _, rev := range c.Revisions {
		if rev.Standing == Counts && !parents[rev.ID] {
			c.Heads = append(c.Heads, rev)
			c.Title = rev.Title
		}
	}
}

// ordered puts no revision before its parents, and else leaves the order.
func ordered(list []Revision) []Revision {
	at := map[string]int{}
	for i, r := range list {
		at[r.ID] = i
	}
	done, out := make([]bool, len(list)), make([]Revision, 0, len(list))
	for i := range list {
		stack := []int{i}
		for len(stack) > 0 {
			k := stack[len(stack)-1]
			open := -1
			for _, p := range list[k].Parents {
				if j, ok := at[p]; ok && !done[j] && !slices.Contains(stack, j) {
					open = j
				}
			}
			switch {
			case open >= 0:
				stack = append(stack, open)
				continue
			case !done[k]:
				done[k] = true
				out = append(out, list[k])
			}
			stack = stack[:len(stack)-1]
		}
	}
	return out
}

// Evidence lists a revision's files. It refuses what would lead out of a folder.
func (s *Store) Evidence(ctx context.Context, c Case, r Revision) ([]File, error) {
	data, err := s.receiveAll(ctx, c.vaults, r.manifest.Evidence, maxListed)
	if err != nil {
		return nil, fmt.Errorf("read list of files: %w", err)
	}
	var list []fileDocument
	if err := unpack(data, &list); err != nil {
		return nil, fmt.Errorf("read list of files: %w", err)
	}
	files := make([]File, 0, len(list))
	seen := map[string]bool{}
	for _, f := range list {
		file := File{f.Path, f.Size, time.Unix(f.Sec, f.Nsec), f.Sum, blob{f.Size, f.Sum, f.Parts}}
		folded := strings.ToLower(f.Path)
		if err := file.blob.check(); err != nil || !safe(f.Path) || seen[folded] {
			return nil, fmt.Errorf("read list of files: %q: %w", f.Path, ErrDamaged)
		}
		seen[folded] = true
		files = append(files, file)
	}
	return files, nil
}

// safe tells of a path that stays within a case folder, and out of what the program keeps there, on every system.
func safe(p string) bool {
	if p == "" || len(p) > 4096 || path.Clean(p) != p || path.IsAbs(p) || strings.ContainsAny(p, "\x00\\") {
		return false
	}
	for _, part := range strings.Split(p, "/") {
		if part == ".." || part == "." {
			return false
		}
	}
	first, _, _ := strings.Cut(p, "/")
	return !strings.EqualFold(first, library.Sidecar)
}

// Outline gives a revision's outline, as it was exported, for [library.DecodeOutline].
func (s *Store) Outline(ctx context.Context, c Case, r Revision) ([]byte, error) {
	data, err := s.receiveAll(ctx, c.vaults, r.manifest.Outline, maxListed)
	if err == nil {
		data, err = inflate(data, library.MaxImport)
	}
	if err != nil {
		return nil, fmt.Errorf("read outline: %w", err)
	}
	return data, nil
}

// Vault is the name of the case's newest vault, to find it sooner the next time.
func (c Case) Vault() string { return c.vaults[0].id }
