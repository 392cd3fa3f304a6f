package label

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/office/answer"
	"butluc/library/office/identity"
	"butluc/library/office/pack"
	"butluc/library/office/signed"
)

// OfficeWhy says why a key, a card or a package was refused, and the way out.
func OfficeWhy(in i18n.Catalogue, err error) string {
	if fault := (*pack.Fault)(nil); errors.As(err, &fault) {
		name := library.ReadablePath(fault.Name)
		if name == "" {
			return in.T("pack-fault." + string(fault.Code))
		}
		return in.T("pack-fault-of."+string(fault.Code), "name", name)
	}
	if key := (Reasons{
		{pack.ErrPassphrase, "office-why.passphrase"},
		{pack.ErrPassphraseNeeded, "office-why.passphrase-needed"},
		{pack.ErrNotForYou, "office-why.not-for-you"},
		{pack.ErrExists, "office-why.exists"},
		{pack.ErrNotEmpty, "office-why.not-empty"},
		{pack.ErrNoRoom, "office-why.no-room"},
		{pack.ErrRestless, "office-why.restless"},
		{pack.ErrDiffers, "office-why.differs"},
		{casefile.ErrRestless, "office-why.restless"},
		{casefile.ErrReview, "why-not.review"},
		{pack.ErrEdited, "office-why.edited"},
		{answer.ErrNewer, "why.newer-file"},
		{answer.ErrInvalid, "office-why.answer"},
		{answer.ErrOtherCase, "office-why.answer-case"},
		{answer.ErrOtherOutline, "office-why.answer-outline"},
		{signed.ErrForged, "office-why.answer-forged"},
		{casefile.ErrNoSuchFile, "office-why.no-such-file"},
		{casefile.ErrDamaged, "office-why.damaged"},
		{identity.ErrPassphrase, "office-why.key-passphrase"},
		{identity.ErrWeak, "office-why.weak"},
		{identity.ErrPerson, "office-why.person"},
		{identity.ErrSecret, "office-why.secret"},
		{identity.ErrCard, "office-why.card"},
		{identity.ErrNone, "office-why.no-key"},
		{identity.ErrLocked, "office-why.locked"},
	}).Key(err); key != "" {
		return in.T(key, "least", identity.MinPassphrase)
	}
	if of := (*fs.PathError)(nil); errors.As(err, &of) {
		return in.T("office-why.file", "name", filepath.Base(of.Path), "why", Why(in, err))
	}
	return Why(in, err)
}

// Person is who a card is of: "Nguyễn Thị Hòa, Kiểm sát viên sơ cấp, VKSND khu vực 3"; nobody for the zero card.
func Person(in i18n.Catalogue, c identity.Card) string {
	if c.Name == "" {
		return in.T("identity.nobody")
	}
	if c.Recovery {
		return in.T("identity.recovery-of", "office", c.Office)
	}
	parts := []string{c.Name, c.Rank, c.Office}
	if c.Rank == "" {
		parts = []string{c.Name, c.Office}
	}
	return strings.Join(parts, ", ")
}

// Standing says what this machine knows of who has a card, and what to do about it.
func Standing(in i18n.Catalogue, s identity.Standing) string { return in.T("standing." + string(s)) }
