package signature

import (
	"bytes"
	"crypto"
	_ "crypto/sha256" // of time stamps
	_ "crypto/sha512"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"math/big"
	"slices"
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

// hash is the hash of what was stamped; 0 where it is not known.
func (t tstInfo) hash() crypto.Hash { return hashOf(t.Imprint.Algorithm.Algorithm) }

// hashOf is the hash of an object identifier; 0 of one that is not known.
func hashOf(oid asn1.ObjectIdentifier) crypto.Hash {
	for _, h := range []struct {
		oid  asn1.ObjectIdentifier
		hash crypto.Hash
	}{
		{oidSHA1, crypto.SHA1},
		{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}, crypto.SHA256},
		{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 2}, crypto.SHA384},
		{asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 3}, crypto.SHA512},
	} {
		if h.oid.Equal(oid) {
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

// stamping is what the time stamp beside a signature tells.
type stamping struct {
	at      time.Time // zero: there is none, or it is wrong
	by      string
	trusted bool // the chain of its authority is known
	wrong   bool // there is one that is of other bytes, was changed, or whose maker may make none
}

// stampOf reads the time stamp beside a signature; of several, the first that is right.
func stampOf(message *pkcs7.PKCS7, roots *Roots) (found stamping) {
	for _, a := range message.Signers[0].UnauthenticatedAttributes {
		if !a.Type.Equal(oidTimestamp) {
			continue
		}
		if one := stampIn(trimmed(a.Value.Bytes), message.Signers[0].EncryptedDigest, roots); !one.wrong {
			return one
		}
		found.wrong = true
	}
	return found
}

// stampIn is what a time stamp tells that is to be of some bytes.
func stampIn(der, of []byte, roots *Roots) stamping {
	stamp, err := pkcs7.Parse(der)
	if err != nil || len(stamp.Signers) != 1 {
		return stamping{wrong: true}
	}
	info, err := stampInfo(stamp.Content)
	if err != nil {
		return stamping{wrong: true}
	}
	h := info.hash().New()
	h.Write(of)
	authority := theirs(stamp)
	if !bytes.Equal(h.Sum(nil), info.Imprint.Digest) || authority == nil || !slices.Contains(authority.ExtKeyUsage, x509.ExtKeyUsageTimeStamping) {
		return stamping{wrong: true}
	}
	if fault, _ := signed(stamp); fault != None {
		return stamping{wrong: true}
	}
	return stamping{at: info.Time, by: nameOf(authority.Subject), trusted: roots.trust(authority, stamp.Certificates, info.Time)}
}
