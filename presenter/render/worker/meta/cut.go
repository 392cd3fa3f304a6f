package meta

import (
	"bytes"
	"encoding/binary"

	"butluc/library"
)

// Cut tells whether a picture file ends before its format says that it does, by its structure alone: whatever a decoder
// makes of the rest, a part of the picture is not there. It is false for what can't be told, and for bytes behind the end.
func Cut(kind library.Kind, data []byte) bool {
	switch kind { //nolint:exhaustive // the others are no pictures
	case library.KindJPEG:
		return cutJPEG(data)
	case library.KindPNG:
		return cutPNG(data)
	case library.KindGIF:
		return cutGIF(data)
	case library.KindBMP:
		return cutBMP(data)
	case library.KindWebP:
		return len(data) >= 12 && uint64(binary.LittleEndian.Uint32(data[4:])&^1)+8 > uint64(len(data))
	case library.KindHEIC, library.KindAVIF:
		return cutBoxes(data)
	case library.KindJPX:
		return cutJPX(data)
	case library.KindPSD:
		return cutPSD(data)
	}
	return false
}

// cutJPEG looks for the end marker. Cameras append bytes of their own after it, so it may stand anywhere in the last part.
func cutJPEG(data []byte) bool {
	const tail = 64 << 10
	return !bytes.Contains(data[max(0, len(data)-tail):], []byte("\xff\xd9"))
}

// cutPNG walks to the chunk that ends a picture.
func cutPNG(data []byte) bool {
	const signature, frame = 8, 12
	for at := uint64(signature); at+frame <= uint64(len(data)); {
		at += frame + uint64(binary.BigEndian.Uint32(data[at:]))
		if at <= uint64(len(data)) && string(data[at-frame+4:][:4]) == "IEND" { // it has no body
			return false
		}
	}
	return true
}

// cutGIF walks through the blocks. Some programs leave the last one out, which lacks nothing.
func cutGIF(data []byte) bool {
	const header, flags, descriptor = 13, 10, 10
	table := func(flags byte) int {
		if flags&0x80 == 0 {
			return 0
		}
		return 3 << (flags&7 + 1)
	}
	if len(data) < header {
		return true
	}
	at := header + table(data[flags])
	for at < len(data) {
		switch data[at] {
		case 0x3b: // the end
			return false
		case 0x21: // an extension, and its label
			at += 2
		case 0x2c: // a picture, its colours, and the size of its first codes
			if at+descriptor > len(data) {
				return true
			}
			at += descriptor + table(data[at+descriptor-1]) + 1
		default: // zeros or rubbish between the blocks
			at++
			continue
		}
		for { // blocks of up to 255 bytes, up to an empty one
			if at >= len(data) {
				return true
			}
			n := int(data[at])
			at += 1 + n
			if n == 0 {
				break
			}
		}
	}
	return at > len(data)
}

// cutJPX looks for the end of the codestream, whose bytes are so that its marker can't stand within (ITU-T T.800, A.4.4).
func cutJPX(data []byte) bool {
	stream := data
	if bytes.HasPrefix(data, []byte("\x00\x00\x00\x0cjP")) {
		if stream = Find(isoBoxes(data), "jp2c"); stream == nil {
			return true // it reaches beyond the end
		}
	}
	const tail = 64 << 10
	return !bytes.Contains(stream[max(0, len(stream)-tail):], []byte("\xff\xd9"))
}

// cutPSD adds up the sections of a Photoshop file, up to the merged picture that is shown.
func cutPSD(data []byte) bool {
	const header = 26
	if len(data) < header {
		return true
	}
	large := data[5] == 2 // PSB: lengths and counts are wider
	channels := uint64(binary.BigEndian.Uint16(data[12:]))
	rows, columns := uint64(binary.BigEndian.Uint32(data[14:])), uint64(binary.BigEndian.Uint32(data[18:]))
	depth := uint64(binary.BigEndian.Uint16(data[22:]))
	at := uint64(header)
	for _, wide := range []bool{false, false, large} {
		size := uint64(4)
		if wide {
			size = 8
		}
		if at+size > uint64(len(data)) {
			return true
		}
		n := uint64(binary.BigEndian.Uint32(data[at:]))
		if wide {
			n = binary.BigEndian.Uint64(data[at:])
		}
		if at += size; n > uint64(len(data))-at {
			return true
		}
		at += n
	}
	if at+2 > uint64(len(data)) {
		return true
	}
	const raw, packed = 0, 1
	left := uint64(len(data)) - at - 2
	switch counts := data[at+2:]; binary.BigEndian.Uint16(data[at:]) {
	case raw:
		return channels*rows*((columns*depth+7)/8) > left
	case packed:
		width := 2
		if large {
			width = 4
		}
		if channels*rows*uint64(width) > left {
			return true
		}
		need := channels * rows * uint64(width)
		for i := range int(channels * rows) {
			if large {
				need += uint64(binary.BigEndian.Uint32(counts[i*width:]))
			} else {
				need += uint64(binary.BigEndian.Uint16(counts[i*width:]))
			}
		}
		return need > left
	}
	return false
}
