package signature

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"io"
	"time"

	"github.com/smallstep/pkcs7"
)

// The forms that a signature may have, ISO 32000-2 table 255.
const (
	formDetached  = "adbe.pkcs7.detached"
	formPAdES     = "ETSI.CAdES.detached"
	formSHA1      = "adbe.pkcs7.sha1"
	formTimestamp = "ETSI.RFC3161"
)

var (
	oidTimestamp = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 14} // id-aa-timeStampToken, RFC 3161 appendix A
	oidSHA1      = asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}
)

// covered hashes what a range names, whatever content the message says it has; smallstep/pkcs7 asks it for the digest.
type covered struct {
	r io.ReaderAt
	p place
}

// Hash implements [pkcs7.Hasher].
func (c covered) Hash(hash crypto.Hash, _ io.Reader) ([]byte, error) {
	if !hash.Available() {
		return nil, errors.New("signature: no such hash")
	}
	h := hash.New()
	for i := 0; i < len(c.p.ranges); i += 2 {
		if _, err := io.Copy(h, io.NewSectionReader(c.r, c.p.ranges[i], c.p.ranges[i+1])); err != nil {
			return nil, err
		}
	}
	return h.Sum(nil), nil
}

// verify tells of one signature.
func (p place) verify(r io.ReaderAt, size int64, roots *Roots) (s Signature) {
	s = Signature{Covers: Part, Time: p.told, Clock: p.form == formTimestamp, Fault: Malformed}
	defer func() {
		if recover() != nil { // a parser met what it did not expect
			s.Fault, s.Intact, s.Trusted = Malformed, false, false
		}
	}()
	der, alone, ok := p.message(r, size)
	if !ok {
		return s
	}
	s.Since = size - p.end()
	message, err := pkcs7.Parse(der)
	if err != nil || len(message.Signers) == 0 {
		if !known(p.form) {
			s.Fault = Unsupported
		}
		return s
	}
	if alone && s.Since == 0 {
		s.Covers = Whole
	}
	signer := theirs(message)
	if signer != nil {
		s.Name, s.Office, s.Issuer = nameOf(signer.Subject), first(signer.Subject.Organization), nameOf(signer.Issuer)
	}
	if at, ok := signingTime(message); ok {
		s.Time = at
	}
	s.Fault, s.Weak = p.check(r, message)
	s.Intact = s.Fault == None
	if !s.Intact {
		return s
	}
	at := s.Time
	if s.Clock {
		info, _ := stampInfo(message.Content)
		s.Time, s.Stamped, at = info.Time, info.Time, info.Time
	} else {
		stamp := stampOf(message, roots)
		s.Stamped, s.StampBy, s.StampTrusted, s.Misstamped = stamp.at, stamp.by, stamp.trusted, stamp.wrong
		if stamp.trusted {
			at = stamp.at
		}
	}
	s.Trusted = roots.trust(signer, message.Certificates, at)
	return s
}

func known(form string) bool {
	switch form {
	case formDetached, formPAdES, formSHA1, formTimestamp, "":
		return true
	}
	return false
}

// check tells whether what is covered is what was signed.
func (p place) check(r io.ReaderAt, message *pkcs7.PKCS7) (_ Fault, weak bool) {
	all := covered{r, p}
	switch p.form {
	case formDetached, formPAdES, "":
		message.Hasher = all
		if len(message.Signers[0].AuthenticatedAttributes) == 0 {
			return p.plain(r, message) // the signature is of the bytes themselves
		}
	case formSHA1: // the message's content is the digest
		sum, err := all.Hash(crypto.SHA1, nil)
		if err != nil || !bytes.Equal(sum, message.Content) {
			return Changed, true
		}
		weak = true
	case formTimestamp:
		info, err := stampInfo(message.Content)
		if err != nil {
			return Malformed, false
		}
		sum, err := all.Hash(info.hash(), nil)
		if err != nil || !bytes.Equal(sum, info.Imprint.Digest) {
			return Changed, false
		}
	default:
		return Unsupported, false
	}
	fault, sha1 := signed(message)
	return fault, weak || sha1
}

// plain is check of a message without attributes, which smallstep/pkcs7 verifies by the content: it must be in memory.
func (p place) plain(r io.ReaderAt, message *pkcs7.PKCS7) (Fault, bool) {
	const most = 256 << 20
	if p.ranges[1]+p.ranges[3] > most {
		return Unsupported, false
	}
	message.Content = nil
	for i := 0; i < len(p.ranges); i += 2 {
		part, err := io.ReadAll(io.NewSectionReader(r, p.ranges[i], p.ranges[i+1]))
		if err != nil {
			return Malformed, false
		}
		message.Content = append(message.Content, part...)
	}
	fault, weak := signed(message)
	if fault == Forged {
		fault = Changed // which of both can't be told
	}
	return fault, weak
}

// signed tells whether a message was signed by its certificate's key. When the certificate held is a question of trust,
// asked elsewhere: so it holds for ever here.
func signed(message *pkcs7.PKCS7) (_ Fault, weak bool) {
	for i, c := range message.Certificates {
		forever := *c
		forever.NotBefore, forever.NotAfter = time.Time{}, time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
		message.Certificates[i] = &forever
		defer func() { message.Certificates[i] = c }()
	}
	if message.Signers[0].DigestEncryptionAlgorithm.Algorithm.Equal(oidPSS) {
		return signedPSS(message)
	}
	err := message.Verify()
	var mismatch *pkcs7.MessageDigestMismatchError
	var old x509.InsecureAlgorithmError
	switch {
	case err == nil:
		return None, message.Signers[0].DigestAlgorithm.Algorithm.Equal(oidSHA1)
	case errors.As(err, &mismatch):
		return Changed, false
	case errors.As(err, &old):
		return signedSHA1(message), true
	case errors.Is(err, rsa.ErrVerification), err.Error() == "x509: ECDSA verification failure":
		return Forged, false
	}
	return Unsupported, false
}

// theirs is the certificate of whoever signed; nil where there is none, or more than one.
func theirs(message *pkcs7.PKCS7) *x509.Certificate { return message.GetOnlySigner() }

func signingTime(message *pkcs7.PKCS7) (at time.Time, ok bool) {
	err := message.UnmarshalSignedAttribute(pkcs7.OIDAttributeSigningTime, &at)
	return at, err == nil
}
