package album

import (
	"context"
	"errors"
	"fmt"
	"image"
	"strings"

	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/journal"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// Maker makes frames again that were shown. It may be used from several goroutines.
type Maker struct {
	In       i18n.Catalogue
	Snapshot casefile.Snapshot // whose files are known by their SHA-256
	Drawer   projector.Drawer
	Sources  projector.Sources // of the case's pages as they are now
	// Explain puts into words why a shot can't be drawn; nil: by the fault of its file.
	Explain func(library.Shot, error) error

	places map[string]string // path by SHA-256
	pages  *library.PagesNow
}

// Ready is the maker with what it looks up at hand.
func (m Maker) Ready() *Maker {
	m.places = map[string]string{}
	for _, f := range m.Snapshot.Case.Files {
		m.places[f.SHA256] = f.Path
	}
	m.pages = m.Snapshot.Outline.PagesNow(library.NewIndex(m.Snapshot.Exhibits))
	if m.Explain == nil {
		m.Explain = m.byFault
	}
	return &m
}

// byFault says in a few words why a page can't be drawn.
func (m *Maker) byFault(_ library.Shot, err error) error {
	var e *render.Error
	if errors.As(err, &e) {
		return errors.New(m.In.T("fault-short." + label.FaultKey(library.File{Fault: e.Fault})))
	}
	if errors.Is(err, projector.ErrNoSource) {
		return errors.New(m.In.T("finding.missing"))
	}
	return err
}

// Key is all that decides the pixels of what was shown, as long as the case stays as it is.
type Key struct {
	shot     library.Shot
	upright  [library.MaxPanes]int
	captions [library.MaxPanes]string
	size     string
}

// Find finds the pages of what was shown where they are now. The error says in words which is not there, or not what it was.
func (m *Maker) Find(shown journal.Shown) (Key, error) {
	key := Key{shot: shown.Shot(), size: shown.Size}
	for i, p := range shown.Panes {
		key.upright[i], key.captions[i] = p.Upright, p.Caption
		e, ok := m.Snapshot.Exhibit(p.Path)
		if ok && (p.SHA256 == "" || p.SHA256 == e.File.SHA256) {
			continue
		}
		now, found := m.places[p.SHA256]
		switch {
		case found && p.SHA256 != "":
			pane := key.shot.Panes[i]
			pane.Page.Path = now
			key.shot = key.shot.With(i, pane)
		case ok:
			return key, errors.New(m.In.T("journal.file-changed", "name", library.ReadablePath(p.Path)))
		default:
			return key, errors.New(m.In.T("cli.no-file", "name", library.ReadablePath(p.Path)))
		}
	}
	return key, nil
}

// Make makes the frame again as it was shown: as upright as then, with the marks and captions of then.
func (m *Maker) Make(ctx context.Context, k Key) (projector.Frame, error) {
	size, err := parseSize(k.size)
	if err != nil {
		return projector.Frame{}, err
	}
	frame, err := projector.Still(ctx, m.Drawer, m.then(k), k.shot, size)
	if err != nil {
		return projector.Frame{}, m.Explain(k.shot, err)
	}
	return frame, nil
}

// then finds the pages of a shot as they were shown, whatever is thought of them now; the marks that lay on them are
// among the shot's.
func (m *Maker) then(k Key) projector.Sources {
	return func(p library.Pane) (projector.Origin, bool) {
		origin, ok := m.Sources(p)
		origin.Marks = library.Marks{}
		for i, pane := range k.shot.List() {
			if pane == p {
				origin.Upright, origin.Caption = library.Turn(0).Plus(k.upright[i]), k.captions[i]
			}
		}
		return origin, ok
	}
}

// Hidden is what was shown with what was redacted since then; the same where nothing was.
func (m *Maker) Hidden(k Key, shown journal.Shown) Key {
	step, _ := m.Snapshot.Outline.Step(library.ID(shown.Step))
	prepared := m.Snapshot.Outline.Located(step.Shot, library.NewIndex(m.Snapshot.Exhibits))
	for i, pane := range k.shot.List() {
		now := m.pages.Shown(pane.Page)
		marks := now.Marks
		for _, p := range prepared.List() {
			if p.Page == pane.Page {
				marks = marks.And(p.Marks)
			}
		}
		have := map[library.Marks]bool{}
		for _, mark := range pane.Marks.List() {
			have[library.MarksOf(mark)] = true
		}
		for _, mark := range marks.Turned(k.upright[i] - int(now.Upright)).List() {
			if mark.Kind.Hides() && !have[library.MarksOf(mark)] {
				pane.Marks = pane.Marks.Add(mark)
			}
		}
		k.shot = k.shot.With(i, pane)
	}
	return k
}

func parseSize(s string) (size image.Point, err error) {
	w, h, _ := strings.Cut(s, "x")
	if _, err := fmt.Sscanf(w+" "+h, "%d %d", &size.X, &size.Y); err != nil {
		return size, fmt.Errorf("size %q of a frame: %w", s, err)
	}
	return size, nil
}
