package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"butluc/app/console/label"
	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
	"butluc/library/office/identity"
	"butluc/library/office/pack"
)

// packCase seals a case into a package.
func packCase(args []string, out *terminal) (err error) {
	f := newFlags("pack")
	file := f.StringP("output", "o", "", "the package")
	to := f.StringArray("to", nil, "the card of somebody who may open it")
	phrase := f.String("passphrase-file", "", "a file with the passphrase that opens it")
	only := f.StringArray("only", nil, "a file or folder of the case")
	study := f.Bool("study", true, "outline, excerpts, journal and texts, too")
	keys := addKeyFlags(f)
	named, err := parse(out.in, f, args, 1, 1)
	switch {
	case err != nil:
		return err
	case *file == "":
		return misuse{errors.New("pack: " + out.in.T("cli.pack-output"))}
	case (len(*to) == 0) == (*phrase == ""):
		return misuse{errors.New("pack: " + out.in.T("cli.pack-way"))}
	}
	ctx, stop := interruptible()
	defer stop()
	failed := func(err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return errors.New(out.in.T("cli.pack-failed", "name", filepath.Base(*file), "why", label.OfficeWhy(out.in, err)))
	}
	seal := pack.Seal{Now: time.Now()}
	// Who has no key may seal behind a passphrase, unsigned.
	if seal.From, err = keys.open(); err != nil && !(errors.Is(err, identity.ErrNone) && *phrase != "") {
		return failed(err)
	}
	if err := addReceivers(&seal, *to, *phrase); err != nil {
		return failed(err)
	}
	c, err := readCase(ctx, out, named[0], nil, func(o *casefile.Options) { o.Inspector, o.Prover = nil, nil })
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	if err := c.WaitFor(ctx, intake.StageHash); err != nil {
		return err
	}
	paths := escaped(*only)
	contents, closeContents, err := pack.OfCase(ctx, c, paths, *study, nil)
	if err != nil {
		return failed(err)
	}
	defer func() { err = errors.Join(err, closeContents()) }()
	h, err := pack.Write(ctx, *file, contents, seal, nil)
	if err != nil {
		return failed(err)
	}
	if seal.From == nil {
		fmt.Fprintln(out.errs, out.in.T("cli.pack-unsigned"))
	}
	if *phrase != "" {
		fmt.Fprintln(out.errs, out.in.T("cli.pack-no-recovery"))
	}
	_, err = fmt.Fprintln(out, out.in.T("cli.packed", "files", len(h.Files), "size", out.in.Size(h.Bytes()), "name", filepath.Base(*file)))
	return err
}

// addReceivers says who may open a package: those with these cards, the user, and the office's recovery key; or who knows a
// passphrase.
func addReceivers(seal *pack.Seal, cards []string, phraseFile string) (err error) {
	if phraseFile != "" {
		seal.Passphrase, err = passphraseIn(phraseFile)
		return err
	}
	h, err := wiring.IdentityHome()
	if err != nil {
		return err
	}
	to := []identity.Card{seal.From.Card()}
	for _, file := range cards {
		c, err := readCard(file)
		if err != nil {
			return err
		}
		to = append(to, c)
	}
	seal.To = h.Audience(to)
	return nil
}

func escaped(paths []string) []string {
	var all []string
	for _, p := range paths {
		all = append(all, library.EscapePath(filepath.Clean(p)))
	}
	return all
}

// openedPackage is a package with what this machine knows of its sender.
type openedPackage struct {
	*pack.Package
	standing identity.Standing
}

// openPackage opens a package by a passphrase or by the user's key.
func openPackage(file, phraseFile string, keys keyFlags) (openedPackage, error) {
	behind, err := pack.BehindPassphrase(file)
	if err != nil {
		return openedPackage{}, err
	}
	var k pack.Keys
	switch {
	case behind && phraseFile == "":
		err = pack.ErrPassphraseNeeded
	case behind:
		k.Passphrase, err = passphraseIn(phraseFile)
	default:
		k.Identity, err = keys.open()
	}
	if err != nil {
		return openedPackage{}, err
	}
	p, err := pack.Open(file, k)
	if err != nil {
		return openedPackage{}, err
	}
	o := openedPackage{p, identity.Unknown}
	if h, err := wiring.IdentityHome(); err == nil {
		own, _ := h.Card() // there may be none
		known, _ := h.Known()
		o.standing = identity.StandingOf(p.Sender, own, known)
	}
	return o, nil
}

// tell says what a package says of itself.
func (o openedPackage) tell(out *terminal) {
	fmt.Fprintln(out, out.in.T("cli.package-what", "title", o.Title, "files", len(o.Files), "size", out.in.Size(o.Bytes())))
	fmt.Fprintln(out, out.in.T("cli.package-sender", "name", label.Person(out.in, o.Sender), "standing", label.Standing(out.in, o.standing)))
	if o.standing != identity.Unsigned {
		fmt.Fprintln(out, out.in.T("cli.package-print", "print", o.Sender.Fingerprint()))
	}
	fmt.Fprintln(out, out.in.T("cli.package-sealed", "time", out.in.Date(o.Sealed.Local())+" "+out.in.Clock(o.Sealed.Local())))
}

// packageJSON is what `verify --json` prints.
type packageJSON struct {
	Whole  bool       `json:"whole"`
	Why    string     `json:"why,omitempty"`   // in words
	Fault  string     `json:"fault,omitempty"` // stable, for scripts: see pack.FaultCode
	Kind   pack.Kind  `json:"kind,omitempty"`
	Title  string     `json:"title,omitempty"`
	Sealed time.Time  `json:"sealed,omitzero"`
	Sender *cardJSON  `json:"sender,omitempty"` // none where nobody signed
	Files  []fileJSON `json:"files,omitempty"`
	Bytes  int64      `json:"bytes"`
}

type fileJSON struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// verifyPackage tells who sealed a package, when, and whether it is whole and unchanged.
func verifyPackage(args []string, out *terminal) error {
	f := newFlags("verify")
	phrase := f.String("passphrase-file", "", "a file with the passphrase that opens it")
	asJSON := f.Bool("json", false, "print JSON")
	keys := addKeyFlags(f)
	named, err := parse(out.in, f, args, 1, 1)
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	var told packageJSON
	o, err := openPackage(named[0], *phrase, keys)
	if err == nil {
		defer func() { _ = o.Close() }() // it was read
		if *asJSON {
			told = o.json()
		} else {
			o.tell(out)
		}
		err = o.Verify(ctx, nil)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if !*asJSON {
		if err != nil {
			return errors.New(out.in.T("cli.pack-refused", "name", filepath.Base(named[0]), "why", label.OfficeWhy(out.in, err)))
		}
		_, err = fmt.Fprintln(out, out.in.T("cli.package-whole"))
		return err
	}
	if told.Whole = err == nil; err != nil {
		told.Why = label.OfficeWhy(out.in, err)
		if fault := (*pack.Fault)(nil); errors.As(err, &fault) {
			told.Fault = string(fault.Code)
		}
	}
	if err := writeJSON(out, told); err != nil || told.Whole {
		return err
	}
	return errFindings
}

func (o openedPackage) json() packageJSON {
	p := packageJSON{Kind: o.Kind, Title: o.Title, Sealed: o.Sealed, Bytes: o.Bytes()}
	if o.standing != identity.Unsigned {
		sender := jsonCard(o.Sender, o.standing)
		p.Sender = &sender
	}
	for _, f := range o.Files {
		p.Files = append(p.Files, fileJSON{f.Path, f.Size, f.SHA256})
	}
	return p
}

// unpackCase writes a package into a folder.
func unpackCase(args []string, out *terminal) error {
	f := newFlags("unpack")
	phrase := f.String("passphrase-file", "", "a file with the passphrase that opens it")
	keys := addKeyFlags(f)
	named, err := parse(out.in, f, args, 2, 2)
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	refused := func(err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return errors.New(out.in.T("cli.pack-refused", "name", filepath.Base(named[0]), "why", label.OfficeWhy(out.in, err)))
	}
	o, err := openPackage(named[0], *phrase, keys)
	if err != nil {
		return refused(err)
	}
	defer func() { _ = o.Close() }() // it was read
	o.tell(out)
	got, err := o.Unpack(ctx, named[1], nil)
	if err != nil {
		return refused(err)
	}
	for _, r := range got.Renamed {
		fmt.Fprintln(out.errs, out.in.T("cli.unpack-renamed", "name", library.ReadablePath(r.From), "to", r.To))
	}
	_, err = fmt.Fprintln(out, out.in.T("cli.unpacked", "files", got.Files, "size", out.in.Size(o.Bytes()), "dir", named[1]))
	return err
}
