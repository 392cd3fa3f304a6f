package prepare

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console/event"
	"butluc/app/console/label"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// proved is the row over a file that somebody signed, or of which a hash is stated: in few words, and the way to all of it.
type proved struct {
	r     *Room
	words *widget.Label
	row   *fyne.Container
}

func newProved(r *Room) proved {
	p := proved{r: r, words: widgets.Small("")}
	p.words.Truncation = fyne.TextTruncateEllipsis
	more := widgets.NewButton(r.s.T("proof.more"), nil, widgets.Plain, r.openProof)
	p.row = container.NewBorder(nil, nil, nil, more, p.words)
	p.row.Hide()
	return p
}

func (p *proved) update() {
	path := p.r.s.Study.Current().Page.Path
	known := p.r.s.Provenance.Known()
	found, signed := known.Signatures[path]
	_, stated := p.r.s.Provenance.Stated(path)
	var words []string
	odd := signed && found.Odd()
	if signed {
		words = append(words, p.signers(path))
	}
	if stated {
		verdict := library.HashUnknown
		if c, ok := known.Hashes[path]; ok {
			verdict = c.Verdict
		}
		odd = odd || verdict == library.HashDiffers
		words = append(words, p.r.s.T("hash."+string(verdict)))
	}
	p.words.Importance = widget.MediumImportance
	if odd {
		p.words.Importance = widget.WarningImportance
	}
	p.words.SetText(strings.Join(words, " · "))
	widgets.Show(p.row, len(words) > 0)
}

// signers says in few words who signed a file, and what is wrong with that first of all.
func (p *proved) signers(path string) string {
	found := p.r.s.Provenance.Known().Signatures[path]
	if found.Err != nil {
		return p.r.s.T("signature.unread")
	}
	names := make([]string, 0, len(found.Signatures))
	for _, s := range found.Signatures {
		if !s.Intact {
			return p.r.s.T("proof.signed-odd", "why", p.r.s.T("signature."+string(s.Fault)))
		}
		names = append(names, s.Name)
	}
	text := p.r.s.T("proof.signed", "names", strings.Join(names, ", "))
	if found.Odd() {
		text += "; " + p.r.s.T("signature.part")
	}
	return text
}

// proofSheet is all that speaks for one file, and where a hash is typed.
type proofSheet struct {
	r                        *Room
	path                     string
	hash, origin, reason, by *widgets.Field
}

// openProof opens what speaks for the file looked at.
func (r *Room) openProof() {
	path := r.s.Study.Current().Page.Path
	if _, ok := r.s.Dossier.Exhibit(path); !ok {
		return
	}
	p := &proofSheet{r: r, path: path}
	field := func(hint string) *widgets.Field {
		f := widgets.NewField(r.s.T(hint))
		f.Scroll = fyne.ScrollHorizontalOnly
		f.OnEscape = r.sheet.Close
		return f
	}
	p.hash, p.origin, p.reason, p.by = field("proof.hash-hint"), field("proof.origin-hint"), field("proof.reason-hint"), field("proof.by-hint")
	p.hash.OnReturn, p.origin.OnReturn = p.state, p.state
	p.reason.OnReturn, p.by.OnReturn = p.excuse, p.excuse
	p.by.SetText(r.s.Dossier.Outline().Cover().Prosecutor)
	r.sheet.open(r.s.T("proof.title", "name", r.s.Labels.Name(library.PageID{Path: path})), p.build)
	r.proof = p
}

// followProof draws the sheet anew where it is open: something was found, or the outline changed.
func (r *Room) followProof() {
	if r.proof != nil && r.sheet.Visible() && r.sheet.Title() == r.s.T("proof.title", "name", r.s.Labels.Name(library.PageID{Path: r.proof.path})) {
		r.sheet.rebuild()
	}
}

func (r *Room) watchProof() {
	r.s.Events.Subscribe(event.OutlineChanged|event.PageChanged, r.followProof)
}

func (p *proofSheet) build() fyne.CanvasObject {
	all := container.NewVBox(widgets.Heading(p.r.s.T("proof.signatures")))
	for _, line := range p.signatures() {
		all.Add(widgets.Prose(line))
	}
	all.Add(widgets.Prose(p.r.s.T("proof.trusted", "count", p.r.s.Provenance.Known().Trusted)))
	install := widgets.NewButton(p.r.s.T("proof.install"), nil, widgets.Plain, func() {
		p.r.choose.ChooseFile("proof.which-certificate", []string{".crt", ".cer", ".pem", ".der"}, p.r.s.Provenance.Install)
	})
	all.Add(container.NewHBox(install))
	all.Add(widgets.Rule())
	all.Add(widgets.Heading(p.r.s.T("proof.hashes")))
	p.addHashes(all)
	return all
}

func (p *proofSheet) signatures() []string {
	found, ok := p.r.s.Provenance.Known().Signatures[p.path]
	switch {
	case !ok && p.r.s.Dossier.FileAt(p.path).Kind != library.KindPDF:
		return []string{p.r.s.T("proof.no-pdf")}
	case !ok && !p.r.s.Provenance.Looked():
		return []string{p.r.s.T("proof.looking")}
	case !ok:
		return []string{p.r.s.T("proof.unsigned")}
	case found.Err != nil:
		return []string{p.r.s.T("signature.unread")}
	}
	lines := make([]string, 0, len(found.Signatures))
	for _, s := range found.Signatures {
		lines = append(lines, label.Signature(p.r.s.In(), s))
	}
	return lines
}

// addHashes adds what is stated of the file, how it compares, and the fields.
func (p *proofSheet) addHashes(all *fyne.Container) {
	s, stated := p.r.s.Provenance.Stated(p.path)
	compared := p.r.s.Provenance.Known().Hashes[p.path]
	own := compared.Own
	own.SHA256 = p.r.s.Dossier.FileAt(p.path).SHA256
	mono := func(key string, h library.Hashes) {
		for _, line := range h.Words() {
			l := widgets.Prose(p.r.s.T(key, "hash", line))
			l.Wrapping = fyne.TextWrapBreak
			all.Add(l)
		}
	}
	mono("proof.own", own)
	mono("proof.stated", s.Hashes)
	buttons := container.NewHBox(widgets.NewButton(p.r.s.T("proof.state"), nil, widgets.Primary, p.state),
		widgets.NewButton(p.r.s.T("proof.list"), nil, widgets.Plain, func() {
			p.r.choose.ChooseFile("proof.which-list", []string{".md5", ".sha1", ".sha256", ".sha512", ".txt", ".csv"}, p.r.s.Provenance.ReadList)
		}))
	if stated {
		p.addVerdict(all, s, s.Compare(own))
		buttons.Add(widgets.NewButton(p.r.s.T("proof.withdraw"), nil, widgets.Plain, func() { p.r.s.Provenance.Withdraw(p.path) }))
	} else {
		all.Add(widgets.Prose(p.r.s.T("proof.unstated")))
	}
	all.Add(p.hash)
	all.Add(p.origin)
	all.Add(buttons)
}

// addVerdict adds how the file compares; where it differs, the reason, or the fields for it.
func (p *proofSheet) addVerdict(all *fyne.Container, s library.StatedHash, verdict library.HashVerdict) {
	words := p.r.s.T("proof.verdict", "verdict", p.r.s.T("hash."+string(verdict)))
	if s.Origin != "" {
		words += " " + p.r.s.T("proof.origin", "origin", s.Origin)
	}
	line := widgets.Prose(words)
	switch verdict {
	case library.HashDiffers:
		line.Importance = widget.WarningImportance
		all.Add(line)
		all.Add(p.reason)
		all.Add(p.by)
		all.Add(container.NewHBox(widgets.NewButton(p.r.s.T("proof.excuse"), nil, widgets.Plain, p.excuse)))
	case library.HashExcused:
		all.Add(line)
		at, _ := time.Parse(time.RFC3339, s.At)
		all.Add(widgets.Prose(p.r.s.T("proof.excused", "reason", s.Reason, "by", s.By, "date", p.r.s.In().Date(at.Local()))))
	default:
		all.Add(line)
	}
}

// state notes the hash that was typed.
func (p *proofSheet) state() {
	if p.r.s.Provenance.State(p.path, p.hash.Text, strings.TrimSpace(p.origin.Text)) {
		p.hash.SetText("")
	}
}

// excuse notes the reason that was typed.
func (p *proofSheet) excuse() {
	p.r.s.Provenance.Excuse(p.path, strings.TrimSpace(p.reason.Text), strings.TrimSpace(p.by.Text), time.Now())
}
