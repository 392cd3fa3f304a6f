package console

import (
	"strings"
	"testing"

	"butluc/app/i18n"
	"butluc/app/report"
	"butluc/library/journal"
	"butluc/presenter"
)

// consents are the journal's entries of what the panel said, and the kinds of all its entries.
func (w *harness) consents() (said []journal.Entry, kinds string) {
	w.t.Helper()
	w.shown() // all that waits is written
	if _, err := journal.ReadFile(w.log.Load().Path(), func(e journal.Entry) {
		kinds += string(e.Kind) + " "
		if e.Consent != nil {
			said = append(said, e)
		}
	}); err != nil {
		w.t.Fatal(err)
	}
	return said, kinds
}

// A key notes that the panel agreed: of what the court sees, once; then of what is in Preview. Its opposite is black first.
// Neither shows anything.
func TestThePanelsConsentIsNotedWithTheRequestThatWasSpoken(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	press := func(key string) {
		t.Helper()
		if err := w.hand.Press(key); err != nil {
			t.Fatal(err)
		}
	}
	press("F9") // no trial runs: nothing is noted
	w.Start(false)
	w.until("the court screen", func() bool { return w.Stage.Running() })
	first := w.Run.ShotAt(0)
	press("F9") // black: what is in Preview
	if !w.Stage.State().Program.IsZero() {
		t.Error("consent alone has put a page before the court")
	}
	w.does(presenter.Next{})
	before := w.Stage.State().Program
	press("F9") // noted already: the next, in Preview
	second := w.Stage.State().Preview
	if w.Stage.State().Program != before {
		t.Error("consent has changed what the court sees")
	}
	press("Shift+F9")
	if st := w.Stage.State(); !st.Black {
		t.Error("the panel refused, and the court still sees it")
	}
	w.Hearing.End()
	said, kinds := w.consents()
	if want := "start black consent show consent black consent end "; !strings.HasSuffix(kinds, want) {
		t.Fatalf("the journal has %q, want %q", kinds, want)
	}
	o, x := w.Dossier.Outline(), w.Dossier.Index()
	for i, want := range []struct {
		path    string
		refused bool
		request string
	}{
		{first.First().Page.Path, false, o.Request(first, x)},
		{second.First().Page.Path, false, o.Request(second, x)},
		{first.First().Page.Path, true, o.Request(first, x)},
	} {
		c := said[i].Consent
		if c.Panes[0].Path != want.path || c.Refused != want.refused || c.Request != want.request || c.Request == "" {
			t.Errorf("line %d is %+v, want %+v", i, c, want)
		}
		if i != 1 && c.Number == "" {
			t.Errorf("line %d names no step: %+v", i, c)
		}
	}
	text := report.What(i18n.In("vi"), journal.Span{Entry: said[2]})
	if !strings.HasPrefix(text, "HĐXX không đồng ý cho công bố: ") || !strings.Contains(text, said[2].Consent.Request) {
		t.Errorf("it is told as %q", text)
	}
}
