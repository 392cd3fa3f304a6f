package share_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/librarytest"
	"butluc/library/office/identity"
	"butluc/library/office/place/placetest"
	"butluc/library/office/roster"
	"butluc/library/office/share"
	"butluc/library/office/store"
)

// laptop is a person's machine: their key, the store as they know it, and their case.
type laptop struct {
	t      *testing.T
	server placetest.Server
	me     *identity.Identity
	memory store.Memory
	data   string
	c      *casefile.Case
}

func newLaptop(t *testing.T, s placetest.Server, name string) *laptop {
	t.Helper()
	i, err := identity.New(identity.Person{Name: name, Office: "VKSND khu vực 3"}, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	must(t, err)
	return &laptop{t: t, server: s, me: i, data: t.TempDir()}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (l *laptop) id() string { return l.me.Card().Fingerprint() }

func (l *laptop) options() casefile.Options {
	return casefile.Options{DataDir: l.data, NoWatch: true, Eager: true}
}

func (l *laptop) openCase(dir string) {
	l.t.Helper()
	c, err := casefile.Open(context.Background(), dir, l.options())
	must(l.t, err)
	l.t.Cleanup(func() { _ = c.Close() })
	must(l.t, c.Wait(context.Background()))
	l.c = c
}

func (l *laptop) store() *store.Store {
	l.t.Helper()
	s, err := store.Open(l.t.Context(), l.server.Open(l.t), l.me, l.memory, store.Options{Cache: filepath.Join(l.data, "cache")})
	must(l.t, err)
	l.memory = s.Memory()
	return s
}

func (l *laptop) publish() share.Published {
	l.t.Helper()
	p, err := share.Publish(l.t.Context(), l.store(), l.c, "", nil)
	must(l.t, err)
	return p
}

func (l *laptop) only() store.Case {
	l.t.Helper()
	list, _, err := l.store().Cases(l.t.Context())
	must(l.t, err)
	if len(list) != 1 {
		l.t.Fatalf("%s sees %d cases", l.me.Card().Name, len(list))
	}
	return list[0]
}

// fetch takes the case into a folder of this laptop and opens it.
func (l *laptop) fetch() {
	l.t.Helper()
	in := l.only()
	dir := filepath.Join(l.t.TempDir(), "vụ án")
	must(l.t, share.Fetch(l.t.Context(), l.store(), in, in.Heads[0], dir, l.options(), nil))
	l.openCase(dir)
}

func (l *laptop) edit(change func(library.Outline) library.Edit) {
	l.t.Helper()
	must(l.t, l.c.Edit(change(l.c.Snapshot().Outline)))
}

// retitle changes what a step says.
func (l *laptop) say(step library.ID, words string) {
	l.t.Helper()
	l.edit(func(o library.Outline) library.Edit {
		s, _ := o.Step(step)
		s.Say = words
		return o.Set(s)
	})
}

func (l *laptop) says(step library.ID) string {
	s, _ := l.c.Snapshot().Outline.Step(step)
	return s.Say
}

func (l *laptop) state() share.State {
	l.t.Helper()
	state, err := share.StateOf(l.c, l.store().ID(), l.only())
	must(l.t, err)
	return state
}

func (l *laptop) update(choice share.Choice) (share.Updated, error) {
	return share.Update(l.t.Context(), l.store(), l.c, choice, nil)
}

// two are Hòa, whose case is in the store, and Tuấn, who fetched it.
func two(t *testing.T, s placetest.Server) (hoa, tuan *laptop, head *laptop) {
	t.Helper()
	head, hoa, tuan = newLaptop(t, s, "Trần Văn Minh"), newLaptop(t, s, "Nguyễn Thị Hòa"), newLaptop(t, s, "Lê Anh Tuấn")
	made, err := store.Create(t.Context(), s.Open(t), head.me, store.Options{})
	must(t, err)
	dir := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(dir, "Tập 1"), 0o700))
	must(t, os.WriteFile(filepath.Join(dir, "Tập 1", "BL 1-9.pdf"), []byte("bản kết luận điều tra"), 0o600))
	must(t, os.WriteFile(filepath.Join(dir, "ảnh.jpg"), []byte("hiện trường"), 0o600))
	hoa.openCase(dir)
	hoa.c.SetTitle("Vụ Bùi Quang Khải")
	hoa.edit(func(o library.Outline) library.Edit { return o.ReplaceWith(librarytest.Small(t)) })
	must(t, made.SetRoster(t.Context(), func(r roster.Roster) (roster.Roster, error) {
		r, err := r.With(hoa.me.Card(), roster.RoleProsecutor)
		if err == nil {
			r, err = r.With(tuan.me.Card(), roster.RoleProsecutor)
		}
		if err == nil {
			r, err = r.Granting(hoa.c.Snapshot().Case.ID, tuan.id(), roster.Edit)
		}
		return r, err
	}))
	hoa.publish()
	tuan.fetch()
	return hoa, tuan, head
}

func TestAFetchedCaseIsTheOneThatWasPublished(t *testing.T) {
	placetest.Each(t, func(t *testing.T, s placetest.Server) {
		hoa, tuan, head := two(t, s)
		was, is := hoa.c.Snapshot(), tuan.c.Snapshot()
		if is.Case.ID != was.Case.ID || is.Case.Title != was.Case.Title || len(is.Outline.Since(was.Outline)) > 0 {
			t.Errorf("fetched %q %q, %d differences", is.Case.ID, is.Case.Title, len(is.Outline.Since(was.Outline)))
		}
		for i, f := range was.Case.Files {
			if got := is.Case.Files[i]; got.Path != f.Path || got.SHA256 != f.SHA256 || !got.ModTime.Equal(f.ModTime) {
				t.Errorf("%s is %+v", f.Path, got)
			}
		}
		if hoa.state() != share.StateSame || tuan.state() != share.StateSame {
			t.Errorf("the case is %s and %s", hoa.state(), tuan.state())
		}
		hoa.say("a1", "bị cáo khai thế nào?")
		if hoa.state() != share.StateMine || tuan.state() != share.StateSame {
			t.Errorf("after an edit it is %s and %s", hoa.state(), tuan.state())
		}
		hoa.publish()
		if hoa.state() != share.StateSame || tuan.state() != share.StateTheirs {
			t.Errorf("after it was published it is %s and %s", hoa.state(), tuan.state())
		}
		if u, err := tuan.update(share.ChooseNone); err != nil || len(u.From) != 1 || tuan.says("a1") != "bị cáo khai thế nào?" || tuan.state() != share.StateSame {
			t.Errorf("updated to %q, %s, %v", tuan.says("a1"), tuan.state(), err)
		}
		if label, ok := tuan.c.Undo(); !ok || tuan.says("a1") != "" {
			t.Errorf("the update can't be undone: %q", label)
		}
		head.fetch()
	})
}

// Both edit for weeks and meet, and each choice keeps both versions.
func TestTwoVersionsAreBroughtTogether(t *testing.T) {
	for _, choice := range []share.Choice{share.ChooseMine, share.ChooseTheirs, share.ChooseMerge} {
		t.Run(string(choice), func(t *testing.T) {
			hoa, tuan, _ := two(t, placetest.Folder(t))
			hoa.say("a1", "của Hòa")
			hoa.say("a2", "của Hòa")
			tuan.say("a1", "của Tuấn")
			tuan.say("b1", "của Tuấn")
			must(t, os.WriteFile(filepath.Join(hoa.c.Dir(), "lời khai.pdf"), []byte("lời khai của Hòa"), 0o600))
			must(t, os.WriteFile(filepath.Join(tuan.c.Dir(), "lời khai.pdf"), []byte("lời khai của Tuấn"), 0o600))
			hoa.publish()
			if tuan.state() != share.StateBoth {
				t.Errorf("the case is %s", tuan.state())
			}
			if _, err := tuan.update(share.ChooseNone); !errors.Is(err, share.ErrApart) || tuan.says("a1") != "của Tuấn" {
				t.Fatalf("updated over an edit: %v, %q", err, tuan.says("a1"))
			}
			look, err := share.Look(t.Context(), tuan.store(), tuan.c, tuan.only())
			if err != nil || len(look.Mine) != 2 || len(look.Others) != 2 || len(look.Clashes) != 1 || look.Theirs.Author.Name != "Nguyễn Thị Hòa" {
				t.Fatalf("they differ by %+v, %v", look, err)
			}
			u, err := tuan.update(choice)
			must(t, err)
			want := map[share.Choice][3]string{
				share.ChooseMine: {"của Tuấn", "", "của Tuấn"}, share.ChooseTheirs: {"của Hòa", "của Hòa", ""}, share.ChooseMerge: {"của Tuấn", "của Hòa", "của Tuấn"},
			}[choice]
			if got := [3]string{tuan.says("a1"), tuan.says("a2"), tuan.says("b1")}; got != want {
				t.Errorf("it is %q, want %q", got, want)
			}
			if len(u.Beside) != 1 {
				t.Errorf("written beside: %q", u.Beside)
			}
			if data, _ := os.ReadFile(filepath.Join(tuan.c.Dir(), "lời khai.pdf")); string(data) != "lời khai của Tuấn" {
				t.Errorf("an original was replaced by %q", data)
			}
			_, err = hoa.update(share.ChooseNone)
			must(t, err)
			if got := [3]string{hoa.says("a1"), hoa.says("a2"), hoa.says("b1")}; got != want || hoa.state() != share.StateSame {
				t.Errorf("Hòa has %q, %s", got, hoa.state())
			}
			in := hoa.only()
			if len(in.Heads) != 1 || len(in.Revisions) != 4 {
				t.Errorf("%d newest of %d revisions", len(in.Heads), len(in.Revisions))
			}
			kept := map[string]bool{}
			for _, r := range in.Revisions {
				data, err := hoa.store().Outline(t.Context(), in, r)
				must(t, err)
				o, err := library.DecodeOutline(data)
				must(t, err)
				a1, _ := o.Step("a1")
				a2, _ := o.Step("a2")
				kept[a1.Say+"/"+a2.Say] = true
			}
			if !kept["của Hòa/của Hòa"] || !kept["của Tuấn/"] {
				t.Errorf("a version is lost: %v", kept)
			}
		})
	}
}

// Submitted copies and journals go along; two with one number are both kept.
func TestSubmittedCopiesGoAlong(t *testing.T) {
	hoa, tuan, _ := two(t, placetest.Folder(t))
	first, err := hoa.c.Submit()
	must(t, err)
	tuan.say("b1", "của Tuấn")
	second, err := tuan.c.Submit()
	must(t, err)
	hoa.publish()
	_, err = tuan.update(share.ChooseMerge)
	must(t, err)
	shared, err := tuan.c.Share()
	must(t, err)
	var sums []string
	for _, a := range shared.Approvals {
		sums = append(sums, a.SHA256)
	}
	if len(sums) != 2 || !slices.Contains(sums, first.SHA256) || !slices.Contains(sums, second.SHA256) {
		t.Errorf("submitted copies here: %q; want %q and %q", sums, first.SHA256, second.SHA256)
	}
}

// Who may only read takes what is new, and their own outline is kept aside.
func TestAReadersOwnOutlineIsKept(t *testing.T) {
	hoa, tuan, head := two(t, placetest.Folder(t))
	must(t, head.store().SetRoster(t.Context(), func(r roster.Roster) (roster.Roster, error) {
		return r.Granting(hoa.c.Snapshot().Case.ID, tuan.id(), roster.Read)
	}))
	tuan.say("a1", "của Tuấn")
	if _, err := share.Publish(t.Context(), tuan.store(), tuan.c, "", nil); !errors.Is(err, store.ErrRight) {
		t.Errorf("published without the right: %v", err)
	}
	hoa.say("a1", "của Hòa")
	hoa.publish()
	u, err := tuan.update(share.ChooseTheirs)
	must(t, err)
	data, err := os.ReadFile(u.Aside)
	must(t, err)
	o, err := library.DecodeOutline(data)
	must(t, err)
	if s, _ := o.Step("a1"); s.Say != "của Tuấn" || tuan.says("a1") != "của Hòa" || tuan.state() != share.StateSame {
		t.Errorf("aside %q, here %q, %s", s.Say, tuan.says("a1"), tuan.state())
	}
}
