// Package docket is the register of an office's cases in the window: its rows, their edits, which can be undone, and what
// is read from and written into files. The case that is open is kept in step with its row.
package docket

import (
	"errors"
	"log/slog"
	"time"

	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/job"
	"butluc/app/console/label"
	"butluc/app/console/notice"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/office/register"
)

// Docket is the register in the window. It belongs to the UI goroutine.
type Docket struct {
	Deps
	dossier *dossier.Dossier // of the open case
	edits   *dossier.Edits

	history history
	list    *register.List // of all rows; nil while it was never made
	stale   bool           // rows changed since
	making  bool
	of      listOf // what the list was made of besides
}

// listOf is what a list is made of besides rows.
type listOf struct{ day, language string }

// Deps are what a docket works with.
type Deps struct {
	Lang    *i18n.Localizer
	Book    *register.Book
	Events  *event.Bus
	Jobs    *job.Runner
	Notices *notice.Bar
}

// New makes the register in the window.
func New(d Deps) *Docket {
	return &Docket{Deps: d, stale: true, list: register.NewList(nil, register.Today(time.Now()), nil)}
}

// Follow tells which case is open now.
func (d *Docket) Follow(ds *dossier.Dossier, ed *dossier.Edits) { d.dossier, d.edits = ds, ed }

// Today is the day that limits are counted from.
func (d *Docket) Today() string { return register.Today(time.Now()) }

// List is the rows, made ready to be searched. It may be of a moment ago: the rows that changed since are told of by
// [event.RegisterChanged] once they are in it.
func (d *Docket) List() *register.List {
	if now := (listOf{d.Today(), d.Lang.In().Language()}); now != d.of {
		d.of, d.stale = now, true
	}
	if d.stale && !d.making {
		d.stale, d.making = false, true
		rows, in, today := d.Book.Rows(), d.Lang.In(), d.of.day
		d.Jobs.Go(func() {
			list := register.NewList(rows, today, func(r register.Row) string { return words(in, r) })
			d.Events.Post(func() {
				d.list, d.making = list, false
				d.Events.Changed(event.RegisterChanged)
			})
		})
	}
	return d.list
}

// words are what a row is found by besides what was typed.
func words(in i18n.Catalogue, r register.Row) string {
	text := in.T("register-kind." + string(r.Facts.Kind))
	if s := r.Facts.Docket.Stage; s != "" {
		text += "\n" + in.T("register-stage."+s)
	}
	if o := r.Found.Outline; o != register.OutlineNone {
		text += "\n" + in.T("register-outline."+string(o))
	}
	return text
}

// isOpen tells whether a row is that of the open case.
func (d *Docket) isOpen(id string) bool {
	return d.dossier != nil && d.dossier.File() != nil && d.dossier.Latest().Case.ID == id
}

// Set changes a row, or adds it. It is on disk within a second and can be undone; of the open case its own facts are
// changed, of another one they are once it is opened. It tells false, and says so at the foot, where that can't be.
func (d *Docket) Set(r register.Row) bool {
	before, there := d.Book.Row(r.ID)
	if there && before.Same(r) {
		return true
	}
	c := change{after: &r}
	if there {
		c.before = &before
	}
	if !d.apply(c) {
		return false
	}
	d.history.did(step{c})
	return true
}

// Remove takes a row out, but not that of the open case.
func (d *Docket) Remove(id string) bool {
	r, there := d.Book.Row(id)
	if !there || d.isOpen(id) {
		return false
	}
	c := change{before: &r}
	d.history.did(step{c})
	return d.apply(c)
}

// Removes tells whether [Docket.Remove] would take a row out.
func (d *Docket) Removes(id string) bool { return !d.isOpen(id) }

// apply makes changes to the rows, and to the case that is open.
func (d *Docket) apply(changes ...change) bool {
	var put []register.Row
	for _, c := range changes {
		if c.after == nil {
			d.Book.Remove(c.before.ID)
			continue
		}
		r := *c.after
		if d.isOpen(r.ID) {
			if !d.intoCase(r.Facts) {
				return false
			}
			r.InCase = r.Facts
		}
		put = append(put, r)
	}
	if err := d.Book.Put(put...); err != nil {
		slog.Error("change register", "err", err)
		d.Notices.TellText(d.Lang.T("register.refused", "why", label.WhyNot(d.Lang.In(), err)), true)
		return false
	}
	d.changed()
	return true
}

// intoCase gives the open case its facts.
func (d *Docket) intoCase(f register.Facts) bool {
	o := d.dossier.Outline()
	cover, docket := f.InCase(o.Cover())
	records := []library.Record{docket}
	if cover != o.Cover() {
		records = append(records, cover)
	}
	e := o.SetAll("register", records...)
	return e.IsZero() || d.edits.Edit(e)
}

// changed lets the rooms know, and has the register written.
func (d *Docket) changed() {
	d.stale = true
	d.Events.Changed(event.RegisterChanged)
	d.Jobs.Go(func() {
		news, err := d.Book.Save()
		if err != nil {
			slog.Error("save register", "err", err)
			d.Events.Post(func() { d.Notices.TellText(d.Lang.T("register.unsaved", "why", label.Why(d.Lang.In(), err)), true) })
		}
		if news { // another window wrote, too
			d.Events.Post(func() {
				d.stale = true
				d.Events.Changed(event.RegisterChanged)
			})
		}
	})
}

// Keep takes the open case as it is by now into its row; what was typed there while the case was closed goes into the case.
func (d *Docket) Keep(found register.Found) {
	now := d.dossier.Latest()
	if now.Case.ID == "" || now.OutlineErr != nil {
		return
	}
	facts := register.FactsOf(now.Outline.Cover(), now.Outline.Docket())
	if facts.Title == "" {
		facts.Title = now.Case.Title
	}
	before, there := d.Book.Row(now.Case.ID)
	r := register.Row{ID: now.Case.ID, Path: now.Case.Path, Facts: facts, InCase: facts, Found: found}
	if there && before.Pending() {
		r.Facts = register.Merge(before.InCase, before.Facts, facts)
		if !r.Facts.Same(facts) && !d.intoCase(r.Facts) {
			r.InCase = facts
		} else {
			r.InCase = r.Facts
		}
	}
	if there && before.Same(r) {
		return
	}
	if err := d.Book.Put(r); err != nil && !errors.Is(err, register.ErrFull) {
		slog.Error("keep case in register", "err", err)
		return
	}
	d.changed()
}
