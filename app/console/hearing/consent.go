package hearing

import (
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/journal"
	"butluc/presenter"
)

// Consent notes in the journal that the panel agreed to what was asked for, with the request as it was composed to be spoken,
// or refused it: then the court screen is black first. What was asked for is what waits for its question; else what the court
// sees, once; else what is in Preview. It shows nothing. Without a trial, or anything to ask for, it notes nothing.
func (h *Hearing) Consent(agreed bool) {
	st := h.stage.State()
	shot, at := h.askedFor(st, agreed)
	if !st.Running || shot.IsZero() {
		h.notices.Tell("consent.nothing", false)
		return
	}
	said := journal.Consent{Refused: !agreed, Ground: h.guard.GroundOf(shot)}
	ref, ok := h.run.StepAt(at)
	prepared := ok && h.run.ShotAt(at).SamePages(shot)
	if prepared {
		said.Step, said.Number = string(ref.Step.ID), h.labels.Number(ref.Step.ID)
	}
	o, x := h.dossier.Outline(), h.dossier.Index()
	switch {
	case prepared && ref.Step.Ground != "":
		said.Request = o.RequestOn(ref.Step.Ground, shot, x)
	case said.Ground != "":
		said.Request = o.RequestOn(i18n.In("vi").T("request.ground", "letter", said.Ground), shot, x)
	case h.guard.AsksGround():
		said.Request = o.RequestOn("", shot, x)
	default:
		said.Request = o.Request(shot, x)
	}
	key := "consent.kept"
	if !agreed {
		h.stage.Blacken()
		key = "consent.refused"
	}
	h.recorder.Consent(shot, said)
	h.agreed = library.Shot{}
	if agreed {
		h.agreed = shot
	}
	h.notices.TellText(h.lang.T(key, "name", h.labels.Name(shot.First().Page)), false)
}

// askedFor is what the panel speaks of, and its place in the run.
func (h *Hearing) askedFor(st presenter.State, agreed bool) (shot library.Shot, at int) {
	waits := !st.Asked.IsZero() && st.Asked == st.Preview
	seen := !st.Program.IsZero() && !st.Black
	noted := agreed && h.agreed.SamePages(st.Program)
	if seen && !waits && !noted {
		return st.Program, st.At
	}
	return st.Preview, st.Next
}
