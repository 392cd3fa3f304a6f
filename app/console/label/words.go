package label

import (
	"errors"
	"runtime"
	"strconv"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/folios"
	"butluc/library/intake"
	"butluc/library/mucluc"
	"butluc/library/search/ocr"
	"butluc/library/transcript"
)

// Folio is a folio with its abbreviation.
func Folio(in i18n.Catalogue, f library.Folio) string {
	text := in.T("folio", "folio", strconv.Itoa(f.Number)+f.Suffix)
	if f.Back {
		text += " " + in.T("folio.back")
	}
	return text
}

// FolioRange is the folios of a document's pages, "BL 43–48"; "" when they have none.
func FolioRange(in i18n.Catalogue, folios []library.Folio) string {
	var first, last library.Folio
	for _, f := range folios {
		if f.IsZero() {
			continue
		}
		if first.IsZero() {
			first = f
		}
		last = f
	}
	if first.IsZero() {
		return ""
	}
	text := in.T("folio", "folio", strconv.Itoa(first.Number)+first.Suffix)
	if last.Number != first.Number {
		text += "–" + strconv.Itoa(last.Number) + last.Suffix
	}
	return text
}

// Bound is where folios count, in words: "Tòa án · Tập 3"; "" in a case that counts as one.
func Bound(in i18n.Catalogue, b library.Bound) string {
	text := b.Volume
	if b.Series != library.SeriesNone {
		if text = in.T("series." + string(b.Series)); b.Volume != "" {
			text += " · " + b.Volume
		}
	}
	return text
}

// Stated says whether the case has as many folios as the indictment states.
func Stated(in i18n.Catalogue, s folios.StatedCount) string {
	text := ""
	if s.Series != library.SeriesNone {
		text = in.T("series."+string(s.Series)) + ": "
	}
	switch {
	case s.Missing() > 0:
		return text + in.T("folios.stated-missing", "stated", s.Stated, "have", s.Have, "count", s.Missing())
	case s.Extra() > 0:
		return text + in.T("folios.stated-extra", "stated", s.Stated, "have", s.Have, "count", s.Extra())
	default:
		return text + in.T("folios.stated-right", "stated", s.Stated)
	}
}

// Span is from where to where something plays, in whole seconds: "0:07–0:15"; within one second, "0:07.080–0:07.600".
func Span(span library.Span) string {
	from, to := library.Clock(span.From), library.Clock(span.To)
	if from == to {
		from, to = library.Timecode(span.From), library.Timecode(span.To)
	}
	return from + "–" + to
}

// Notice says one thing that is to be known of a case's data.
func Notice(in i18n.Catalogue, n casefile.Notice) string {
	at := n.Time.Format(timeForm)
	if n.Damage() {
		return in.T("damage."+string(n.Code), "time", at, "count", n.Count, "name", n.Path)
	}
	return in.T("case-notice."+string(n.Code), "name", n.Path, "time", at)
}

// Refusal says why a table is no list of documents.
func Refusal(in i18n.Catalogue, err error) string {
	for key, known := range map[string]error{
		"no-header": mucluc.ErrNoHeader, "too-large": mucluc.ErrTooLarge, "old-excel": mucluc.ErrOldExcel, "empty": mucluc.ErrEmpty,
	} {
		if errors.Is(err, known) {
			return in.T("list-refused." + key)
		}
	}
	return refused(err)
}

// TranscriptRefusal says why a file is no transcript.
func TranscriptRefusal(in i18n.Catalogue, err error) string {
	switch {
	case errors.Is(err, transcript.ErrTooLarge):
		return in.T("transcript-refused.too-large", "count", in.Number(library.MaxCues))
	case err == transcript.ErrNoTimes: //nolint:errorlint // of no line; one that is wrapped says which
		return in.T("transcript-refused.no-times")
	}
	return refused(err)
}

// refused says a fault in the words of what found it.
func refused(err error) string {
	if inner := errors.Unwrap(err); inner != nil {
		err = inner // without what the sentence says already
	}
	return err.Error()
}

// FaultKey is the end of the keys "fault." and "fault-short." of why a file can't be shown.
func FaultKey(f library.File) string {
	if f.Kind == library.KindText && f.Fault.Code == library.FaultUnknown {
		return "text" // known well enough, only not shown
	}
	return string(f.Fault.Code)
}

// Tesseract says what is to be installed on this system, where that is why scans are not read; else "".
func Tesseract(in i18n.Catalogue, err error) string {
	system := "linux"
	switch runtime.GOOS {
	case "windows":
		system = "windows"
	case "darwin":
		system = "mac"
	}
	switch {
	case errors.Is(err, ocr.ErrMissing):
		return in.T("need-tesseract." + system)
	case errors.Is(err, ocr.ErrLanguage):
		return in.T("need-vietnamese." + system)
	}
	return ""
}

// timeForm is a time as people in Vietnam write it.
const timeForm = "15:04:05 02/01/2006"

// Progress says how far the reading of a case is, in words.
func Progress(in i18n.Catalogue, p intake.Progress) string {
	done, total := in.Number(p.Done), in.Number(p.Total)
	if p.Stage == intake.StageHash { // counted in megabytes
		done, total = in.Size(int64(p.Done)<<20), in.Size(int64(p.Total)<<20)
	}
	return in.T("reading."+p.Stage.String(), "done", done, "total", total)
}

// Listed says what a *mục lục* makes of a case's files: how many of its documents were found in them, how many of those change
// something, and how many rows were not found.
func Listed(in i18n.Catalogue, placed, changed, missing int) string {
	if missing == 0 && placed > 0 {
		return in.T("cli.listed-all", "placed", placed)
	}
	return in.T("cli.listed", "placed", placed, "changed", changed, "unplaced", missing)
}
