// Package container tells whether recordings were cut off: whether the bytes are there of which their headers speak. A
// player plays what is left and says nothing.
//
// It looks at the ends of the files and at a few headers, never at pictures or sound, and depends on no decoder. Of formats
// that state no size or length it knows nothing: they pass for whole. The other way round it is careful, too: a size that
// a recorder never filled in, tags and padding behind the end make no file a cut one.
package container

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
)

// formats are what the package knows, by how a file begins.
var formats = []struct {
	at    int64
	magic string
	cut   func(f file) string
}{
	{0, "RIFF", riff},
	{0, "RF64", riff},
	{0, "FORM", aiff},
	{0, "caff", caf},
	{4, "ftyp", mp4},
	{4, "moov", mp4},
	{4, "mdat", mp4},
	{4, "wide", mp4},
	{4, "free", mp4},
	{4, "skip", mp4},
	{0, "\x1a\x45\xdf\xa3", matroska},
	{0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11", asf},
	{0, "OggS", ogg},
	{0, "fLaC", flac},
	{0, "FLV\x01", flv},
	{0, "DHAV", dav},
	{0, "DAHUA", dav},
	{0, "ID3", mp3},
	{0, "\xff\xfb", mp3},
	{0, "\xff\xf3", mp3},
	{0, "\xff\xe3", mp3},
}

// Cut says in English, for the log, what is missing of the recording of size bytes that r reads; "" where nothing is known
// to be.
func Cut(r io.ReaderAt, size int64) string {
	f := file{r, size}
	for _, format := range formats {
		if string(f.read(format.at, len(format.magic))) == format.magic {
			return format.cut(f)
		}
	}
	return transport(f)
}

// file is a file that is looked at.
type file struct {
	r    io.ReaderAt
	size int64
}

// read is n bytes at an offset; nil where they are not there.
func (f file) read(at int64, n int) []byte {
	if at < 0 || at > f.size-int64(n) {
		return nil
	}
	b := make([]byte, n)
	if _, err := f.r.ReadAt(b, at); err != nil {
		return nil
	}
	return b
}

// tail is the end of the file, n bytes at most, and where it begins.
func (f file) tail(n int64) (b []byte, at int64) {
	at = max(0, f.size-n)
	return f.read(at, int(f.size-at)), at
}

// slack is how many bytes behind the end of a chunk may be missing: some programs count padding that they do not write.
const slack = 16

// beyond says that a part of the file ends behind it.
func (f file) beyond(what string, end int64) string {
	if end <= f.size+slack {
		return ""
	}
	return fmt.Sprintf("%s ends at byte %d of a file of %d", what, end, f.size)
}

// maxParts bounds how many parts of a file are looked at.
const maxParts = 100_000

// riff is AVI and WAV (Microsoft, Multimedia Programming Interface 1.0; OpenDML 1.02; EBU Tech 3306 for RF64). What counts
// is the chunk with the media: an index may be missing, and a recorder that lost power left zeros for sizes.
func riff(f file) string {
	const list, unknown = 12, 0x7fff0000 // what streams write for a size
	var data int64                       // of RF64
	at := int64(list)
	for range maxParts {
		head := f.read(at, list)
		if head == nil {
			return ""
		}
		name, size := string(head[:4]), int64(binary.LittleEndian.Uint32(head[4:]))
		switch {
		case name == "ds64":
			if b := f.read(at+16, 8); b != nil {
				data = int64(binary.LittleEndian.Uint64(b) &^ (1 << 63))
			}
		case name == "data" && size == 0xffffffff && data > 0:
			return f.beyond("sound", at+8+min(data, 1<<60))
		case name == "data" && size < unknown:
			return f.beyond("sound", at+8+size)
		case name == "data":
			return ""
		case name == "RIFF": // the next gigabyte of an AVI
			at += list
			continue
		case name == "LIST" && string(head[8:]) == "movi":
			if cut := f.beyond("film", at+8+size); cut != "" && size < 0xffffffff {
				return cut
			}
			if size == 0 {
				return ""
			}
		}
		at += 8 + size + size&1
	}
	return ""
}

// aiff is Apple's AIFF 1.3.
func aiff(f file) string {
	at := int64(12)
	for range maxParts {
		head := f.read(at, 8)
		if head == nil {
			return ""
		}
		size := int64(binary.BigEndian.Uint32(head[4:]))
		if string(head[:4]) == "SSND" {
			return f.beyond("sound", at+8+size)
		}
		at += 8 + size + size&1
	}
	return ""
}

// caf is Apple's Core Audio Format 1.0, whose last chunk may go to the end.
func caf(f file) string {
	at := int64(8)
	for range maxParts {
		head := f.read(at, 12)
		if head == nil {
			return ""
		}
		size := int64(binary.BigEndian.Uint64(head[4:]))
		switch {
		case size < 0 || size > 1<<60:
			return ""
		case string(head[:4]) == "data":
			return f.beyond("sound", at+12+size)
		}
		at += 12 + size
	}
	return ""
}

// mp4 is ISO/IEC 14496-12.
func mp4(f file) string {
	at := int64(0)
	for range maxParts {
		head := f.read(at, 8)
		if head == nil {
			return ""
		}
		size, least := int64(binary.BigEndian.Uint32(head)), int64(8)
		if size == 1 {
			long := f.read(at+8, 8)
			if long == nil {
				return ""
			}
			size, least = int64(binary.BigEndian.Uint64(long)), 16
		}
		if size < least || size > 1<<60 { // to the end, or no box
			return ""
		}
		switch name := string(head[4:]); name {
		case "mdat", "moov", "moof":
			if cut := f.beyond(name, at+size); cut != "" {
				return cut
			}
		}
		at += size
	}
	return ""
}

// matroska is RFC 9559; what streams has no size.
func matroska(f file) string {
	header, n := element(f, 4)
	segment, m := element(f, 4+n+header+4)
	if n == 0 || m == 0 || !bytes.Equal(f.read(4+n+header, 4), []byte{0x18, 0x53, 0x80, 0x67}) {
		return ""
	}
	return f.beyond("segment", 4+n+header+4+m+segment)
}

// element is the size of an EBML element, written at an offset, and how many bytes that takes: 0 for no known size.
func element(f file, at int64) (size, bytes int64) {
	first := f.read(at, 1)
	if first == nil || first[0] == 0 {
		return 0, 0
	}
	length := 1
	for first[0]>>(8-length) == 0 {
		length++
	}
	b := f.read(at, length)
	if b == nil {
		return 0, 0
	}
	size = int64(b[0]) &^ (1 << (8 - length))
	all := size == 1<<(8-length)-1
	for _, c := range b[1:] {
		size, all = size<<8|int64(c), all && c == 0xff
	}
	if all || size > 1<<60 {
		return 0, 0
	}
	return size, int64(length)
}

// asf is Microsoft's Advanced Systems Format 1.2, section 3.2: the size of the file stands in its properties.
func asf(f file) string {
	properties := []byte("\xa1\xdc\xab\x8c\x47\xa9\xcf\x11\x8e\xe4\x00\xc0\x0c\x20\x53\x65")
	at := int64(30)
	for range 64 {
		head := f.read(at, 104)
		if head == nil {
			return ""
		}
		if bytes.Equal(head[:16], properties) {
			const broadcast = 1
			if binary.LittleEndian.Uint32(head[88:])&broadcast != 0 {
				return ""
			}
			return f.beyond("file", int64(binary.LittleEndian.Uint64(head[40:])&^(1<<63)))
		}
		size := int64(binary.LittleEndian.Uint64(head[16:]))
		if size < 24 || size > f.size {
			return ""
		}
		at += size
	}
	return ""
}
