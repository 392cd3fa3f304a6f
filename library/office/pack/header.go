package pack

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"butluc/library"
	"butluc/library/internal/portable"
	"butluc/library/office/identity"
)

// databaseFile is the case's database, whose bytes are others each time that it is made.
const databaseFile = library.Sidecar + "/case.db"

// AnswerFile is the path of the answer in a package of [KindAnswer], as answer.Signed has it.
const AnswerFile = "answer.json"

const (
	version   = 1
	magic     = "butluc-package 1\n"
	signed    = "butluc package 1" // what a signature is for
	maxHeader = 64 << 20           // bytes
	maxFiles  = 200_000
	maxNames  = 4096 // bytes of a path
	maxDepth  = 64
)

// Kind is what a package is for. Kinds are kept in packages: never rename one.
type Kind string

// The kinds.
const (
	KindCase      Kind = "case"      // a whole case
	KindDocuments Kind = "documents" // chosen documents of one

	KindSubmission Kind = "submission" // a whole case whose outline was submitted to the receiver, to be read and answered
	KindAnswer     Kind = "answer"     // what a superior says to a submitted outline: [AnswerFile] alone
)

// Header is what a package says of itself. Who may open the package may read it; the sender signed it.
type Header struct {
	Version int       `json:"version"`
	ID      string    `json:"id"` // random, 32 hexadecimal digits
	Kind    Kind      `json:"kind"`
	Sealed  time.Time `json:"sealed"`       // by the sender's clock
	From    string    `json:"from"`         // the sender's card; "" where nobody signed, see [Seal]
	To      []string  `json:"to,omitempty"` // fingerprints of the receivers; none where a passphrase opens it
	Case    string    `json:"case,omitempty"`
	Title   string    `json:"title"`
	Study   string    `json:"study,omitempty"`   // the digest of what is known of the case: see [casefile.Bundle]
	Folders []string  `json:"folders,omitempty"` // those above come first
	Files   []File    `json:"files"`
}

// File is one file of a package.
type File struct {
	Path   string    `json:"path"` // from the case folder, see [library.EscapePath]
	Size   int64     `json:"size"` // bytes
	SHA256 string    `json:"sha256"`
	Time   time.Time `json:"time"` // when it was changed
}

// Bytes is how many bytes all files have.
func (h Header) Bytes() int64 {
	n := int64(0)
	for _, f := range h.Files {
		n += f.Size
	}
	return n
}

// decodeHeader reads a header, and refuses what no program of ours writes. What a passphrase opens may be unsigned. The errors
// are faults.
func decodeHeader(data, signature []byte, mayBeUnsigned bool) (Header, identity.Card, error) {
	var h Header
	if err := json.Unmarshal(data, &h); err != nil {
		return Header{}, identity.Card{}, &Fault{Code: FaultChanged, Err: err}
	}
	if h.Version > version {
		return Header{}, identity.Card{}, &Fault{Code: FaultNewer}
	}
	var from identity.Card
	if h.From != "" || !mayBeUnsigned {
		var err error
		if from, err = identity.ParseCard([]byte(h.From)); err == nil {
			err = from.Verify(signed, data, signature)
		}
		if err != nil {
			return Header{}, identity.Card{}, &Fault{Code: FaultSignature, Err: err}
		}
	}
	if err := h.check(); err != nil {
		return Header{}, identity.Card{}, err
	}
	return h, from, nil
}

// check refuses headers that would lead out of a folder, or lie about sizes: a signature says who made it, not that they mean
// well.
func (h Header) check() error {
	id, err := hex.DecodeString(h.ID)
	if err != nil || len(id) != idBytes || h.Version < 1 || len(h.Files) > maxFiles || len(h.Folders) > maxFiles {
		return &Fault{Code: FaultHostile, Err: err}
	}
	seen := make(map[string]bool, len(h.Files))
	total := int64(0)
	for _, f := range h.Files {
		sum, err := hex.DecodeString(f.SHA256)
		if err != nil || len(sum) != 32 || f.Size < 0 || seen[f.Path] || !sound(f.Path) {
			return &Fault{Code: FaultHostile, Name: f.Path}
		}
		seen[f.Path] = true
		if total += f.Size; total < 0 {
			return &Fault{Code: FaultHostile, Name: f.Path}
		}
	}
	for _, d := range h.Folders {
		if !sound(d) {
			return &Fault{Code: FaultHostile, Name: d}
		}
	}
	return nil
}

// sound tells whether a path stays inside of a folder, on every system.
func sound(p string) bool {
	return p != "" && len(p) <= maxNames && utf8.ValidString(p) && !strings.ContainsRune(p, 0) && path.Clean(p) == p &&
		strings.Count(p, "/") < maxDepth && local(p) != "" && filepath.IsLocal(local(p))
}

// local is a path of a package as this system writes it; "" where it leads out. A backslash in a name is a letter of it, also
// where the system takes it for the end of a folder.
func local(p string) string {
	parts := strings.Split(p, "/")
	for i, part := range parts {
		parts[i] = library.SystemPath(part)
	}
	return portable.Path(strings.Join(parts, "/"))
}

// targets are the paths under which the files are written, in their order: portable ones, no two the same on a system that
// takes no notice of case or of the two ways to write an accent, none a folder of another.
func (h Header) targets() []string {
	folders := map[string]bool{}
	for _, f := range h.Files {
		for dir := filepath.Dir(local(f.Path)); dir != "."; dir = filepath.Dir(dir) {
			folders[folded(dir)] = true
		}
	}
	for _, d := range h.Folders {
		folders[folded(local(d))] = true
	}
	taken := map[string]bool{}
	names := make([]string, len(h.Files))
	for i, f := range h.Files {
		name := local(f.Path)
		ending := filepath.Ext(name)
		for n := 2; taken[folded(name)] || folders[folded(name)]; n++ {
			name = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(local(f.Path), ending), n, ending)
		}
		taken[folded(name)] = true
		names[i] = name
	}
	return names
}

func folded(name string) string { return strings.ToLower(norm.NFC.String(name)) }

// FolderName is a title as the name of a folder that every system can write; "" where nothing is left of it.
func FolderName(title string) string {
	const most = 120 // bytes
	name := portable.Path(strings.NewReplacer("/", "_", ":", "_").Replace(strings.TrimSpace(title)))
	for len(name) > most {
		r := []rune(name)
		name = string(r[:len(r)-1])
	}
	return strings.TrimRight(name, ". ")
}
