package label

import (
	"errors"
	"net"
	"net/url"
	"strings"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/office/place"
	"butluc/library/office/roster"
	"butluc/library/office/share"
	"butluc/library/office/signed"
	"butluc/library/office/store"
)

// StoreWhy says why a store refused something, or was refused, and the way out.
func StoreWhy(in i18n.Catalogue, err error) string {
	if key := (Reasons{
		{store.ErrNone, "store-why.none"},
		{store.ErrThere, "store-why.there"},
		{store.ErrNewer, "store-why.newer"},
		{store.ErrOther, "store-why.other"},
		{store.ErrStranger, "store-why.stranger"},
		{store.ErrRosterGone, "store-why.roster-gone"},
		{store.ErrRight, "store-why.right"},
		{store.ErrNoCase, "store-why.no-case"},
		{store.ErrNotEmpty, "office-why.not-empty"},
		{store.ErrIncomplete, "store-why.incomplete"},
		{store.ErrDamaged, "store-why.damaged"},
		{store.ErrName, "store-why.name"},
		{share.ErrNoStore, "store-why.unknown"},
		{share.ErrNamed, "store-why.named"},
		{share.ErrKept, "store-why.kept"},
		{share.ErrNotSubmitted, "store-why.not-submitted"},
		{roster.ErrForged, "store-why.roster-forged"},
		{roster.ErrOlder, "store-why.roster-gone"},
		{roster.ErrUnknown, "store-why.unknown-member"},
		{roster.ErrInvalid, "store-why.roster-invalid"},
		{signed.ErrForged, "store-why.damaged"},
		{place.ErrAddress, "store-why.address"},
		{place.ErrRefused, "store-why.refused"},
		{place.ErrElsewhere, "store-why.elsewhere"},
	}).Key(err); key != "" {
		return in.T(key)
	}
	// What a folder says is a net.Error, too (syscall.Errno), and no server was asked.
	if of, from := (*net.OpError)(nil), (*url.Error)(nil); errors.As(err, &of) || errors.As(err, &from) {
		return in.T("store-why.unreachable")
	}
	return OfficeWhy(in, err)
}

// Right says what somebody may do with a case.
func Right(in i18n.Catalogue, r roster.Right) string { return in.T("right." + r.String()) }

// Role says what somebody is in the office.
func Role(in i18n.Catalogue, r roster.Role) string { return in.T("office-role." + string(r)) }

// Difference says what became of a record: "sửa bước “Bị cáo khai tại tòa”".
func Difference(in i18n.Catalogue, d library.Difference) string {
	return in.T("difference."+string(d.Kind), "what", recordName(in, d.Record))
}

// Clash says what two people changed otherwise from one another.
func Clash(in i18n.Catalogue, c library.Clash) string {
	switch {
	case c.Mine == nil:
		return in.T("clash.removed-here", "what", recordName(in, c.Theirs))
	case c.Theirs == nil:
		return in.T("clash.removed-there", "what", recordName(in, c.Mine))
	}
	return in.T("clash.both", "what", recordName(in, c.Mine))
}

// recordName names a record in a sentence, without what is only known with its case open.
func recordName(in i18n.Catalogue, r library.Record) string {
	name := ""
	switch r := r.(type) {
	case library.Person:
		name = r.Name
	case library.Phase:
		name = r.Title
	case library.Scenario:
		name = r.Title
	case library.Step:
		if name = r.Title; name == "" {
			name = firstLine(r.Say)
		}
	case library.Heading:
		name = readablePage(r.First)
	case library.Join:
		name = r.Title
	case library.Binding:
		name = readablePage(r.First)
	case library.PageNote:
		name = readablePage(r.Page)
	case library.Passage:
		name = readablePage(r.First)
	case library.Cue:
		name = firstLine(r.Text)
	case library.StatedHash:
		name = readablePage(r.First)
	case library.Recording:
		name = readablePage(r.First)
	case library.Matter:
		name = r.Title
	case library.Excerpt:
		name = firstLine(r.Text)
	case library.Contradiction:
		name = firstLine(r.Text)
	case library.Paragraph:
		name = firstLine(r.Text)
	}
	what := in.T("record-name." + string(r.Key().Table))
	if name == "" {
		return what
	}
	return what + " “" + name + "”"
}

func readablePage(p library.PageID) string { return library.ReadablePath(p.Path) }

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	const most = 60
	if letters := []rune(line); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return line
}
