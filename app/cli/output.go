package cli

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
)

// terminal is where a verb writes: its result to Writer, what else is to be said to errs. Whatever a stranger put into
// a name comes out as something that is seen (JSON stays JSON, with its own escapes).
type terminal struct {
	io.Writer
	errs     io.Writer
	progress io.Writer // for lines of ours that go back to their beginning; no names

	program Program
	in      i18n.Catalogue // the language that it speaks

	fromCopy bool // a verb may go on from a copy that knows less than the damaged database did

	damaged bool // the case's database was, which has been told: exit status 1

	cacheAt     string // where the cache is; see cache
	removeCache func() // nil until it was asked for
}

func newTerminal(in i18n.Catalogue, out, errs io.Writer) *terminal {
	return &terminal{in: in, Writer: &visible{to: out}, errs: &visible{to: errs}, progress: errs}
}

// visible is a writer that writes out what would act on a terminal, but line feeds and tabs.
type visible struct {
	to   io.Writer
	rest []byte // the beginning of a character whose end is still to come
}

func (v *visible) Write(p []byte) (int, error) {
	all := append(v.rest, p...)
	end := len(all)
	for i := 1; i < utf8.UTFMax && i <= len(all); i++ {
		if utf8.RuneStart(all[len(all)-i]) {
			if !utf8.FullRune(all[len(all)-i:]) {
				end = len(all) - i
			}
			break
		}
	}
	v.rest = bytes.Clone(all[end:])
	var b bytes.Buffer
	for line := range bytes.SplitAfterSeq(all[:end], []byte("\n")) {
		for i, cell := range bytes.Split(bytes.TrimSuffix(line, []byte("\n")), []byte("\t")) {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(library.Visible(string(cell)))
		}
		if bytes.HasSuffix(line, []byte("\n")) {
			b.WriteByte('\n')
		}
	}
	if _, err := v.to.Write(b.Bytes()); err != nil {
		return 0, err
	}
	return len(p), nil
}

// tell says what is to be known of a case that was opened: which copy is read, of when, and what may be lost.
func (t *terminal) tell(s casefile.Snapshot) {
	for _, n := range s.Notices {
		if n.Code == casefile.NoticeCopy || n.Damage() {
			fmt.Fprintln(t.errs, label.Notice(t.in, n))
		}
		t.damaged = t.damaged || n.Damage()
	}
}

// cache is the folder of the cache, "" where there is none. Where the user's can't be written, one stands in until the
// verb ends, which is said once.
func (t *terminal) cache() string {
	if t.removeCache == nil {
		var why error
		if t.cacheAt, t.removeCache, why = wiring.Cache(); why != nil {
			fmt.Fprintln(t.errs, t.in.T("cli.no-cache", "why", why))
		}
	}
	return t.cacheAt
}

func (t *terminal) close() {
	if t.removeCache != nil {
		t.removeCache()
	}
}
