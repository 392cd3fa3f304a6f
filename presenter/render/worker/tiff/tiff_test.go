package tiff

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"testing"
)

// maker writes a TIFF as its fields say.
type maker struct {
	size          image.Point
	bits, samples int
	planar        int
	tile          image.Point // zero: strips of 5 rows
	predictor     int
	packing       int
	meaning       int
	big           bool
	order         binary.AppendByteOrder
	fields        map[uint16][]uint64           // more of them
	value         func(x, y, sample int) uint64 // in 16 bits
}

// field is one of a directory, of numbers of 32 bits or 16.
type field struct {
	tag    uint16
	values []uint64
}

func (m maker) bytes() []byte {
	step, cell := m.tile, m.tile
	if m.tile == (image.Point{}) {
		step = image.Pt(m.size.X, 5)
	}
	planes, side := 1, m.samples
	if m.planar == 2 {
		planes, side = m.samples, 1
	}
	head := 8
	if m.big {
		head = 16
	}
	var data []byte
	var offsets, counts []uint64
	for plane := range planes {
		for y := 0; y < m.size.Y; y += step.Y {
			for x := 0; x < m.size.X; x += step.X {
				cell = step
				if m.tile == (image.Point{}) {
					cell.Y = min(step.Y, m.size.Y-y)
				}
				packed := m.pack(m.rows(image.Rectangle{image.Pt(x, y), image.Pt(x, y).Add(cell)}, plane, side))
				offsets, counts = append(offsets, uint64(head+len(data))), append(counts, uint64(len(packed)))
				data = append(data, packed...)
			}
		}
	}
	fields := []field{
		{tagWidth, []uint64{uint64(m.size.X)}},
		{tagHeight, []uint64{uint64(m.size.Y)}},
		{tagBits, repeat(m.bits, m.samples)},
		{tagCompression, []uint64{uint64(m.packing)}},
		{tagPhotometric, []uint64{uint64(m.meaning)}},
	}
	if m.tile == (image.Point{}) {
		fields = append(fields, field{tagStripOffsets, offsets}, field{tagSamples, []uint64{uint64(m.samples)}}, field{tagRowsPerStrip, []uint64{5}},
			field{tagStripCounts, counts}, field{tagPlanar, []uint64{uint64(m.planar)}}, field{tagPredictor, []uint64{uint64(m.predictor)}})
	} else {
		fields = append(fields, field{tagSamples, []uint64{uint64(m.samples)}}, field{tagPlanar, []uint64{uint64(m.planar)}}, field{tagPredictor, []uint64{uint64(m.predictor)}},
			field{tagTileWidth, []uint64{uint64(step.X)}}, field{tagTileHeight, []uint64{uint64(step.Y)}}, field{tagTileOffsets, offsets}, field{tagTileCounts, counts})
	}
	for tag, values := range m.fields {
		fields = append(fields, field{tag, values})
	}
	return m.file(head, data, fields)
}

// file puts header, data, the values that have no room in the directory, and the directory one behind the other.
func (m maker) file(head int, data []byte, fields []field) []byte {
	mark := map[bool]string{false: "II", true: "MM"}[m.order.String() == "BigEndian"]
	long := func(b []byte, v int) []byte { return m.order.AppendUint32(b, uint32(v)) }
	if m.big {
		long = func(b []byte, v int) []byte { return m.order.AppendUint64(b, uint64(v)) }
	}
	var outside, entries []byte
	at := head + len(data)
	room := map[bool]int{false: 4, true: 8}[m.big]
	for _, f := range fields {
		const asLong = 4
		var values []byte
		for _, v := range f.values {
			values = m.order.AppendUint32(values, uint32(v))
		}
		entries = m.order.AppendUint16(m.order.AppendUint16(entries, f.tag), asLong)
		entries = long(entries, len(f.values))
		if len(values) <= room {
			entries = append(entries, append(values, make([]byte, room-len(values))...)...)
			continue
		}
		entries = long(entries, at+len(outside))
		outside = append(outside, values...)
	}
	out := []byte(mark)
	if m.big {
		out = m.order.AppendUint16(m.order.AppendUint16(m.order.AppendUint16(out, 43), 8), 0)
	} else {
		out = m.order.AppendUint16(out, 42)
	}
	out = long(out, at+len(outside))
	out = append(append(out, data...), outside...)
	if m.big {
		out = m.order.AppendUint64(out, uint64(len(fields)))
	} else {
		out = m.order.AppendUint16(out, uint16(len(fields)))
	}
	return long(append(out, entries...), 0)
}

// rows are the samples of a part, in rows of whole bytes.
func (m maker) rows(part image.Rectangle, plane, side int) (out []byte) {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		var row []uint64
		for x := part.Min.X; x < part.Max.X; x++ {
			for s := range side {
				v := m.value(min(x, m.size.X-1), min(y, m.size.Y-1), s+plane)
				if m.bits <= 16 {
					v >>= 16 - m.bits
				} else {
					v <<= m.bits - 16
				}
				row = append(row, v)
			}
		}
		if m.predictor == 2 {
			for i := len(row) - 1; i >= side; i-- {
				row[i] = (row[i] - row[i-side]) & (1<<m.bits - 1)
			}
		}
		out = append(out, m.pad(row)...)
	}
	return out
}

func (m maker) pad(row []uint64) (out []byte) {
	switch m.bits {
	case 16:
		for _, v := range row {
			out = m.order.AppendUint16(out, uint16(v))
		}
		return out
	case 24, 32:
		for _, v := range row {
			b := m.order.AppendUint32(nil, uint32(v))
			switch {
			case m.bits == 32:
			case m.order.String() == "BigEndian":
				b = b[1:]
			default:
				b = b[:3]
			}
			out = append(out, b...)
		}
		return out
	}
	bit := 0
	for _, v := range row {
		for i := m.bits - 1; i >= 0; i-- {
			if bit%8 == 0 {
				out = append(out, 0)
			}
			out[bit/8] |= byte(v>>i&1) << (7 - bit%8)
			bit++
		}
	}
	return out
}

var deflater = zlib.NewWriter(io.Discard) // making one takes a megabyte

func (m maker) pack(data []byte) []byte {
	var b bytes.Buffer
	switch m.packing {
	case packDeflate:
		deflater.Reset(&b)
		_, _ = deflater.Write(data)
		_ = deflater.Close()
	case packBits:
		for ; len(data) > 0; data = data[min(100, len(data)):] {
			n := min(100, len(data))
			b.WriteByte(byte(n - 1))
			b.Write(data[:n])
		}
	default:
		b.Write(data)
	}
	return b.Bytes()
}

func repeat(v, n int) (list []uint64) {
	for range n {
		list = append(list, uint64(v))
	}
	return list
}

// ramp differs from place to place and sample to sample.
func ramp(x, y, sample int) uint64 { return uint64(x*1500+y*2100+sample*17000) & 0xffff }

func decodeFirst(data []byte) (img image.Image, lost bool, err error) {
	f := Open(data)
	if f.Pages() == 0 {
		return nil, false, errors.New("no pages")
	}
	return f.Decode(0)
}

// Whatever the size of the samples, their order, their planes, tiles and packing: the pixels are those that were stored.
func TestEveryLayoutComesBack(t *testing.T) {
	n := 0
	for _, bits := range []int{1, 2, 4, 8, 10, 12, 14, 16, 24, 32} {
		for _, samples := range []int{1, 3} {
			for _, planar := range []int{1, 2} {
				for _, tile := range []image.Point{{}, image.Pt(16, 16)} {
					for _, packing := range []int{packNone, packDeflate, packBits} {
						for _, big := range []bool{false, true} {
							for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
								for predictor := 1; predictor <= 2; predictor++ {
									if predictor == 2 && (packing != packDeflate || bits != 8 && bits != 16 && bits != 32) {
										continue
									}
									n++
									compare(t, maker{
										size: image.Pt(21, 18), bits: bits, samples: samples, planar: planar, tile: tile, predictor: predictor,
										packing: packing, meaning: map[int]int{1: blackIsZero, 3: asRGB}[samples], big: big, order: order, value: ramp,
									})
								}
							}
						}
					}
				}
			}
		}
	}
	t.Log(n, "layouts")
}

func compare(t *testing.T, m maker) {
	t.Helper()
	name := fmt.Sprintf("%d×%d bits, planes %d, tile %v, packing %d, predictor %d, big %v, %v", m.samples, m.bits, m.planar, m.tile, m.packing, m.predictor, m.big, m.order)
	img, lost, err := decodeFirst(m.bytes())
	if err != nil || lost {
		t.Errorf("%s: lost %v, %v", name, lost, err)
		return
	}
	for y := range m.size.Y {
		for x := range m.size.X {
			got := img.At(x, y).(color.NRGBA)
			for s, c := range []uint8{got.R, got.G, got.B} {
				v := m.value(x, y, min(s, m.samples-1))
				want := int(v >> 8)
				if m.bits < 8 {
					want = int(v>>(16-m.bits)) * 255 / (1<<m.bits - 1)
				}
				if int(c) != want || got.A != 255 {
					t.Errorf("%s: %d,%d sample %d is %d, want %d", name, x, y, s, c, want)
					return
				}
			}
		}
	}
}

// A colour map may be of 16 bits, as it should, or of 8, as some write it.
func TestColourMaps(t *testing.T) {
	for name, scale := range map[string]uint64{"16 bits": 257, "8 bits": 1} {
		var table []uint64
		for c := range uint64(3) {
			for i := range uint64(256) {
				table = append(table, (i+80*c)%256*scale)
			}
		}
		m := maker{
			size: image.Pt(16, 16), bits: 8, samples: 1, planar: 1, predictor: 1, packing: packNone, meaning: asPalette,
			order: binary.LittleEndian, fields: map[uint16][]uint64{tagColorMap: table},
			value: func(x, y, _ int) uint64 { return uint64(x+16*y) << 8 },
		}
		img, _, err := decodeFirst(m.bytes())
		if err != nil {
			t.Fatal(name, err)
		}
		if got, want := img.At(5, 3), (color.NRGBA{53, 133, 213, 255}); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// CMYK packed as JPEG, without Adobe's marker: no ink is white, whatever JPEG files of Photoshop say.
func TestCMYKInJPEG(t *testing.T) {
	data, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, bytes.NewReader([]byte(cmykJPEG))))
	if err != nil {
		t.Fatal(err)
	}
	img, lost, err := decodeFirst(data)
	if err != nil || lost {
		t.Fatal(lost, err)
	}
	for x, want := range map[int]color.NRGBA{8: {255, 0, 0, 255}, 24: {0, 0, 0, 255}} {
		got := img.At(x, 8).(color.NRGBA)
		if max(got.R, want.R)-min(got.R, want.R) > 8 || got.G > 8 || got.B > 8 {
			t.Errorf("at %d %v, want %v", x, got, want)
		}
	}
}

// 32×16 pixels, red left and black right, by ImageMagick and libtiff.
const cmykJPEG = "SUkqAGQAAAD/2P/AABQIABAAIARDEQBNEQBZEQBLEQD/2gAOBEMATQBZAEsAAD8A/Kqv1Tr9U6/Kqiiiiiv5V6/lXr+qiiiiiiv6qK/qor+Veiiiiiv5V6/l" +
	"Xr+qiiiiiv/ZABEAAAEDAAEAAAAgAAAAAQEDAAEAAAAQAAAAAgEDAAQAAAA2AQAAAwEDAAEAAAAHAAAABgEDAAEAAAAFAAAACgEDAAEAAAABAAAAEQEEAAEA" +
	"AAAIAAAAEgEDAAEAAAABAAAAFQEDAAEAAAAEAAAAFgEDAAEAAAAQAAAAFwEEAAEAAABbAAAAHAEDAAEAAAABAAAAKQEDAAIAAAAAAAEAPgEFAAIAAACQAgAA" +
	"PwEFAAYAAABgAgAATAEDAAEAAAABAAAAWwEHACEBAAA+AQAAAAAAAAgACAAIAAgA/9j/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsN" +
	"DhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/xAAfAAABBQEBAQEBAQAAAAAAAAAAAQIDBAUGBwgJCgv/xAC1EAACAQMDAgQDBQUEBAAAAX0BAgMABBEF" +
	"EiExQQYTUWEHInEUMoGRoQgjQrHBFVLR8CQzYnKCCQoWFxgZGiUmJygpKjQ1Njc4OTpDREVGR0hJSlNUVVZXWFlaY2RlZmdoaWpzdHV2d3h5eoOEhYaHiImK" +
	"kpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4eLj5OXm5+jp6vHy8/T19vf4+fr/2QCF61EAAACAAMP1qAAAAAACzcxMAAAA" +
	"AAHNzEwAAACAAM3MTAAAAAACj8L1AAAAABA3GqAAAAAAAiuHCgAAACAA"

// A part that is not in the file is told, and the rest is shown.
func TestAMissingPartIsTold(t *testing.T) {
	m := maker{
		size: image.Pt(21, 18), bits: 8, samples: 3, planar: 1, predictor: 1, packing: packDeflate, meaning: asRGB,
		order: binary.LittleEndian, value: ramp,
	}
	data := m.bytes()
	at := Open(data).pages[0].offsets[2] // the third strip is damaged
	copy(data[at:], make([]byte, 20))
	img, lost, err := decodeFirst(data)
	if err != nil || !lost {
		t.Fatalf("lost %v, %v", lost, err)
	}
	if c := img.At(0, 0).(color.NRGBA); c.R != uint8(ramp(0, 0, 0)>>8) || c.B != uint8(ramp(0, 0, 2)>>8) {
		t.Errorf("what is there is %v", c)
	}
}

// What is not decoded is said to be of another variant, not broken.
func TestOtherVariantsAreNamed(t *testing.T) {
	sound := maker{
		size: image.Pt(21, 18), bits: 32, samples: 1, planar: 1, predictor: 1, packing: packNone, meaning: blackIsZero,
		order: binary.LittleEndian, value: ramp,
	}
	for name, change := range map[string]func(*maker){
		"fractions":            func(m *maker) { m.fields = map[uint16][]uint64{tagSampleFormat: {3}} },
		"another packing":      func(m *maker) { m.packing = 50000 },
		"colours by lightness": func(m *maker) { m.meaning = 8 },
	} {
		m := sound
		change(&m)
		f := Open(m.bytes())
		if _, _, err := f.Decode(0); !errors.Is(err, ErrUnsupported) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whatever the bytes are, there is an answer, and no more memory than for the pixels.
func FuzzDecode(f *testing.F) {
	m := maker{
		size: image.Pt(21, 18), bits: 8, samples: 3, planar: 2, tile: image.Pt(16, 16), predictor: 2, packing: packDeflate, meaning: asRGB,
		order: binary.LittleEndian, value: ramp,
	}
	f.Add(m.bytes())
	m.big, m.bits, m.tile = true, 16, image.Point{}
	f.Add(m.bytes())
	m.meaning, m.bits, m.predictor = asYCbCr, 8, 1
	f.Add(m.bytes())
	f.Fuzz(func(_ *testing.T, data []byte) {
		file := Open(data)
		for i := range min(file.Pages(), 3) {
			_ = file.Foreign(i)
			if size := file.Size(i); size.X > 0 && size.Y > 0 && size.X < 1<<20/size.Y {
				_, _, _ = file.Decode(i)
			}
		}
	})
}
