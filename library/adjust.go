package library

// Adjust changes how the picture of a page looks on screen, so that what is on it can be seen. The file
// stays as it is, and the court is told. The zero Adjust changes nothing.
type Adjust struct {
	Brightness int8 `json:"brightness,omitempty"` // per cent, -100..100
	Contrast   int8 `json:"contrast,omitempty"`   // per cent, -100..100
	Gamma      int8 `json:"gamma,omitempty"`      // -100..100: dark parts darker or lighter, 50 steps doubling the exponent
	Sharpen    int8 `json:"sharpen,omitempty"`    // per cent, 0..100
	Invert     bool `json:"invert,omitempty"`
}

// IsZero tells whether nothing is changed.
func (a Adjust) IsZero() bool { return a == Adjust{} }

func (a Adjust) check(field string) error {
	for _, v := range []int8{a.Brightness, a.Contrast, a.Gamma, a.Sharpen} {
		if v < -100 || v > 100 {
			return bad(field, "%d is not -100 to 100", v)
		}
	}
	if a.Sharpen < 0 {
		return bad(field+".sharpen", "%d is not 0 to 100", a.Sharpen)
	}
	return nil
}
