package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"butluc/library/office/roster"
	"butluc/library/office/signed"
)

// ErrName says that a file can't lie in a store under its name: it differs from another's only by capitals, or has
// characters that another system does not take.
var ErrName = errors.New("the file's name is none for every system")

// Source is a case as it is put into a store.
type Source struct {
	ID, Title string
	Files     []File // their SHA-256s are not used
	Open      func(path string) (io.ReadCloser, error)
	Outline   []byte // as exported
	Approvals []Approval
	Journals  []Journal
	Database  func() ([]byte, error) // a copy of what is known of the files; called where a file changed
}

// Approval is a copy of the outline that was submitted.
type Approval struct {
	Number   int
	At       time.Time
	Exported []byte
}

// Journal is a journal file of the user's machine.
type Journal struct {
	Name string
	Data []byte
}

// Order is what is to be published.
type Order struct {
	Source
	Vault   string   // where the case was found before; "" to look for it
	Parents []string // the revisions that it goes on from, that the user has; none for a new case
	Note    string
	Told    func(done, total int64) // bytes of evidence; may be nil
}

// Published tells of a revision that is in the store.
type Published struct {
	Revision Revision
	Case     Case // as it is now: more than one head where others published since the parents
	Rekeyed  bool // somebody had lost their right: the case goes on under a new key
	Logged   error
}

// Publish puts a case as it is into the store, as a revision after its parents. It returns without an error when all of it
// is on the place's disk. After an error what was sent stays, and is not sent again. It fails with [ErrRight].
func (s *Store) Publish(ctx context.Context, o Order) (Published, error) {
	p, err := s.publish(ctx, o)
	if err != nil {
		return Published{}, fmt.Errorf("publish case: %w", err)
	}
	return p, nil
}

func (s *Store) publish(ctx context.Context, o Order) (p Published, err error) {
	if o.Told == nil {
		o.Told = func(int64, int64) {}
	}
	if err := checkNames(o.Files); err != nil {
		return p, err
	}
	for range 10 { // each time the case went on in another vault meanwhile
		c, err := s.find(ctx, o)
		if errors.Is(err, ErrNoCase) && len(o.Parents) == 0 {
			c, err = s.found(ctx, o)
		}
		if err != nil {
			return p, err
		}
		if c.Right < roster.Edit {
			return p, ErrRight
		}
		if c.Stale {
			if c, err = s.Rekey(ctx, c, o.Told); err != nil {
				return p, err
			}
			p.Rekeyed = true
		}
		v := c.vaults[0]
		if err := s.shareWithAll(ctx, v); err != nil {
			return p, err
		}
		id, err := s.sendRevision(ctx, c, o)
		if err != nil {
			return p, err
		}
		p.Logged = s.note(ctx, v, ActionPublish, id)
		// Who closed the vault listed its revisions after closing it; what came later is not copied.
		now, next, err := s.load(ctx, v.id)
		if err != nil {
			return p, err
		}
		if next != "" {
			continue
		}
		p.Case = now
		if p.Revision, _ = now.Revision(id); p.Revision.ID != id {
			return p, fmt.Errorf("it is not there when read again: %w", ErrDamaged)
		}
		return p, nil
	}
	return p, errors.New("the case goes on in other vaults again and again")
}

func checkNames(files []File) error {
	seen := map[string]bool{}
	for _, f := range files {
		folded := strings.ToLower(f.Path)
		if !safe(f.Path) || seen[folded] {
			return fmt.Errorf("%s: %w", f.Path, ErrName)
		}
		seen[folded] = true
	}
	return nil
}

// find finds the case's vault: where it was before, or where it went on.
func (s *Store) find(ctx context.Context, o Order) (Case, error) {
	for id, n := o.Vault, 0; id != "" && n < 100; n++ {
		c, next, err := s.load(ctx, id)
		if errors.Is(err, signed.ErrLocked) {
			return Case{}, ErrNoCase
		}
		if err != nil {
			return Case{}, err
		}
		if next == "" && c.ID == o.ID {
			return c, nil
		}
		id = next
	}
	return s.Case(ctx, o.ID)
}

// found puts a new case into the store.
func (s *Store) found(ctx context.Context, o Order) (Case, error) {
	me := s.me.Card().Fingerprint()
	if m, is := s.roster.Member(me); !is || !m.Role.Founds() {
		return Case{}, ErrRight
	}
	v, err := s.newVault(founding{Case: o.ID, Owner: me})
	if err != nil {
		return Case{}, err
	}
	if err := s.shareWithAll(ctx, v); err != nil {
		return Case{}, err
	}
	c := Case{ID: o.ID, Owner: me, Right: roster.Edit, vaults: []*vault{v}}
	return c, nil
}

// sendRevision sends what the vault lacks, the manifest last, and gives the revision's id.
func (s *Store) sendRevision(ctx context.Context, c Case, o Order) (string, error) {
	v := c.vaults[0]
	m := manifest{
		Store: s.id, Case: c.ID, Title: o.Title, Time: s.now().UTC().Truncate(time.Second), Roster: s.roster.Number,
		Parents: o.Parents, Note: o.Note, Files: len(o.Files),
	}
	for _, f := range o.Files {
		m.Bytes += f.Size
	}
	done := int64(0)
	d := s.newSender(ctx, v, func(n int64) {
		done += n
		o.Told(min(done, m.Bytes), m.Bytes)
	})
	err := s.sendAll(c, o, &m, d)
	if waited := d.wait(); waited != nil { // why the rest was given up
		err = waited
	}
	if err != nil {
		return "", err
	}
	data, err := signed.Sign(s.me, purposeRevision, m)
	if err != nil {
		return "", err
	}
	id := Hash(data)
	return id, s.put(ctx, v, v.folder()+"/r-"+v.name("revision", id), data)
}

func (s *Store) sendAll(c Case, o Order, m *manifest, d *sender) error {
	if err := s.sendEvidence(c, o, m, d); err != nil {
		return err
	}
	outline, err := zipped(o.Outline)
	if err == nil {
		m.Outline, err = d.send(bytes.NewReader(outline))
	}
	if err != nil {
		return err
	}
	for _, a := range o.Approvals {
		b, err := d.send(bytes.NewReader(a.Exported))
		if err != nil {
			return err
		}
		m.Approvals = append(m.Approvals, approvalDocument{a.Number, a.At, b})
	}
	me := s.me.Card().Fingerprint()
	for _, j := range o.Journals {
		b, err := d.send(bytes.NewReader(j.Data))
		if err != nil {
			return err
		}
		m.Journals = append(m.Journals, journalDocument{me, j.Name, b})
	}
	s.keepOthers(c, m)
	return nil
}

// keepOthers takes over what the parents have and this machine not: journals of others' machines, submitted copies.
func (s *Store) keepOthers(c Case, m *manifest) {
	for _, id := range m.Parents {
		r, _ := c.Revision(id)
		for _, j := range r.manifest.Journals {
			if !slices.ContainsFunc(m.Journals, func(k journalDocument) bool { return k.Author == j.Author && k.Name == j.Name }) {
				m.Journals = append(m.Journals, j)
			}
		}
		for _, a := range r.manifest.Approvals {
			if !slices.ContainsFunc(m.Approvals, func(b approvalDocument) bool { return b.Content.SHA256 == a.Content.SHA256 }) {
				m.Approvals = append(m.Approvals, a)
			}
		}
	}
}

// sendEvidence sends the files that no parent has, and their list; an unchanged list is the parent's.
func (s *Store) sendEvidence(c Case, o Order, m *manifest, d *sender) error {
	known, whole, err := s.known(c, o, d)
	if err != nil {
		return err
	}
	listed := false
	list := make([]fileDocument, len(o.Files))
	for i, f := range o.Files {
		k, same := known[f.Path]
		same = same && k.Size == f.Size && k.ModTime.Equal(f.ModTime)
		if !listed && !(same && whole) {
			if err := d.list(); err != nil {
				return err
			}
			listed = true
		}
		b := k.blob
		if same && d.hasAll(b) {
			d.tell(f.Size)
		} else if b, err = sendFile(d, o, f); err != nil {
			return fmt.Errorf("%s: %w", f.Path, err)
		}
		list[i] = fileDocument{f.Path, f.ModTime.Unix(), int64(f.ModTime.Nanosecond()), b.Size, b.SHA256, b.Parts}
	}
	slices.SortFunc(list, func(a, b fileDocument) int { return strings.Compare(a.Path, b.Path) })
	data, err := packed(list)
	if err != nil {
		return err
	}
	for _, id := range o.Parents {
		if r, ok := c.Revision(id); ok && r.manifest.Evidence.SHA256 == Hash(data) && d.hasAll(r.manifest.Evidence) && d.hasAll(r.manifest.Database) {
			m.Evidence, m.Database = r.manifest.Evidence, r.manifest.Database
			return nil
		}
	}
	if m.Evidence, err = d.send(bytes.NewReader(data)); err != nil {
		return err
	}
	database, err := o.Database()
	if err == nil {
		database, err = zipped(database)
	}
	if err == nil {
		m.Database, err = d.send(bytes.NewReader(database))
	}
	return err
}

// known gives the files of the parents. whole tells that all their objects are in the vault: not so of revisions that were old when
// the case went on in this one.
func (s *Store) known(c Case, o Order, d *sender) (files map[string]File, whole bool, err error) {
	files, whole = map[string]File{}, true
	v := c.vaults[0]
	for _, id := range o.Parents {
		r, ok := c.Revision(id)
		if !ok {
			continue
		}
		list, err := s.Evidence(d.ctx, c, r)
		if err != nil {
			return nil, false, err
		}
		for _, f := range list {
			files[f.Path] = f
		}
		if r.in != v || slices.ContainsFunc(v.Carried, func(carried string) bool { return carried != id && c.Before(id, carried) }) {
			whole = false
			continue
		}
		for _, f := range list {
			d.knows(f.blob)
		}
		for _, b := range r.manifest.blobs() {
			d.knows(b)
		}
	}
	return files, whole, nil
}

func sendFile(d *sender, o Order, f File) (blob, error) {
	r, err := o.Open(f.Path)
	if err != nil {
		return blob{}, err
	}
	defer r.Close()
	return d.send(r)
}
