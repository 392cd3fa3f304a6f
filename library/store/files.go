package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"butluc/library"
	"butluc/library/internal/atomicfile"
	"butluc/library/internal/plain"
)

const (
	dbName   = "case.db"
	noteName = "ĐỌC TÔI - README.txt"
	note     = "Thư mục này do chương trình Butluc tạo ra để lưu đề cương trình chiếu và mục lục của vụ án; không chứa tài liệu gốc, xin đừng xóa hay sửa.\r\n" +
		"Butluc keeps this case's outline and index in this folder; it holds no originals. Please do not delete or change it.\r\n"
)

// DefaultDataDir is Butluc's folder among the user's data: XDG_DATA_HOME (or ~/.local/share),
// %LocalAppData% on Windows. "" where the system tells no home.
func DefaultDataDir() string {
	base := os.Getenv("XDG_DATA_HOME")
	switch {
	case runtime.GOOS == "windows":
		base = os.Getenv("LocalAppData")
	case !filepath.IsAbs(base):
		home, err := os.UserHomeDir()
		if err != nil {
			return ""
		}
		base = filepath.Join(home, ".local", "share")
	}
	if base == "" {
		return ""
	}
	return filepath.Join(base, "butluc")
}

func sidecarOf(dir string) string { return filepath.Join(dir, library.Sidecar) }

// fallbackOf is the stand-in for a case folder's sidecar.
func fallbackOf(dataDir, dir string) string { return filepath.Join(dataDir, "cases", hashOf(dir)) }

// hashOf names a path in the user's data folder, which tells nobody what cases there are.
func hashOf(path string) string {
	sum := sha256.Sum256([]byte(path))
	return hex.EncodeToString(sum[:16])
}

// prepare makes a folder and proves that it can be written. A link is refused: a crafted case
// could lead our writing elsewhere.
func prepare(home string, withNote bool) error {
	if withNote {
		if err := os.Mkdir(home, 0o755); err != nil && !errors.Is(err, fs.ErrExist) { //nolint:gosec // as the case folder is
			return err
		}
	} else if err := os.MkdirAll(home, 0o700); err != nil {
		return err
	}
	info, err := os.Lstat(home)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("prepare %s: not a folder", home)
	}
	f, err := os.CreateTemp(home, dbName+".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if err := canWrite(filepath.Join(home, dbName)); err != nil {
		return err
	}
	if !withNote {
		return nil
	}
	if _, err := os.Lstat(filepath.Join(home, noteName)); errors.Is(err, fs.ErrNotExist) {
		return os.WriteFile(filepath.Join(home, noteName), []byte("\ufeff"+note), 0o644) //nolint:gosec // for people to read
	}
	return nil
}

// canWrite tells why an existing database can't be written; what is no plain file is left to those
// who set bad databases aside.
func canWrite(path string) error {
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	f, err := plain.OpenOwn(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return f.Close()
}

// sweep removes what a crash left half made. Only files older than a minute: another window may
// be making one.
func sweep(home string) {
	left, _ := filepath.Glob(filepath.Join(escapeGlob(home), dbName+".new-*"))
	more, _ := filepath.Glob(filepath.Join(escapeGlob(submittedOf(home)), dbName+".new-*"))
	for _, path := range append(left, more...) {
		if info, err := os.Lstat(path); err == nil && time.Since(info.ModTime()) > time.Minute {
			_ = os.Remove(path)
		}
	}
}

func escapeGlob(path string) string {
	if runtime.GOOS == "windows" { // has no escapes; a folder with brackets keeps its litter
		return path
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// setAside renames a bad database so that nothing is lost, and gives the new path.
func setAside(path string, now time.Time) (string, error) {
	for i := 1; ; i++ {
		to := path + ".bad-" + stamp(now)
		if i > 1 {
			to += fmt.Sprintf("-%d", i)
		}
		if _, err := os.Lstat(to); err == nil {
			continue
		}
		return to, atomicfile.Rename(path, to)
	}
}

// writeFile writes a file whole; the temporary name is one that sweep removes.
func writeFile(path string, write func(io.Writer) error) error {
	return atomicfile.WriteFile(path, dbName+".new-", write)
}

func copyFile(from, to string) error {
	src, err := plain.OpenOwn(from, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	defer src.Close()
	return writeFile(to, func(w io.Writer) error { _, err := io.Copy(w, src); return err })
}

// A seal, in the user's data folder, remembers a database as this machine closed it. One that is
// sealed as it is needs no check.
type sealRecord struct {
	Version int    `json:"version"`
	SHA256  string `json:"sha256"`
}

func sealPath(dataDir, path string) string {
	return filepath.Join(dataDir, "seals", hashOf(path)+".json")
}

func sumOf(path string) (string, error) {
	f, err := plain.OpenOwn(path, os.O_RDONLY, 0)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func writeSeal(dataDir, path string) {
	sum, err := sumOf(path)
	if err != nil || os.MkdirAll(filepath.Join(dataDir, "seals"), 0o700) != nil {
		return // without a seal the next opening checks
	}
	b, _ := json.Marshal(sealRecord{1, sum}) // of a number and a string: never fails
	_ = os.WriteFile(sealPath(dataDir, path), b, 0o600)
}

func sealed(dataDir, path string) bool {
	b, err := plain.ReadOwn(sealPath(dataDir, path), 1<<10)
	var r sealRecord
	if err != nil || json.Unmarshal(b, &r) != nil || r.Version != 1 || r.SHA256 == "" {
		return false
	}
	sum, err := sumOf(path)
	return err == nil && sum == r.SHA256
}

// breakSeal removes the seal while the database is open for writing.
func breakSeal(dataDir, path string) { _ = os.Remove(sealPath(dataDir, path)) }
