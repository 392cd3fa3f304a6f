package search

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	"github.com/gofrs/flock"

	"butluc/library/search/text"
)

// ErrInUse says that another process has the index open.
var ErrInUse = errors.New("the index is open in another process")

// indexVersion names the folder of an index: one of another version is not looked at.
const indexVersion = "words-1"

// Entry is a page to be found.
type Entry struct {
	Key  text.Key
	Page text.Page
}

// Hit is a page that was found.
type Hit struct {
	Key   text.Key
	Score float64 // larger is better; of one query only
}

// Index knows which pages have which words. All methods may be called from any goroutine. Close it.
type Index struct {
	bleve bleve.Index
	lock  *flock.Flock // nil for one in memory

	mu   sync.Mutex
	have map[text.Key]struct{}
}

// Open opens the index in a folder, or makes one; a damaged one is thrown away and begun anew. The error is
// [ErrInUse] where another process has it.
func Open(dir string) (*Index, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	lock := flock.New(filepath.Join(dir, "lock"))
	if mine, err := lock.TryLock(); err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	} else if !mine {
		return nil, ErrInUse
	}
	x, err := openLocked(filepath.Join(dir, indexVersion))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open index: %w", err), lock.Close())
	}
	x.lock = lock
	return x, nil
}

// openLocked opens the index at path, which nobody else has.
func openLocked(path string) (*Index, error) {
	b, err := reopen(path)
	if err != nil {
		if err := os.RemoveAll(path); err != nil {
			return nil, err
		}
		b, err = bleve.New(path, newMapping())
	}
	return newIndex(b, err)
}

// reopen opens an index that is there. Its files are looked through before, which takes a quarter of a second for
// 100,000 pages: bleve trusts them, and a torn one would end the process sooner or later. One that was being written
// when a process ended is nobody's, and taken away; of an index that misses a file nothing is left.
func reopen(path string) (bleve.Index, error) {
	files, err := filepath.Glob(filepath.Join(path, "store", "*.zap"))
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if !torn(f) {
			continue
		}
		if err := os.Remove(f); err != nil {
			return nil, err
		}
	}
	var b bleve.Index
	err = guard(func() (err error) {
		b, err = bleve.Open(path)
		return err
	})
	return b, err
}

// torn tells whether a segment's file is not what was written: its last four bytes are the CRC-32 of all before, see
// https://github.com/blevesearch/zapx/blob/master/zap.md.
func torn(file string) bool {
	f, err := os.Open(file)
	if err != nil {
		return true
	}
	defer f.Close()
	info, err := f.Stat()
	const sum = 4
	if err != nil || info.Size() < sum {
		return true
	}
	crc := crc32.NewIEEE()
	var want [sum]byte
	if _, err := io.CopyN(crc, f, info.Size()-sum); err != nil {
		return true
	}
	_, err = io.ReadFull(f, want[:])
	return err != nil || binary.BigEndian.Uint32(want[:]) != crc.Sum32()
}

// guard makes an error of a panic: bleve has some where a file of its own is not as it was.
func guard(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the index is damaged: %v", r)
		}
	}()
	return f()
}

// InMemory makes an empty index that is kept nowhere.
func InMemory() (*Index, error) { return newIndex(bleve.NewMemOnly(newMapping())) }

func newIndex(b bleve.Index, err error) (*Index, error) {
	if err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	x := &Index{bleve: b, have: map[text.Key]struct{}{}}
	if err := guard(x.list); err != nil {
		return nil, errors.Join(fmt.Errorf("open index: %w", err), b.Close())
	}
	return x, nil
}

// list reads which pages are there.
func (x *Index) list() (err error) {
	advanced, err := x.bleve.Advanced()
	if err != nil {
		return err
	}
	r, err := advanced.Reader()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	ids, err := r.DocIDReaderAll()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ids.Close()) }()
	for {
		id, err := ids.Next()
		if err != nil || id == nil {
			return err
		}
		name, err := r.ExternalID(id)
		if err != nil {
			return err
		}
		if key, ok := keyOf(name); ok {
			x.have[key] = struct{}{}
		}
	}
}

func idOf(k text.Key) string { return k.SHA256 + ":" + strconv.Itoa(k.Page) }

func keyOf(id string) (text.Key, bool) {
	sum, number, ok := strings.Cut(id, ":")
	n, err := strconv.Atoi(number)
	return text.Key{SHA256: sum, Page: n}, ok && err == nil && n >= 0
}

// batch is how many pages are added at a time: each batch is synced.
const batch = 200

// Add makes pages findable; one that is there already is taken anew. What was added is on disk when it returns.
func (x *Index) Add(ctx context.Context, entries ...Entry) error {
	for part := range slices.Chunk(entries, batch) {
		if err := ctx.Err(); err != nil {
			return err
		}
		b := x.bleve.NewBatch()
		for _, e := range part {
			if err := b.Index(idOf(e.Key), map[string]any{field: e.Page.Text()}); err != nil {
				return fmt.Errorf("add to index: %w", err)
			}
		}
		if err := guard(func() error { return x.bleve.Batch(b) }); err != nil {
			return fmt.Errorf("add to index: %w", err)
		}
		x.mu.Lock()
		for _, e := range part {
			x.have[e.Key] = struct{}{}
		}
		x.mu.Unlock()
	}
	return nil
}

// Has tells whether a page is in the index.
func (x *Index) Has(k text.Key) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	_, ok := x.have[k]
	return ok
}

// Keep forgets all pages that are not wanted any more.
func (x *Index) Keep(wanted func(text.Key) bool) error {
	x.mu.Lock()
	var gone []text.Key
	for k := range x.have {
		if !wanted(k) {
			gone = append(gone, k)
		}
	}
	x.mu.Unlock()
	for part := range slices.Chunk(gone, batch) {
		b := x.bleve.NewBatch()
		for _, k := range part {
			b.Delete(idOf(k))
		}
		if err := guard(func() error { return x.bleve.Batch(b) }); err != nil {
			return fmt.Errorf("remove from index: %w", err)
		}
		x.mu.Lock()
		for _, k := range part {
			delete(x.have, k)
		}
		x.mu.Unlock()
	}
	return nil
}

// Len is how many pages are in the index.
func (x *Index) Len() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.have)
}

// Close lets the index go.
func (x *Index) Close() error {
	err := guard(x.bleve.Close)
	if x.lock != nil {
		err = errors.Join(err, x.lock.Close())
	}
	if err != nil {
		return fmt.Errorf("close index: %w", err)
	}
	return nil
}

// Search gives the pages that have the words of a query, the best first, limit at most. Of pages that are not in
// scope none is given; a nil scope has all. Where no page has all words, those are given that have most of them,
// and then those with words like them.
func (x *Index) Search(ctx context.Context, q Query, limit int, scope map[text.Key]struct{}) ([]Hit, error) {
	if !q.HasWords() || limit < 1 {
		return nil, nil
	}
	var hits []Hit
	seen := map[text.Key]bool{}
	questions := x.questions(ctx, q)
	for i, ask := range questions {
		if ask.last && len(hits) > 0 || len(hits) >= limit {
			break
		}
		var more []Hit
		err := guard(func() (err error) {
			more, err = x.ask(ctx, ask.query, limit, scope)
			return err
		})
		if err != nil {
			return nil, err
		}
		for _, h := range more {
			if !seen[h.Key] && len(hits) < limit {
				seen[h.Key] = true
				h.Score = float64(len(questions)-i) + h.Score/(1+h.Score)
				hits = append(hits, h)
			}
		}
	}
	return hits, ctx.Err()
}

// narrow is up to how many pages a scope is told to the index; with more, what it finds is sifted.
const narrow = 2000

func (x *Index) ask(ctx context.Context, asked query.Query, limit int, scope map[text.Key]struct{}) ([]Hit, error) {
	if scope != nil && len(scope) <= narrow {
		ids := make([]string, 0, len(scope))
		for k := range scope {
			ids = append(ids, idOf(k))
		}
		in := query.NewDocIDQuery(ids)
		in.SetBoost(0)
		asked = query.NewConjunctionQuery([]query.Query{asked, in})
	}
	var hits []Hit
	for from := 0; ; {
		size := limit - len(hits)
		if len(scope) > narrow {
			size = max(4*size, 100, from) // twice as many each time: the index counts from the first anew
		}
		r := bleve.NewSearchRequestOptions(asked, size, from, false)
		found, err := x.bleve.SearchInContext(ctx, r)
		if err != nil {
			if ctx.Err() != nil {
				err = ctx.Err()
			}
			return nil, fmt.Errorf("search: %w", err)
		}
		hits = appendHits(hits, found.Hits, limit, scope)
		from += size
		if len(hits) >= limit || len(found.Hits) < size {
			break
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.Key.SHA256, b.Key.SHA256), cmp.Compare(a.Key.Page, b.Key.Page))
	})
	return hits, nil
}

func appendHits(hits []Hit, found search.DocumentMatchCollection, limit int, scope map[text.Key]struct{}) []Hit {
	for _, h := range found {
		k, ok := keyOf(h.ID)
		if _, in := scope[k]; ok && (scope == nil || in) && len(hits) < limit {
			hits = append(hits, Hit{k, h.Score})
		}
	}
	return hits
}
