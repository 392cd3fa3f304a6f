package meta

import (
	"encoding/binary"
	"strings"
	"testing"

	"butluc/library"
)

// The size of a picture is found however much stands before it: iPhones put more than 32 KB there. The largest counts:
// tiles and thumbnails have sizes, too.
func TestSizeOfAHEIC(t *testing.T) {
	data := heic(40<<10, [2]uint32{512, 512}, [2]uint32{4032, 3024}, [2]uint32{240, 180})
	if w, h := sizeOf([]byte(data)); w != 4032 || h != 3024 {
		t.Errorf("%d×%d", w, h)
	}
	if w, h := sizeOf([]byte(data[:len(data)-200])); w != 0 || h != 0 {
		t.Errorf("cut off: %d×%d", w, h)
	}
}

// The directory of the page that is asked for counts, and a chain of directories that bites its own tail ends.
func TestOrientationOfAPage(t *testing.T) {
	directory := func(orientation byte, next uint32) string {
		return "\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00" + string([]byte{orientation, 0, 0, 0}) + string(binary.LittleEndian.AppendUint32(nil, next))
	}
	pages := "II*\x00\x08\x00\x00\x00" + directory(1, 26) + directory(6, 8)
	for page, want := range map[int]int{0: 1, 1: 6, 2: 1, 3: 6, 1 << 30: 1} {
		if got := Orientation(library.KindTIFF, []byte(pages), page); got != want {
			t.Errorf("page %d: %d, want %d", page, got, want)
		}
	}
	big := "II+\x00\x08\x00\x00\x00\x10\x00\x00\x00\x00\x00\x00\x00" + "\x01\x00\x00\x00\x00\x00\x00\x00" +
		"\x12\x01\x03\x00\x01\x00\x00\x00\x00\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00\x00" + strings.Repeat("\x00", 8)
	if got := Orientation(library.KindTIFF, []byte(big), 0); got != 8 {
		t.Errorf("BigTIFF: %d", got)
	}
}

func TestOrientationThatIsNone(t *testing.T) {
	for name, data := range map[string]string{
		"too large":  "II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x09\x00\x00\x00",
		"cut off":    "II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03",
		"far away":   "II*\x00\xff\xff\xff\xff",
		"no numbers": "II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x0c\x00\x01\x00\x00\x00\x06\x00\x00\x00",
		"nothing":    "",
	} {
		if got := Orientation(library.KindTIFF, []byte(data), 0); got != 1 {
			t.Errorf("%s: %d", name, got)
		}
	}
}

// Whatever the bytes are, there is an answer, and a copy that says that it stands upright is upright.
func FuzzMeta(f *testing.F) {
	exif := "II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00"
	f.Add(uint8(library.KindTIFF), []byte(exif))
	f.Add(uint8(library.KindWebP), []byte("RIFF\x00\x00\x00\x00WEBPEXIF\x16\x00\x00\x00"+exif))
	f.Add(uint8(library.KindJPEG), []byte("\xff\xd8\xff\xe1\x00\x1eExif\x00\x00"+exif))
	f.Add(uint8(library.KindPNG), []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x16eXIf"+exif+"    "))
	f.Add(uint8(library.KindHEIC), []byte(heic(8, [2]uint32{1, 1})))
	f.Fuzz(func(t *testing.T, kind uint8, data []byte) {
		k := library.Kind(kind)
		for page := range 3 {
			if o := Orientation(k, data, page); o < 1 || o > 8 {
				t.Fatal(o)
			}
		}
		if o := Orientation(k, Unturned(k, data), 0); o != 1 {
			t.Fatalf("turned all the same: %d", o)
		}
		_ = Profile(k, data)
		OpenHEIF(data)
		Cut(k, data)
	})
}

func sizeOf(data []byte) (w, h int) {
	size := OpenHEIF(data).Size
	return size.X, size.Y
}

// heic is the header of a HEIC with that many bytes before the sizes of its pictures.
func heic(before int, sizes ...[2]uint32) string {
	box := func(name, body string) string {
		return string(binary.BigEndian.AppendUint32(nil, uint32(8+len(body)))) + name + body
	}
	var extents string
	for _, s := range sizes {
		body := binary.BigEndian.AppendUint32([]byte{0, 0, 0, 0}, s[0])
		extents += box("ispe", string(binary.BigEndian.AppendUint32(body, s[1])))
	}
	return box("ftyp", "heic\x00\x00\x00\x00mif1") +
		box("meta", "\x00\x00\x00\x00"+box("free", strings.Repeat(" ", before))+box("iprp", box("ipco", extents+box("free", strings.Repeat(" ", 300)))))
}
