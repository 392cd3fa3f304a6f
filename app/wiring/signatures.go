package wiring

import (
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"os"
	"path/filepath"

	"butluc/app/console/provenance"
	"butluc/library/shelf"
	"butluc/library/signature"
)

// CertificatesDir is the folder of the certificates that the office trusts, beside the settings; it is made where it is
// missing. None comes with the program.
func CertificatesDir() (string, error) {
	dir, err := shelf.DefaultDir()
	if err != nil {
		return "", err
	}
	dir = filepath.Join(dir, "certificates")
	return dir, os.MkdirAll(dir, 0o700)
}

// Signatures looks for who signed the files of a case; cache is "" where there is none.
func Signatures(cache, caseDir string) (*signature.Survey, error) {
	dir, err := CertificatesDir()
	if err != nil {
		return nil, err
	}
	return &signature.Survey{Reader: signature.Reader{Roots: dir}, Cache: signaturesKept(cache, caseDir)}, nil
}

// Provenance is what looks who signed the files of cases, and takes their hashes; cache is "" where there is none.
func Provenance(cache string) provenance.Options {
	o := provenance.Options{
		Signatures: func(caseDir string) (*signature.Survey, error) { return Signatures(cache, caseDir) },
		HashCache:  func(caseDir string) string { return hashesKept(cache, caseDir) },
	}
	var err error
	if o.Certificates, err = CertificatesDir(); err != nil {
		slog.Error("make folder of certificates", "err", err) // then nobody is trusted
	}
	return o
}

// signaturesKept is the file in which what was found in a case is kept; "" without a cache.
func signaturesKept(cache, caseDir string) string { return keptIn(cache, "signatures", caseDir) }

// hashesKept is the file in which the hashes of a case's files are kept; "" without a cache.
func hashesKept(cache, caseDir string) string { return keptIn(cache, "hashes", caseDir) }

func keptIn(cache, folder, caseDir string) string {
	if cache == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(caseDir))
	return filepath.Join(cache, folder, hex.EncodeToString(sum[:8])+".json")
}
