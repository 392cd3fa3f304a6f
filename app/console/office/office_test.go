package office_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"butluc/app/console/consoletest"
	"butluc/app/console/event"
	"butluc/app/console/job"
	"butluc/app/console/notice"
	"butluc/app/console/office"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/librarytest"
	"butluc/library/office/answer"
	"butluc/library/office/identity"
	"butluc/library/office/place"
	"butluc/library/office/share"
)

// desk is a window with an open case, and the office's store in it.
type desk struct {
	*office.Office
	t       *testing.T
	loop    *consoletest.Loop
	notices *notice.Bar
	jobs    *job.Runner
	c       *casefile.Case
	running bool
	opened  string
	again   func() *office.Office // the store in a window that has just begun
}

func newDesk(t *testing.T, key *identity.Identity, dir string) *desk {
	t.Helper()
	d := &desk{t: t, loop: consoletest.NewLoop(t)}
	lang := i18n.NewLocalizer("en")
	events := event.New(d.loop.Post, event.Hooks{Waits: func() event.Wait { return event.Nobody }, Gather: func() event.Topic { return 0 }, Wish: func() {}})
	d.notices = notice.New(events, lang)
	d.jobs = job.New(events, d.notices, lang)
	home := identity.Home{Dir: t.TempDir()}
	if key != nil {
		if err := os.WriteFile(filepath.Join(home.Dir, "identity.card"), []byte(key.Card().Text()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if dir != "" {
		c, err := casefile.Open(context.Background(), dir, casefile.Options{DataDir: t.TempDir(), NoWatch: true, Eager: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		if err := c.Wait(context.Background()); err != nil {
			t.Fatal(err)
		}
		d.c = c
	}
	var me *identity.Identity
	o := office.Options{
		Home: home, Stores: share.Stores{Dir: t.TempDir()},
		Fetched: func() (casefile.Options, error) { return casefile.Options{DataDir: t.TempDir()}, nil },
	}
	deps := office.Deps{
		Lang: lang, Events: events, Jobs: d.jobs, Notices: d.notices,
		File: func() *casefile.Case { return d.c }, Running: func() bool { return d.running }, Open: func(dir string) { d.opened = dir },
		Me: func() *identity.Identity { return me }, Unlock: func(_ string, done func(error)) { me = key; done(nil) },
	}
	d.again = func() *office.Office { return office.New(o, deps) }
	d.Office = d.again()
	d.Load()
	if key != nil {
		d.loop.Until("the key's card", func() bool { return d.Need() != office.NeedKey })
	}
	return d
}

// idle waits until nothing is done.
func (d *desk) idle() {
	d.t.Helper()
	d.loop.Until("the end of the work", func() bool { _, busy := d.jobs.Now(); return !busy })
}

func key(t *testing.T, name string) *identity.Identity {
	t.Helper()
	i, err := identity.New(identity.Person{Name: name, Office: "VKSND khu vực 3"}, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func caseDir(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "vu an")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "BL 1-9.pdf"), []byte("bản cáo trạng"), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// What is missing is told one after another, and nothing is done before it is there.
func TestWhatIsMissingIsToldInOrder(t *testing.T) {
	if d := newDesk(t, nil, ""); d.Need() != office.NeedKey {
		t.Errorf("without a key it needs %v", d.Need())
	}
	d := newDesk(t, key(t, "Trần Văn Minh"), caseDir(t))
	if d.Need() != office.NeedUnlock {
		t.Fatalf("with a locked key it needs %v", d.Need())
	}
	d.Publish() // no store, no key: nothing to do
	d.Unlock("", func(error) {})
	if d.Need() != office.NeedStore {
		t.Fatalf("without a store it needs %v", d.Need())
	}
	var failed error
	d.Add("Kho", place.Address(t.TempDir()), place.Account{}, false, func(err error) { failed = err })
	d.idle()
	if failed == nil || !strings.Contains(d.notices.Now().Text, "no store at this address") {
		t.Errorf("a folder without a store: %v, told %q", failed, d.notices.Now().Text)
	}
	d.Add("Kho", place.Address(t.TempDir()), place.Account{}, true, func(err error) { failed = err })
	d.idle()
	if failed != nil || d.Need() != office.NeedLook {
		t.Errorf("made a store: %v, needs %v", failed, d.Need())
	}
}

// A case goes into the store, is edited here and by another, and a person chooses; in a trial nothing of it runs.
func TestACaseGoesToTheStoreAndBack(t *testing.T) {
	minh, kho := key(t, "Trần Văn Minh"), place.Address(t.TempDir())
	d := newDesk(t, minh, caseDir(t))
	d.Unlock("", func(error) {})
	d.Add("Kho", kho, place.Account{}, true, func(error) {})
	d.idle()
	if err := d.c.Edit(d.c.Snapshot().Outline.ReplaceWith(librarytest.Small(t))); err != nil {
		t.Fatal(err)
	}
	d.running = true
	d.Publish()
	if _, busy := d.jobs.Now(); busy || !strings.Contains(d.notices.Now().Text, "In a trial") {
		t.Fatalf("it is put in during a trial: %q", d.notices.Now().Text)
	}
	d.running = false
	d.Publish()
	d.idle()
	rows, _ := d.Rows()
	if len(rows) != 1 || rows[0].State != share.StateSame || rows[0].Owner != "Trần Văn Minh" {
		t.Fatalf("the store has %+v", rows)
	}

	other := newDesk(t, minh, "") // the same person's other machine
	other.Unlock("", func(error) {})
	other.Add("Kho", kho, place.Account{}, false, func(error) {})
	other.idle()
	other.Look()
	other.idle()
	rows, _ = other.Rows()
	below := t.TempDir()
	other.Fetch(rows[0].Case, below)
	other.idle()
	if other.opened != filepath.Join(below, office.FolderName(rows[0].Case)) {
		t.Fatalf("opened %q, told %q", other.opened, other.notices.Now().Text)
	}
	there, err := casefile.Open(context.Background(), other.opened, casefile.Options{DataDir: t.TempDir(), NoWatch: true, Eager: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = there.Close() })
	other.c = there
	say := func(c *casefile.Case, words string) {
		s, _ := c.Snapshot().Outline.Step("a1")
		s.Say = words
		if err := c.Edit(c.Snapshot().Outline.Set(s)); err != nil {
			t.Fatal(err)
		}
	}
	say(d.c, "ở bàn làm việc")
	say(there, "ở nhà")
	other.Publish()
	other.idle()
	var apart *share.Apart
	d.Update(share.ChooseNone, func(a *share.Apart) { apart = a })
	d.idle()
	if apart == nil || len(apart.Clashes) != 1 {
		t.Fatalf("they differ by %+v, told %q", apart, d.notices.Now().Text)
	}
	d.Update(share.ChooseTheirs, func(*share.Apart) { t.Error("asked twice") })
	d.idle()
	rows, _ = d.Rows()
	if s, _ := d.c.Snapshot().Outline.Step(library.ID("a1")); s.Say != "ở nhà" || rows[0].State != share.StateSame || len(rows[0].Revisions) != 4 {
		t.Errorf("it says %q, is %s, with %d revisions", s.Say, rows[0].State, len(rows[0].Revisions))
	}
}

// An answer goes to the store that its case came from, also where nobody looked at the section of the store since the program began.
func TestAnAnswerFindsItsStore(t *testing.T) {
	minh := key(t, "Trần Văn Minh")
	d := newDesk(t, minh, caseDir(t))
	d.Unlock("", func(error) {})
	d.Add("Kho", place.Address(t.TempDir()), place.Account{}, true, func(error) {})
	d.idle()
	d.Publish()
	d.idle()
	rows, _ := d.Rows()
	if len(rows) != 1 {
		t.Fatalf("the store has %d cases", len(rows))
	}
	a := answer.To(rows[0].ID, library.Approval{Number: 1, SHA256: strings.Repeat("0", 64)})
	a.Verdict = answer.Approved
	s, err := a.Sign(minh, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	store := d.Stores()[0].Store
	again := d.again() // as the program begins
	for _, c := range []struct {
		store string
		ok    bool
	}{{store, true}, {"another", false}} {
		var got error
		done := false
		again.Answer(s, c.store, func(err error) { got, done = err, true })
		d.loop.Until("what became of it", func() bool { return done })
		if (got == nil) != c.ok {
			t.Errorf("to store %q: %v", c.store, got)
		}
	}
}
