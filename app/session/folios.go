package session

import (
	"butluc/app/words"
	"butluc/library"
)

// BoundText is where folios count, in words: "Tòa án · Tập 3"; "" in a case that counts as one.
func BoundText(b library.Bound) string {
	text := b.Volume
	if b.Series != library.SeriesNone {
		if text = words.T("series." + string(b.Series)); b.Volume != "" {
			text += " · " + b.Volume
		}
	}
	return text
}

// StatedText says whether the case has as many folios as the indictment states.
func StatedText(s library.StatedCount) string {
	text := ""
	if s.Series != library.SeriesNone {
		text = words.T("series."+string(s.Series)) + ": "
	}
	switch {
	case s.Missing() > 0:
		return text + words.T("folios.stated-missing", "stated", s.Stated, "have", s.Have, "count", s.Missing())
	case s.Extra() > 0:
		return text + words.T("folios.stated-extra", "stated", s.Stated, "have", s.Have, "count", s.Extra())
	default:
		return text + words.T("folios.stated-right", "stated", s.Stated)
	}
}
