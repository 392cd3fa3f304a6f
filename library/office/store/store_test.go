package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"butluc/library/office/place"
	"butluc/library/office/place/placetest"
	"butluc/library/office/roster"
)

// Two prosecutors work on one case, apart for weeks, and a superior looks on.
func TestTwoLaptopsMeetAndNothingIsLost(t *testing.T) {
	each := placetest.Each
	if os.Getenv("BUTLUC_TORTURE") != "" {
		each = placetest.EachAndSamba
	}
	each(t, func(t *testing.T, s placetest.Server) {
		o := newOffice(t, s)
		o.hoa.publish()
		o.grant(o.tuan, roster.Edit)
		o.grant(o.tren, roster.Read)
		dir := o.tuan.fetch()
		for name, want := range o.hoa.files {
			if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != want {
				t.Errorf("%s: %d bytes, %v; want %d", name, len(got), err, len(want))
			}
		}
		if o.tuan.outline != "đề cương 1" {
			t.Errorf("fetched the outline %q", o.tuan.outline)
		}

		o.hoa.outline, o.tuan.outline = "đề cương của Hòa", "đề cương của Tuấn"
		o.tuan.files["loi khai.pdf"] = "tài liệu mới"
		o.hoa.publish()
		met := o.tuan.publish()
		if len(met.Case.Heads) != 2 {
			t.Fatalf("after both published there are %d newest revisions, want 2", len(met.Case.Heads))
		}
		for _, p := range []*person{o.hoa, o.tuan, o.tren, o.minh} {
			if got := p.outlines(); !slices.Equal(got, []string{"đề cương của Hòa", "đề cương của Tuấn"}) {
				t.Errorf("%s sees %q", p.me.Card().Name, got)
			}
		}

		o.hoa.outline, o.hoa.base = "cả hai", []string{met.Case.Heads[0].ID, met.Case.Heads[1].ID}
		o.hoa.files["loi khai.pdf"] = "tài liệu mới"
		if c := o.hoa.publish().Case; len(c.Heads) != 1 || len(c.Revisions) != 4 {
			t.Fatalf("after they were brought together: %d newest of %d", len(c.Heads), len(c.Revisions))
		}
		c, err := o.tuan.look()
		if err != nil {
			t.Fatal(err)
		}
		r, ok := c.Revision(met.Revision.ID[:8])
		if data, err := o.tuan.open().Outline(t.Context(), c, r); !ok || err != nil || string(data) != "đề cương của Tuấn" {
			t.Errorf("the version that was not taken is %q, %v", data, err)
		}
	})
}

func TestAnEditSendsKilobytes(t *testing.T) {
	o := newOffice(t, placetest.Folder(t))
	for i := range 2000 {
		o.hoa.files[fmt.Sprintf("Tập %d/trang %d.jpg", i/200, i)] = fmt.Sprint("trang ", i)
	}
	o.hoa.publish()
	var m *metered
	o.hoa.wrapped = func(p place.Place) place.Place { m = &metered{Place: p, left: -1}; return m }
	o.hoa.outline = "đề cương 2"
	o.hoa.publish()
	// The outline, the revision, a line of the log; the list of files, which is read, has 90 bytes a file.
	if m.puts != 3 || m.bytes > 400_000 {
		t.Errorf("an edit sent %d objects, and moved %d bytes both ways", m.puts, m.bytes)
	}
	m = nil
	o.hoa.files["Tập 1/trang mới.jpg"] = "trang mới"
	o.hoa.publish()
	if m.puts > 6 {
		t.Errorf("a new file sent %d objects", m.puts)
	}
}

// Who can read all that is in the place and no key learns no name of a case, a person or a file.
func TestAnOutsiderLearnsNoName(t *testing.T) {
	placetest.Each(t, func(t *testing.T, s placetest.Server) {
		o := newOffice(t, s)
		o.hoa.publish()
		o.grant(o.tuan, roster.Edit)
		o.tuan.fetch()
		found, read := 0, 0
		err := filepath.WalkDir(s.Dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			read++
			for _, secret := range []string{"Tèo", "Nguyễn", "Hòa", "Minh", "VKSND", "khu vực", "anh.jpg", "ban k", "Tap 1", "hiện trường", "đề cương", caseID, "journal", o.hoa.id(), "AGE-SECRET"} {
				if strings.Contains(path+string(data), secret) {
					t.Errorf("%s tells %q", path, secret)
					found++
				}
			}
			return err
		})
		if err != nil || read < 10 {
			t.Fatalf("%d files read, %v", read, err)
		}
	})
}

func TestWhoMayNotReadCanNot(t *testing.T) {
	o := newOffice(t, placetest.Folder(t))
	o.hoa.publish()
	for _, p := range []*person{o.tuan, o.lan, o.tren} {
		if _, err := p.look(); !errors.Is(err, ErrNoCase) {
			t.Errorf("%s: %v", p.me.Card().Name, err)
		}
		list, closed, err := p.open().Cases(t.Context())
		if len(list) != 0 || closed != 1 || err != nil {
			t.Errorf("%s: lists %d, and %d for others, %v", p.me.Card().Name, len(list), closed, err)
		}
	}
	if _, err := o.minh.look(); err != nil {
		t.Errorf("the head can't open a case of the office: %v", err)
	}
	stranger := newPerson(t, o.server, "Người Lạ", o.hoa.clock)
	if _, err := stranger.tryOpen(); !errors.Is(err, ErrStranger) {
		t.Errorf("a stranger opens the store: %v", err)
	}
}

// A revision of somebody who may read only is there to see, and nobody takes it.
func TestWhoMayNotEditIsNotTaken(t *testing.T) {
	o := newOffice(t, placetest.Folder(t))
	o.hoa.publish()
	o.grant(o.lan, roster.Edit)
	o.lan.fetch()
	s := o.lan.open()
	o.grant(o.lan, roster.Read)
	if _, err := o.lan.tryPublish(t.Context()); !errors.Is(err, ErrRight) {
		t.Errorf("published without the right: %v", err)
	}
	// A program that does not ask: it still has the roster from before.
	o.lan.outline = "đề cương giả"
	if _, err := s.Publish(t.Context(), o.lan.order()); err != nil {
		t.Fatal(err)
	}
	c, err := o.hoa.look()
	if err != nil {
		t.Fatal(err)
	}
	last := c.Revisions[len(c.Revisions)-1]
	if len(c.Heads) != 1 || c.Heads[0].Author.Name != "Nguyễn Thị Hòa" || last.Standing != Refused || last.Author.Name != "Phạm Thị Lan" {
		t.Errorf("newest %v; last is %s's, %s", c.Heads, last.Author.Name, last.Standing)
	}
	if _, err := o.hoa.open().Fetch(t.Context(), c, last, t.TempDir(), nil); !errors.Is(err, ErrRight) {
		t.Errorf("it is taken: %v", err)
	}
}

// What a removed member did before stays; the case goes on under a key that they have not.
func TestARemovedMemberReadsNothingThatComesAfter(t *testing.T) {
	placetest.Each(t, func(t *testing.T, s placetest.Server) {
		o := newOffice(t, s)
		o.hoa.publish()
		o.grant(o.tuan, roster.Edit)
		o.tuan.fetch()
		o.tuan.outline = "đề cương của Tuấn"
		o.tuan.publish()
		tuan := o.tuan.open() // goes on as if nothing had happened
		before, err := tuan.Case(t.Context(), caseID)
		if err != nil {
			t.Fatal(err)
		}
		o.hoa.fetch()
		o.change(func(r roster.Roster) (roster.Roster, error) { return r.Without(o.tuan.id()) })
		if s, err := o.tuan.tryOpen(); err != nil || !s.Newer() {
			t.Errorf("a removed member is not told that there is a newer roster: %v", err)
		}
		newcomer := newPerson(t, s, "Vũ Mới", o.hoa.clock)
		if _, err := newcomer.tryOpen(); !errors.Is(err, ErrStranger) {
			t.Errorf("somebody who is in no roster opens the store: %v", err)
		}
		o.hoa.outline = "bí mật"
		done := o.hoa.publish()
		if !done.Rekeyed || len(done.Case.Revisions) != 3 || len(done.Case.Heads) != 1 {
			t.Fatalf("the key was changed: %v; %d revisions, %d newest", done.Rekeyed, len(done.Case.Revisions), len(done.Case.Heads))
		}
		after, err := tuan.Case(t.Context(), caseID)
		if err == nil && len(after.Revisions) > len(before.Revisions) {
			t.Error("the removed member sees what came after")
		}
		for _, v := range before.vaults {
			if _, err := tuan.Outline(t.Context(), Case{vaults: []*vault{v}}, done.Revision); err == nil {
				t.Error("the removed member reads what came after")
			}
		}
		if _, err := tuan.Outline(t.Context(), done.Case, done.Revision); err != nil {
			t.Errorf("this test proves nothing, for with the key it can be read: %v", err)
		}
		// The others go on, with all that there was.
		if got := o.minh.outlines(); !slices.Equal(got, []string{"bí mật"}) {
			t.Errorf("the head sees %q", got)
		}
		o.minh.fetch()
		if c, _ := o.minh.look(); c.Revisions[1].Standing != Counts || c.Revisions[1].Author.Name != "Lê Anh Tuấn" {
			t.Error("what the removed member did before is not taken any more")
		}
	})
}

// Somebody who was away has the old vault in mind, and publishes there while the case goes over.
func TestACaseThatWentOnIsFound(t *testing.T) {
	o := newOffice(t, placetest.Folder(t))
	o.hoa.publish()
	o.grant(o.tuan, roster.Edit)
	o.tuan.fetch()
	o.grant(o.lan, roster.Read)
	o.grant(o.lan, roster.None)
	c, err := o.minh.look()
	if err != nil || !c.Stale {
		t.Fatalf("stale %v, %v", c.Stale, err)
	}
	if _, err := o.minh.open().Rekey(t.Context(), c, nil); err != nil {
		t.Fatal(err)
	}
	o.tuan.outline, o.tuan.files["moi.pdf"] = "đề cương của Tuấn", "mới"
	o.tuan.publish()
	if got := o.hoa.outlines(); !slices.Equal(got, []string{"đề cương của Tuấn"}) {
		t.Errorf("the owner sees %q", got)
	}
	o.hoa.fetch()
	if o.hoa.files["moi.pdf"] != "mới" || len(o.hoa.files) != 4 {
		t.Errorf("fetched %d files", len(o.hoa.files))
	}
}

func TestTheLogTellsWhoOpenedWhat(t *testing.T) {
	o := newOffice(t, placetest.Folder(t))
	o.hoa.publish()
	o.grant(o.tren, roster.Read)
	o.tren.fetch()
	o.tren.fetch()
	o.hoa.outline = "đề cương 2"
	o.hoa.publish()
	told := func() string {
		c, err := o.minh.look()
		if err != nil {
			t.Fatal(err)
		}
		lines, bad, err := o.minh.open().Log(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, l := range lines {
			text += fmt.Sprintf("%s %s %d gap=%v; ", l.Author.Name, l.Action, l.Number, l.Gap)
		}
		return fmt.Sprint(text, bad, " bad")
	}
	want := "Nguyễn Thị Hòa publish 1 gap=false; Đỗ Văn Trên fetch 1 gap=false; Đỗ Văn Trên fetch 2 gap=false; Nguyễn Thị Hòa publish 2 gap=false; 0 bad"
	if got := told(); got != want {
		t.Errorf("the log tells\n%s\nwant\n%s", got, want)
	}
	gone, _ := filepath.Glob(filepath.Join(o.server.Dir, "c/*/m/l-*-00000001"))
	for _, path := range gone {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	if got := told(); strings.Count(got, "gap=true") != 2 {
		t.Errorf("two lines were taken out; the log tells\n%s", got)
	}
}
