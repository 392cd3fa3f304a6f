package library

import "errors"

// Same tells whether two outlines say the same, however they came about.
func (o Outline) Same(other Outline) bool {
	if o == other {
		return true
	}
	for _, t := range Tables {
		a, b := o.in().rows[t], other.in().rows[t]
		if len(a) != len(b) {
			return false
		}
		for id, r := range a {
			if !sameRecord(r, b[id]) {
				return false
			}
		}
	}
	return true
}

// Load makes an outline of stored records, in any order. A record that does not fit is left out
// and told of in the error; the outline holds all others.
func Load(records []Record) (Outline, error) {
	byTable := map[Table][]Change{}
	for _, r := range records {
		byTable[r.Key().Table] = append(byTable[r.Key().Table], Change{After: r})
	}
	var o Outline
	var errs []error
	for _, t := range Tables {
		next, err := o.Apply(Edit{Label: "load", Changes: byTable[t]})
		if err == nil {
			o = next
			continue
		}
		for _, ch := range byTable[t] { // one by one, to lose no more than must be
			if next, err := o.Apply(Edit{Label: "load", Changes: []Change{ch}}); err != nil {
				errs = append(errs, err)
			} else {
				o = next
			}
		}
	}
	return o, errors.Join(errs...)
}
