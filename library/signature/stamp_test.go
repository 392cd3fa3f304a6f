package signature_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/asn1"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/smallstep/pkcs7"

	"butluc/library/signature"
	"butluc/library/signature/pades"
	"butluc/library/signature/signaturetest"
)

const clockForm = `[ tsa ]
default_tsa = one
[ one ]
serial = %[1]s/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
tsa_name = yes
`

// stamp is a time stamp (RFC 3161) of some bytes, made by openssl by an authority's key, and the time that it tells.
func stamp(t *testing.T, clock pades.Signer, of []byte) (token []byte, at time.Time) {
	t.Helper()
	dir := t.TempDir()
	certificate, key := keep(t, dir, clock)
	for name, text := range map[string]string{"serial": "01\n", "clock.cnf": fmt.Sprintf(clockForm, dir)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sum := sha256.Sum256(of)
	query, reply := filepath.Join(dir, "query"), filepath.Join(dir, "reply")
	openssl(t, nil, "ts", "-query", "-digest", hex.EncodeToString(sum[:]), "-sha256", "-cert", "-out", query)
	openssl(t, nil, "ts", "-reply", "-config", filepath.Join(dir, "clock.cnf"), "-queryfile", query, "-signer", certificate, "-inkey", key, "-token_out", "-out", reply)
	token, err := os.ReadFile(reply)
	if err != nil {
		t.Fatal(err)
	}
	text := openssl(t, nil, "ts", "-reply", "-in", reply, "-token_in", "-text")
	_, told, _ := bytes.Cut(text, []byte("Time stamp: "))
	line, _, _ := bytes.Cut(told, []byte("\n"))
	if at, err = time.Parse("Jan _2 15:04:05 2006 MST", string(line)); err != nil {
		t.Fatal(err)
	}
	return token, at
}

// stampedPDF is a PDF whose message has a time stamp beside it, of what of gives for the key's signature.
func stampedPDF(t *testing.T, person pades.Signer, told time.Time, make func(signed []byte) []byte) []byte {
	t.Helper()
	b := signaturetest.Sign(t, signaturetest.PDF("stamped", 0, false), person, pades.Options{At: told})
	b = bytes.Replace(b, []byte("/SubFilter /ETSI.CAdES.detached"), []byte("/SubFilter /adbe.pkcs7.detached"), 1)
	signed, err := pkcs7.NewSignedData(coveredBy(b))
	if err != nil {
		t.Fatal(err)
	}
	signed.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA256)
	if err := signed.AddSigner(person.Certificate, person.Key, pkcs7.SignerInfoConfig{}); err != nil {
		t.Fatal(err)
	}
	info := &signed.GetSignedData().SignerInfos[0]
	if err := info.SetUnauthenticatedAttributes([]pkcs7.Attribute{{
		Type: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 14}, Value: asn1.RawValue{FullBytes: make(info.EncryptedDigest)},
	}}); err != nil {
		t.Fatal(err)
	}
	signed.Detach()
	der, err := signed.Finish()
	if err != nil {
		t.Fatal(err)
	}
	if 2*len(der) > len(contents(b)) {
		t.Fatalf("a message of %d bytes has no room", len(der))
	}
	return withMessage(b, der)
}

// A time stamp beside a signature tells when it was made, whatever the signer's clock said; one that is of other bytes, was changed or
// comes of somebody who may make none is told to be wrong, and proves nothing.
func TestATimeStampTellsWhen(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl is not installed")
	}
	a, others := signaturetest.NewAuthority(t, "CA"), signaturetest.NewAuthority(t, "CA khác")
	person := a.Person(t, "An", signaturetest.RSA(t))
	own, foreign := a.Clock(t, "Đồng hồ"), others.Clock(t, "Đồng hồ khác")
	told := time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)
	var at time.Time
	of := func(clock pades.Signer, change func(signed []byte) []byte) []byte {
		return stampedPDF(t, person, told, func(signed []byte) (token []byte) {
			token, at = stamp(t, clock, change(bytes.Clone(signed)))
			return token
		})
	}
	same := func(b []byte) []byte { return b }
	for name, c := range map[string]struct {
		data           func() []byte
		stamped, known bool
		by             string
	}{
		"right":       {func() []byte { return of(own, same) }, true, true, "Đồng hồ"},
		"unknown":     {func() []byte { return of(foreign, same) }, true, false, "Đồng hồ khác"},
		"other bytes": {func() []byte { return of(own, func(b []byte) []byte { b[0] ^= 1; return b }) }, false, false, ""},
		"no authority": {func() []byte {
			return stampedPDF(t, person, told, func(signed []byte) []byte {
				token, _ := stamp(t, own, signed)
				return byAnybody(t, person, token)
			})
		}, false, false, ""},
		"changed": {func() []byte { b := of(own, same); return stampChanged(t, b, at) }, false, false, ""},
		"no stamp of time": {func() []byte {
			return stampedPDF(t, person, told, func([]byte) []byte { return []byte{0x04, 0x01, 0x00} })
		}, false, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			roots := t.TempDir()
			a.Install(t, roots)
			known, err := signature.LoadRoots(roots)
			if err != nil {
				t.Fatal(err)
			}
			s := one(t, c.data(), known)
			if !s.Intact || s.Covers != signature.Whole || !s.Trusted {
				t.Fatalf("the signature itself: %+v", s)
			}
			if s.Misstamped == c.stamped || s.StampTrusted != c.known || s.StampBy != c.by || s.Good() != c.stamped {
				t.Errorf("%+v", s)
			}
			if c.stamped && (!s.Stamped.Equal(at) || !s.When().Equal(at)) || !c.stamped && !s.Stamped.IsZero() {
				t.Errorf("the stamp is of %v, told is %v", at, s.Stamped)
			}
		})
	}
}

// byAnybody is a time stamp with somebody's signature in the place of its authority's.
func byAnybody(t *testing.T, person pades.Signer, token []byte) []byte {
	t.Helper()
	of, err := pkcs7.Parse(token)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := pkcs7.NewSignedData(of.Content)
	if err != nil {
		t.Fatal(err)
	}
	signed.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA256)
	if err := signed.AddSigner(person.Certificate, person.Key, pkcs7.SignerInfoConfig{}); err != nil {
		t.Fatal(err)
	}
	der, err := signed.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// stampChanged is a file whose time stamp tells another second than its authority signed.
func stampChanged(t *testing.T, b []byte, at time.Time) []byte {
	t.Helper()
	b = bytes.Clone(b)
	c := contents(b)
	i := bytes.Index(c, fmt.Appendf(nil, "180f%x", at.UTC().Format("20060102150405Z"))) // a GeneralizedTime
	if i < 0 {
		t.Fatal("there is no time in it")
	}
	digit := i + 4 + 2*13 + 1 // of the last second
	c[digit] = "1032547698"[c[digit]-'0']
	return b
}

// A time stamp of the whole document (ETSI.RFC3161) is told as one, with its time.
func TestADocumentIsStamped(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl is not installed")
	}
	a := signaturetest.NewAuthority(t, "CA")
	clock := a.Clock(t, "Đồng hồ")
	b := signaturetest.Sign(t, signaturetest.PDF("stamped", 0, false), clock, pades.Options{Name: "x", At: time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)})
	b = bytes.Replace(b, []byte("/SubFilter /ETSI.CAdES.detached"), []byte("/SubFilter /ETSI.RFC3161       "), 1)
	token, at := stamp(t, clock, coveredBy(b))
	b = withMessage(b, token)
	if s := one(t, b, nil); !s.Clock || !s.Intact || s.Covers != signature.Whole || !s.Time.Equal(at) || s.Name != "Đồng hồ" {
		t.Errorf("%+v, stamped %v", s, at)
	}
	changed := bytes.Replace(b, []byte("stamped"), []byte("stumped"), 1)
	if s := one(t, changed, nil); s.Intact || s.Fault != signature.Changed {
		t.Errorf("%+v", s)
	}
}
