package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"butluc/app/console/label"
	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/office/identity"
	"butluc/library/office/place"
	"butluc/library/office/share"
	"butluc/library/office/store"
)

// storeVerb is the verb of the store's verbs: `store add`, and so on.
func storeVerb(args []string, out *terminal) error {
	run := map[string]runner{
		"add": addStore, "list": listStore, "forget": forgetStore, "publish": publishCase, "fetch": fetchCase, "update": updateCase,
		"log": storeLog, "roster": storeRoster, "rekey": rekeyCase,
	}
	if len(args) > 0 && run[args[0]] != nil {
		return run[args[0]](args[1:], out)
	}
	if _, err := parse(out.in, newFlags("store"), args, 0, len(args)); err != nil {
		return err
	}
	return misuse{errors.New("store: " + out.in.T("cli.store-verbs"))}
}

// visit is a verb's way into a store.
type visit struct {
	ctx    context.Context
	out    *terminal
	stores share.Stores
	known  share.Known
	me     *identity.Identity
	*store.Store
}

// visiting runs a verb that opens the store of a name.
func visiting(out *terminal, name string, keys keyFlags, do func(v *visit) error) error {
	ctx, stop := interruptible()
	defer stop()
	v := &visit{ctx: ctx, out: out}
	err := v.open(name, keys)
	if err == nil {
		if err = do(v); v.Store != nil {
			err = errors.Join(err, v.stores.Remember(v.known, v.Store))
		}
	}
	return v.told(name, err)
}

// told gives an error of the store's packages words.
func (v *visit) told(name string, err error) error {
	var wrong misuse
	var said worded
	switch {
	case err == nil, errors.Is(err, errFindings), errors.As(err, &wrong), errors.As(err, &said):
		return err
	case v.ctx.Err() != nil:
		return v.ctx.Err()
	}
	return errors.New(v.out.in.T("store.failed", "name", name, "why", label.StoreWhy(v.out.in, err)))
}

func (v *visit) open(name string, keys keyFlags) (err error) {
	if v.stores, err = wiring.Stores(); err != nil {
		return err
	}
	if v.known, err = v.stores.Get(name); err != nil {
		return err
	}
	if v.me, err = keys.open(); err != nil {
		return err
	}
	if v.Store, err = v.stores.Open(v.ctx, v.known, v.me, v.out.cache()); err != nil {
		return err
	}
	v.tellRoster()
	return nil
}

func (v *visit) tellRoster() {
	if _, behind := v.Roster(); behind {
		fmt.Fprintln(v.out.errs, v.out.in.T("store.roster-behind"))
	}
	if v.Newer() {
		fmt.Fprintln(v.out.errs, v.out.in.T("store.roster-newer"))
	}
}

// progress shows how far something is, where a person watches.
func (v *visit) progress() func(done, total int64) {
	last := time.Time{}
	return func(done, total int64) {
		if now := time.Now(); v.out.progress != nil && total > 64<<20 && (now.Sub(last) > time.Second || done == total) {
			last = now
			fmt.Fprintf(v.out.progress, "\r%s / %s ", v.out.in.Size(done), v.out.in.Size(total))
			if done == total {
				fmt.Fprintln(v.out.progress)
			}
		}
	}
}

func addStore(args []string, out *terminal) error {
	f := newFlags("store add")
	create := f.Bool("create", false, "make the store; you are its head")
	user := f.String("user", "", "the server's name for you, or the S3 access key")
	password := f.String("password-file", "", "a file with the password, or the S3 secret key, in its first line")
	keys := addKeyFlags(f)
	named, err := parse(out.in, f, args, 2, 2)
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	v := &visit{ctx: ctx, out: out}
	return v.told(named[0], v.add(named[0], place.Address(named[1]), *user, *password, keys, *create))
}

func (v *visit) add(name string, a place.Address, user, passwordFile string, keys keyFlags, create bool) (err error) {
	who := place.Account{User: user}
	if passwordFile != "" {
		if who.Password, err = passphraseIn(passwordFile); err != nil {
			return err
		}
	}
	if v.stores, err = wiring.Stores(); err != nil {
		return err
	}
	if v.me, err = keys.open(); err != nil {
		return err
	}
	if v.Store, err = v.stores.Add(v.ctx, name, a, who, v.me, v.out.cache(), create); err != nil {
		return err
	}
	r, _ := v.Roster()
	_, err = fmt.Fprintln(v.out, v.out.in.T("store.added", "name", name, "head", label.Person(v.out.in, r.Head()), "print", r.Head().Fingerprint()))
	return err
}

func forgetStore(args []string, out *terminal) error {
	named, err := parse(out.in, newFlags("store forget"), args, 1, 1)
	if err != nil {
		return err
	}
	stores, err := wiring.Stores()
	if err == nil {
		err = stores.Forget(named[0])
	}
	if err != nil {
		return errors.New(out.in.T("store.failed", "name", named[0], "why", label.StoreWhy(out.in, err)))
	}
	return nil
}

// publishCase puts a case into a store as it is.
func publishCase(args []string, out *terminal) error {
	f := newFlags("store publish")
	note := f.String("note", "", "a word on the revision")
	keys := addKeyFlags(f)
	named, err := parse(out.in, f, args, 2, 2)
	if err != nil {
		return err
	}
	return visiting(out, named[1], keys, func(v *visit) error {
		return v.withCase(named[0], func(c *casefile.Case) error {
			p, err := share.Publish(v.ctx, v.Store, c, *note, v.progress())
			if err != nil {
				return err
			}
			return v.tellPublished(p)
		})
	})
}

func (v *visit) tellPublished(p share.Published) error {
	in := v.out.in
	fmt.Fprintln(v.out, in.T("store.published", "id", p.Revision.Short(), "files", p.Revision.Files, "size", in.Size(p.Revision.Bytes)))
	if p.Rekeyed {
		fmt.Fprintln(v.out, in.T("store.rekeyed"))
	}
	v.tellLogged(p.Logged)
	for _, r := range p.Others {
		fmt.Fprintln(v.out, in.T("store.others", "name", r.Author.Name, "time", v.when(r.Time), "id", r.Short()))
	}
	if len(p.Others) > 0 {
		return errFindings
	}
	return nil
}

func (v *visit) tellLogged(err error) {
	if err != nil {
		fmt.Fprintln(v.out.errs, v.out.in.T("store.not-logged", "why", label.StoreWhy(v.out.in, err)))
	}
}

// withCase opens a case that no window has.
func (v *visit) withCase(dir string, do func(c *casefile.Case) error) error {
	c, err := writeCase(v.ctx, v.out, dir, nil, keptOnly)
	if err != nil {
		return misuseOr(err)
	}
	return errors.Join(do(c), c.Close())
}

// misuseOr lets an error that has its words already pass.
func misuseOr(err error) error {
	var wrong misuse
	if errors.As(err, &wrong) {
		return err
	}
	return worded{err}
}

// worded is an error that a person reads as it is.
type worded struct{ error }

// fetchCase lists the cases of a store, or takes one out.
func fetchCase(args []string, out *terminal) error {
	f := newFlags("store fetch")
	id := f.String("revision", "", "an older revision")
	keys := addKeyFlags(f)
	named, err := parse(out.in, f, args, 1, 3)
	if err != nil {
		return err
	}
	if len(named) == 2 {
		return misuse{errors.New("store fetch: " + out.in.T("cli.words", "count", 2))}
	}
	return visiting(out, named[0], keys, func(v *visit) error {
		if len(named) == 1 {
			return v.listCases(false)
		}
		return v.fetch(named[1], named[2], *id)
	})
}

func (v *visit) fetch(caseID, dir, revision string) error {
	c, err := v.Case(v.ctx, caseID)
	if err != nil {
		return err
	}
	if len(c.Heads) == 0 {
		return store.ErrNoCase
	}
	r := c.Heads[len(c.Heads)-1]
	if revision != "" {
		var ok bool
		if r, ok = c.Revision(revision); !ok {
			return misuse{errors.New(v.out.in.T("store.no-revision", "id", revision))}
		}
	}
	o, err := wiring.FetchedOptions()
	if err != nil {
		return err
	}
	if err := share.Fetch(v.ctx, v.Store, c, r, dir, o, v.progress()); err != nil {
		return err
	}
	in := v.out.in
	fmt.Fprintln(v.out, in.T("store.fetched", "title", c.Title, "id", r.Short(), "name", r.Author.Name, "dir", dir))
	if len(c.Heads) > 1 && revision == "" {
		fmt.Fprintln(v.out, in.T("store.apart", "count", len(c.Heads)))
		return errFindings
	}
	return nil
}

// updateCase brings what others put into the store.
func updateCase(args []string, out *terminal) error {
	f := newFlags("store update")
	choice := f.String("take", "", "mine, theirs or merge, where both were edited")
	keys := addKeyFlags(f)
	named, err := parse(out.in, f, args, 2, 2)
	if err != nil {
		return err
	}
	switch share.Choice(*choice) {
	case share.ChooseNone, share.ChooseMine, share.ChooseTheirs, share.ChooseMerge:
	default:
		return misuse{errors.New("store update --take: mine, theirs, merge")}
	}
	return visiting(out, named[1], keys, func(v *visit) error {
		return v.withCase(named[0], func(c *casefile.Case) error { return v.update(c, share.Choice(*choice)) })
	})
}

func (v *visit) update(c *casefile.Case, choice share.Choice) error {
	in := v.out.in
	u, err := share.Update(v.ctx, v.Store, c, choice, v.progress())
	if errors.Is(err, share.ErrApart) {
		return v.tellApart(c)
	}
	if err != nil {
		return err
	}
	if len(u.From) == 0 {
		_, err := fmt.Fprintln(v.out, in.T("store.nothing-new"))
		return err
	}
	for _, r := range u.From {
		fmt.Fprintln(v.out, in.T("store.updated", "name", r.Author.Name, "time", v.when(r.Time), "id", r.Short()))
	}
	for _, name := range u.Beside {
		fmt.Fprintln(v.out, in.T("store.beside", "name", library.ReadablePath(name)))
	}
	for _, clash := range u.Clashes {
		fmt.Fprintln(v.out, in.T("store.clash", "what", label.Clash(in, clash)))
	}
	if u.Aside != "" {
		fmt.Fprintln(v.out, in.T("store.aside", "name", filepath.Base(u.Aside)))
	}
	v.tellLogged(u.Logged)
	if u.Joined != nil {
		return v.tellPublished(*u.Joined)
	}
	return nil
}

// tellApart says how the case here and the others' differ.
func (v *visit) tellApart(c *casefile.Case) error {
	in := v.out.in
	stored, err := v.Case(v.ctx, c.Snapshot().Case.ID)
	if err != nil {
		return err
	}
	a, err := share.Look(v.ctx, v.Store, c, stored)
	if err != nil || a == nil {
		return err
	}
	fmt.Fprintln(v.out, in.T("store.edited-since", "name", a.Theirs.Author.Name, "time", v.when(a.Theirs.Time), "id", a.Theirs.Short()))
	for _, side := range []struct {
		key  string
		list []library.Difference
	}{{"store.changed-here", a.Mine}, {"store.changed-there", a.Others}} {
		fmt.Fprintln(v.out, in.T(side.key, "count", len(side.list)))
		for _, d := range side.list {
			fmt.Fprintln(v.out, "  "+label.Difference(in, d))
		}
	}
	fmt.Fprintln(v.out, in.T("store.choose", "clashes", len(a.Clashes)))
	return errFindings
}
