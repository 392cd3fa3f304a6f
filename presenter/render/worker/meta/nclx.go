package meta

import (
	"encoding/binary"
	"math"
)

// colourants are a wide screen's red, green and blue as XYZ under D50, adapted by Bradford's method from the chromaticities
// of Rec. ITU-T H.273, table 2, under D65.
var colourants = map[uint16][3][3]float64{
	9:  {{0.6734, 0.2790, -0.0019}, {0.1656, 0.6753, 0.0300}, {0.1251, 0.0456, 0.7973}}, // BT.2020
	12: {{0.5151, 0.2412, -0.0010}, {0.2919, 0.6922, 0.0419}, {0.1572, 0.0666, 0.7845}}, // Display P3
}

// profileOf makes an ICC profile of what a colr box says in numbers (H.273), nil where that is how screens show it anyway,
// is not told, or is of another kind than primaries that are wider than sRGB's. The transfer functions of BT.709 and its
// likes are taken for sRGB's, as all programs that show pictures do; those of high dynamic range are left as they are.
func profileOf(box []byte) []byte {
	const (
		name          = "nclx"
		perceptual    = 16 // PQ, SMPTE ST 2084
		logarithmic   = 18 // HLG, ARIB STD-B67
		length        = len(name) + 4
		primaries     = len(name)
		transferAfter = len(name) + 2
	)
	if len(box) < length || string(box[:len(name)]) != name {
		return nil
	}
	wide, ok := colourants[binary.BigEndian.Uint16(box[primaries:])]
	transfer := binary.BigEndian.Uint16(box[transferAfter:])
	if !ok || transfer == perceptual || transfer == logarithmic {
		return nil
	}
	curve := srgbCurve()
	xyz := func(v [3]float64) []byte {
		b := []byte("XYZ \x00\x00\x00\x00")
		for _, f := range v {
			b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(f*65536))))
		}
		return b
	}
	return matrixProfile([]iccTag{
		{"rXYZ", xyz(wide[0])},
		{"gXYZ", xyz(wide[1])},
		{"bXYZ", xyz(wide[2])},
		{"wtpt", xyz([3]float64{0.9642, 1, 0.8249})},
		{"rTRC", curve},
		{"gTRC", curve},
		{"bTRC", curve},
	})
}

// srgbCurve is sRGB's transfer function (IEC 61966-2-1) as a table.
func srgbCurve() []byte {
	const steps = 1024
	b := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), steps)
	for i := range steps {
		v := float64(i) / (steps - 1)
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		b = binary.BigEndian.AppendUint16(b, uint16(math.Round(v*math.MaxUint16)))
	}
	return b
}

// iccTag is a part of a profile.
type iccTag struct {
	name string
	body []byte
}

// matrixProfile is a profile of a screen, version 2 (ICC.1:2001-04).
func matrixProfile(tags []iccTag) []byte {
	const header, entry = 128, 12
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var bodies []byte
	for _, t := range tags {
		table = append(table, t.name...)
		table = binary.BigEndian.AppendUint32(table, uint32(header+4+entry*len(tags)+len(bodies)))
		table = binary.BigEndian.AppendUint32(table, uint32(len(t.body)))
		bodies = append(bodies, t.body...)
	}
	head := make([]byte, header)
	binary.BigEndian.PutUint32(head, uint32(header+len(table)+len(bodies)))
	copy(head[8:], "\x02\x10\x00\x00mntrRGB XYZ ")
	copy(head[36:], "acsp")
	for i, v := range []uint32{0xf6d6, 0x10000, 0xd32d} { // D50
		binary.BigEndian.PutUint32(head[68+4*i:], v)
	}
	return append(append(head, table...), bodies...)
}
