// Package signatory is who signs what is written out of the window: a certificate that a person chose, tried before anything is
// written, and used for that one writing. What they chose is kept for the next time; passphrase and PIN never are.
package signatory

import (
	"bytes"
	"context"
	"image"
	"io"
	"slices"
	"time"

	"butluc/app/console/event"
	"butluc/app/console/job"
	"butluc/app/console/label"
	"butluc/app/console/settings"
	"butluc/app/i18n"
	"butluc/library/casefile"
	"butluc/library/signature/pades"
	"butluc/library/signature/signing"
	"butluc/presenter/print"
)

// By is where a key is.
type By string

// The places of keys; each has a word under the key "signing.by-" + its name.
const (
	ByFile  By = "file"  // a PKCS#12 file
	ByToken By = "token" // a token, by its library
	ByStore By = "store" // Windows' store
)

// Choice is what a person chose, but for the secret.
type Choice struct {
	By          By
	File        string // the PKCS#12 file
	Module      string // the token's library
	Token       string // its label; "": the first
	Certificate string // its SHA-256; "": the first that can sign
	Office      string // seen with the signature
}

// Signing opens keys, one at a time. It belongs to the UI goroutine.
type Signing struct {
	lang     *i18n.Localizer
	events   *event.Bus
	jobs     *job.Runner
	settings *settings.Settings
	running  func() bool
	signer   signing.Signer
	stop     context.CancelFunc
}

// New makes what opens keys; running tells whether the court is watching, in which nobody's driver is asked for anything.
func New(lang *i18n.Localizer, events *event.Bus, jobs *job.Runner, chosen *settings.Settings, running func() bool) *Signing {
	s := &Signing{lang: lang, events: events, jobs: jobs, settings: chosen, running: running, stop: func() {}}
	s.signer.May = s.may
	return s
}

// may asks the UI goroutine whether a driver may be asked, which may open windows of its own.
func (s *Signing) may(ctx context.Context) bool {
	answer := make(chan bool, 1)
	s.events.Post(func() { answer <- !s.running() })
	select {
	case may := <-answer:
		return may
	case <-ctx.Done():
		return false
	}
}

// Free tells whether something may be signed now: not while the court is watching.
func (s *Signing) Free() bool { return !s.running() }

// Ways are the places of keys that this system has.
func Ways() []By {
	ways := []By{ByFile, ByToken}
	if signing.HasStore {
		ways = append(ways, ByStore)
	}
	return ways
}

// kept are the settings of a choice.
func (c *Choice) kept() map[string]*string {
	return map[string]*string{
		"sign.by": (*string)(&c.By), "sign.file": &c.File, "sign.module": &c.Module, "sign.token": &c.Token, "sign.certificate": &c.Certificate,
		"sign.office": &c.Office,
	}
}

// Last is what was chosen last.
func (s *Signing) Last() (c Choice) {
	for key, value := range c.kept() {
		*value = s.settings.Remembered(key)
	}
	if !slices.Contains(Ways(), c.By) {
		c.By = ByFile
	}
	return c
}

func (c Choice) key() signing.Key {
	return signing.Key{Module: map[By]string{ByToken: c.Module}[c.By], Token: c.Token, Store: c.By == ByStore, Certificate: c.Certificate}
}

// Certificates asks a token's library or Windows' store behind the window what there is to sign with.
func (s *Signing) Certificates(c Choice, done func([]signing.Certificate, error)) {
	behind(s, func(ctx context.Context) ([]signing.Certificate, error) { return s.signer.Certificates(ctx, c.key()) }, done)
}

// Open opens a key behind the window, as signing would, and keeps the choice. What fails is said of the error by [label.Why].
func (s *Signing) Open(c Choice, secret string, done func(*Signatory, error)) {
	key := c.key()
	behind(s, func(ctx context.Context) (*Signatory, error) {
		switch c.By {
		case ByFile:
			var err error
			if key.PKCS12, err = casefile.ReadFile(c.File); err != nil {
				return nil, err
			}
			key.Passphrase = secret
		case ByToken:
			key.PIN = secret
		case ByStore:
		}
		name, err := s.signer.Who(ctx, key)
		return &Signatory{Name: name, office: c.Office, key: key, signer: s.signer}, err
	}, func(by *Signatory, err error) {
		if err != nil {
			done(nil, err)
			return
		}
		for key, value := range c.kept() {
			s.settings.Remember(key, *value)
		}
		done(by, nil)
	})
}

// behind asks a child, and stops what was asked before.
func behind[T any](s *Signing, ask func(context.Context) (T, error), done func(T, error)) {
	s.stop()
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.jobs.Go(func() {
		got, err := ask(ctx)
		s.events.Post(func() {
			if ctx.Err() == nil { // else nobody waits for it
				done(got, err)
			}
			stop()
		})
	})
}

// Stop ends what is asked, whose answer nobody waits for any more.
func (s *Signing) Stop() { s.stop() }

// Signatory is who signs, with the key that was opened. Nobody is nil.
type Signatory struct {
	Name   string // as the certificate has it
	office string
	key    signing.Key
	signer signing.Signer
}

// Writing is a writing of a PDF, signed; by nobody, as it is.
func (by *Signatory) Writing(write job.Writing) job.Writing {
	if by == nil {
		return write
	}
	return func(ctx context.Context, w io.Writer, progress func(done, total int64)) error {
		var pdf bytes.Buffer
		if err := write(ctx, &pdf, progress); err != nil {
			return err
		}
		look := func(name string, at time.Time) (image.Image, error) {
			return print.Stamp(label.Stamp(i18n.In("vi"), name, by.office, at), pades.LookRatio) // papers are in Vietnamese
		}
		signed, err := by.signer.Sign(ctx, pdf.Bytes(), by.key, pades.Options{Office: by.office, At: time.Now()}, look)
		if err == nil {
			_, err = w.Write(signed)
		}
		return err
	}
}

// Told adds who signed to what is said of a file.
func (by *Signatory) Told(in i18n.Catalogue, text string) string {
	if by == nil {
		return text
	}
	return in.T("signing.done", "text", text, "name", by.Name)
}
