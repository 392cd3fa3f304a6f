package store

import (
	"time"

	bolt "go.etcd.io/bbolt"
)

// OpenAt opens with a clock of the test's.
func OpenAt(dir string, o Options, now func() time.Time) (*Store, error) {
	o.now = now
	return Open(dir, o)
}

// Refusing gives options under which the disk refuses writes: refuses is asked about each, "log", "database", "copy".
func Refusing(o Options, refuses func(place string) error) Options {
	o.refuses = refuses
	return o
}

// Heads are the heads in a file that can be read.
func Heads(path string) (commits []int) {
	for _, h := range readHeads(path) {
		commits = append(commits, h.Commit)
	}
	return commits
}

// RunMigrations lets tests migrate with steps of their own.
func RunMigrations(tx *bolt.Tx, from int, steps []func(*bolt.Tx) error) error {
	return runMigrations(tx, from, steps)
}

// SealRecord and UnsealRecord are the form of records.
var (
	SealRecord   = seal
	UnsealRecord = unseal
)
