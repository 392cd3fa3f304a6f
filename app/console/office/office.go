// Package office is the office's store in the window: the stores that a person named, the cases of the one that is looked at, and
// what goes to and from it. Nothing here connects to anything by itself: only to that store, and only when asked. In a trial
// nothing of it runs.
package office

import (
	"context"
	"errors"
	"path/filepath"

	"butluc/app/console/event"
	"butluc/app/console/job"
	"butluc/app/console/label"
	"butluc/app/console/notice"
	"butluc/app/i18n"
	"butluc/library/casefile"
	"butluc/library/office/answer"
	"butluc/library/office/identity"
	"butluc/library/office/place"
	"butluc/library/office/roster"
	"butluc/library/office/share"
	"butluc/library/office/store"
)

// Options are what the office's store works with. Without Home there is none.
type Options struct {
	Home    identity.Home
	Stores  share.Stores
	Cache   string                           // a folder for what stores keep; "": none
	Fetched func() (casefile.Options, error) // opens what was just fetched
}

// Deps are the parts of the window that it works with.
type Deps struct {
	Lang    *i18n.Localizer
	Events  *event.Bus
	Jobs    *job.Runner
	Notices *notice.Bar
	File    func() *casefile.Case     // the open case; nil: none
	Running func() bool               // a trial
	Open    func(dir string)          // opens a case
	Me      func() *identity.Identity // the user's key; nil while it is locked
	Unlock  func(passphrase string, done func(error))
	Known   func() // the user knows somebody more
}

// Need is what is missing before cases can be listed.
type Need int

// The needs, in the order in which they are met.
const (
	NeedKey    Need = iota // the user has no key
	NeedUnlock             // the key takes its passphrase
	NeedStore              // no store was named
	NeedLook               // the store was not looked at yet
	NeedNone
)

// Row is a case of the store.
type Row struct {
	store.Case
	Owner string      // their name
	State share.State // of the open case; "" of any other
	Waits bool        // an outline of it was submitted, which nobody answered yet
	Asked bool        // the user may answer it
}

// Office is the office's store in the window. It belongs to the UI goroutine.
type Office struct {
	opt Options
	Deps

	own
	doing  string // the name of what is being done
	at     int    // which store is looked at
	open   *store.Store
	rows   []Row
	closed int
}

// New makes it. It reads no disk and no network.
func New(o Options, d Deps) *Office { return &Office{opt: o, Deps: d} }

// Load reads, behind, whether the user has a key and which stores they named.
func (o *Office) Load() { o.Loaded(func() {}) }

// Loaded does that, and goes on once it is known.
func (o *Office) Loaded(then func()) {
	o.Jobs.Go(func() {
		own := o.readOwn()
		o.Events.Post(func() {
			o.own = own
			o.at = max(0, min(o.at, len(own.known)-1))
			o.changed()
			then()
		})
	})
}

// own are the user's own files.
type own struct {
	hasKey bool
	known  []share.Known
}

func (o *Office) readOwn() own {
	_, err := o.opt.Home.Card()
	known, _ := o.opt.Stores.List() // of a folder that can't be read none is known
	return own{err == nil, known}
}

// HasCase tells whether a case is open.
func (o *Office) HasCase() bool { return o.File() != nil }

// Need tells what is missing.
func (o *Office) Need() Need {
	switch {
	case !o.hasKey:
		return NeedKey
	case o.Me() == nil:
		return NeedUnlock
	case len(o.known) == 0:
		return NeedStore
	case o.open == nil:
		return NeedLook
	}
	return NeedNone
}

// Stores are the stores that were named.
func (o *Office) Stores() []share.Known { return o.known }

// At is the store that is looked at.
func (o *Office) At() int { return o.at }

// Choose looks at another store; what was seen of the one before goes.
func (o *Office) Choose(i int) {
	o.at, o.open, o.rows, o.closed = i, nil, nil, 0
	o.changed()
}

func (o *Office) changed() { o.Events.Changed(event.ShelfChanged) }

// Rows are the cases of the store, as they were when it was last looked at. closed is how many are for others.
func (o *Office) Rows() (rows []Row, closed int) { return o.rows, o.closed }

// Warning says what is wrong with the store's roster, "" where nothing is.
func (o *Office) Warning() string {
	if o.open == nil {
		return ""
	}
	if _, behind := o.open.Roster(); behind {
		return o.Lang.T("store.roster-behind")
	}
	if o.open.Newer() {
		return o.Lang.T("store.roster-newer")
	}
	return ""
}

// run does work with the network or the disk, unless a trial runs.
func (o *Office) run(name string, work func(ctx context.Context, progress share.Progress) error, done func(error)) {
	if o.Running() {
		o.Notices.Tell("store.in-trial", true)
		return
	}
	o.doing = o.Lang.T(name)
	o.Jobs.Run(o.doing, work, func(err error) {
		if err != nil && !errors.Is(err, share.ErrApart) {
			o.Notices.TellText(o.Lang.T("store.failed", "name", o.name(), "why", label.StoreWhy(o.Lang.In(), err)), true)
		}
		done(err)
		o.changed()
	})
}

func (o *Office) name() string {
	if o.at < len(o.known) {
		return o.known[o.at].Name
	}
	return ""
}

// Stop stops what is being done, as a trial begins.
func (o *Office) Stop() {
	if j, ok := o.Jobs.Now(); ok && o.doing != "" && j.Name == o.doing {
		o.Jobs.Stop()
	}
}

// Unlock opens the user's key, by the system's keyring where passphrase is "". done gets why it did not.
func (o *Office) Unlock(passphrase string, done func(error)) {
	o.Deps.Unlock(passphrase, func(err error) {
		if err != nil {
			o.Notices.TellText(o.Lang.T("store.unlock-failed", "why", label.StoreWhy(o.Lang.In(), err)), true)
		}
		done(err)
		o.changed()
	})
}

// Add names a store, or makes one with the user as its head. done gets why it was not.
func (o *Office) Add(name string, a place.Address, who place.Account, create bool, done func(error)) {
	me := o.Me()
	var st *store.Store
	var own own
	o.run("store.adding", func(ctx context.Context, _ share.Progress) (err error) {
		st, err = o.opt.Stores.Add(ctx, name, a, who, me, o.opt.Cache, create)
		own = o.readOwn()
		return err
	}, func(err error) {
		if err == nil {
			o.own = own
			for i, k := range o.known {
				if k.Store == st.ID() {
					o.Choose(i)
				}
			}
			r, _ := st.Roster()
			o.Notices.TellText(o.Lang.T("store.added", "name", name, "head", label.Person(o.Lang.In(), r.Head()), "print", r.Head().Fingerprint()), false)
		}
		done(err)
	})
}

// Forget takes the store that is looked at off the list; the store stays.
func (o *Office) Forget() {
	if o.at >= len(o.known) {
		return
	}
	name := o.known[o.at].Name
	o.run("store.forgetting", func(context.Context, share.Progress) error { return o.opt.Stores.Forget(name) }, func(error) {
		o.Choose(0)
		o.Load()
	})
}

// visit is what a store showed.
type visit struct {
	st     *store.Store
	rows   []Row
	closed int
}

// visiting opens the store, does something in it, and lists its cases anew.
func (o *Office) visiting(name string, do func(ctx context.Context, st *store.Store, progress share.Progress) error, done func(error)) {
	if o.at >= len(o.known) || o.Me() == nil {
		return
	}
	me, k, file := o.Me(), o.known[o.at], o.File()
	var v visit
	o.run(name, func(ctx context.Context, progress share.Progress) error {
		st, err := o.opt.Stores.Open(ctx, k, me, o.opt.Cache)
		if err != nil {
			return err
		}
		did := do(ctx, st, progress)
		if did != nil && !errors.Is(did, share.ErrApart) {
			return did
		}
		v.st = st
		if v.rows, v.closed, err = list(ctx, st, file); err != nil {
			return err
		}
		return errors.Join(did, o.opt.Stores.Remember(k, st))
	}, func(err error) {
		if v.st != nil {
			o.open, o.rows, o.closed = v.st, v.rows, v.closed
		}
		o.Load()
		done(err)
	})
}

// list is what the section shows of a store.
func list(ctx context.Context, st *store.Store, file *casefile.Case) (rows []Row, closed int, err error) {
	cases, closed, err := st.Cases(ctx)
	if err != nil {
		return nil, 0, err
	}
	r, _ := st.Roster()
	for _, c := range cases {
		row := Row{Case: c, Owner: c.Owner}
		if _, waits := share.Awaiting(st, c); waits {
			row.Waits, row.Asked = true, c.Right >= roster.Comment && c.Owner != st.Me().Fingerprint()
		}
		if m, is := r.Member(c.Owner); is {
			row.Owner = m.Card.Name
		}
		if file != nil && file.Snapshot().Case.ID == c.ID {
			if row.State, err = share.StateOf(file, st.ID(), c); err != nil {
				return nil, 0, err
			}
		}
		rows = append(rows, row)
	}
	return rows, closed, nil
}

// Look lists the store's cases.
func (o *Office) Look() {
	o.visiting("store.looking", func(context.Context, *store.Store, share.Progress) error { return nil }, func(error) {})
}

// Publish puts the open case into the store as it is.
func (o *Office) Publish() {
	file := o.File()
	if file == nil {
		o.Notices.Tell("store.open-first", true)
		return
	}
	var p share.Published
	o.visiting("store.publishing", func(ctx context.Context, st *store.Store, progress share.Progress) (err error) {
		p, err = share.Publish(ctx, st, file, "", progress)
		return err
	}, func(err error) {
		if err == nil {
			o.tellPublished(p)
		}
	})
}

func (o *Office) tellPublished(p share.Published) {
	if len(p.Others) > 0 {
		r := p.Others[0]
		o.Notices.TellText(o.Lang.T("store.others-window", "name", r.Author.Name, "time", o.When(r)), true)
		return
	}
	key := "store.published"
	if p.Rekeyed {
		key = "store.published-rekeyed"
	}
	o.Notices.TellText(o.Lang.T(key, "id", p.Revision.Short(), "files", p.Revision.Files, "size", o.Lang.In().Size(p.Revision.Bytes)), false)
}

// When is when a revision was made.
func (o *Office) When(r store.Revision) string {
	in := o.Lang.In()
	return in.Date(r.Time.Local()) + " " + in.Clock(r.Time.Local())
}

// Fetch takes a case's newest revision into a folder of its own below one, and opens it.
func (o *Office) Fetch(c store.Case, below string) {
	if len(c.Heads) == 0 {
		return
	}
	dir := filepath.Join(below, FolderName(c))
	r := c.Heads[len(c.Heads)-1]
	o.visiting("store.fetching", func(ctx context.Context, st *store.Store, progress share.Progress) error {
		opt, err := o.opt.Fetched()
		if err != nil {
			return err
		}
		return share.Fetch(ctx, st, c, r, dir, opt, progress)
	}, func(err error) {
		if err == nil {
			o.Notices.TellText(o.Lang.T("store.fetched", "title", c.Title, "id", r.Short(), "name", r.Author.Name, "dir", dir), false)
			o.Open(dir)
		}
	})
}

// FetchSubmitted takes a case whose outline was submitted into a folder of its own below one, to be read and answered, and
// opens it.
func (o *Office) FetchSubmitted(c store.Case, below string) {
	dir := filepath.Join(below, FolderName(c))
	o.visiting("store.fetching", func(ctx context.Context, st *store.Store, progress share.Progress) error {
		opt, err := o.opt.Fetched()
		if err != nil {
			return err
		}
		return share.FetchSubmitted(ctx, st, c, dir, opt, progress)
	}, func(err error) {
		if err == nil {
			o.Notices.TellText(o.Lang.T("answer.fetched", "title", c.Title, "dir", dir), false)
			o.Open(dir)
		}
	})
}

// Answer puts a superior's answer into the store of an id, where the case that it is about came from.
func (o *Office) Answer(a answer.Signed, storeID string, done func(error)) {
	o.Loaded(func() { o.answer(a, storeID, done) })
}

func (o *Office) answer(a answer.Signed, storeID string, done func(error)) {
	for i, k := range o.known {
		if k.Store != storeID {
			continue
		}
		if i != o.at {
			o.Choose(i)
		}
		o.visiting("answer.sending", func(ctx context.Context, st *store.Store, _ share.Progress) error { return share.Answer(ctx, st, a) }, func(err error) {
			if err == nil {
				o.Notices.TellText(o.Lang.T("answer.sent", "name", o.name()), false)
			}
			done(err)
		})
		return
	}
	o.Notices.Tell("answer.no-store", true)
	done(share.ErrNoStore)
}

// Update brings what others put into the store into the open case. Where both were edited, done gets how they differ, and a person
// chooses.
func (o *Office) Update(choice share.Choice, done func(*share.Apart)) {
	file := o.File()
	if file == nil {
		o.Notices.Tell("store.open-first", true)
		return
	}
	var u share.Updated
	var apart *share.Apart
	o.visiting("store.updating", func(ctx context.Context, st *store.Store, progress share.Progress) (err error) {
		u, err = share.Update(ctx, st, file, choice, progress)
		for _, a := range u.Answers { // the roster tells who they are
			err = errors.Join(err, o.opt.Home.Add(a.By))
		}
		if !errors.Is(err, share.ErrApart) {
			return err
		}
		in, lookErr := st.Case(ctx, file.Snapshot().Case.ID)
		if lookErr == nil {
			apart, lookErr = share.Look(ctx, st, file, in)
		}
		return errors.Join(err, lookErr)
	}, func(err error) {
		if len(u.Answers) > 0 {
			o.Known()
			last := u.Answers[len(u.Answers)-1]
			o.Notices.TellText(o.Lang.T("answer.came."+string(last.Verdict), "name", last.By.Name, "number", last.Number), false)
		}
		switch {
		case apart != nil:
			done(apart)
		case err != nil:
		case len(u.From) == 0 && len(u.Answers) > 0: // it was told
		case len(u.From) == 0:
			o.Notices.Tell("store.nothing-new", false)
		default:
			o.tellUpdated(u)
		}
	})
}

func (o *Office) tellUpdated(u share.Updated) {
	r := u.From[0]
	text := o.Lang.T("store.updated", "name", r.Author.Name, "time", o.When(r), "id", r.Short())
	if n := len(u.Beside); n > 0 {
		text += " " + o.Lang.T("store.beside-window", "count", n)
	}
	if n := len(u.Clashes); n > 0 {
		text += " " + o.Lang.T("store.clashes-window", "count", n)
	}
	if u.Aside != "" {
		text += " " + o.Lang.T("store.aside", "name", filepath.Base(u.Aside))
	}
	o.Notices.TellText(text, false)
}

// Log reads who opened a case, when.
func (o *Office) Log(c store.Case, done func(lines []store.Line, bad int)) {
	var lines []store.Line
	bad := 0
	o.visiting("store.reading-log", func(ctx context.Context, st *store.Store, _ share.Progress) (err error) {
		lines, bad, err = st.Log(ctx, c)
		return err
	}, func(err error) {
		if err == nil {
			done(lines, bad)
		}
	})
}
