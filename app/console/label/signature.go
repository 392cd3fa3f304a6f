package label

import (
	"strings"
	"time"

	"butluc/app/i18n"
	"butluc/library/signature"
	"butluc/library/signature/pades"
	signer "butluc/library/signature/signing"
	"butluc/library/signature/token"
	"butluc/presenter/print"
)

// moment is a day and a time of it, in the machine's zone.
func moment(in i18n.Catalogue, at time.Time) string {
	at = at.Local()
	return in.Date(at) + " " + in.Clock(at)
}

// Signature is one signature in words: who, when, how much of the file, whether it was changed since, and whether the office
// knows who vouches for it.
func Signature(in i18n.Catalogue, s signature.Signature) string {
	name := s.Name
	if name == "" {
		name = in.T("signature.nobody")
	}
	if s.Office != "" && s.Office != name {
		name += ", " + s.Office
	}
	parts := []string{name}
	switch {
	case s.Clock:
		parts[0] = in.T("signature.clock", "name", name)
		parts = append(parts, moment(in, s.Time))
	case !s.Stamped.IsZero():
		key := "signature.stamped"
		if !s.StampTrusted {
			key = "signature.stamped-unknown"
		}
		parts = append(parts, in.T(key, "time", moment(in, s.Stamped), "name", s.StampBy))
	case !s.Time.IsZero():
		parts = append(parts, in.T("signature.told", "time", moment(in, s.Time)))
	}
	switch {
	case !s.Intact:
		parts = append(parts, in.T("signature."+string(s.Fault)))
	case s.Covers == signature.Part:
		parts = append(parts, in.T("signature.part"))
	default:
		parts = append(parts, in.T("signature.whole"))
	}
	if s.Intact && s.Trusted {
		parts = append(parts, in.T("signature.trusted", "name", s.Issuer))
	} else if s.Intact {
		parts = append(parts, in.T("signature.untrusted", "name", s.Issuer))
	}
	if s.Misstamped {
		parts = append(parts, in.T("signature.misstamped"))
	}
	if s.Weak {
		parts = append(parts, in.T("signature.weak"))
	}
	return strings.Join(parts, "; ")
}

// signing are the reasons why a PDF was not signed, with the way out.
func signing() Reasons {
	return Reasons{
		{pades.ErrPassphrase, "sign-why.passphrase"},
		{pades.ErrCertificate, "sign-why.certificate"},
		{pades.ErrEncrypted, "sign-why.encrypted"},
		{pades.ErrDamaged, "sign-why.damaged"},
		{token.ErrModule, "sign-why.module"},
		{token.ErrNone, "sign-why.none"},
		{token.ErrPIN, "sign-why.pin"},
		{token.ErrPINFew, "sign-why.pin-few"},
		{token.ErrPINLast, "sign-why.pin-last"},
		{token.ErrLocked, "sign-why.locked"},
		{token.ErrPulled, "sign-why.pulled"},
		{token.ErrKey, "sign-why.key"},
		{token.ErrCancelled, "sign-why.cancelled"},
		{signer.ErrNotNow, "sign-why.trial"},
		{signer.ErrExpired, "sign-why.expired"},
		{signer.ErrNotYet, "sign-why.not-yet"},
		{signer.ErrEnded, "sign-why.ended"},
	}
}

// Stamp are the words that are seen of a signature.
func Stamp(in i18n.Catalogue, name, office string, at time.Time) print.StampWords {
	w := print.StampWords{Heading: in.T("stamp.by"), Name: name}
	if office != "" {
		w.Lines = append(w.Lines, in.T("stamp.office", "name", office))
	}
	w.Lines = append(w.Lines, in.T("stamp.time", "time", moment(in, at)+at.Local().Format(" -07:00")))
	return w
}

// Certificate is one to sign with, in a line: whose, until when, who vouches for it, on which token, and whether its PIN is at risk.
func Certificate(in i18n.Catalogue, c signer.Certificate) string {
	if c.Name == "" {
		return in.T("certificate.unseen", "token", c.Token) + tries(in, c)
	}
	text := in.T("certificate.line", "name", c.Name, "issuer", c.Issuer, "until", in.Date(c.Until))
	if c.Token != "" {
		text += " · " + in.T("certificate.token", "token", c.Token)
	}
	return text + tries(in, c)
}

func tries(in i18n.Catalogue, c signer.Certificate) string {
	if c.Tries == token.TriesLeft {
		return ""
	}
	return " · " + in.T("tries."+string(c.Tries))
}
