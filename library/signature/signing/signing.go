// Package signing signs a PDF in a child of the program: what reads the PDF may meet a damaged one, and the library of a token
// is code of others. The child is given all over its standard input and answers on its output; a crash costs the signature.
//
// With a certificate in a file the child is behind library/sandbox. With a token or Windows' store it is not: a driver needs the reader's
// devices and services, which nobody but its maker knows.
package signing

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"os/exec"
	"time"

	"butluc/library/internal/child"
	"butluc/library/sandbox"
	"butluc/library/signature/pades"
	"butluc/library/signature/token"
)

// Verb is the argument that makes the program the child.
const Verb = "pdf-signer"

// HasStore tells whether this system has a store of certificates to sign with: Windows has.
const HasStore = token.HasStore

// within is how long a signature may take; a token may ask its user for a touch.
const within = 3 * time.Minute

// ErrEnded says that the child ended without an answer, as when a token's library crashes.
var ErrEnded = errors.New("signing broke off")

// ErrNotNow says that a key that stays with a driver may not be asked now, see [Signer.May].
var ErrNotNow = errors.New("the token may not be asked now")

// Errors of a certificate that is not to be signed with at that time.
var (
	ErrExpired = errors.New("the certificate has expired")
	ErrNotYet  = errors.New("the certificate does not hold yet")
)

// Key is what to sign with: a PKCS#12 file's bytes and passphrase; a token's library, name ("" for the first) and PIN; or Windows'
// store.
type Key struct {
	PKCS12      []byte `json:"pkcs12,omitempty"`
	Passphrase  string `json:"passphrase,omitempty"`
	Module      string `json:"module,omitempty"`
	Token       string `json:"token,omitempty"`
	PIN         string `json:"pin,omitempty"`
	Store       bool   `json:"store,omitempty"`
	Certificate string `json:"certificate,omitempty"` // of a token or the store: its SHA-256, [token.Print]; "": the first
}

// Elsewhere tells whether the key stays with a driver of others, which may open windows of its own.
func (k Key) Elsewhere() bool { return k.Module != "" || k.Store }

// open is the signer of a key; closing, which may be nil, ends it.
func (k Key) open() (s pades.Signer, closing func(), err error) {
	switch {
	case k.Store:
		return token.OpenStore(k.Certificate)
	case k.Module != "":
		return token.Open(k.Module, k.Token, k.Certificate, k.PIN)
	}
	s, err = pades.PKCS12(k.PKCS12, k.Passphrase)
	return s, nil, err
}

// Certificate is one to sign with that a token shows without its PIN, or that is in Windows' store.
type Certificate struct {
	Token  string      `json:"token,omitempty"`
	Name   string      `json:"name,omitempty"` // whose it is; "": the token shows none before it has its PIN
	Issuer string      `json:"issuer,omitempty"`
	Until  time.Time   `json:"until,omitzero"` // it holds
	Print  string      `json:"print,omitempty"`
	Tries  token.Tries `json:"tries,omitempty"`
}

// list asks the key's keeper for its certificates.
func (k Key) list() ([]Certificate, error) {
	list := token.ListStore
	if !k.Store {
		list = func() ([]token.Held, error) { return token.List(k.Module) }
	}
	held, err := list()
	found := make([]Certificate, 0, len(held))
	for _, h := range held {
		one := Certificate{Token: h.Token, Tries: h.Tries}
		if c := h.Certificate; c != nil {
			one.Name, one.Issuer, one.Until, one.Print = c.Subject.CommonName, c.Issuer.CommonName, c.NotAfter, token.Print(c)
		}
		found = append(found, one)
	}
	return found, err
}

// Look draws what is seen of a signature: the certificate's name, who issued it, and when.
type Look func(name string, at time.Time) (image.Image, error)

// request is what the child is asked: which certificates there are, who signs, or to sign.
type request struct {
	Key     Key           `json:"key"`
	List    bool          `json:"list,omitempty"`
	PDF     []byte        `json:"pdf,omitempty"` // none: who signs is all that is asked
	Options pades.Options `json:"options"`
	Look    []byte        `json:"look,omitempty"` // a PNG
}

type answer struct {
	PDF          []byte        `json:"pdf,omitempty"`
	Name         string        `json:"name"`
	Certificates []Certificate `json:"certificates,omitempty"`
	Error        string        `json:"error,omitempty"` // one of told, or a text
}

// told are the errors that go through the pipe as themselves, by their texts.
var told = []error{
	pades.ErrPassphrase, pades.ErrCertificate, pades.ErrEncrypted, pades.ErrDamaged,
	token.ErrModule, token.ErrNone, token.ErrPIN, token.ErrPINFew, token.ErrPINLast, token.ErrLocked, token.ErrPulled, token.ErrKey,
	token.ErrCancelled, ErrExpired, ErrNotYet,
}

// Signer starts the child.
type Signer struct {
	Command []string                   // "": this program
	May     func(context.Context) bool // asked before a key that is [Key.Elsewhere] is; nil: it may
}

// Who is the name of whose certificate a key is. It opens the key, so that it fails as [Signer.Sign] would.
func (s Signer) Who(ctx context.Context, k Key) (string, error) {
	a, err := s.ask(ctx, request{Key: k})
	return a.Name, err
}

// Certificates are those to sign with that a token's library or Windows' store shows; the key's PIN is not needed.
func (s Signer) Certificates(ctx context.Context, k Key) ([]Certificate, error) {
	k.PIN = ""
	a, err := s.ask(ctx, request{Key: k, List: true})
	return a.Certificates, err
}

// Sign gives a PDF with a signature more. look, which may be nil, draws what is seen of it.
func (s Signer) Sign(ctx context.Context, pdf []byte, k Key, o pades.Options, look Look) ([]byte, error) {
	r := request{Key: k, PDF: pdf, Options: o}
	if look != nil {
		name, err := s.Who(ctx, k)
		if err != nil {
			return nil, err
		}
		picture, err := look(name, o.At)
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		if err := png.Encode(&b, picture); err != nil {
			return nil, err
		}
		r.Look = b.Bytes()
	}
	a, err := s.ask(ctx, r)
	return a.PDF, err
}

func (s Signer) ask(ctx context.Context, r request) (answer, error) {
	if s.May != nil && r.Key.Elsewhere() && !s.May(ctx) {
		return answer{}, errors.Join(ctx.Err(), ErrNotNow)
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	command := s.Command
	if len(command) == 0 {
		command = []string{sandbox.Binary(), Verb}
	}
	in, err := json.Marshal(r)
	if err != nil {
		return answer{}, err
	}
	var out, said bytes.Buffer
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(in), &out, &said
	cmd.WaitDelay = time.Second
	err = child.Run(cmd, child.Limits{})
	var a answer
	switch {
	case ctx.Err() != nil:
		return a, ctx.Err()
	case err != nil || json.Unmarshal(out.Bytes(), &a) != nil:
		return a, fmt.Errorf("%w: %w %.200s", ErrEnded, errors.Join(err), said.String())
	case a.Error == "":
		return a, nil
	}
	for _, known := range told {
		if a.Error == known.Error() {
			return a, known
		}
	}
	return a, errors.New(a.Error)
}

// Main is the body of the child.
func Main(in io.Reader, out io.Writer) error {
	out, err := sandbox.Output(out)
	if err != nil {
		return err
	}
	var r request
	if err := json.NewDecoder(in).Decode(&r); err != nil {
		return err
	}
	if !r.Key.Elsewhere() {
		sandbox.Limit(sandbox.Draw)
	}
	a, err := r.sign()
	if err != nil {
		a.Error = err.Error()
		for _, known := range told {
			if errors.Is(err, known) {
				a.Error = known.Error()
			}
		}
	}
	return json.NewEncoder(out).Encode(a)
}

func (r request) sign() (a answer, err error) {
	if r.List {
		a.Certificates, err = r.Key.list()
		return a, err
	}
	signer, closing, err := r.Key.open()
	if err != nil {
		return a, err
	}
	if closing != nil {
		defer closing()
	}
	a.Name = signer.Certificate.Subject.CommonName
	if r.Options.At.IsZero() {
		r.Options.At = time.Now()
	}
	switch at := r.Options.At; {
	case at.After(signer.Certificate.NotAfter):
		return a, ErrExpired
	case at.Before(signer.Certificate.NotBefore):
		return a, ErrNotYet
	}
	if len(r.PDF) == 0 {
		return a, nil
	}
	if len(r.Look) > 0 {
		if r.Options.Look, err = png.Decode(bytes.NewReader(r.Look)); err != nil {
			return a, err
		}
	}
	var b bytes.Buffer
	err = pades.Sign(&b, r.PDF, signer, r.Options)
	a.PDF = b.Bytes()
	return a, err
}
