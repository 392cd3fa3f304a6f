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

// RunMigrations lets tests migrate with steps of their own.
func RunMigrations(tx *bolt.Tx, from int, steps []func(*bolt.Tx) error) error {
	return runMigrations(tx, from, steps)
}

// SealRecord and UnsealRecord are the form of records.
var (
	SealRecord   = seal
	UnsealRecord = unseal
)
