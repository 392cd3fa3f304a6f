package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"butluc/library/office/identity"
	"butluc/library/office/place"
	"butluc/library/office/place/placetest"
	"butluc/library/office/roster"
)

// person is somebody with a laptop: an identity, what they remember of the store, and a case.
type person struct {
	t       testing.TB
	server  placetest.Server
	me      *identity.Identity
	memory  Memory
	cache   string
	clock   *time.Time
	wrapped func(place.Place) place.Place

	files   map[string]string
	outline string
	journal string
	vault   string
	base    []string
}

// office is a store with people around it: Minh is its head.
type office struct {
	t                          testing.TB
	server                     placetest.Server
	minh, hoa, tuan, lan, tren *person
}

const caseID = "vu-an-42"

func newPerson(t testing.TB, s placetest.Server, name string, clock *time.Time) *person {
	t.Helper()
	i, err := identity.New(identity.Person{Name: name, Office: "VKSND khu vực 3"}, *clock)
	if err != nil {
		t.Fatal(err)
	}
	return &person{t: t, server: s, me: i, cache: t.TempDir(), clock: clock}
}

func newOffice(t testing.TB, s placetest.Server) *office {
	t.Helper()
	clock := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	o := &office{t: t, server: s}
	for name, p := range map[string]**person{"Trần Văn Minh": &o.minh, "Nguyễn Thị Hòa": &o.hoa, "Lê Anh Tuấn": &o.tuan, "Phạm Thị Lan": &o.lan, "Đỗ Văn Trên": &o.tren} {
		*p = newPerson(t, s, name, &clock)
	}
	head, err := Create(t.Context(), o.minh.place(), o.minh.me, o.minh.options())
	if err != nil {
		t.Fatal(err)
	}
	o.minh.memory = head.Memory()
	o.change(func(r roster.Roster) (roster.Roster, error) {
		for p, role := range map[*person]roster.Role{o.hoa: roster.RoleProsecutor, o.tuan: roster.RoleProsecutor, o.lan: roster.RoleAssistant, o.tren: roster.RoleSuperior} {
			if r, err = r.With(p.me.Card(), role); err != nil {
				return r, err
			}
		}
		return r, nil
	})
	o.hoa.files = map[string]string{
		"Tap 1/ban kết luận điều tra.pdf": strings.Repeat("Bị can Nguyễn Văn Tèo ", 1000), "anh.jpg": "hiện trường", "rong.txt": "",
	}
	o.hoa.outline, o.hoa.journal = "đề cương 1", "dòng 1\n"
	return o
}

func (o *office) change(change func(roster.Roster) (roster.Roster, error)) {
	o.t.Helper()
	if err := o.minh.open().SetRoster(o.t.Context(), change); err != nil {
		o.t.Fatal(err)
	}
}

func (o *office) grant(p *person, right roster.Right) {
	o.t.Helper()
	o.change(func(r roster.Roster) (roster.Roster, error) { return r.Granting(caseID, p.id(), right) })
}

func (p *person) id() string { return p.me.Card().Fingerprint() }

func (p *person) place() place.Place {
	pl := p.server.Open(p.t)
	if p.wrapped != nil {
		pl = p.wrapped(pl)
	}
	return pl
}

func (p *person) options() Options {
	return Options{Cache: p.cache, Now: func() time.Time { *p.clock = p.clock.Add(time.Minute); return *p.clock }}
}

func (p *person) tryOpen() (*Store, error) {
	s, err := Open(p.t.Context(), p.place(), p.me, p.memory, p.options())
	if err == nil {
		p.memory = s.Memory()
	}
	return s, err
}

func (p *person) open() *Store {
	p.t.Helper()
	s, err := p.tryOpen()
	if err != nil {
		p.t.Fatalf("%s opens the store: %v", p.me.Card().Name, err)
	}
	return s
}

// order is the person's case as it is to be published.
func (p *person) order() Order {
	o := Order{Vault: p.vault, Parents: p.base, Source: Source{
		ID: caseID, Title: "Vụ Nguyễn Văn Tèo", Outline: []byte(p.outline), Journals: []Journal{{"journal.jsonl", []byte(p.journal)}},
		Open:     func(path string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(p.files[path])), nil },
		Database: func() ([]byte, error) { return fmt.Appendf(nil, "database of %d files", len(p.files)), nil },
	}}
	for _, name := range slices.Sorted(maps.Keys(p.files)) {
		o.Files = append(o.Files, File{Path: name, Size: int64(len(p.files[name])), ModTime: time.Unix(int64(len(p.files[name])), 0)})
	}
	return o
}

func (p *person) tryPublish(ctx context.Context) (Published, error) {
	s, err := p.tryOpen()
	if err != nil {
		return Published{}, err
	}
	done, err := s.Publish(ctx, p.order())
	if err == nil {
		p.vault, p.base = done.Case.vaults[0].id, []string{done.Revision.ID}
	}
	return done, err
}

func (p *person) publish() Published {
	p.t.Helper()
	done, err := p.tryPublish(p.t.Context())
	if err != nil {
		p.t.Fatalf("%s publishes: %v", p.me.Card().Name, err)
	}
	return done
}

// look gives the case as the person sees it in the store.
func (p *person) look() (Case, error) {
	s, err := p.tryOpen()
	if err != nil {
		return Case{}, err
	}
	return s.Case(p.t.Context(), caseID)
}

// fetch takes the newest revision to the person's laptop, into a new folder, whose path it gives.
func (p *person) fetch() string {
	p.t.Helper()
	c, err := p.look()
	if err != nil {
		p.t.Fatalf("%s looks for the case: %v", p.me.Card().Name, err)
	}
	dir := p.t.TempDir()
	r := c.Heads[len(c.Heads)-1]
	f, err := p.open().Fetch(p.t.Context(), c, r, dir, nil)
	if err != nil {
		p.t.Fatalf("%s fetches: %v", p.me.Card().Name, err)
	}
	p.outline, p.base, p.vault = string(f.Outline), []string{r.ID}, c.vaults[0].id
	files, err := p.open().Evidence(p.t.Context(), c, r)
	if err != nil {
		p.t.Fatal(err)
	}
	p.files = map[string]string{}
	for _, file := range files {
		var b bytes.Buffer
		if err := p.open().receive(p.t.Context(), c.vaults, file.blob, &b); err != nil {
			p.t.Fatal(err)
		}
		p.files[file.Path] = b.String()
	}
	return dir
}

// outlines are what the newest revisions hold, sorted.
func (p *person) outlines() []string {
	p.t.Helper()
	c, err := p.look()
	if err != nil {
		p.t.Fatalf("%s looks for the case: %v", p.me.Card().Name, err)
	}
	var list []string
	for _, r := range c.Heads {
		data, err := p.open().Outline(p.t.Context(), c, r)
		if err != nil {
			p.t.Fatal(err)
		}
		list = append(list, string(data))
	}
	slices.Sort(list)
	return list
}

// metered counts what goes over, and ends everything after some writes.
type metered struct {
	place.Place
	mu         sync.Mutex
	puts, gets int
	bytes      int
	left       int // writes that are let through yet; negative: all
}

var errCut = errors.New("the cable is cut")

func (m *metered) Put(ctx context.Context, name string, data []byte) error {
	m.mu.Lock()
	m.puts++
	m.bytes += len(data)
	cut := m.left == 0
	m.left--
	m.mu.Unlock()
	if cut {
		return errCut
	}
	return m.Place.Put(ctx, name, data)
}

func (m *metered) Get(ctx context.Context, name string, limit int64) ([]byte, error) {
	data, err := m.Place.Get(ctx, name, limit)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.gets++
	m.bytes += len(data)
	return data, err
}
