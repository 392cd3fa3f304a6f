package cli

import (
	"fmt"
	"strings"
	"time"

	"butluc/app/console/label"
	"butluc/app/wiring"
	"butluc/library/office/place"
	"butluc/library/office/store"
)

// storeCaseJSON is a case of a store for other programs.
type storeCaseJSON struct {
	ID        string         `json:"id"`
	Title     string         `json:"title"`
	Owner     string         `json:"owner"`
	Right     string         `json:"right"`
	Damaged   int            `json:"damaged"`
	Revisions []revisionJSON `json:"revisions"`
}

type revisionJSON struct {
	ID       string         `json:"id"`
	Author   string         `json:"author"`
	Time     time.Time      `json:"time"`
	Parents  []string       `json:"parents,omitempty"`
	Files    int            `json:"files"`
	Bytes    int64          `json:"bytes"`
	Standing store.Standing `json:"standing"`
	Newest   bool           `json:"newest"`
	Note     string         `json:"note,omitempty"`
}

// listStore lists the stores of this machine, or the cases of one.
func listStore(args []string, out *terminal) error {
	f := newFlags("store list")
	asJSON := f.Bool("json", false, "for other programs")
	keys := addKeyFlags(f)
	named, err := parse(out.in, f, args, 0, 1)
	if err != nil {
		return err
	}
	if len(named) == 1 {
		return visiting(out, named[0], keys, func(v *visit) error { return v.listCases(*asJSON) })
	}
	stores, err := wiring.Stores()
	if err != nil {
		return err
	}
	list, err := stores.List()
	if err != nil {
		return err
	}
	type storeJSON struct {
		Name    string        `json:"name"`
		Address place.Address `json:"address"`
	}
	all := []storeJSON{}
	for _, k := range list {
		all = append(all, storeJSON{k.Name, k.Address})
		if !*asJSON {
			fmt.Fprintf(out, "%s\t%s\n", k.Name, k.Address)
		}
	}
	if *asJSON {
		return writeJSON(out, all)
	}
	if len(list) == 0 {
		fmt.Fprintln(out, out.in.T("store.none"))
	}
	return nil
}

func (v *visit) listCases(asJSON bool) error {
	list, closed, err := v.Cases(v.ctx)
	if err != nil {
		return err
	}
	damaged := false
	all := []storeCaseJSON{}
	for _, c := range list {
		damaged = damaged || c.Damaged > 0
		all = append(all, v.caseJSON(c))
		if !asJSON {
			v.tellCase(c)
		}
	}
	switch {
	case asJSON:
		if err := writeJSON(v.out, all); err != nil {
			return err
		}
	case len(list) == 0:
		fmt.Fprintln(v.out, v.out.in.T("store.no-cases"))
	}
	if closed > 0 {
		fmt.Fprintln(v.out.errs, v.out.in.T("store.closed", "count", closed))
	}
	if damaged {
		return errFindings
	}
	return nil
}

func (v *visit) caseJSON(c store.Case) storeCaseJSON {
	j := storeCaseJSON{ID: c.ID, Title: c.Title, Owner: v.who(c.Owner), Right: c.Right.String(), Damaged: c.Damaged, Revisions: []revisionJSON{}}
	for _, r := range c.Revisions {
		newest := false
		for _, h := range c.Heads {
			newest = newest || h.ID == r.ID
		}
		j.Revisions = append(j.Revisions, revisionJSON{r.ID, r.Author.Name, r.Time, r.Parents, r.Files, r.Bytes, r.Standing, newest, r.Note})
	}
	return j
}

// who is the name of somebody in the roster, or their fingerprint.
func (v *visit) who(fingerprint string) string {
	r, _ := v.Roster()
	if m, is := r.Member(fingerprint); is {
		return m.Card.Name
	}
	return fingerprint
}

func (v *visit) tellCase(c store.Case) {
	in := v.out.in
	fmt.Fprintf(v.out, "%s\t%s\t%s\t%s\n", c.ID, c.Title, v.who(c.Owner), label.Right(in, c.Right))
	for _, r := range c.Revisions {
		text := in.T("store.revision", "id", r.Short(), "time", v.when(r.Time), "name", r.Author.Name, "files", r.Files, "size", in.Size(r.Bytes))
		if r.Standing != store.Counts {
			text += " · " + in.T("store.not-taken")
		}
		fmt.Fprintln(v.out, "  "+text)
	}
	if len(c.Heads) > 1 {
		fmt.Fprintln(v.out, "  "+in.T("store.apart", "count", len(c.Heads)))
	}
	if c.Damaged > 0 {
		fmt.Fprintln(v.out, "  "+in.T("store.damaged-in", "count", c.Damaged))
	}
	if c.Stale {
		fmt.Fprintln(v.out, "  "+in.T("store.stale"))
	}
}

func (v *visit) when(t time.Time) string {
	return v.out.in.Date(t.Local()) + " " + v.out.in.Clock(t.Local())
}

// storeLog prints who opened what, when.
func storeLog(args []string, out *terminal) error {
	f := newFlags("store log")
	asJSON := f.Bool("json", false, "for other programs")
	keys := addKeyFlags(f)
	named, err := parse(out.in, f, args, 1, 2)
	if err != nil {
		return err
	}
	return visiting(out, named[0], keys, func(v *visit) error {
		only := ""
		if len(named) == 2 {
			only = named[1]
		}
		return v.printLog(only, *asJSON)
	})
}

type logJSON struct {
	Case     string       `json:"case"`
	Time     time.Time    `json:"time"`
	Name     string       `json:"name"`
	Number   int          `json:"number"`
	Action   store.Action `json:"action"`
	Revision string       `json:"revision,omitempty"`
	Gap      bool         `json:"gap"`
}

func (v *visit) printLog(only string, asJSON bool) error {
	list, _, err := v.Cases(v.ctx)
	if err != nil {
		return err
	}
	found, all := false, []logJSON{}
	for _, c := range list {
		if only != "" && c.ID != only {
			continue
		}
		lines, bad, err := v.Log(v.ctx, c)
		if err != nil {
			return err
		}
		if !asJSON {
			fmt.Fprintln(v.out, strings.TrimSpace(c.Title+"  "+c.ID))
		}
		for _, l := range lines {
			found = found || l.Gap
			all = append(all, logJSON{c.ID, l.Time, l.Author.Name, l.Number, l.Action, l.Revision, l.Gap})
			if !asJSON {
				v.tellLine(l)
			}
		}
		if bad > 0 {
			found = true
			fmt.Fprintln(v.out.errs, "  "+v.out.in.T("store.log-bad", "count", bad))
		}
	}
	if asJSON {
		if err := writeJSON(v.out, all); err != nil {
			return err
		}
	}
	if found {
		return errFindings
	}
	return nil
}

func (v *visit) tellLine(l store.Line) {
	in := v.out.in
	text := fmt.Sprintf("%s  %s  %s", v.when(l.Time), l.Author.Name, in.T("store-action."+string(l.Action)))
	if l.Revision != "" {
		text += " " + l.Revision[:min(8, len(l.Revision))]
	}
	if l.Gap {
		text += "  " + in.T("store.gap")
	}
	fmt.Fprintln(v.out, "  "+text)
}
