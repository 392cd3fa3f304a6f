package container

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// ogg is RFC 3533: the last page is looked for, and must be there to its end.
func ogg(f file) string {
	const most = 27 + 255 + 255*255 // bytes of a page
	b, at := f.tail(2 * most)
	i := bytes.LastIndex(b, []byte("OggS\x00"))
	if i < 0 {
		return ""
	}
	page := b[i:]
	if len(page) < 27 || len(page) < 27+int(page[26]) {
		return "the last page has no end"
	}
	end := at + int64(i) + 27 + int64(page[26])
	for _, segment := range page[27:][:page[26]] {
		end += int64(segment)
	}
	if end > f.size {
		return f.short("last page", end)
	}
	return ""
}

// short says that the last part of the file is not there to its end.
func (f file) short(what string, end int64) string {
	return fmt.Sprintf("the %s ends at byte %d of a file of %d", what, end, f.size)
}

// flac is RFC 9639: the header says how many samples there are, and every frame which it has. What looks like a frame may be
// none; but one that ends with the last sample is there where the file is whole.
func flac(f file) string {
	info := f.read(4, 38)
	if info == nil || info[0]&0x7f != 0 {
		return ""
	}
	block := int64(binary.BigEndian.Uint16(info[4:])) // of every frame but the last, where all are alike
	total := int64(binary.BigEndian.Uint64(info[14:]) & (1<<36 - 1))
	if total == 0 {
		return ""
	}
	b, _ := f.tail(1 << 20)
	last := int64(0)
	for i := len(b) - 2; i >= 0; i-- {
		if b[i] != 0xff || b[i+1]&0xfe != 0xf8 {
			continue
		}
		switch end, ok := frameEnd(b[i:], block); {
		case ok && end == total:
			return ""
		case ok && end < total:
			last = max(last, end)
		}
	}
	return fmt.Sprintf("about %d of %d samples", last, total)
}

// frameEnd is the sample after those of a frame of FLAC, by its header; false where that is none.
func frameEnd(b []byte, block int64) (sample int64, ok bool) {
	const longest = 16
	if len(b) < longest {
		return 0, false
	}
	number, n := coded(b[4:])
	if n == 0 {
		return 0, false
	}
	at, size := 4+n, int64(0)
	switch code := b[2] >> 4; {
	case code == 1:
		size = 192
	case code >= 2 && code <= 5:
		size = 576 << (code - 2)
	case code == 6:
		size, at = int64(b[at])+1, at+1
	case code == 7:
		size, at = int64(binary.BigEndian.Uint16(b[at:]))+1, at+2
	case code >= 8:
		size = 256 << (code - 8)
	}
	switch b[2] & 0xf {
	case 12:
		at++
	case 13, 14:
		at += 2
	}
	if size == 0 || at >= longest || crc8(b[:at]) != b[at] {
		return 0, false
	}
	if b[1]&1 == 0 { // it counts frames
		number *= block
	}
	return number + size, true
}

// coded is a number as UTF-8 would write it, of up to 36 bits, and how many bytes it takes; 0 for none.
func coded(b []byte) (number int64, bytes int) {
	first, n := b[0], 0
	for first<<n&0x80 != 0 {
		n++
	}
	switch {
	case n == 0:
		return int64(first), 1
	case n == 1 || n > 7:
		return 0, 0
	}
	number = int64(first & (0x7f >> n))
	for _, c := range b[1:n] {
		if c&0xc0 != 0x80 {
			return 0, 0
		}
		number = number<<6 | int64(c&0x3f)
	}
	return number, n
}

// crc8 is FLAC's, with the polynomial x⁸+x²+x+1.
func crc8(b []byte) (sum byte) {
	for _, c := range b {
		sum ^= c
		for range 8 {
			if sum&0x80 != 0 {
				sum = sum<<1 ^ 7
			} else {
				sum <<= 1
			}
		}
	}
	return sum
}

// mp3 goes by the header that encoders put into the first frame: of Xing and LAME, or of Fraunhofer. It states how many
// bytes the frames take; what else the file has, tags, comes on top of that.
func mp3(f file) string {
	at := int64(0)
	if tag := f.read(0, 10); tag != nil && string(tag[:3]) == "ID3" {
		at = 10 + int64(tag[6])<<21 + int64(tag[7])<<14 + int64(tag[8])<<7 + int64(tag[9])
		if tag[5]&0x10 != 0 {
			at += 10 // a footer
		}
	}
	head := f.read(at, 64)
	if head == nil || head[0] != 0xff || head[1]&0xe6 != 0xe2 { // layer III
		return ""
	}
	xing := 4 + 32 // behind the side information
	mono, half := head[3]>>6 == 3, head[1]&8 == 0
	switch {
	case mono && half:
		xing = 4 + 9
	case mono != half:
		xing = 4 + 17
	}
	var stated int64
	switch b := head[xing:]; string(b[:4]) {
	case "Xing", "Info":
		const frames, bytes = 1, 2
		flags, field := b[7], 8
		if flags&frames != 0 {
			field += 4
		}
		if flags&bytes != 0 {
			stated = int64(binary.BigEndian.Uint32(b[field:]))
		}
	}
	if b := head[36:]; string(b[:4]) == "VBRI" {
		stated = int64(binary.BigEndian.Uint32(b[10:]))
	}
	return f.beyond("sound", stated)
}

// flv is Adobe's Flash Video 10.1: behind every tag stands how long it was.
func flv(f file) string {
	const head, trailer = 11, 4
	length := func(at int64) (int64, bool) {
		tag := f.read(at, head)
		if tag == nil {
			return 0, false
		}
		kind := tag[0] & 0x1f
		return head + int64(tag[1])<<16 + int64(tag[2])<<8 + int64(tag[3]), kind == 8 || kind == 9 || kind == 18
	}
	stands := func(at int64) int64 {
		b := f.read(at, trailer)
		if b == nil {
			return -1
		}
		return int64(binary.BigEndian.Uint32(b))
	}
	header := f.read(5, 4)
	if header == nil {
		return ""
	}
	first := int64(binary.BigEndian.Uint32(header)) + trailer
	if n, ok := length(first); !ok || stands(first+n) != n {
		return "" // not every program writes it
	}
	last := stands(f.size - trailer)
	if n, ok := length(f.size - trailer - last); ok && n == last {
		return ""
	}
	return "the last tag has no end"
}

// dav is Dahua's format, as libavformat/dhav.c of FFmpeg reads it: the last packet must be there to its end.
func dav(f file) string {
	b, at := f.tail(4 << 20)
	for i := bytes.LastIndex(b, []byte("DHAV")); i >= 0; i = bytes.LastIndex(b[:i], []byte("DHAV")) {
		packet := b[i:]
		if len(packet) < 24 {
			continue
		}
		sum := byte(0)
		for _, c := range packet[:23] {
			sum += c
		}
		if sum != packet[23] {
			continue
		}
		if end := at + int64(i) + int64(binary.LittleEndian.Uint32(packet[12:])); end > f.size {
			return f.short("last packet", end)
		}
		return ""
	}
	return ""
}

// transport is ISO/IEC 13818-1: packets of 188 bytes, on discs with a time before each, of 204 with a checksum behind it.
func transport(f file) string {
	const sync, least = 'G', 5
	for _, packet := range []int64{188, 192, 204} {
		head := f.read(0, int(packet*least))
		for from := range packet {
			if head == nil || !synced(head[from:], packet) {
				continue
			}
			extra := int64(0) // before the sync byte
			if packet == 192 {
				extra = 4
			}
			if from != extra {
				return "the first packet has no beginning"
			}
			rest := (f.size - from + extra) % packet
			next := f.read(f.size-rest+extra, 1)
			last := f.read(f.size-rest-packet+extra, 1)
			if next != nil && last != nil && next[0] == sync && last[0] == sync && rest > extra {
				return f.short("last packet", f.size-rest+packet)
			}
			return ""
		}
	}
	return ""
}

// synced tells whether packets begin at the beginning of b, and nowhere else.
func synced(b []byte, packet int64) bool {
	for at := int64(0); at < int64(len(b)); at += packet {
		if b[at] != 'G' {
			return false
		}
	}
	return true
}
