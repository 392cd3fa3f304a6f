package intake

import (
	"bytes"
	"slices"
)

// rawVideo tells whether a file is the bare stream of a camera: H.264 or H.265 as a byte stream (Annex B of both ITU-T
// recommendations) that begins with its parameter sets. It has neither times nor an index: nothing can be sought in it.
func rawVideo(head []byte) bool {
	units := bytes.Split(head, []byte("\x00\x00\x01"))
	if len(bytes.TrimLeft(units[0], "\x00")) > 0 {
		return false
	}
	return setsFirst(units[1:], h264Unit, 2) || setsFirst(units[1:], h265Unit, 3)
}

// What a unit of a stream is, other than the number of a parameter set in their order.
const (
	unitOther  = -1 // not found before the sets are complete
	unitBeside = -2 // may stand before and between them
)

// setsFirst tells whether units begin with so many parameter sets in their order; one may come again.
func setsFirst(units [][]byte, kind func(unit []byte) int, sets int) bool {
	next := 0
	for _, u := range units {
		switch k := kind(u); {
		case k == next:
			next++
		case k == unitBeside, k >= 0 && k < next:
		default:
			return false
		}
		if next == sets {
			return true
		}
	}
	return false
}

// profiles are the values of profile_idc that H.264 defines (A.2, F.9, G.9, H.9, I.9).
var profiles = []byte{66, 77, 88, 100, 110, 122, 244, 44, 83, 86, 118, 128, 134, 135, 138, 139}

// h264Unit reads the header of a unit (H.264, 7.3.1), and of a sequence parameter set what it begins with (7.3.2.1.1).
func h264Unit(u []byte) int {
	if len(u) < 2 || u[0]&0x80 != 0 {
		return unitOther
	}
	used := u[0]&0x60 != 0 // nal_ref_idc
	switch u[0] & 0x1f {
	case 7:
		const leastLevel, mostLevel = 9, 62
		if used && len(u) > 4 && slices.Contains(profiles, u[1]) && u[2]&3 == 0 && u[3] >= leastLevel && u[3] <= mostLevel {
			return 0
		}
	case 8:
		if used {
			return 1
		}
	case 6, 9: // supplemental information, access unit delimiter
		if !used {
			return unitBeside
		}
	case 13, 15: // more of the sequence parameter set
		return unitBeside
	}
	return unitOther
}

// h265Unit reads the header of a unit (H.265, 7.3.1.2), which of parameter sets names the base layer and the lowest
// temporal one.
func h265Unit(u []byte) int {
	if len(u) < 3 || u[0]&0x81 != 0 || u[1] != 1 {
		return unitOther
	}
	switch kind := u[0] >> 1; kind {
	case 32, 33, 34: // of the video, of the sequence, of the picture
		return int(kind) - 32
	case 35, 39: // access unit delimiter, supplemental information
		return unitBeside
	}
	return unitOther
}
