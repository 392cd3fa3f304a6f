// Package provenance is what speaks for the files of the open case: who signed them, and whether they are the ones whose
// hashes the biên bản states. It is looked for behind the window, never in a trial.
package provenance

import (
	"context"
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
	"butluc/library/casefile"
	"butluc/library/digest"
	"butluc/library/signature"
)

// Options are what it works with.
type Options struct {
	// Signatures looks who signed a case's files, in a child of the program; nil: nobody looks.
	Signatures func(caseDir string) (*signature.Survey, error)
	// HashCache is the file in which a case's hashes are kept; nil: nowhere.
	HashCache func(caseDir string) string
	// Certificates is the folder of those that the office trusts.
	Certificates string
}

// Known is what was found.
type Known struct {
	Signatures map[string]signature.Found // by path
	Hashes     map[string]digest.Compared // by path, of files of which a hash is stated
	Trusted    int                        // certificates in the office's folder
}

// Odd are the files of which a person should know before the court does, in the order of files: a stated hash differs and
// nobody said why, or, of a file that is shown, what was signed was changed.
func (k Known) Odd(files []library.File, shown map[string]bool) (hashes, signatures []string) {
	for _, f := range files {
		if k.Hashes[f.Path].Verdict == library.HashDiffers {
			hashes = append(hashes, f.Path)
		}
		if found, ok := k.Signatures[f.Path]; ok && found.Odd() && shown[f.Path] {
			signatures = append(signatures, f.Path)
		}
	}
	return hashes, signatures
}

// Same is how many files are as they are stated.
func (k Known) Same() (count int) {
	for _, c := range k.Hashes {
		if c.Verdict == library.HashSame {
			count++
		}
	}
	return count
}

// Shown are the files that an outline's steps show, by where they are now.
func Shown(o library.Outline, x *library.Index) map[string]bool {
	shown := map[string]bool{}
	for ref := range o.Walk() {
		for _, pane := range o.Located(ref.Step.Shot, x).List() {
			shown[pane.Page.Path] = true
		}
	}
	return shown
}

// Looking looks at the files of one state of a case.
type Looking struct {
	Survey   *signature.Survey // nil: nobody looks who signed
	Comparer *digest.Comparer
}

// NewLooking is what looks at a case's files.
func NewLooking(o Options, caseDir string) Looking {
	l := Looking{Comparer: &digest.Comparer{}}
	if o.HashCache != nil {
		l.Comparer.Cache = o.HashCache(caseDir)
	}
	if o.Signatures != nil {
		var err error
		if l.Survey, err = o.Signatures(caseDir); err != nil {
			slog.Error("look for signatures", "err", err)
		}
	}
	return l
}

// Look looks at all files. progress may be nil.
func (l Looking) Look(ctx context.Context, s casefile.Snapshot, progress func(done, total int64)) (Known, error) {
	known := Known{Signatures: map[string]signature.Found{}}
	var err error
	if known.Hashes, err = l.Comparer.Run(ctx, s.Case.Path, s.Case.Files, s.Outline.StatedHashes(), progress); err != nil || l.Survey == nil {
		return known, err
	}
	if roots, err := signature.LoadRoots(l.Survey.Reader.Roots); err == nil {
		known.Trusted = roots.Count()
	}
	found, err := l.Survey.Run(ctx, s.Case.Path, s.Case.Files, progress)
	for _, f := range found {
		known.Signatures[f.Path] = f
	}
	return known, err
}

// Provenance is that of the open case. It belongs to the UI goroutine.
type Provenance struct {
	Deps

	looking Looking
	known   Known
	files   []library.File // of what is known
	outline library.Outline
	cancel  context.CancelFunc // of what looks now; nil while nothing does
	looked  bool               // it is known of files and outline
	closed  bool
}

// Deps are what it works with.
type Deps struct {
	Options
	Lang    *i18n.Localizer
	Dossier *dossier.Dossier
	Edits   *dossier.Edits
	Events  *event.Bus
	Jobs    *job.Runner
	Notices *notice.Bar
	Running func() bool // a trial is
}

// New makes it for a case.
func New(d Deps) *Provenance {
	p := &Provenance{Deps: d}
	if file := d.Dossier.File(); file != nil {
		p.looking = NewLooking(d.Options, file.Dir())
	}
	return p
}

// Known is what was found so far.
func (p *Provenance) Known() Known { return p.known }

// Frozen is what looks at the case as it is now, from any goroutine.
func (p *Provenance) Frozen() func(ctx context.Context, progress func(done, total int64)) (Known, error) {
	s, l := p.Dossier.Latest(), p.looking
	return func(ctx context.Context, progress func(done, total int64)) (Known, error) {
		return l.Look(ctx, s, progress)
	}
}

// Follow looks again where the case is another than what is known is of: once all its files are read, and not in a trial.
func (p *Provenance) Follow() {
	s := p.Dossier.Latest()
	if p.Dossier.File() == nil || p.closed || p.cancel != nil || p.Running() || s.Progress.Done < s.Progress.Total ||
		p.looked && sameFiles(p.files, s.Case.Files) && sameStated(p.outline, s.Outline) {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	look := p.Frozen()
	p.Jobs.Go(func() {
		known, err := look(ctx, nil)
		cancel()
		p.Events.Post(func() {
			p.cancel = nil
			switch {
			case p.closed:
				return
			case err != nil && !errors.Is(err, context.Canceled):
				slog.Error("look at provenance", "err", err)
			case err == nil:
				p.known = known
				p.Events.Changed(event.PageChanged)
			}
			if !errors.Is(err, context.Canceled) {
				p.files, p.outline, p.looked = s.Case.Files, s.Outline, true
			}
			p.Follow()
		})
	})
}

// Hold stops looking; Follow goes on.
func (p *Provenance) Hold() {
	if p.cancel != nil {
		p.cancel()
	}
}

// Again looks at all once more, as after other certificates were installed.
func (p *Provenance) Again() {
	p.looked = false
	p.Follow()
}

// Looked tells whether all that can be known of a file is known.
func (p *Provenance) Looked() bool { return p.looked }

// Install puts a certificate into the office's folder, and looks at all signatures once more.
func (p *Provenance) Install(file string) {
	err := signature.Install(p.Certificates, file)
	switch {
	case errors.Is(err, signature.ErrNoCertificate):
		p.Notices.TellText(p.Lang.T("certificate.none", "name", file), true)
	case err != nil:
		p.Notices.TellText(p.Lang.T("certificate.failed", "why", label.Why(p.Lang.In(), err)), true)
	default:
		p.Notices.TellText(p.Lang.T("certificate.installed"), false)
		p.Again()
	}
}

// Close stops looking for good.
func (p *Provenance) Close() {
	p.closed = true
	p.Hold()
}

func sameFiles(a, b []library.File) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Path != b[i].Path || a[i].SHA256 != b[i].SHA256 || a[i].Size != b[i].Size {
			return false
		}
	}
	return true
}

func sameStated(a, b library.Outline) bool {
	x, y := a.StatedHashes(), b.StatedHashes()
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i] != y[i] {
			return false
		}
	}
	return true
}

// Stated is what is stated of a file; ok is false where nothing is.
func (p *Provenance) Stated(path string) (s library.StatedHash, ok bool) {
	return p.Dossier.Outline().StatedHash(path)
}

// State notes a hash that a biên bản states of a file, by what was typed. It tells whether it is one.
func (p *Provenance) State(path, text, origin string) bool {
	h, ok := library.ParseHash(text)
	if !ok {
		p.Notices.TellText(p.Lang.T("hash.none"), true)
		return false
	}
	p.state(map[string]library.Hashes{path: h}, origin)
	return true
}

func (p *Provenance) state(hashes map[string]library.Hashes, origin string) {
	o := p.Dossier.Outline()
	var records []library.Record
	for path, h := range hashes {
		s, _ := o.StatedHash(path)
		s.First, s.Hashes = library.PageID{Path: path}, s.With(h)
		if origin != "" {
			s.Origin = origin
		}
		records = append(records, s)
	}
	p.Edits.Edit(o.SetAll("stated-hash", records...))
}

// Withdraw forgets what is stated of a file.
func (p *Provenance) Withdraw(path string) {
	p.Edits.Edit(p.Dossier.Outline().Set(library.StatedHash{First: library.PageID{Path: path}}))
}

// Excuse notes why a file differs from what is stated of it, who said so, and when.
func (p *Provenance) Excuse(path, reason, by string, at time.Time) {
	s, ok := p.Stated(path)
	own := p.known.Hashes[path].Own
	if !ok || reason == "" || own.SHA256 == "" {
		return
	}
	s.Reason, s.By, s.At, s.Of = reason, by, at.Format(time.RFC3339), own.SHA256
	p.Edits.Edit(p.Dossier.Outline().Set(s))
}

// ReadList takes the hashes of a text file that lies beside the files, in the case or elsewhere, and says of how many files
// it had any.
func (p *Provenance) ReadList(file string) {
	data, err := casefile.ReadFile(file)
	if err != nil {
		p.Notices.TellText(p.Lang.T("hash.unread", "name", file), true)
		return
	}
	at := inCase(file, p.Dossier.Latest().Case.Path)
	found := library.ListedIn(library.ParseHashList(string(data)), at, p.Dossier.Latest().Case.Files)
	if len(found) == 0 {
		p.Notices.TellText(p.Lang.T("hash.none-listed", "name", file), true)
		return
	}
	p.state(found, library.ReadablePath(at))
	p.Notices.TellText(p.Lang.T("hash.listed", "count", len(found), "name", library.ReadablePath(at)), false)
}
