package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"slices"
	"strings"
	"time"

	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
	"butluc/library/signature"
	"butluc/library/signature/pades"
	"butluc/library/signature/signing"
	"butluc/presenter/print"
)

// signedFiles is what `signatures --json` prints.
type signedFiles struct {
	Files []signedFile `json:"files"` // those that somebody signed, and those that could not be looked at
}

type signedFile struct {
	Path       string                `json:"path"`
	Signatures []signature.Signature `json:"signatures"`
	Error      string                `json:"error,omitempty"` // it could not be looked at
}

// signatures tells who signed the PDFs of a case.
func signatures(args []string, out *terminal) error {
	f := newFlags("signatures")
	asJSON := f.Bool("json", false, "print JSON")
	named, err := parse(out.in, f, args, 1, 1)
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	found, err := signaturesOf(ctx, out, named[0])
	if err != nil {
		return err
	}
	if *asJSON {
		err = writeJSON(out, jsonSignatures(found))
	} else {
		err = printSignatures(out.in, out, found)
	}
	if err == nil && slices.ContainsFunc(found, signature.Found.Odd) {
		return errFindings
	}
	return err
}

// signaturesOf reads a case and looks who signed its files.
func signaturesOf(ctx context.Context, out *terminal, dir string) ([]signature.Found, error) {
	r := wiring.NewRenderer(nil)
	defer r.Close()
	s, err := readSnapshot(ctx, out, dir, r, func(o *casefile.Options) { o.Prover = nil }, intake.StageHash)
	if err != nil {
		return nil, err
	}
	survey, err := wiring.Signatures(out.cache(), s.Case.Path)
	if err != nil {
		return nil, err
	}
	return survey.Run(ctx, s.Case.Path, s.Case.Files, nil)
}

func jsonSignatures(found []signature.Found) signedFiles {
	all := signedFiles{Files: []signedFile{}}
	for _, file := range found {
		one := signedFile{Path: file.Path, Signatures: file.Signatures}
		if one.Signatures == nil {
			one.Signatures = []signature.Signature{}
		}
		if file.Err != nil {
			one.Error = file.Err.Error()
		}
		all.Files = append(all.Files, one)
	}
	return all
}

func printSignatures(in i18n.Catalogue, out io.Writer, found []signature.Found) error {
	var b bytes.Buffer
	for _, file := range found {
		fmt.Fprintln(&b, readable(file.Path))
		for _, s := range file.Signatures {
			fmt.Fprintf(&b, "       %s\n", library.Visible(label.Signature(in, s)))
		}
		if file.Err != nil {
			fmt.Fprintf(&b, "       %s\n", in.T("signature.unread"))
		}
	}
	if len(found) == 0 {
		fmt.Fprintln(&b, in.T("cli.no-signatures"))
	}
	_, err := out.Write(b.Bytes())
	return err
}

// sign writes a PDF with a signature more.
func sign(args []string, out *terminal) error {
	f := newFlags("sign")
	p12 := f.String("p12", "", "the certificate and key, PKCS#12")
	passphrase := f.String("passphrase-file", "", "a file with its passphrase in its first line")
	module := f.String("module", "", "the library of a token, PKCS#11")
	name := f.String("token", "", "which token; else the first")
	certificate := f.String("certificate", "", "which certificate, by its SHA-256 as --list tells it; else the first")
	store := f.Bool("store", false, "sign by Windows' certificate store")
	list := f.Bool("list", false, "list the certificates of --module or --store")
	pin := f.String("pin-file", "", "a file with the token's PIN in its first line")
	office := f.String("office", "", "the office, as it is seen")
	reason := f.String("reason", "", "what it is signed for")
	visible := f.Bool("visible", true, "seen on the first page")
	to := f.StringP("output", "o", "", "the PDF to write")
	named, err := parse(out.in, f, args, 0, 1)
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	key := signing.Key{Module: *module, Token: *name, Store: *store, Certificate: *certificate}
	if *list {
		return listCertificates(ctx, out, key)
	}
	if len(named) == 0 || *to == "" {
		return misuse{errors.New("sign: FILE.pdf or -o OUT.pdf is missing")}
	}
	if key, err = keyOf(key, *p12, *passphrase, *pin); err != nil {
		return err
	}
	data, err := casefile.ReadFile(named[0])
	if err != nil {
		return err
	}
	options := pades.Options{Office: *office, Reason: *reason, At: time.Now()}
	var look signing.Look
	if *visible {
		look = func(name string, at time.Time) (image.Image, error) {
			return print.Stamp(label.Stamp(out.in, name, *office, at), pades.LookRatio)
		}
	}
	signed, err := signing.Signer{}.Sign(ctx, data, key, options, look)
	if err != nil {
		return errors.New(out.in.T("sign.failed", "name", named[0], "why", label.Why(out.in, err)))
	}
	if err := casefile.WriteFile(*to, func(w io.Writer) error { _, err := w.Write(signed); return err }); err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, out.in.T("sign.done", "name", *to))
	return err
}

// keyOf is a key with its secret, out of the files that have them.
func keyOf(key signing.Key, p12, passphrase, pin string) (signing.Key, error) {
	ways := 0
	for _, named := range []bool{p12 != "", key.Module != "", key.Store} {
		if named {
			ways++
		}
	}
	secret, word := passphrase, &key.Passphrase
	if key.Module != "" {
		secret, word = pin, &key.PIN
	}
	switch {
	case ways != 1:
		return key, misuse{errors.New("sign: one of --p12 FILE, --module FILE, --store is needed")}
	case key.Store:
		return key, nil
	case secret == "":
		return key, misuse{errors.New("sign: --passphrase-file F, or --pin-file F of a token, is missing")}
	}
	var err error
	if *word, err = passphraseIn(secret); err == nil && p12 != "" {
		key.PKCS12, err = casefile.ReadFile(p12)
	}
	return key, err
}

// listCertificates prints the certificates to sign with, one a line: SHA-256, token, name, issuer, until when.
func listCertificates(ctx context.Context, out *terminal, key signing.Key) error {
	if (key.Module == "") == !key.Store {
		return misuse{errors.New("sign: --list needs --module FILE or --store")}
	}
	found, err := signing.Signer{}.Certificates(ctx, key)
	if err != nil {
		return errors.New(label.Why(out.in, err))
	}
	for _, c := range found {
		line := c.Print + "  " + label.Certificate(out.in, c)
		if _, err := fmt.Fprintln(out, library.Visible(strings.TrimSpace(line))); err != nil {
			return err
		}
	}
	return nil
}
