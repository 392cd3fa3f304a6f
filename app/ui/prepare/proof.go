package prepare

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console/label"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// proved is the row over a file that somebody signed, or of which a hash is stated: in few words, and the way to all of it.
type proved struct {
	r     *Room
	words *widget.Label
	row   *fyne.Container
	sheet *proofSheet // nil until it was opened
}

func newProved(r *Room) proved {
	p := proved{r: r, words: widgets.Small("")}
	p.words.Truncation = fyne.TextTruncateEllipsis
	more := widgets.NewButton(r.s.T("proof.more"), nil, widgets.Plain, func() { r.head.proved.open() })
	p.row = container.NewBorder(nil, nil, nil, more, p.words)
	p.row.Hide()
	return p
}

func (p *proved) update() {
	path := p.r.s.Study.Current().Page.Path
	known := p.r.s.Readiness.Provenance.Known()
	found, signed := known.Signatures[path]
	_, stated := p.r.s.Readiness.Provenance.Stated(path)
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
	found := p.r.s.Readiness.Provenance.Known().Signatures[path]
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

// open opens what speaks for the file looked at.
func (p *proved) open() {
	r, path := p.r, p.r.s.Study.Current().Page.Path
	if _, ok := r.s.Dossier.Exhibit(path); !ok {
		return
	}
	sheet := &proofSheet{r: r, path: path}
	field := func(hint string) *widgets.Field {
		f := widgets.NewField(r.s.T(hint))
		f.Scroll = fyne.ScrollHorizontalOnly
		f.OnEscape = r.sheet.Close
		return f
	}
	sheet.hash, sheet.origin = field("proof.hash-hint"), field("proof.origin-hint")
	sheet.reason, sheet.by = field("proof.reason-hint"), field("proof.by-hint")
	sheet.hash.OnReturn, sheet.origin.OnReturn = sheet.state, sheet.state
	sheet.reason.OnReturn, sheet.by.OnReturn = sheet.excuse, sheet.excuse
	sheet.by.SetText(r.s.Dossier.Outline().Cover().Prosecutor)
	r.sheet.open(sheet.title(), sheet.build)
	p.sheet = sheet
}

// follow draws the sheet anew where it is open: something was found, or the outline changed.
func (p *proved) follow() {
	if p.sheet != nil && p.r.sheet.Visible() && p.r.sheet.Title() == p.sheet.title() {
		p.r.sheet.rebuild()
	}
}

func (p *proofSheet) title() string {
	return p.r.s.T("proof.title", "name", p.r.s.Labels.Name(library.PageID{Path: p.path}))
}

func (p *proofSheet) build() fyne.CanvasObject {
	all := container.NewVBox(widgets.Heading(p.r.s.T("proof.signatures")))
	for _, line := range p.signatures() {
		all.Add(widgets.Prose(line))
	}
	all.Add(widgets.Prose(p.r.s.T("proof.trusted", "count", p.r.s.Readiness.Provenance.Known().Trusted)))
	install := widgets.NewButton(p.r.s.T("proof.install"), nil, widgets.Plain, func() {
		p.r.choose.ChooseFile("proof.which-certificate", []string{".crt", ".cer", ".pem", ".der"}, p.r.s.Readiness.Provenance.Install)
	})
	all.Add(container.NewHBox(install))
	all.Add(widgets.Rule())
	all.Add(widgets.Heading(p.r.s.T("proof.hashes")))
	p.addHashes(all)
	return all
}

func (p *proofSheet) signatures() []string {
	found, ok := p.r.s.Readiness.Provenance.Known().Signatures[p.path]
	switch {
	case !ok && p.r.s.Dossier.FileAt(p.path).Kind != library.KindPDF:
		return []string{p.r.s.T("proof.no-pdf")}
	case !ok && !p.r.s.Readiness.Provenance.Looked():
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
	s, stated := p.r.s.Readiness.Provenance.Stated(p.path)
	compared := p.r.s.Readiness.Provenance.Known().Hashes[p.path]
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
			p.r.choose.ChooseFile("proof.which-list", []string{".md5", ".sha1", ".sha256", ".sha512", ".txt", ".csv"}, p.r.s.Readiness.Provenance.ReadList)
		}))
	if stated {
		p.addVerdict(all, s, s.Compare(own))
		buttons.Add(widgets.NewButton(p.r.s.T("proof.withdraw"), nil, widgets.Plain, func() { p.r.s.Readiness.Provenance.Withdraw(p.path) }))
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
	if p.r.s.Readiness.Provenance.State(p.path, p.hash.Text, strings.TrimSpace(p.origin.Text)) {
		p.hash.SetText("")
	}
}

// excuse notes the reason that was typed.
func (p *proofSheet) excuse() {
	p.r.s.Readiness.Provenance.Excuse(p.path, strings.TrimSpace(p.reason.Text), strings.TrimSpace(p.by.Text), time.Now())
}
