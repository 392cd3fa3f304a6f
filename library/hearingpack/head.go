package hearingpack

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"butluc/library/internal/atomicfile"
	"butluc/library/journal"
	"butluc/library/office/identity"
)

// headFormat is the first line of a statement: what is signed says itself what it is.
const headFormat = "butluc-journal-head 1"

// Folder is where the signed heads of a journal lie, beside it.
const Folder = "signed"

// Statement is what is signed of a journal at the end of a hearing: how far it went, as lines of text.
func Statement(caseID string, head journal.Head, at time.Time) []byte {
	return fmt.Appendf(nil, "%s\ncase: %s\nlines: %d\nsha256 of line %d: %s\nat: %s\n",
		headFormat, caseID, head.Count, head.Count, head.Hash, at.Format(time.RFC3339))
}

// SignHead signs how far the journal at a path goes, and leaves statement, signature and public key beside it. A head that was
// signed stays as it is.
func SignHead(journalPath, caseID string, head journal.Head, i *identity.Identity, at time.Time) error {
	if head.Count == 0 {
		return nil
	}
	dir := filepath.Join(filepath.Dir(journalPath), Folder)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	text := Statement(caseID, head, at)
	key, err := i.Card().PublicPEM()
	if err != nil {
		return err
	}
	stem := filepath.Join(dir, fmt.Sprintf("head-%06d", head.Count))
	if _, err := os.Stat(stem + ".sig"); err == nil {
		return nil
	}
	for _, f := range []struct {
		ending string
		data   []byte
	}{{".txt", text}, {".pem", key}, {".sig", i.SignPlain(text)}} { // the signature last: what has one is whole
		err := atomicfile.WriteFile(stem+f.ending, ".head-", func(w io.Writer) error { _, err := w.Write(f.data); return err })
		if err != nil {
			return err
		}
	}
	return nil
}

// Heads are the signed heads beside the journal at a path: their files, by the names that they have in a pack.
func Heads(journalPath string) ([]File, error) {
	dir := filepath.Join(filepath.Dir(journalPath), Folder)
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var files []File
	for _, e := range entries {
		if stem, ok := strings.CutSuffix(e.Name(), ".sig"); ok && e.Type().IsRegular() {
			for _, ending := range []string{".txt", ".sig", ".pem"} {
				data, err := os.ReadFile(filepath.Join(dir, stem+ending))
				if err != nil {
					return nil, err
				}
				files = append(files, Data("heads/"+stem+ending, data))
			}
		}
	}
	slices.SortStableFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return files, nil
}

// Data is a file of bytes.
func Data(name string, data []byte) File {
	return File{name, func(w io.Writer) error { _, err := io.Copy(w, bytes.NewReader(data)); return err }}
}
