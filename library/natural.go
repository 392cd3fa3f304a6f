package library

import (
	"bytes"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// collators orders names as Vietnamese dictionaries do, numbers by their value. Making one takes
// microseconds but one may serve only one goroutine at a time, hence the pool.
var collators = sync.Pool{New: func() any { return collate.New(language.Vietnamese, collate.Numeric) }}

// NaturalLess tells whether path a comes before path b as a person would sort them: folder by
// folder, numbers by their value (2 before 10), letters and tones in Vietnamese dictionary order
// whichever way their accents are spelled. Names that read the same are ordered by their bytes, so
// different paths are never equal and a folder's files are never mixed with another's.
func NaturalLess(a, b string) bool { return comparePaths(a, b) < 0 }

// NaturalCompare is [NaturalLess] for sorting: below 0 where a comes before b, 0 where they are the same.
func NaturalCompare(a, b string) int { return comparePaths(a, b) }

func comparePaths(a, b string) int {
	if a == b {
		return 0
	}
	for {
		segA, restA, moreA := strings.Cut(a, "/")
		segB, restB, moreB := strings.Cut(b, "/")
		if segA != segB {
			return compareNames(segA, segB)
		}
		switch {
		case !moreA && !moreB:
			return 0
		case !moreA:
			return -1
		case !moreB:
			return 1
		}
		a, b = restA, restB
	}
}

func compareNames(a, b string) int {
	c := collators.Get().(*collate.Collator)
	n := c.CompareString(norm.NFC.String(a), norm.NFC.String(b))
	collators.Put(c)
	if n == 0 {
		n = strings.Compare(a, b)
	}
	return n
}

// SortFiles puts files into natural order of their paths, as [NaturalLess] says, in a fraction of
// the time that a sort over NaturalLess takes: each name's sort key is made once.
func SortFiles(files []File) {
	type segment struct {
		name string
		key  []byte
	}
	type entry struct {
		segments []segment
		at       int
	}
	c := collators.Get().(*collate.Collator)
	defer collators.Put(c)
	var buf collate.Buffer
	folders := map[string][]byte{} // the keys of folders' names, which repeat
	keyOf := func(name string) []byte {
		buf.Reset()
		return bytes.Clone(c.KeyFromString(&buf, norm.NFC.String(name)))
	}
	entries := make([]entry, len(files))
	for i, f := range files {
		e := entry{at: i, segments: make([]segment, 0, strings.Count(f.Path, "/")+1)}
		for rest, more := f.Path, true; more; {
			var name string
			name, rest, more = strings.Cut(rest, "/")
			key, ok := folders[name]
			if !ok {
				key = keyOf(name)
				if more {
					folders[name] = key
				}
			}
			e.segments = append(e.segments, segment{name, key})
		}
		entries[i] = e
	}
	slices.SortFunc(entries, func(a, b entry) int {
		return slices.CompareFunc(a.segments, b.segments, func(x, y segment) int {
			if n := bytes.Compare(x.key, y.key); n != 0 {
				return n
			}
			return strings.Compare(x.name, y.name)
		})
	})
	sorted := make([]File, len(files))
	for i, e := range entries {
		sorted[i] = files[e.at]
	}
	copy(files, sorted)
}
