//go:build cgo

package worker

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"

	"butluc/library"
	"butluc/presenter/render/worker/heif/heiftest"
)

// The four corners of the picture that is stored: top left, top right, bottom left, bottom right.
var (
	red   = color.RGBA{255, 0, 0, 255}
	green = color.RGBA{0, 255, 0, 255}
	blue  = color.RGBA{0, 0, 255, 255}
	white = color.RGBA{255, 255, 255, 255}
)

// standing tells for each orientation which corners of the stored picture stand top left, top right, bottom left and
// bottom right when it is upright (Exif 2.32, 4.6.4 A).
var standing = map[int][4]color.RGBA{
	1: {red, green, blue, white},
	2: {green, red, white, blue},
	3: {white, blue, green, red},
	4: {blue, white, red, green},
	5: {red, blue, green, white},
	6: {blue, red, white, green},
	7: {white, green, blue, red},
	8: {green, white, red, blue},
}

// Whatever the format, a picture stands upright as its file says: the eight orientations of Exif, mirrored ones too.
func TestPicturesStandUpright(t *testing.T) {
	for name, make := range oriented {
		for orientation, want := range standing {
			t.Run(fmt.Sprint(name, " ", orientation), func(t *testing.T) {
				kind, data := make(orientation)
				box := image.Pt(160, 120)
				if orientation >= firstTurned {
					box = image.Pt(120, 160)
				}
				got := drawFile(t, kind, data, 0, box)
				if got.Rect.Size() != box {
					t.Fatalf("%v pixels, want %v", got.Rect.Size(), box)
				}
				x, y := box.X/4, box.Y/4
				for i, p := range []image.Point{{x, y}, {3 * x, y}, {x, 3 * y}, {3 * x, 3 * y}} {
					if c := got.RGBAAt(p.X, p.Y); !near(c, want[i], 50) {
						t.Errorf("corner %d is %v, want %v", i, c, want[i])
					}
				}
			})
		}
	}
}

// oriented makes the picture of four corners in each format that can say how it stands.
var oriented = map[string]func(orientation int) (library.Kind, []byte){
	"jpeg": func(o int) (library.Kind, []byte) {
		return library.KindJPEG, jpegWith(segment(0xe1, "Exif\x00\x00"+exif(o)))
	},
	"jpeg with its profile first": func(o int) (library.Kind, []byte) {
		return library.KindJPEG, jpegWith(segment(0xe2, "ICC_PROFILE\x00\x01\x01 none"), segment(0xe1, "Exif\x00\x00"+exif(o)))
	},
	"png": func(o int) (library.Kind, []byte) {
		var b bytes.Buffer
		_ = png.Encode(&b, corners())
		return library.KindPNG, slices.Insert(b.Bytes(), 33, pngChunk("eXIf", exif(o))...) // behind IHDR
	},
	"tiff": func(o int) (library.Kind, []byte) { return library.KindTIFF, tiffOf(binary.LittleEndian, o) },
	"tiff of a Motorola": func(o int) (library.Kind, []byte) {
		return library.KindTIFF, tiffOf(binary.BigEndian, o)
	},
	"webp": func(o int) (library.Kind, []byte) { return library.KindWebP, webpWith("EXIF", exif(o)) },
	"webp that names its Exif": func(o int) (library.Kind, []byte) {
		return library.KindWebP, webpWith("EXIF", "Exif\x00\x00"+exif(o))
	},
	"avif": func(o int) (library.Kind, []byte) {
		return library.KindAVIF, heiftest.File{AVIF: true, Tiles: image.Pt(1, 1), Size: image.Pt(64, 48), Properties: heiftest.Standing(o)}.Bytes()
	},
	"jpx": func(o int) (library.Kind, []byte) {
		const picture = "jp2c"
		data := decode(fourCornersJP2)
		at := bytes.Index(data, []byte(picture)) - 4
		return library.KindJPX, slices.Insert(data, at, isoBox("uuid", "JpgTiffExif->JP2"+exif(o))...)
	},
}

// Small files that encoders of Go do not make, written by ImageMagick: 16×12 pixels of four colours.
const (
	fourCornersWebP = "UklGRjYAAABXRUJQVlA4TCoAAAAvD8ACAB8gEEjeHzqN+RcQFPwf3fxHZA+AMNtokpOc5H0PIaL/UfrB9gE="
	fourCornersJP2  = "AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAADAAAABAAAwcHAAAAAAAPY29scgEAAAAAABAAAAGCanAyY/9P/1EA" +
		"LwAAAAAAEAAAAAwAAAAAAAAAAAAAABAAAAAMAAAAAAAAAAAAAwcBAQcBAQcBAf9SAAwAAAABAQMEBAAB/1wADUBASEhQSEhQSEhQ/2QAJQABQ3JlYXRlZCBi" +
		"eSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS4w/5AACgAAAAABAQAB/5PPtBQI9k5RK/8YMAtx58VcFv8YOAVIoqVdmX/H2gsPqA4PqBAMK9EGJQuefwL4/3/PwBZ+" +
		"AGACOTaxbwkdn9+YPPwBI/ADBPFbiQmGPwOFeH8C+inH2hMPqB4HzhgU13/hfJye/38YK7yxtLjJEsUsBSzfz8AaPtBwDy9C5x3fC25yHvQSgt+YVPwDIfaD" +
		"gA7z/qy+8ps4rysSnqfdpYkhRa8gZH8SxS0ETuzvx9oRH2g8H1AYJODfU1uUF1ktJA9JnMZPI6Obz8ASPtBAIhnODQcYRR/fmET8AuPwAyOglucTAjDOCcaU" +
		"VcfmRzfKBGcjo5v/2Q=="
)

func decode(b64 string) []byte {
	data, err := base64.StdEncoding.DecodeString(b64)
	if err != nil {
		panic(err)
	}
	return data
}

func corners() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 16, 12))
	for y := range 12 {
		for x := range 16 {
			img.SetRGBA(x, y, []color.RGBA{red, green, blue, white}[x/8+y/6*2])
		}
	}
	return img
}

// exif is an Exif block that holds an orientation alone.
func exif(orientation int) string {
	return "MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(rune(orientation)) + "\x00\x00\x00\x00\x00\x00"
}

func jpegWith(segments ...string) []byte {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, corners(), &jpeg.Options{Quality: 100})
	data := b.Bytes()
	for _, s := range slices.Backward(segments) {
		data = slices.Insert(data, 2, []byte(s)...)
	}
	return data
}

func segment(marker byte, body string) string {
	return string([]byte{0xff, marker, byte((len(body) + 2) >> 8), byte(len(body) + 2)}) + body
}

func pngChunk(name, body string) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(out, name+body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

func isoBox(name, body string) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8)), name+body...)
}

// webpWith puts a chunk behind the picture.
func webpWith(name, body string) []byte {
	picture := decode(fourCornersWebP)[12:]
	flags := map[string]byte{"EXIF": 0x08, "ICCP": 0x20}[name]
	data := append([]byte("WEBPVP8X\x0a\x00\x00\x00"), flags, 0, 0, 0, 15, 0, 0, 11, 0, 0)
	chunk := append([]byte(name), binary.LittleEndian.AppendUint32(nil, uint32(len(body)))...)
	chunk = append(chunk, body...)
	if len(body)%2 == 1 {
		chunk = append(chunk, 0)
	}
	if name == "ICCP" { // colours come first
		data = append(append(data, chunk...), picture...)
	} else {
		data = append(append(data, picture...), chunk...)
	}
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(data))), data...)
}

// tiffOf is an uncompressed TIFF.
func tiffOf(order binary.ByteOrder, orientation int) []byte {
	img := corners()
	var pixels []byte
	for i := 0; i < len(img.Pix); i += 4 {
		pixels = append(pixels, img.Pix[i:i+3]...)
	}
	head := "II*\x00"
	if order == binary.ByteOrder(binary.BigEndian) {
		head = "MM\x00*"
	}
	const directory = 8
	var fields []byte
	n := 0
	field := func(tag, kind uint16, count, value uint32) {
		b := make([]byte, 12)
		order.PutUint16(b, tag)
		order.PutUint16(b[2:], kind)
		order.PutUint32(b[4:], count)
		if kind == 3 && count == 1 {
			order.PutUint16(b[8:], uint16(value))
		} else {
			order.PutUint32(b[8:], value)
		}
		fields = append(fields, b...)
		n++
	}
	const fieldsToCome = 11
	behind := uint32(directory + 2 + fieldsToCome*12 + 4)
	field(0x100, 3, 1, 16)
	field(0x101, 3, 1, 12)
	field(0x102, 3, 3, behind) // bits
	field(0x103, 3, 1, 1)
	field(0x106, 3, 1, 2)
	field(0x111, 4, 1, behind+6)
	field(0x112, 3, 1, uint32(orientation))
	field(0x115, 3, 1, 3)
	field(0x116, 3, 1, 12)
	field(0x117, 4, 1, uint32(len(pixels)))
	field(0x11c, 3, 1, 1)
	out := []byte(head)
	word := make([]byte, 4)
	order.PutUint32(word, directory)
	out = append(out, word...)
	order.PutUint16(word, uint16(n))
	out = append(append(out, word[:2]...), fields...)
	out = append(out, 0, 0, 0, 0)
	order.PutUint16(word, 8)
	for range 3 {
		out = append(out, word[:2]...)
	}
	return append(out, pixels...)
}

// drawFile draws a page of a file as the worker does.
func drawFile(t *testing.T, kind library.Kind, data []byte, page int, box image.Point) *image.RGBA {
	t.Helper()
	r := drawReply(t, kind, data, page, box)
	return &image.RGBA{Pix: r.payload, Stride: 4 * r.Width, Rect: image.Rect(0, 0, r.Width, r.Height)}
}

func drawReply(t *testing.T, kind library.Kind, data []byte, page int, box image.Point) *reply {
	t.Helper()
	silence()
	d := &document{key: key{kind: kind}, data: data, begin: func(int) {}}
	if err := d.open(nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.close)
	r := &reply{}
	if err := d.render(page, library.WholePage, 0, box, r); err != nil {
		t.Fatal(err)
	}
	if r.free != nil {
		r.payload = bytes.Clone(r.payload)
		r.free()
	}
	return r
}

func near(a, b color.RGBA, within int) bool {
	d := func(x, y uint8) bool { return max(int(x)-int(y), int(y)-int(x)) <= within }
	return d(a.R, b.R) && d(a.G, b.G) && d(a.B, b.B)
}
