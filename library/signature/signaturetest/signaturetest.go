// Package signaturetest makes what tests of signatures need: authorities, people with certificates, and small PDFs.
package signaturetest

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/binary"
	"encoding/pem"
	"fmt"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	pkcs12 "software.sslmate.com/src/go-pkcs12"

	"butluc/library/signature/pades"
)

// Authority vouches for people.
type Authority struct {
	key         crypto.Signer
	Certificate *x509.Certificate
}

// NewAuthority makes one.
func NewAuthority(t testing.TB, name string) Authority {
	t.Helper()
	key := RSA(t)
	return Authority{key, certify(t, &x509.Certificate{
		Subject: pkix.Name{CommonName: name, Organization: []string{"Ban Cơ yếu"}}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign,
	}, nil, key.Public(), key)}
}

func year(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }

// RSA makes a key of 2048 bits.
func RSA(t testing.TB) crypto.Signer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// ECDSA makes a key on P-256.
func ECDSA(t testing.TB) crypto.Signer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func certify(t testing.TB, c, parent *x509.Certificate, public crypto.PublicKey, key crypto.Signer) *x509.Certificate {
	t.Helper()
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 100))
	if err != nil {
		t.Fatal(err)
	}
	c.SerialNumber, c.NotBefore, c.NotAfter = serial, year(2020), year(2090)
	if parent == nil {
		parent = c
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, public, key)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// Person is somebody with a certificate for a key.
func (a Authority) Person(t testing.TB, name string, key crypto.Signer) pades.Signer {
	t.Helper()
	c := certify(t, &x509.Certificate{
		Subject:  pkix.Name{CommonName: name, Organization: []string{"Viện kiểm sát nhân dân khu vực 1"}},
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment,
	}, a.Certificate, key.Public(), a.key)
	return pades.Signer{Key: key, Certificate: c, Chain: []*x509.Certificate{a.Certificate}}
}

// Clock is an authority of time stamps: its certificate is for them alone (RFC 3161, 2.3).
func (a Authority) Clock(t testing.TB, name string) pades.Signer {
	t.Helper()
	usage, err := asn1.Marshal([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, 8}})
	if err != nil {
		t.Fatal(err)
	}
	key := RSA(t)
	c := certify(t, &x509.Certificate{
		Subject: pkix.Name{CommonName: name}, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, Value: usage}},
	}, a.Certificate, key.Public(), a.key)
	return pades.Signer{Key: key, Certificate: c, Chain: []*x509.Certificate{a.Certificate}}
}

// Install puts the authority's certificate into a folder, as PEM.
func (a Authority) Install(t testing.TB, dir string) {
	t.Helper()
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.Certificate.Raw})
	if err := os.WriteFile(filepath.Join(dir, "authority.crt"), block, 0o600); err != nil {
		t.Fatal(err)
	}
}

// PKCS12 is a signer as a file with a passphrase.
func PKCS12(t testing.TB, s pades.Signer, passphrase string) []byte {
	t.Helper()
	data, err := pkcs12.Modern.Encode(s.Key, s.Certificate, s.Chain, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Sign signs a PDF.
func Sign(t testing.TB, pdf []byte, s pades.Signer, o pades.Options) []byte {
	t.Helper()
	if o.At.IsZero() {
		o.At = time.Now()
	}
	var b bytes.Buffer
	if err := pades.Sign(&b, pdf, s, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// PDF is a PDF of one page with a text. turn is the page's /Rotate; streamed has its table of objects as a stream and its
// objects, but for the content, in another, as writers since PDF 1.5 do.
func PDF(text string, turn int, streamed bool) []byte {
	content := fmt.Sprintf("BT /F1 24 Tf 72 700 Td (%s) Tj ET", text)
	objects := map[int]string{
		1: "<< /Type /Catalog /Pages 2 0 R /PageLabels << /Nums [0 << /P (BL#\\() >>] >> /Lang (vi) >>",
		2: "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
		3: fmt.Sprintf("<< /Type /Page /Parent 2 0 R /Rotate %d /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>", turn),
		4: fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
		5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	}
	if streamed {
		return inStreams(objects)
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	at := map[int]int{}
	for _, n := range slices.Sorted(maps.Keys(objects)) {
		at[n] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, objects[n])
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f\r\n", len(objects)+1)
	for _, n := range slices.Sorted(maps.Keys(objects)) {
		fmt.Fprintf(&b, "%010d 00000 n\r\n", at[n])
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /ID [<0102><0102>] >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

func inStreams(objects map[int]string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
	var rows [8][6]byte // kind, place or stream, index
	row := func(n int, kind byte, at, index int) {
		rows[n][0], rows[n][5] = kind, byte(index)
		binary.BigEndian.PutUint32(rows[n][1:], uint32(at))
	}
	row(4, 1, b.Len(), 0)
	fmt.Fprintf(&b, "4 0 obj\n%s\nendobj\n", objects[4])
	var head, body strings.Builder
	for i, n := range []int{1, 2, 3, 5} {
		fmt.Fprintf(&head, "%d %d ", n, body.Len())
		body.WriteString(objects[n] + "\n")
		row(n, 2, 6, i)
	}
	row(6, 1, b.Len(), 0)
	fmt.Fprintf(&b, "6 0 obj\n<< /Type /ObjStm /N 4 /First %d /Length %d >>\nstream\n%s%s\nendstream\nendobj\n",
		head.Len(), head.Len()+body.Len(), head.String(), body.String())
	start := b.Len()
	row(7, 1, start, 0)
	fmt.Fprintf(&b, "7 0 obj\n<< /Type /XRef /Size 8 /Root 1 0 R /W [1 4 1] /Length %d >>\nstream\n", 8*6)
	for _, r := range rows {
		b.Write(r[:])
	}
	fmt.Fprintf(&b, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", start)
	return b.Bytes()
}
