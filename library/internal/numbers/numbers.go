// Package numbers has sets of folio numbers.
package numbers

import "math/bits"

// Max is the largest number that a set can have.
const Max = 99999

// Set is a set of numbers, 0..[Max]. The zero value is empty.
type Set struct {
	bits  [Max/64 + 1]uint64
	count int
}

// Has tells whether n is in the set.
func (s *Set) Has(n int) bool { return s.bits[n/64]>>(n%64)&1 != 0 }

// Add puts n into the set.
func (s *Set) Add(n int) {
	if !s.Has(n) {
		s.bits[n/64] |= 1 << (n % 64)
		s.count++
	}
}

// Count is how many numbers there are.
func (s *Set) Count() int { return s.count }

// Common is how many numbers both have.
func (s *Set) Common(other *Set) (n int) {
	for i, b := range s.bits {
		n += bits.OnesCount64(b & other.bits[i])
	}
	return n
}
