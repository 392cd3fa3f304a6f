package store

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"butluc/library"
)

// The buckets. A bucket is born with the first format that has it; see migrate.
const (
	bucketMeta      = "meta"
	bucketFiles     = "files"
	bucketSettings  = "settings"
	bucketOutline   = "outline"
	bucketHistory   = "history"
	bucketApprovals = "approvals"
)

var buckets = []string{bucketMeta, bucketFiles, bucketSettings, bucketOutline, bucketHistory, bucketApprovals}

// Keys of the meta bucket.
const (
	keyFormat = "format" // the database's format, a number
	keyID     = "id"
	keyTitle  = "title"
	keyCommit = "commits" // how many there were, to tell which of two databases knows more
	keyDoubt  = "doubt"   // the time since which changes may be lost, until a person goes on from here
	keyKnown  = "known"   // beside keyDoubt: the time of later changes of which only the user's data folder knows
	keyMark   = "mark"    // random, of the last commit: the log of edits goes on from here
)

// recordVersion is the version that records are written in. Readers know every older one.
//
// 2: marks, adjustments, captions; 3: bindings, stated counts, pages without a stamp; 4: clips, passages, recordings;
// 5: what a phase is in the hearing; 6: which of a recording's films and sounds are meant; 7: transcripts, excerpts of recordings;
// 8: the closing speech, protected persons
const recordVersion = 8

const recordHeader = 1 + 4 // version, CRC-32C of bucket, key, version and value

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func checksum(bucket, key string, version byte, value []byte) uint32 {
	crc := crc32.Update(0, castagnoli, append([]byte(bucket), 0))
	crc = crc32.Update(crc, castagnoli, append([]byte(key), 0, version))
	return crc32.Update(crc, castagnoli, value)
}

// seal puts a value into the form in which it is stored.
func seal(bucket, key string, value []byte) []byte {
	record := make([]byte, recordHeader, recordHeader+len(value))
	record[0] = recordVersion
	binary.LittleEndian.PutUint32(record[1:], checksum(bucket, key, recordVersion, value))
	return append(record, value...)
}

// unseal checks a stored record and gives a copy of its value, which may outlive the transaction.
func unseal(bucket, key string, record []byte) ([]byte, error) {
	if len(record) < recordHeader {
		return nil, fmt.Errorf("read record %s/%q: too short", bucket, key)
	}
	version, value := record[0], record[recordHeader:]
	if binary.LittleEndian.Uint32(record[1:]) != checksum(bucket, key, version, value) {
		return nil, fmt.Errorf("read record %s/%q: checksum differs", bucket, key)
	}
	if version > recordVersion {
		return nil, fmt.Errorf("read record %s/%q: %w", bucket, key, ErrNewer)
	}
	return append([]byte(nil), value...), nil
}

// fileRecord is a [library.File] as it is stored, under its path. Kinds are kept by name, so that
// their numbers are free to change.
type fileRecord struct {
	Size       int64  `json:"size"`
	Sec        int64  `json:"sec"`  // the time of change since 1970, UTC: file systems hold
	Nsec       int64  `json:"nsec"` // years that JSON's form of time does not
	Kind       string `json:"kind"`
	Pages      int    `json:"pages,omitempty"`
	Duration   int    `json:"duration,omitempty"`
	Films      uint8  `json:"films,omitempty"`
	Sounds     uint8  `json:"sounds,omitempty"`
	SHA256     string `json:"sha256,omitempty"`
	Fault      string `json:"fault,omitempty"`
	Detail     string `json:"detail,omitempty"`
	Incomplete []int  `json:"incomplete,omitempty"`
	Proved     bool   `json:"proved,omitempty"`
	Rendition  string `json:"rendition,omitempty"`
	ReadBy     int    `json:"readBy,omitempty"`

	Attached []library.Attachment `json:"attached,omitempty"`
}

func encodeFile(f library.File) ([]byte, error) {
	return json.Marshal(fileRecord{
		Size: f.Size, Sec: f.ModTime.Unix(), Nsec: int64(f.ModTime.Nanosecond()), Kind: f.Kind.String(),
		Pages: f.Pages, Duration: f.Duration, Films: f.Tracks.Video, Sounds: f.Tracks.Audio, SHA256: f.SHA256,
		Fault: string(f.Fault.Code), Detail: f.Fault.Detail,
		Incomplete: f.Incomplete, Proved: f.Proved, Rendition: f.Rendition, ReadBy: f.ReadBy, Attached: f.Attached,
	})
}

func decodeFile(path string, value []byte) (library.File, error) {
	var r fileRecord
	if err := json.Unmarshal(value, &r); err != nil {
		return library.File{}, fmt.Errorf("read file record %q: %w", path, err)
	}
	var modTime time.Time // stays zero for what has none, as links and folders
	if r.Sec != modTime.Unix() || r.Nsec != 0 {
		modTime = time.Unix(r.Sec, r.Nsec)
	}
	f := library.File{
		Path: path, Size: r.Size, ModTime: modTime, Kind: library.ParseKind(r.Kind),
		Pages: r.Pages, Duration: r.Duration, Tracks: library.Tracks{Video: r.Films, Audio: r.Sounds}, SHA256: r.SHA256,
		Fault:      library.Fault{Code: library.FaultCode(r.Fault), Detail: r.Detail},
		Incomplete: r.Incomplete, Proved: r.Proved, Rendition: r.Rendition, ReadBy: r.ReadBy, Attached: r.Attached,
	}
	if err := checkFile(f); err != nil {
		return library.File{}, fmt.Errorf("read file record %q: %w", path, err)
	}
	return f, nil
}

// What a database from a stranger may say of files, in pages: memory is spent on each. The largest volumes have some
// thousand, the largest cases some hundred thousand.
const (
	maxFilePages = 100_000
	maxCasePages = 1_000_000
	maxDetail    = 4 << 10 // bytes of a fault's
)

// errForged says that no program wrote a record so.
var errForged = errors.New("no program writes it so")

var sha256Text = regexp.MustCompile(`^([0-9a-f]{2}){0,32}$`)

// checkFile refuses what was never read from a file: it is read anew then.
func checkFile(f library.File) error {
	name := library.SystemPath(f.Path)
	wrong := ""
	switch {
	case !filepath.IsLocal(name) || filepath.Clean(name) != name || strings.ContainsRune(name, 0):
		wrong = "path"
	case f.Size < 0:
		wrong = "size"
	case f.Pages < 0 || f.Pages > maxFilePages:
		wrong = "pages"
	case f.Duration < 0 || f.Duration > math.MaxInt32:
		wrong = "duration"
	case !sha256Text.MatchString(f.SHA256):
		wrong = "sha256"
	case len(f.Incomplete) > f.Pages || slices.ContainsFunc(f.Incomplete, func(i int) bool { return i < 0 || i >= f.Pages }):
		wrong = "incomplete"
	case f.Rendition != "" && (!filepath.IsLocal(f.Rendition) || filepath.Base(f.Rendition) != f.Rendition):
		wrong = "rendition"
	case len(f.Attached) > library.MaxAttachments || slices.ContainsFunc(f.Attached, func(a library.Attachment) bool { return !a.Valid() }):
		wrong = "attached"
	case len(f.Fault.Code) > maxDetail || len(f.Fault.Detail) > maxDetail:
		wrong = "fault"
	default:
		return nil
	}
	return fmt.Errorf("%s: %w", wrong, errForged)
}
