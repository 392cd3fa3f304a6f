package label

import (
	"errors"
	"io/fs"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/machine"
	"butluc/library/shelf"
)

// Reasons are errors with the keys of what is said of them. The first that an error is counts.
type Reasons []struct {
	Err error
	Key string
}

// Key is the key of what is said of an error; "" of one that is not among them.
func (r Reasons) Key(err error) string {
	for _, known := range r {
		if errors.Is(err, known.Err) {
			return known.Key
		}
	}
	return ""
}

// Why is an error in words for a person; the log has the chain.
func Why(in i18n.Catalogue, err error) string {
	if machine.Full(err) {
		return in.T("why.full")
	}
	if key := (Reasons{
		{casefile.ErrInUse, "why.in-use"},
		{casefile.ErrNewer, "why.newer"},
		{fs.ErrNotExist, "why.gone"},
		{fs.ErrPermission, "why.refused"},
		{shelf.ErrTemplateSize, "why.large"},
		{shelf.ErrTemplateName, "why.name"},
	}).Key(err); key != "" {
		return in.T(key)
	}
	if key := signing().Key(err); key != "" {
		return in.T(key)
	}
	return in.T("why.other")
}

// WhyNot says why an edit was refused.
func WhyNot(in i18n.Catalogue, err error) string {
	if key := (Reasons{
		{library.ErrStale, "why-not.stale"},
		{library.ErrNoRecord, "why-not.stale"},
		{library.ErrDigit, "why-not.digit"},
		{library.ErrJoined, "why-not.joined"},
		{library.ErrThere, "why-not.there"},
		{library.ErrInvalid, "why-not.invalid"},
		{casefile.ErrReview, "why-not.review"},
	}).Key(err); key != "" {
		return in.T(key)
	}
	return in.T("why.other")
}
