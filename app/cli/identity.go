package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"butluc/app/console/label"
	"butluc/app/wiring"
	"butluc/library/casefile"
	"butluc/library/office/identity"
)

// identityVerb is the verb of the identity's verbs: `identity new`, and so on.
func identityVerb(args []string, out *terminal) error {
	run := map[string]runner{
		"new": newIdentity, "show": showIdentity, "card": writeCard, "add": addCard, "known": knownCards, "recovery": newRecovery,
	}
	if len(args) > 0 && run[args[0]] != nil {
		return run[args[0]](args[1:], out)
	}
	if _, err := parse(out.in, newFlags("identity"), args, 0, len(args)); err != nil {
		return err
	}
	return misuse{errors.New("identity: " + out.in.T("cli.identity-verbs"))}
}

// newIdentity makes the user's key.
func newIdentity(args []string, out *terminal) error {
	f := newFlags("identity new")
	var p identity.Person
	f.StringVar(&p.Name, "name", "", "of the person")
	f.StringVar(&p.Office, "office", "", "the office")
	f.StringVar(&p.Rank, "rank", "", "the rank")
	file := f.String("passphrase-file", "", "a file with the passphrase in its first line")
	remember := f.Bool("remember", false, "leave a copy in the system's keyring")
	replace := f.Bool("replace", false, "in the place of the key that there is")
	if _, err := parse(out.in, f, args, 0, 0); err != nil {
		return err
	}
	h, err := wiring.IdentityHome()
	if err != nil {
		return err
	}
	if !*remember {
		h.Keyring = nil
	}
	if c, err := h.Card(); err == nil && !*replace {
		return errors.New(out.in.T("cli.identity-there", "name", label.Person(out.in, c)))
	}
	passphrase, err := passphraseIn(*file)
	if err != nil {
		return refusal(out, err)
	}
	i, err := identity.New(p, time.Now())
	if err != nil {
		return misuse{refusal(out, err)}
	}
	kept, err := h.Keep(i, passphrase, *remember)
	if err != nil {
		return refusal(out, err)
	}
	if *remember && !kept {
		fmt.Fprintln(out.errs, out.in.T("cli.identity-not-remembered"))
	}
	return tellCard(out, i.Card())
}

// refusal is an error of the office's packages, in words.
func refusal(out *terminal, err error) error { return errors.New(label.OfficeWhy(out.in, err)) }

func tellCard(out *terminal, c identity.Card) error {
	_, err := fmt.Fprintln(out, out.in.T("cli.identity-made", "name", label.Person(out.in, c), "print", c.Fingerprint()))
	return err
}

// showIdentity tells who the user is.
func showIdentity(args []string, out *terminal) error {
	f := newFlags("identity show")
	asJSON := f.Bool("json", false, "print JSON")
	if _, err := parse(out.in, f, args, 0, 0); err != nil {
		return err
	}
	h, err := wiring.IdentityHome()
	if err != nil {
		return err
	}
	c, err := h.Card()
	if err != nil {
		return refusal(out, err)
	}
	if *asJSON {
		return writeJSON(out, jsonCard(c, identity.Own))
	}
	return tellCard(out, c)
}

// cardJSON is a card for other programs.
type cardJSON struct {
	Name        string            `json:"name"`
	Office      string            `json:"office"`
	Rank        string            `json:"rank"`
	Recovery    bool              `json:"recovery"`
	Fingerprint string            `json:"fingerprint"`
	Standing    identity.Standing `json:"standing"`
}

func jsonCard(c identity.Card, s identity.Standing) cardJSON {
	return cardJSON{c.Name, c.Office, c.Rank, c.Recovery, c.Fingerprint(), s}
}

// writeCard writes the user's card to a file.
func writeCard(args []string, out *terminal) error {
	f := newFlags("identity card")
	to := f.StringP("output", "o", "", "the file")
	if _, err := parse(out.in, f, args, 0, 0); err != nil {
		return err
	}
	h, err := wiring.IdentityHome()
	if err != nil {
		return err
	}
	c, err := h.Card()
	if err != nil {
		return refusal(out, err)
	}
	if *to == "" {
		_, err = io.WriteString(out, c.Text())
		return err
	}
	if err := writeText(*to, c.Text()); err != nil {
		return refusal(out, err)
	}
	return tellCard(out, c)
}

func writeText(file, text string) error {
	return casefile.WriteFile(file, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}

// addCard takes somebody's card in, or that of the office's recovery key.
func addCard(args []string, out *terminal) error {
	f := newFlags("identity add")
	compared := f.Bool("compared", false, "the fingerprint was compared by voice")
	named, err := parse(out.in, f, args, 1, 1)
	if err != nil {
		return err
	}
	h, err := wiring.IdentityHome()
	if err != nil {
		return err
	}
	c, err := readCard(named[0])
	switch {
	case err != nil:
	case c.Recovery:
		err = h.SetRecovery(c)
	default:
		if err = h.Add(c); err == nil && *compared {
			err = h.SetCompared(c, true)
		}
	}
	if err != nil {
		return refusal(out, err)
	}
	_, err = fmt.Fprintln(out, out.in.T("cli.identity-added", "name", label.Person(out.in, c), "print", c.Fingerprint()))
	return err
}

func readCard(file string) (identity.Card, error) {
	data, err := casefile.ReadFile(file)
	if err != nil {
		return identity.Card{}, err
	}
	return identity.ParseCard(data)
}

// knownCards lists whose cards were taken in.
func knownCards(args []string, out *terminal) error {
	f := newFlags("identity known")
	asJSON := f.Bool("json", false, "print JSON")
	if _, err := parse(out.in, f, args, 0, 0); err != nil {
		return err
	}
	h, err := wiring.IdentityHome()
	if err != nil {
		return err
	}
	known, err := h.Known()
	if err != nil {
		return refusal(out, err)
	}
	list := []cardJSON{}
	for _, k := range known {
		standing := identity.StandingOf(k.Card, identity.Card{}, known)
		list = append(list, jsonCard(k.Card, standing))
		if !*asJSON {
			fmt.Fprintf(out, "%s  %s (%s)\n", k.Fingerprint(), label.Person(out.in, k.Card), label.Standing(out.in, standing))
		}
	}
	if *asJSON {
		return writeJSON(out, list)
	}
	return nil
}

// newRecovery makes the office's recovery key: its card, and the text for the paper.
func newRecovery(args []string, out *terminal) error {
	f := newFlags("identity recovery")
	office := f.String("office", "", "the office")
	card := f.StringP("output", "o", "", "the file for its card")
	paper := f.String("paper", "", "the file for the secret that is printed")
	if _, err := parse(out.in, f, args, 0, 0); err != nil {
		return err
	}
	if *card == "" || *paper == "" {
		return misuse{errors.New("identity recovery: -o, --paper")}
	}
	h, err := wiring.IdentityHome()
	if err != nil {
		return err
	}
	i, err := identity.NewRecovery(*office, time.Now())
	if err != nil {
		return misuse{refusal(out, err)}
	}
	text := out.in.T("cli.recovery-paper", "office", i.Card().Office) + "\n\n" + i.Secret() + "\n\n" + i.Card().Text()
	if err := errors.Join(writeText(*paper, text), writeText(*card, i.Card().Text()), h.SetRecovery(i.Card())); err != nil {
		return refusal(out, err)
	}
	return tellCard(out, i.Card())
}

// passphraseIn is the first line of a file, as a verb gets a passphrase: on a command line others would see it.
func passphraseIn(file string) (string, error) {
	if file == "" {
		return "", identity.ErrLocked
	}
	data, err := casefile.ReadFile(file)
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(strings.TrimPrefix(string(data), "\ufeff"), "\n")
	return strings.TrimSuffix(line, "\r"), nil
}

// keyFlags are the flags that say with which key a verb works.
type keyFlags struct{ identity, passphrase, recovery *string }

func addKeyFlags(f *pflag.FlagSet) keyFlags {
	return keyFlags{
		f.String("identity", "", "the file of the key; else the one of this machine"),
		f.String("key-passphrase-file", "", "a file with the key's passphrase in its first line; else the system's keyring is asked"),
		f.String("recovery-file", "", "a file with a recovery key's secret in its first line"),
	}
}

// open gives the key.
func (k keyFlags) open() (*identity.Identity, error) {
	if *k.recovery != "" {
		secret, err := passphraseIn(*k.recovery)
		if err != nil {
			return nil, err
		}
		return identity.FromSecret(secret, identity.Person{Name: "?", Office: "?"}, true, time.Now())
	}
	h, err := wiring.IdentityHome()
	if err != nil {
		return nil, err
	}
	if *k.passphrase == "" && *k.identity == "" {
		return h.Identity()
	}
	passphrase, err := passphraseIn(*k.passphrase)
	if err != nil {
		return nil, err
	}
	if *k.identity == "" {
		return h.Unlock(passphrase)
	}
	sealed, err := casefile.ReadFile(*k.identity)
	if err != nil {
		return nil, err
	}
	return identity.Open(sealed, passphrase)
}
