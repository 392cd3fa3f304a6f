package print

import (
	"encoding/binary"
	"math"
)

// sRGB is the profile of the colours of a screen (IEC 61966-2-1), in the form of ICC.1:2001-04: three primaries adapted
// to D50, and one curve.
func sRGB() []byte {
	const curve = 1024 // points
	var tags []struct {
		name string
		data []byte
	}
	add := func(name string, data []byte) {
		tags = append(tags, struct {
			name string
			data []byte
		}{name, data})
	}
	fixed := func(b []byte, values ...float64) []byte {
		for _, v := range values {
			b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
		}
		return b
	}
	xyz := func(x, y, z float64) []byte { return fixed([]byte("XYZ \x00\x00\x00\x00"), x, y, z) }
	const name = "sRGB IEC61966-2.1"
	desc := append([]byte("desc\x00\x00\x00\x00"), binary.BigEndian.AppendUint32(nil, uint32(len(name)+1))...)
	desc = append(append(desc, name...), 0)
	desc = append(desc, make([]byte, 4+4+2+1+67)...) // no name in Unicode nor for the Macintosh
	trc := append([]byte("curv\x00\x00\x00\x00"), binary.BigEndian.AppendUint32(nil, curve)...)
	for i := range curve {
		v := float64(i) / (curve - 1)
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		trc = binary.BigEndian.AppendUint16(trc, uint16(math.Round(v*65535)))
	}
	add("desc", desc)
	add("cprt", []byte("text\x00\x00\x00\x00No copyright\x00"))
	add("wtpt", xyz(0.9642, 1, 0.8249))
	add("rXYZ", xyz(0.43607, 0.22249, 0.01392))
	add("gXYZ", xyz(0.38515, 0.71687, 0.09708))
	add("bXYZ", xyz(0.14307, 0.06061, 0.71410))
	add("rTRC", trc)
	add("gTRC", nil) // the same
	add("bTRC", nil)
	const headLong = 128
	at := headLong + 4 + 12*len(tags)
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var body []byte
	from, long := 0, 0
	for _, t := range tags {
		if t.data != nil {
			from, long = at+len(body), len(t.data)
			body = append(body, t.data...)
			body = append(body, make([]byte, (4-len(body)%4)%4)...)
		}
		table = append(table, t.name...)
		table = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(table, uint32(from)), uint32(long))
	}
	head := make([]byte, headLong)
	binary.BigEndian.PutUint32(head, uint32(at+len(body)))
	copy(head[8:], "\x02\x10\x00\x00mntrRGB XYZ ")
	binary.BigEndian.PutUint16(head[24:], 2026) // the date that it was made: year, month, day
	head[27], head[29] = 1, 1
	copy(head[36:], "acsp")
	copy(head[68:], fixed(nil, 0.9642, 1, 0.8249))
	return append(append(head, table...), body...)
}
