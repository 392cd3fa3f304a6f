package console

import (
	"errors"
	"io/fs"
	"log/slog"
	"time"

	"butluc/app/i18n"
	"butluc/library/casefile"
	"butluc/presenter"
	"butluc/presenter/projector"
)

// Notice is the line at the console's foot.
type Notice struct {
	Text string
	Warn bool
	key  string // of the text; "" where it was put together
	Ask  bool   // whether to go on from what was left of a damaged database: [Session.GoOn]
	at   time.Time
}

// noticeFor is how long a line stays that asks for nothing; warnings stay until they are answered.
const noticeFor = 8 * time.Second

// Tick lets old lines go, and sees where the console is; the window calls it once a second.
func (s *Session) Tick(now time.Time) {
	s.court.look()
	if s.notice.Text != "" && !s.notice.Warn && now.Sub(s.notice.at) > noticeFor {
		s.ClearNotice()
	}
}

// Tell shows a line at the foot: the text of a key.
func (s *Session) Tell(key string, warn bool) {
	s.notice = Notice{Text: i18n.T(key), Warn: warn, key: key, at: time.Now()}
	s.changed(NoticeChanged)
}

// TellText shows a line at the foot.
func (s *Session) TellText(text string, warn bool) {
	s.notice = Notice{Text: text, Warn: warn, at: time.Now()}
	s.changed(NoticeChanged)
}

// Translate says the line at the foot in the language that is now in use. One that was put together can't be said
// again: it goes, but a warning is read in the old language rather than lost.
func (s *Session) Translate() {
	n := &s.notice
	switch {
	case n.key != "":
		n.Text = i18n.T(n.key)
	case n.Ask:
		n.Text = s.doubt()
	case !n.Warn:
		*n = Notice{}
	}
	s.changed(NoticeChanged)
}

// Notice is the line at the foot.
func (s *Session) Notice() Notice { return s.notice }

// ClearNotice empties the line at the foot.
func (s *Session) ClearNotice() {
	if s.notice != (Notice{}) {
		s.notice = Notice{}
		s.changed(NoticeChanged)
	}
}

// effect takes what the stage has to tell.
func (s *Session) effect(e presenter.Effect) {
	switch e := e.(type) {
	case presenter.Ask:
		s.TellText(i18n.T("caution."+e.Why.String(), "name", s.Name(e.Shot.First().Page), "why", s.restriction(e.Shot)), true)
	case presenter.Tell:
		if e.What == presenter.TakeFailed {
			key := "notice.take-failed"
			if s.State().Dark {
				key = "notice.take-failed-black"
			}
			s.TellText(i18n.T(key, "why", s.failureText(s.State().Preview)), true)
			return
		}
		if s.court.mode == ModeSingle && (e.What == presenter.ScreenAway || e.What == presenter.ScreenAgain) {
			return // on purpose, by a key
		}
		s.Tell("notice."+string(e.What), e.What == presenter.ScreenAway)
	case projector.ClipError:
		s.clipError(e)
	case projector.ScreenError:
		slog.Error("court screen", "err", e.Err)
		s.Tell("error.court", true)
	}
}

// why is an error in words for a person; the log has the chain.
func why(err error) string {
	for _, known := range []struct {
		err error
		key string
	}{
		{casefile.ErrInUse, "why.in-use"},
		{casefile.ErrNewer, "why.newer"},
		{fs.ErrNotExist, "why.gone"},
		{fs.ErrPermission, "why.refused"},
	} {
		if errors.Is(err, known.err) {
			return i18n.T(known.key)
		}
	}
	return i18n.T("why.other")
}
