// Package review is the superior's side of an outline in the window: on the prosecutor's machine what superiors said to what was
// submitted; on the superior's, in a case that is here to be read, what they are about to say.
package review

import (
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"time"

	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/job"
	"butluc/app/console/label"
	"butluc/app/console/notice"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/office/answer"
	"butluc/library/office/identity"
	"butluc/library/office/register"
	"butluc/presenter/print"
)

// Deps are what it works with.
type Deps struct {
	Lang     *i18n.Localizer
	Dossier  *dossier.Dossier
	Events   *event.Bus
	Jobs     *job.Runner
	Notices  *notice.Bar
	Standing func() (func(identity.Card) identity.Standing, error) // reads whom the user knows, on a goroutine
	Now      func() time.Time
}

// Review is what superiors say to the outline of the open case. It belongs to the UI goroutine.
type Review struct {
	Deps

	read     int                          // how many answers of the case were looked at
	list     []answer.Signed              // those that are about it, in their order
	standing map[string]identity.Standing // of who gave them, by fingerprint; nil until it was read

	drafted bool // the draft was read
	draft   answer.Answer
	unkept  bool // it is not on disk yet
	saving  bool
}

// New makes it.
func New(d Deps) *Review { return &Review{Deps: d} }

// Answer is one that is shown.
type Answer struct {
	answer.Signed
	Standing identity.Standing
	Latest   bool // it is about the copy that was submitted last
}

// Known tells whether this machine knows the key that signed it, so that the name can be believed.
func (a Answer) Known() bool { return a.counts() || a.Standing == identity.Own }

// counts tells of the answer of somebody else whom this machine knows: nobody approves their own outline.
func (a Answer) counts() bool { return a.Standing == identity.Compared || a.Standing == identity.Taken }

// Follow takes in what answers the case has by now.
func (r *Review) Follow() {
	now := r.Dossier.Latest()
	if len(now.Answers) == r.read {
		return
	}
	for _, data := range now.Answers[min(r.read, len(now.Answers)):] {
		a, err := answer.Parse(data)
		if err != nil || a.Case != now.Case.ID {
			slog.Warn("read answer", "err", err)
			continue
		}
		r.list = append(r.list, a)
	}
	r.read = len(now.Answers)
	answer.Sort(r.list)
	r.Know()
}

// Know reads anew whom the user knows.
func (r *Review) Know() {
	if r.Standing == nil {
		return
	}
	list := slices.Clone(r.list)
	r.Jobs.Go(func() {
		of, err := r.Standing()
		if err != nil {
			slog.Warn("read cards", "err", err)
			return
		}
		standing := map[string]identity.Standing{}
		for _, a := range list {
			standing[a.By.Fingerprint()] = of(a.By)
		}
		r.Events.Post(func() {
			r.standing = standing
			r.Events.Changed(event.OutlineChanged)
		})
	})
}

// Answers are all, the newest first.
func (r *Review) Answers() []Answer {
	last := r.Dossier.Latest().Approval.SHA256
	var list []Answer
	for _, a := range slices.Backward(r.list) {
		list = append(list, Answer{a, r.standing[a.By.Fingerprint()], a.Outline == last})
	}
	return list
}

// Newest is the last answer, by somebody else whom this machine knows, to the copy that was submitted last.
func (r *Review) Newest() (Answer, bool) {
	for _, a := range r.Answers() {
		if a.Latest && a.counts() {
			return a, true
		}
	}
	return Answer{}, false
}

// Line says in a line what became of the outline, or that the case is here to be read; "" where there is nothing to say.
func (r *Review) Line() string {
	in := r.Lang.In()
	if from, ok := r.Sender(); r.Reading() {
		name := from.Name
		if !ok {
			name = "?"
		}
		return in.T("answer.line-reading", "name", name)
	}
	a, ok := r.Newest()
	if !ok {
		if len(r.list) > 0 {
			return in.T("answer.line-others")
		}
		return ""
	}
	now := r.Dossier.Latest()
	if a.Verdict == answer.Approved && len(now.Outline.Since(now.Approval.Outline)) > 0 {
		return in.T("answer.line-since", "print", a.Short())
	}
	return in.T("answer.line."+string(a.Verdict), "name", a.By.Name, "date", in.Date(a.Time.Local()), "print", a.Short())
}

// Opinion is that of the newest answer for the outline on paper; nil where there is none.
func (r *Review) Opinion() *print.Opinion {
	a, ok := r.Newest()
	if !ok {
		return nil
	}
	o := &print.Opinion{
		By: label.Person(i18n.In("vi"), a.By), Approved: a.Verdict == answer.Approved, At: a.Time.Local(), Print: a.By.Fingerprint(), Text: a.Opinion,
	}
	for _, said := range a.Remarks {
		o.Remarks = append(o.Remarks, print.Remark{On: said.Title, Text: said.Text})
	}
	return o
}

// Remark is what a superior said of a step.
type Remark struct {
	Answer
	Text string
}

// On gives what was said of a step, the newest first; of "" what was said of the whole, and of steps that are gone.
func (r *Review) On(step library.ID) []Remark {
	o := r.Dossier.Outline()
	var list []Remark
	for _, a := range r.Answers() {
		for _, said := range a.Remarks {
			_, there := o.Step(library.ID(said.Step))
			switch {
			case said.Step == string(step):
				list = append(list, Remark{a, said.Text})
			case step == "" && !there:
				list = append(list, Remark{a, said.Title + ": " + said.Text})
			}
		}
	}
	return list
}

// State is how far the outline is with the superior: was, which the case itself tells, or what became of it.
func (r *Review) State(was register.Outline) register.Outline {
	a, ok := r.Newest()
	switch {
	case !ok || was != register.OutlineSubmitted && was != register.OutlineChanged:
		return was
	case a.Verdict == answer.Returned:
		return register.OutlineReturned
	case was == register.OutlineSubmitted:
		return register.OutlineApproved
	}
	return was
}

// Reading tells whether the case is here to be read and answered: it is not edited.
func (r *Review) Reading() bool { return r.Dossier.Latest().Review != nil }

// Sender is the card of who submitted the case that is read.
func (r *Review) Sender() (identity.Card, bool) {
	mark := r.Dossier.Latest().Review
	if mark == nil {
		return identity.Card{}, false
	}
	c, err := identity.ParseCard([]byte(mark.From))
	return c, err == nil
}

// Store is the id of the store that the case came from to be read, "" where it came in a package.
func (r *Review) Store() string {
	if mark := r.Dossier.Latest().Review; mark != nil {
		return mark.Store
	}
	return ""
}

// Draft is what is about to be said. It is on disk as it is typed.
func (r *Review) Draft() answer.Answer {
	now := r.Dossier.Latest()
	if !r.drafted && r.Dossier.File() != nil {
		r.drafted = true
		data, err := r.Dossier.File().Draft()
		if err == nil && data != nil {
			err = json.Unmarshal(data, &r.draft)
		}
		if err != nil {
			slog.Error("read draft of answer", "err", err)
		}
	}
	if r.draft.Outline != now.Approval.SHA256 || r.draft.Case != now.Case.ID {
		r.draft = answer.To(now.Case.ID, now.Approval)
	}
	return r.draft
}

// Say changes what is said of the outline.
func (r *Review) Say(opinion string) {
	a := r.Draft()
	a.Opinion = opinion
	r.keep(a)
}

// Remark changes what is said of a step, "" for the whole.
func (r *Review) Remark(step library.ID, text string) {
	said := answer.Remark{Step: string(step), Text: text}
	if s, ok := r.Dossier.Outline().Step(step); ok {
		said.Title = library.Visible(cut(s.Title))
	}
	r.keep(r.Draft().With(said))
}

// cut keeps a title short enough for a remark.
func cut(title string) string {
	if letters := []rune(title); len(letters) > answer.MaxRemark {
		return string(letters[:answer.MaxRemark])
	}
	return title
}

func (r *Review) keep(a answer.Answer) {
	if !r.Reading() { // a field may tell what was typed in it once its case is closed
		return
	}
	r.draft, r.unkept = a, true
	r.save()
}

// save writes the draft behind, one writing at a time, the newest last.
func (r *Review) save() {
	if r.saving || !r.unkept {
		return
	}
	r.saving, r.unkept = true, false
	var data []byte
	if r.draft.Case != "" {
		data, _ = json.Marshal(r.draft) // texts and a time
	}
	file := r.Dossier.File()
	r.Jobs.Go(func() {
		err := file.KeepDraft(data)
		r.Events.Post(func() {
			r.saving = false
			if err != nil {
				slog.Error("keep draft of answer", "err", err)
				r.Notices.Tell("answer.draft-unkept", true)
			}
			r.save()
		})
	})
}

// Sign signs the draft with a verdict, keeps it in the case and begins a new draft.
func (r *Review) Sign(by *identity.Identity, v answer.Verdict) (answer.Signed, error) {
	a := r.Draft()
	a.Verdict, a.Opinion = v, strings.TrimSpace(a.Opinion)
	s, err := a.Sign(by, r.Now())
	if err != nil {
		return answer.Signed{}, err
	}
	if err := r.Dossier.File().TakeAnswer(s.ID, s.Data); err != nil {
		return answer.Signed{}, err
	}
	r.keep(answer.Answer{})
	return s, nil
}
