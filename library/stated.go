package library

import (
	"bufio"
	"path"
	"strings"
)

// Hashes are the hashes of one file, in lower-case hexadecimal; "" where one is not known.
type Hashes struct {
	MD5    string `json:"md5,omitempty"`
	SHA1   string `json:"sha1,omitempty"`
	SHA256 string `json:"sha256,omitempty"`
	SHA512 string `json:"sha512,omitempty"`
}

// Algorithm is one that a biên bản may state a hash by: all that is to be told of it.
type Algorithm struct {
	Name   string // as it is printed: "SHA-256"
	Digits int    // of a hash in hexadecimal, by which it is known
	Of     func(*Hashes) *string
}

// HashAlgorithms are those that are known, the shortest first.
var HashAlgorithms = []Algorithm{
	{"MD5", 32, func(h *Hashes) *string { return &h.MD5 }},
	{"SHA-1", 40, func(h *Hashes) *string { return &h.SHA1 }},
	{"SHA-256", 64, func(h *Hashes) *string { return &h.SHA256 }},
	{"SHA-512", 128, func(h *Hashes) *string { return &h.SHA512 }},
}

// IsZero tells whether no hash is known.
func (h Hashes) IsZero() bool { return h == Hashes{} }

// With is h, and what else is known.
func (h Hashes) With(other Hashes) Hashes {
	for _, a := range HashAlgorithms {
		if *a.Of(&other) != "" {
			*a.Of(&h) = *a.Of(&other)
		}
	}
	return h
}

// Without are those of h by the algorithms that other has none of.
func (h Hashes) Without(other Hashes) Hashes {
	for _, a := range HashAlgorithms {
		if *a.Of(&other) != "" {
			*a.Of(&h) = ""
		}
	}
	return h
}

// Words are the hashes a line each: "MD5: …".
func (h Hashes) Words() []string {
	var words []string
	for _, a := range HashAlgorithms {
		if sum := *a.Of(&h); sum != "" {
			words = append(words, a.Name+": "+sum)
		}
	}
	return words
}

func (h Hashes) check() error {
	for _, a := range HashAlgorithms {
		if sum := *a.Of(&h); sum != "" && (len(sum) != a.Digits || strings.Trim(sum, "0123456789abcdef") != "") {
			return bad(strings.ToLower(strings.ReplaceAll(a.Name, "-", "")), "%q is no %s", sum, a.Name)
		}
	}
	return nil
}

// ParseHash reads a hash as a person types or pastes it, in groups or not: by its length it is known which. ok is false
// where it is none.
func ParseHash(text string) (h Hashes, ok bool) {
	sum := strings.ToLower(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n\u00a0:-.", r) {
			return -1
		}
		return r
	}, text))
	for _, a := range HashAlgorithms {
		if len(sum) == a.Digits && strings.Trim(sum, "0123456789abcdef") == "" {
			*a.Of(&h) = sum
			return h, true
		}
	}
	return h, false
}

// StatedHash is what a biên bản states of a file: its hashes, and where a difference was looked into, who said why.
type StatedHash struct {
	First PageID `json:"first"` // of the file, with index 0
	Hashes
	Origin string `json:"origin,omitempty"` // where it is stated: "Biên bản thu giữ, BL 12", or the list it was read from
	Reason string `json:"reason,omitempty"` // why a difference is none to worry of
	By     string `json:"by,omitempty"`     // who said so
	At     string `json:"at,omitempty"`     // and when, RFC 3339
	Of     string `json:"of,omitempty"`     // the SHA-256 of the file that they said it of
}

// StatedHashTexts are the texts of what is stated of a file.
var StatedHashTexts = Texts[StatedHash]{
	{Name: "origin", Of: func(s *StatedHash) *string { return &s.Origin }, Called: "nguồn mã băm"},
	{Name: "reason", Of: func(s *StatedHash) *string { return &s.Reason }, Long: true, Called: "lý do khác mã băm"},
	{Name: "by", Of: func(s *StatedHash) *string { return &s.By }, Called: "người nêu lý do"},
	{Name: "at", Of: func(s *StatedHash) *string { return &s.At }, Called: "lúc nêu lý do"},
}

// Key implements [Record].
func (s StatedHash) Key() Key { return Key{TableStatedHashes, s.First.String()} }

func (s StatedHash) check() error {
	if s.First.Index != 0 {
		return bad("first", "a hash is of a file, not of page %d", s.First.Index+1)
	}
	if s.Of != "" && !shaForm.MatchString(s.Of) {
		return bad("of", "%q is no SHA-256", s.Of)
	}
	return checks(checkPage("first", s.First), s.Hashes.check(), StatedHashTexts.check(s))
}

// isZero tells whether nothing is stated, so that the record need not be there.
func (s StatedHash) isZero() bool { return s.IsZero() }

// HashVerdict is how a file compares with what is stated of it. Codes name sentences under "hash." + code: never rename one.
type HashVerdict string

// The verdicts.
const (
	HashUnknown HashVerdict = "unknown" // its own is not known yet
	HashSame    HashVerdict = "same"
	HashDiffers HashVerdict = "differs"
	HashExcused HashVerdict = "excused" // it differs, and a person said why, of the file as it is
)

// Compare tells how a file's own hashes are to what is stated. One that differs tells more than one that is not known yet.
func (s StatedHash) Compare(own Hashes) HashVerdict {
	verdict := HashSame
	for _, a := range HashAlgorithms {
		switch stated, have := *a.Of(&s.Hashes), *a.Of(&own); {
		case stated == "" || stated == have:
		case have != "" && s.Reason != "" && s.Of == own.SHA256:
			return HashExcused
		case have != "":
			return HashDiffers
		default:
			verdict = HashUnknown
		}
	}
	return verdict
}

// StatedHash finds what is stated of a file.
func (o Outline) StatedHash(path string) (StatedHash, bool) {
	return find[StatedHash](o, TableStatedHashes, PageID{Path: path}.String())
}

// StatedHashes gives what is stated of files, ordered by path in bytes.
func (o Outline) StatedHashes() []StatedHash {
	return sorted(o, TableStatedHashes, func(a, b StatedHash) int { return comparePages(a.First, b.First) })
}

// ListedHash is a line of a list of hashes.
type ListedHash struct {
	Name   string // as the list has it, with slashes; "" where the list is one hash alone
	Hashes Hashes
}

// ParseHashList reads a list as the programs make it that hash files: "hash  name", "hash *name" (md5sum, sha256sum),
// "MD5 (name) = hash" (BSD), "name,hash" and "name hash" (tables), or a hash alone. Lines that are none are left out.
func ParseHashList(text string) []ListedHash {
	var list []ListedHash
	lines := bufio.NewScanner(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	for lines.Scan() {
		if l, ok := listedHash(strings.TrimSpace(lines.Text())); ok {
			list = append(list, l)
		}
	}
	return list
}

func listedHash(line string) (ListedHash, bool) {
	if h, ok := ParseHash(line); ok {
		return ListedHash{Hashes: h}, true
	}
	if open, end := strings.Index(line, " ("), strings.LastIndex(line, ") = "); open > 0 && end > open {
		h, ok := ParseHash(line[end+len(") = "):])
		return ListedHash{slashed(line[open+len(" (") : end]), h}, ok
	}
	const separators = " \t,;"
	at := strings.IndexAny(line, separators)
	if at < 0 {
		return ListedHash{}, false
	}
	if h, ok := ParseHash(line[:at]); ok {
		return ListedHash{slashed(strings.TrimLeft(line[at:], separators+"*")), h}, true
	}
	at = strings.LastIndexAny(line, separators)
	h, ok := ParseHash(line[at+1:])
	return ListedHash{slashed(strings.TrimRight(line[:at], separators)), h}, ok
}

func slashed(name string) string {
	name = strings.Trim(strings.ReplaceAll(name, `\`, "/"), `"`)
	return strings.TrimPrefix(name, "./")
}

// ListedIn are the hashes of a list that lies at a path of the case, by the files of the case that they are of: those whose
// path from the list's folder is the name, else the one whose name alone is. A hash alone is of the file that the list is
// named after: "phim.mp4.md5".
func ListedIn(list []ListedHash, at string, files []File) map[string]Hashes {
	found := map[string]Hashes{}
	dir := path.Dir(at)
	for _, l := range list {
		name := l.Name
		if name == "" {
			name = strings.TrimSuffix(path.Base(ReadablePath(at)), path.Ext(at))
		}
		if of, ok := listedFile(path.Join(ReadablePath(dir), name), path.Base(name), files); ok {
			found[of] = found[of].With(l.Hashes)
		}
	}
	return found
}

func listedFile(whole, base string, files []File) (string, bool) {
	named := []string{}
	for _, f := range files {
		switch readable := ReadablePath(f.Path); {
		case strings.EqualFold(readable, whole):
			return f.Path, true
		case strings.EqualFold(path.Base(readable), base):
			named = append(named, f.Path)
		}
	}
	if len(named) == 1 {
		return named[0], true
	}
	return "", false
}
