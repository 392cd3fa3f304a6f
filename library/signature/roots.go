package signature

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"butluc/library/internal/atomicfile"
)

// RootExtensions are the names' ends that a certificate in the office's folder has.
var rootExtensions = []string{".cer", ".crt", ".pem", ".der"}

const maxRoot = 1 << 20 // bytes of a file of certificates

// Roots are the certificates that an office trusts. The zero value and nil trust nobody.
type Roots struct {
	certificates []*x509.Certificate
	Bad          []string // files of the folder that are no certificates
}

// LoadRoots reads the certificates in a folder: files named .cer, .crt, .der or .pem, PEM or DER. A folder that is not there
// has none.
func LoadRoots(dir string) (*Roots, error) {
	roots := &Roots{}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || dir == "" {
		return roots, nil
	}
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.IsDir() || !slices.Contains(rootExtensions, strings.ToLower(filepath.Ext(e.Name()))) {
			continue
		}
		certificates, err := readCertificates(filepath.Join(dir, e.Name()))
		if err != nil || len(certificates) == 0 {
			roots.Bad = append(roots.Bad, e.Name())
		}
		roots.certificates = append(roots.certificates, certificates...)
	}
	return roots, nil
}

func readCertificates(path string) ([]*x509.Certificate, error) {
	if info, err := os.Stat(path); err != nil || info.Size() > maxRoot {
		return nil, errors.Join(err, fs.ErrInvalid)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if !bytes.Contains(data, []byte("-----BEGIN ")) {
		return x509.ParseCertificates(data)
	}
	var list []*x509.Certificate
	for {
		var block *pem.Block
		if block, data = pem.Decode(data); block == nil {
			return list, nil
		}
		if block.Type == "CERTIFICATE" {
			c, err := x509.ParseCertificate(block.Bytes)
			if err != nil {
				return list, err
			}
			list = append(list, c)
		}
	}
}

// ErrNoCertificate says that a file is no certificate.
var ErrNoCertificate = errors.New("not a certificate")

// Install copies a file of certificates into the office's folder, under its name or one with a number. It fails with
// [ErrNoCertificate].
func Install(dir, file string) error {
	list, err := readCertificates(file)
	switch {
	case errors.As(err, new(*fs.PathError)):
		return err
	case err != nil || len(list) == 0:
		return ErrNoCertificate
	}
	name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)) + ".crt"
	_, err = atomicfile.WriteNew(filepath.Join(dir, name), ".certificate-", func(w io.Writer) error {
		for _, c := range list {
			if err := pem.Encode(w, &pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// Count is how many certificates there are.
func (r *Roots) Count() int {
	if r == nil {
		return 0
	}
	return len(r.certificates)
}

// ID is another for other certificates.
func (r *Roots) ID() string {
	h := sha256.New()
	if r != nil {
		for _, c := range r.certificates {
			h.Write(c.Raw)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// trust tells whether the chain of a certificate ends in one of these, as of a time. beside are the certificates that came
// with it. What a certificate is for is not asked: those of people are for anything and nothing.
func (r *Roots) trust(c *x509.Certificate, beside []*x509.Certificate, at time.Time) bool {
	if c == nil || r.Count() == 0 || at.IsZero() {
		return false
	}
	pool, between := x509.NewCertPool(), x509.NewCertPool()
	for _, root := range r.certificates {
		pool.AddCert(root)
	}
	for _, b := range beside {
		between.AddCert(b)
	}
	_, err := c.Verify(x509.VerifyOptions{
		Roots: pool, Intermediates: between, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	})
	return err == nil
}

// nameOf is how a certificate calls somebody.
func nameOf(n pkix.Name) string {
	if n.CommonName != "" {
		return n.CommonName
	}
	return first(n.Organization)
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
