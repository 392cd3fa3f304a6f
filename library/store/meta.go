package store

import (
	"encoding/binary"
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
	metaSum      = 56
	metaLength   = 64
)

// torn tells whether one of a database's two meta pages is damaged. bbolt then takes the other,
// which may be of the transaction before, without a word.
func torn(path string) bool {
	f, err := plain.OpenOwn(path, os.O_RDONLY, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	size, ok := metaOf(f, 0)
	if ok {
		_, ok = metaOf(f, size)
	}
	return !ok
}

// metaOf reads the meta page at an offset and gives the page size that it tells.
func metaOf(f *os.File, at int64) (pageSize int64, ok bool) {
	var meta [metaLength]byte
	if _, err := f.ReadAt(meta[:], at+metaAt); err != nil {
		return 0, false
	}
	sum := fnv.New64a()
	_, _ = sum.Write(meta[:metaSum]) // a hash never fails
	if binary.LittleEndian.Uint32(meta[:]) != metaMagic || binary.LittleEndian.Uint64(meta[metaSum:]) != sum.Sum64() {
		return 0, false
	}
	return int64(binary.LittleEndian.Uint32(meta[metaPageSize:])), true
}
