package wiring

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"

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

// signaturesKept is the file in which what was found in a case is kept; "" without a cache.
func signaturesKept(cache, caseDir string) string {
	if cache == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(caseDir))
	return filepath.Join(cache, "signatures", hex.EncodeToString(sum[:8])+".json")
}
