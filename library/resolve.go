package library

// PageState is what became of a page since it was prepared. Printed by scripts: never rename one.
type PageState string

// The states, the worse ones last.
const (
	PageFound      PageState = "found"
	PageNoFolio    PageState = "no-folio"   // a document's page that nobody can call by number
	PageMoved      PageState = "moved"      // its file has another path now
	PageChanged    PageState = "changed"    // its file is not the one that was prepared
	PageAmbiguous  PageState = "ambiguous"  // its file is gone, and there are several copies of it
	PageUnreadable PageState = "unreadable" // its file is there and can't be shown
	PageMissing    PageState = "missing"    // there is no such file or page
)

// Finding is a step's page that is not as it should be.
type Finding struct {
	Step  ID
	Pane  int
	State PageState
	Page  PageID // as in the step
	Now   PageID // where it is, when moved; else as Page
}

// Resolve gives the findings of all steps, in the outline's order. Fingerprints that are pending
// count as those prepared.
func (o Outline) Resolve(x *Index) []Finding {
	var list []Finding
	for ref := range o.Walk() {
		list = append(list, o.ResolveStep(ref.Step, x)...)
	}
	return list
}

// ResolveStep gives the findings of one step.
func (o Outline) ResolveStep(s Step, x *Index) []Finding {
	var list []Finding
	for i, p := range s.Shot.Panes[:min(int(s.Shot.Count), MaxPanes)] {
		if state, now := o.Locate(p.Page, x); state != PageFound {
			list = append(list, Finding{s.ID, i, state, p.Page, now})
		}
	}
	return list
}

// Locate tells what became of a page, and where it is now.
func (o Outline) Locate(p PageID, x *Index) (PageState, PageID) {
	state, path := o.locate(p.Path, x)
	now := PageID{path, p.Index}
	e, _ := x.Exhibit(path)
	switch {
	case state == PageMissing || state == PageAmbiguous || state == PageChanged:
		return state, now
	case e.File.Pages == 0 && e.File.Fault.Code != FaultNone:
		return PageUnreadable, now
	case e.File.Pages > 0 && p.Index >= e.File.Pages:
		return PageMissing, now
	case state == PageFound && !e.File.Kind.Picture() && o.FolioOf(p, x).IsZero():
		return PageNoFolio, now
	}
	return state, now
}

// LocateFile tells what became of the file at path, and where it is now: found, moved, changed,
// ambiguous or missing.
func (o Outline) LocateFile(path string, x *Index) (PageState, string) { return o.locate(path, x) }

// Located is a shot with its pages where they are now, as far as they moved.
func (o Outline) Located(shot Shot, x *Index) Shot {
	for i, pane := range shot.List() {
		if state, path := o.locate(pane.Page.Path, x); state == PageMoved {
			pane.Page.Path = path
			shot = shot.With(i, pane)
		}
	}
	return shot
}

// locate finds the file that was prepared: at its path where the fingerprint fits or is not known,
// else the only one that has the fingerprint.
func (o Outline) locate(path string, x *Index) (PageState, string) {
	e, there := x.Exhibit(path)
	source, known := o.Source(path)
	if there && (!known || e.File.SHA256 == "" || e.File.SHA256 == source.SHA256) {
		return PageFound, path
	}
	var candidates []int
	if known {
		candidates = x.byPrint[source.SHA256]
	}
	switch {
	case len(candidates) == 1:
		return PageMoved, x.exhibits[candidates[0]].File.Path
	case len(candidates) > 1:
		return PageAmbiguous, path
	case there:
		return PageChanged, path
	default:
		return PageMissing, path
	}
}

// Relink is the edit that follows files which were moved or renamed.
func (o Outline) Relink(x *Index) Edit {
	moved := map[string]string{}
	look := func(p string) bool {
		if _, done := moved[p]; !done {
			moved[p] = p
			if state, now := o.locate(p, x); state == PageMoved {
				moved[p] = now
			}
		}
		return true
	}
	for r := range o.Records() {
		paths(r, look)
	}
	e := Edit{Label: "relink"}
	var gone, come []Change // pages' records have other keys then: all go before any comes
	for r := range o.Records() {
		next := relinked(r, moved)
		switch {
		case sameRecord(r, next):
		case next.Key() == r.Key():
			e.Changes = append(e.Changes, Change{r, next})
		default:
			gone = append(gone, Change{Before: r})
			come = append(come, Change{After: next})
		}
	}
	for from, to := range moved {
		if s, ok := o.Source(from); ok && from != to {
			have, there := o.Source(to)
			ch := Change{After: Source{to, s.SHA256}}
			if there {
				ch.Before = have
			}
			e.Changes = append(e.Changes, ch)
		}
	}
	if len(e.Changes)+len(gone) == 0 {
		return Edit{}
	}
	leaving := map[Key]bool{}
	for _, ch := range gone {
		leaving[ch.Key()] = true
	}
	for i, ch := range come {
		have, there := o.get(ch.Key())
		if there && !leaving[ch.Key()] { // what stands at the new path gives way to what moved there
			come[i].Before = have
		}
	}
	e.Changes = append(append(e.Changes, gone...), come...)
	return e
}

func relinked(r Record, moved map[string]string) Record {
	to := func(p string) string {
		if now, ok := moved[p]; ok {
			return now
		}
		return p
	}
	switch r := r.(type) {
	case Step:
		for i := range r.Shot.Panes[:min(int(r.Shot.Count), MaxPanes)] {
			r.Shot.Panes[i].Page.Path = to(r.Shot.Panes[i].Page.Path)
		}
		return r
	case Heading:
		r.First.Path = to(r.First.Path)
		return r
	case PageNote:
		r.Page.Path = to(r.Page.Path)
		return r
	case Join:
		ps := make([]string, len(r.Paths))
		for i, p := range r.Paths {
			ps[i] = to(p)
		}
		r.Paths = ps
		return r
	default:
		return r
	}
}
