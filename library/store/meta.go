package store

import (
	"encoding/binary"
	"errors"
	"hash/fnv"
	"os"

	"butluc/library/internal/plain"
)

// The place of bbolt's meta in its page, and of what we read in it (bbolt's internal/common/meta.go;
// the file format has not changed since 2014).
const (
	metaAt       = 16 // after the page header
	metaMagic    = 0xED0CDAED
	metaPageSize = 8
	metaPages    = 40
	metaTx       = 48
	metaSum      = 56
	metaLength   = 64

	// A page has some power of two of bytes.
	leastPageSize = 1 << 10
	mostPageSize  = 1 << 24
)

// meta is what is read of one of a database's two meta pages.
type meta struct {
	pageSize int64
	pages    uint64 // that the database has had at most: the next one that was never used
	tx       uint64 // the transaction that wrote it
}

// torn tells whether one of a database's two meta pages is damaged. bbolt then takes the other,
// which may be of the transaction before, without a word.
func torn(path string) bool {
	f, err := plain.OpenOwn(path, os.O_RDONLY, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	first, ok := metaOf(f, 0)
	if ok {
		_, ok = metaOf(f, first.pageSize)
	}
	return !ok
}

var errCut = errors.New("the file is cut off")

// whole tells, by an error, of a database that is shorter than its meta says. bbolt takes it where no page is in use that
// is missing. It then gives pages that lie behind its mapping to the next transaction, which reads whatever memory is
// there and writes that into the database. What can't be told is left to bbolt.
func whole(path string) error {
	f, err := plain.OpenOwn(path, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	m, ok := metaOf(f, 0)
	for size := int64(leastPageSize); size <= mostPageSize; size *= 2 {
		if ok && m.pageSize != size {
			continue // the first tells where the second is
		}
		if second, also := metaOf(f, size); also && second.pageSize == size && (!ok || second.tx > m.tx) {
			m, ok = second, true
		}
	}
	info, err := f.Stat() // after it was read: another process's database grows before its meta tells of it
	if err != nil {
		return err
	}
	if ok && m.pageSize > 0 && m.pages > uint64(info.Size()/m.pageSize) {
		return errCut
	}
	return nil
}

// metaOf reads the meta page at an offset.
func metaOf(f *os.File, at int64) (m meta, ok bool) {
	var b [metaLength]byte
	if _, err := f.ReadAt(b[:], at+metaAt); err != nil {
		return m, false
	}
	sum := fnv.New64a()
	_, _ = sum.Write(b[:metaSum]) // a hash never fails
	if binary.LittleEndian.Uint32(b[:]) != metaMagic || binary.LittleEndian.Uint64(b[metaSum:]) != sum.Sum64() {
		return m, false
	}
	return meta{
		pageSize: int64(binary.LittleEndian.Uint32(b[metaPageSize:])),
		pages:    binary.LittleEndian.Uint64(b[metaPages:]),
		tx:       binary.LittleEndian.Uint64(b[metaTx:]),
	}, true
}
