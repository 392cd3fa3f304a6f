package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"

	bolt "go.etcd.io/bbolt"

	"butluc/library/store/editlog"
)

// format is the database format that this program writes. Formats ever released:
//
//	1  meta, files, settings
//	2  and outline, history
//	3  and approvals
const format = len(migrations) + 1

// migrations[i] brings a database from format i+1 to i+2, in one transaction with the others. A
// released one never changes.
var migrations = [...]func(tx *bolt.Tx) error{
	func(*bolt.Tx) error { return nil }, // the new buckets are made anyway
	func(*bolt.Tx) error { return nil },
}

// migrate brings a database from an older format to the present one.
func migrate(tx *bolt.Tx, from int) error { return runMigrations(tx, from, migrations[:]) }

func runMigrations(tx *bolt.Tx, from int, steps []func(tx *bolt.Tx) error) error {
	for _, bucket := range buckets {
		if _, err := tx.CreateBucketIfNotExists([]byte(bucket)); err != nil {
			return err
		}
	}
	for i := from - 1; i < len(steps); i++ {
		if err := steps[i](tx); err != nil {
			return fmt.Errorf("format %d to %d: %w", i+1, i+2, err)
		}
	}
	value, err := json.Marshal(len(steps) + 1)
	if err != nil {
		return err
	}
	return tx.Bucket([]byte(bucketMeta)).Put([]byte(keyFormat), seal(bucketMeta, keyFormat, value))
}

// formatOf tells a database's format. One without an id was never finished.
func formatOf(state records) (int, error) {
	var n int
	var id string
	if err := json.Unmarshal(state[bucketMeta][keyFormat], &n); err != nil || n < 1 {
		return 0, errors.New("the database tells no format")
	}
	if n > format {
		return 0, ErrNewer
	}
	if err := json.Unmarshal(state[bucketMeta][keyID], &id); err != nil || id == "" {
		return 0, errors.New("the database tells no case id")
	}
	return n, nil
}

// stateOf names what a database holds, for the log of edits. Of a database that was last written before there was a
// log, the mark is "".
func stateOf(state records) editlog.State {
	s := editlog.State{Commit: commitsOf(state)}
	for name, v := range map[string]any{keyID: &s.Case, keyFormat: &s.Format, keyMark: &s.Mark} {
		if value := state[bucketMeta][name]; value != nil {
			_ = json.Unmarshal(value, v) // formatOf looked at what must be there
		}
	}
	return s
}

// commitsOf tells how many commits a database has seen.
func commitsOf(state records) int {
	var n int
	_ = json.Unmarshal(state[bucketMeta][keyCommit], &n) // none yet is 0
	if n < 0 || n > math.MaxInt32-1 {                    // forged: the log of edits counts no further
		return 0
	}
	return n
}
