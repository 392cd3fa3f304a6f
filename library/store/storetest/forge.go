package storetest

import (
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
)

// recordHead is a record's version, of a byte, and its checksum, a CRC-32C over bucket, 0, key, version and value.
const recordHead = 1 + 4

// Forge changes a closed database as a stranger could who knows its form: each record keeps its checksum right. change
// gives a record's new value, nil for the one that it has. The copies and the log of edits, which know better, are taken
// away.
func Forge(db string, change func(bucket, key string, value []byte) []byte) error {
	copies, err := filepath.Glob(db + ".copy-*")
	if err != nil {
		return err
	}
	for _, path := range append(copies, filepath.Join(filepath.Dir(db), "edits")) {
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	d, err := bolt.Open(db, 0o600, nil)
	if err != nil {
		return err
	}
	err = d.Update(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error { return forgeBucket(string(name), b, change) })
	})
	if closed := d.Close(); err == nil {
		err = closed
	}
	return err
}

func forgeBucket(name string, b *bolt.Bucket, change func(bucket, key string, value []byte) []byte) error {
	forged := map[string][]byte{}
	err := b.ForEach(func(k, record []byte) error {
		if len(record) < recordHead {
			return nil
		}
		if value := change(name, string(k), append([]byte(nil), record[recordHead:]...)); value != nil {
			forged[string(k)] = sealed(name, string(k), record[0], value)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for k, record := range forged {
		if err := b.Put([]byte(k), record); err != nil {
			return err
		}
	}
	return nil
}

func sealed(bucket, key string, version byte, value []byte) []byte {
	head := bucket + "\x00" + key + "\x00" + string([]byte{version})
	sum := crc32.Checksum(append([]byte(head), value...), crc32.MakeTable(crc32.Castagnoli))
	return append(binary.LittleEndian.AppendUint32([]byte{version}, sum), value...)
}
