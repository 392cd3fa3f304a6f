package signature

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // of old signatures: they are told to be weak
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"

	"github.com/smallstep/pkcs7"
)

// What crypto/x509 refuses or smallstep/pkcs7 does not know: RSA with SHA-1, and RSASSA-PSS.

var (
	oidPSS  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10} // RFC 4056
	oidMGF1 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 8}
)

// signedBytes are those that the key signed: the attributes, or without them the content.
func signedBytes(message *pkcs7.PKCS7) ([]byte, error) {
	if attributes := message.Signers[0].AuthenticatedAttributes; len(attributes) > 0 {
		return asn1.MarshalWithParams(attributes, "set")
	}
	return message.Content, nil
}

// signedSHA1 is signed of RSA with SHA-1, which crypto/x509 refuses. The digest was compared already.
func signedSHA1(message *pkcs7.PKCS7) Fault {
	signer := theirs(message)
	if signer == nil {
		return Malformed
	}
	key, ok := signer.PublicKey.(*rsa.PublicKey)
	if !ok {
		return Unsupported
	}
	over, err := signedBytes(message)
	if err != nil {
		return Malformed
	}
	sum := sha1.Sum(over) //nolint:gosec // as above
	if rsa.VerifyPKCS1v15(key, crypto.SHA1, sum[:], message.Signers[0].EncryptedDigest) != nil {
		return Forged
	}
	return None
}

// pssParameters are RSASSA-PSS-params, RFC 4055, 3.1.
type pssParameters struct {
	Hash    pkix.AlgorithmIdentifier `asn1:"explicit,optional,tag:0"`
	Mask    pkix.AlgorithmIdentifier `asn1:"explicit,optional,tag:1"`
	Salt    int                      `asn1:"explicit,optional,tag:2,default:20"`
	Trailer int                      `asn1:"explicit,optional,tag:3,default:1"`
}

// hash is the one of the digest and of the mask; false of two, or of one that is not known.
func (p pssParameters) hash() (crypto.Hash, bool) {
	of := func(a pkix.AlgorithmIdentifier) crypto.Hash {
		if a.Algorithm == nil {
			return crypto.SHA1 // the default
		}
		return hashOf(a.Algorithm)
	}
	mask := pkix.AlgorithmIdentifier{}
	if p.Mask.Algorithm != nil {
		if _, err := asn1.Unmarshal(p.Mask.Parameters.FullBytes, &mask); err != nil || !p.Mask.Algorithm.Equal(oidMGF1) {
			return 0, false
		}
	}
	h := of(p.Hash)
	return h, h != 0 && h == of(mask) && p.Trailer == 1
}

// signedPSS is signed of RSASSA-PSS (RFC 4056).
func signedPSS(message *pkcs7.PKCS7) (_ Fault, weak bool) {
	info, signer := message.Signers[0], theirs(message)
	var parameters pssParameters
	if _, err := asn1.Unmarshal(info.DigestEncryptionAlgorithm.Parameters.FullBytes, &parameters); err != nil || signer == nil {
		return Malformed, false
	}
	h, known := parameters.hash()
	key, isRSA := rsaKey(signer)
	digest := hashOf(info.DigestAlgorithm.Algorithm)
	if !known || !isRSA || digest == 0 {
		return Unsupported, false
	}
	if len(info.AuthenticatedAttributes) > 0 {
		var told []byte
		if err := message.UnmarshalSignedAttribute(pkcs7.OIDAttributeMessageDigest, &told); err != nil {
			return Malformed, false
		}
		sum, err := digested(message, digest)
		if err != nil || !bytes.Equal(sum, told) {
			return Changed, false
		}
	}
	over, err := signedBytes(message)
	if err != nil {
		return Malformed, false
	}
	sum := h.New()
	sum.Write(over)
	if rsa.VerifyPSS(key, h, sum.Sum(nil), info.EncryptedDigest, &rsa.PSSOptions{SaltLength: parameters.Salt, Hash: h}) != nil {
		return Forged, false
	}
	return None, h == crypto.SHA1 || digest == crypto.SHA1
}

// digested is the digest of what a message is about, as [pkcs7.PKCS7.Verify] takes it.
func digested(message *pkcs7.PKCS7, h crypto.Hash) ([]byte, error) {
	if message.Hasher != nil {
		return message.Hasher.Hash(h, bytes.NewReader(message.Content))
	}
	sum := h.New()
	sum.Write(message.Content)
	return sum.Sum(nil), nil
}

// rsaKey is the key of a certificate; crypto/x509 reads none that is for RSASSA-PSS alone.
func rsaKey(c *x509.Certificate) (*rsa.PublicKey, bool) {
	if key, ok := c.PublicKey.(*rsa.PublicKey); ok {
		return key, true
	}
	var info struct {
		Algorithm pkix.AlgorithmIdentifier
		Key       asn1.BitString
	}
	if _, err := asn1.Unmarshal(c.RawSubjectPublicKeyInfo, &info); err != nil || !info.Algorithm.Algorithm.Equal(oidPSS) {
		return nil, false
	}
	key, err := x509.ParsePKCS1PublicKey(info.Key.RightAlign())
	return key, err == nil
}
