package meta

import "encoding/binary"

// Chunk is a named part of a file: a chunk, a box.
type Chunk struct {
	Name string
	Body []byte
}

// Find is the body of the first chunk of a name, nil where there is none.
func Find(chunks []Chunk, name string) []byte {
	for _, c := range chunks {
		if c.Name == name {
			return c.Body
		}
	}
	return nil
}

// all are the bodies of the chunks of a name.
func all(chunks []Chunk, name string) (bodies [][]byte) {
	for _, c := range chunks {
		if c.Name == name {
			bodies = append(bodies, c.Body)
		}
	}
	return bodies
}

// maxChunks of a file are looked at. A PNG of a large scan has some ten thousand.
const maxChunks = 1 << 16

// PNGChunks are the chunks of a PNG file, as far as they are whole.
func PNGChunks(data []byte) (chunks []Chunk) {
	const signature, frame = 8, 12 // length and name before a chunk, a sum behind it
	for at := signature; at+frame <= len(data) && len(chunks) < maxChunks; {
		size := uint64(binary.BigEndian.Uint32(data[at:]))
		if size > uint64(len(data)-at-frame) {
			break
		}
		chunks = append(chunks, Chunk{string(data[at+4 : at+8]), data[at+8 : at+8+int(size)]})
		at += frame + int(size)
	}
	return chunks
}

// RIFFChunks are the chunks of a WebP file, as far as they are whole.
func RIFFChunks(data []byte) (chunks []Chunk) {
	const header = 12 // "RIFF", size, "WEBP"
	for at := header; at+8 <= len(data) && len(chunks) < maxChunks; {
		size := uint64(binary.LittleEndian.Uint32(data[at+4:]))
		if size > uint64(len(data)-at-8) {
			break
		}
		chunks = append(chunks, Chunk{string(data[at : at+4]), data[at+8 : at+8+int(size)]})
		at += 8 + int(size) + int(size&1)
	}
	return chunks
}

// isoBoxes are the boxes of an ISO media file or of a box in it, as far as they are whole.
func isoBoxes(data []byte) (boxes []Chunk) {
	for at := 0; at+8 <= len(data) && len(boxes) < maxChunks; {
		size, head := uint64(binary.BigEndian.Uint32(data[at:])), uint64(8)
		switch {
		case size == 1 && at+16 <= len(data):
			size, head = binary.BigEndian.Uint64(data[at+8:]), 16
		case size == 0: // to the end
			size = uint64(len(data) - at)
		}
		if size < head || size > uint64(len(data)-at) {
			break
		}
		boxes = append(boxes, Chunk{string(data[at+4 : at+8]), data[at+int(head) : at+int(size)]})
		at += int(size)
	}
	return boxes
}

// jpegSegments are the bodies of a JPEG file's segments with one marker, up to the picture itself.
func jpegSegments(data []byte, marker byte) (bodies [][]byte) {
	const (
		startOfScan = 0xda
		endOfImage  = 0xd9
	)
	for at := 2; at+4 <= len(data) && len(bodies) < maxChunks; {
		if data[at] != 0xff { // rubbish between the segments, which decoders pass over
			at++
			continue
		}
		switch m := data[at+1]; {
		case m == 0xff: // fill bytes
			at++
			continue
		case m == 0x00, m == 0x01, m >= 0xd0 && m <= 0xd8: // alone, without a body
			at += 2
			continue
		case m == startOfScan, m == endOfImage:
			return bodies
		}
		size := int(binary.BigEndian.Uint16(data[at+2:]))
		if size < 2 || at+2+size > len(data) {
			return bodies
		}
		if data[at+1] == marker {
			bodies = append(bodies, data[at+4:at+2+size])
		}
		at += 2 + size
	}
	return bodies
}
