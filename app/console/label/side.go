package label

import "butluc/library"

// SideKey is what a side is called in keys of texts: "side." + it.
func SideKey(side library.Side) string {
	if side == library.SideNone {
		return "none"
	}
	return string(side)
}
