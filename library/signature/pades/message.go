package pades

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
)

// Object identifiers of RFC 5652, 5035, 8017 and 5758.
var (
	oidData          = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 1}
	oidSignedData    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidContentType   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	oidMessageDigest = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	oidCertificateV2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	oidSHA256        = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidRSA           = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	oidECDSA         = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}
)

type attribute struct {
	Type   asn1.ObjectIdentifier
	Values []asn1.RawValue `asn1:"set"`
}

type signerInfo struct {
	Version int
	Issuer  struct {
		Name   asn1.RawValue
		Serial *big.Int
	}
	Digest     pkix.AlgorithmIdentifier
	Attributes asn1.RawValue
	Algorithm  pkix.AlgorithmIdentifier
	Signature  []byte
}

type signedData struct {
	Version int
	Digests []pkix.AlgorithmIdentifier `asn1:"set"`
	Content struct {
		Type asn1.ObjectIdentifier
	}
	Certificates asn1.RawValue
	Signers      []signerInfo `asn1:"set"`
}

type contentInfo struct {
	Type    asn1.ObjectIdentifier
	Content asn1.RawValue
}

// attributeOf makes an attribute of one value.
func attributeOf(oid asn1.ObjectIdentifier, value any) (attribute, error) {
	der, err := asn1.Marshal(value)
	return attribute{oid, []asn1.RawValue{{FullBytes: der}}}, err
}

// message is the CMS message (RFC 5652) that signs a SHA-256, as PAdES wants it (EN 319 142-1, 6.3): the attributes content-type,
// message-digest and ESS signing-certificate-v2 (RFC 5035), and no signing-time.
func (s Signer) message(digest []byte) ([]byte, error) {
	contentType, err := attributeOf(oidContentType, oidData)
	if err != nil {
		return nil, err
	}
	messageDigest, err := attributeOf(oidMessageDigest, digest)
	if err != nil {
		return nil, err
	}
	type certID struct{ Hash []byte } // of SHA-256, the default, which is left out
	sum := sha256.Sum256(s.Certificate.Raw)
	certificate, err := attributeOf(oidCertificateV2, struct{ Certs []certID }{[]certID{{sum[:]}}})
	if err != nil {
		return nil, err
	}
	attributes, err := asn1.MarshalWithParams([]attribute{contentType, messageDigest, certificate}, "set")
	if err != nil {
		return nil, err
	}
	info := signerInfo{Version: 1, Digest: pkix.AlgorithmIdentifier{Algorithm: oidSHA256}}
	info.Issuer.Name, info.Issuer.Serial = asn1.RawValue{FullBytes: s.Certificate.RawIssuer}, s.Certificate.SerialNumber
	info.Attributes = asn1.RawValue{FullBytes: append([]byte{0xa0}, attributes[1:]...)} // [0] IMPLICIT SET OF
	switch s.Certificate.PublicKey.(type) {
	case *rsa.PublicKey:
		info.Algorithm = pkix.AlgorithmIdentifier{Algorithm: oidRSA, Parameters: asn1.NullRawValue}
	case *ecdsa.PublicKey:
		info.Algorithm = pkix.AlgorithmIdentifier{Algorithm: oidECDSA}
	default:
		return nil, fmt.Errorf("%w: a key of this kind", ErrCertificate)
	}
	hashed := sha256.Sum256(attributes)
	if info.Signature, err = s.Key.Sign(rand.Reader, hashed[:], crypto.SHA256); err != nil {
		return nil, err
	}
	all := signedData{Version: 1, Digests: []pkix.AlgorithmIdentifier{info.Digest}, Signers: []signerInfo{info}}
	all.Content.Type = oidData
	all.Certificates = asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: s.certificates()}
	der, err := asn1.Marshal(all)
	if err != nil {
		return nil, err
	}
	return asn1.Marshal(contentInfo{oidSignedData, asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: der}})
}

// certificates are the signer's and those above, one after the other.
func (s Signer) certificates() []byte {
	var b bytes.Buffer
	b.Write(s.Certificate.Raw)
	for _, c := range s.Chain {
		if !c.Equal(s.Certificate) {
			b.Write(c.Raw)
		}
	}
	return b.Bytes()
}
