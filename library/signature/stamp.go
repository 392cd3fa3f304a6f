package signature

import (
	"bytes"
	"crypto"
	_ "crypto/sha256" // of time stamps
	_ "crypto/sha512"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"math/big"
	"time"

	"github.com/smallstep/pkcs7"
)

// tstInfo is what a time stamp says, RFC 3161, 2.4.2, as far as it is needed here.
type tstInfo struct {
	Version int
	Policy  asn1.ObjectIdentifier
	Imprint struct {
		Algorithm pkix.AlgorithmIdentifier
		Digest    []byte
	}
	Serial *big.Int
	Time   time.Time     `asn1:"generalized"`
	Rest   asn1.RawValue `asn1:"optional"`
}

// hash is the hash of what was stamped; one that is not available where it is not known.
func (t tstInfo) hash() crypto.Hash {
	for _, h := range []struct {
		oid  asn1.ObjectIdentifier
		hash crypto.Hash
	}{
		{oidSHA1, crypto.SHA1},
		{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}, crypto.SHA256},
		{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 2}, crypto.SHA384},
		{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3}, crypto.SHA512},
	} {
		if h.oid.Equal(t.Imprint.Algorithm.Algorithm) {
			return h.hash
		}
	}
	return 0
}

// stampInfo reads the content of a time stamp. What follows the time (accuracy, nonce, name of the authority) is left alone.
func stampInfo(content []byte) (tstInfo, error) {
	var info tstInfo
	var outer asn1.RawValue
	if _, err := asn1.Unmarshal(content, &outer); err != nil {
		return info, err
	}
	rest := outer.Bytes
	for _, field := range []any{&info.Version, &info.Policy, &info.Imprint, &info.Serial} {
		var err error
		if rest, err = asn1.Unmarshal(rest, field); err != nil {
			return info, err
		}
	}
	if _, err := asn1.UnmarshalWithParams(rest, &info.Time, "generalized"); err != nil {
		return info, err
	}
	if info.hash() == 0 {
		return info, errors.New("signature: a time stamp by a hash that is not known")
	}
	return info, nil
}

// stampOf is the time that a time stamp beside a signature proves, zero where there is none or it does not fit, and whether
// the chain of the stamp's own certificate is known.
func stampOf(message *pkcs7.PKCS7, roots *Roots) (at time.Time, trusted bool) {
	for _, a := range message.Signers[0].UnauthenticatedAttributes {
		if !a.Type.Equal(oidTimestamp) {
			continue
		}
		stamp, err := pkcs7.Parse(trimmed(a.Value.Bytes))
		if err != nil || len(stamp.Signers) != 1 {
			continue
		}
		info, err := stampInfo(stamp.Content)
		if err != nil {
			continue
		}
		h := info.hash().New()
		h.Write(message.Signers[0].EncryptedDigest)
		if !bytes.Equal(h.Sum(nil), info.Imprint.Digest) {
			continue
		}
		if fault, _ := signed(stamp); fault == None {
			return info.Time, roots.trust(theirs(stamp), stamp.Certificates, info.Time)
		}
	}
	return time.Time{}, false
}
