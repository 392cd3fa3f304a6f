package animation

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/png"

	"butluc/presenter/render/worker/meta"
)

const signature = "\x89PNG\r\n\x1a\n"

// openPNG takes an animated PNG apart: each frame's data is a PNG of its own once the file's header is put before it.
func openPNG(data []byte) (*Animation, error) {
	var (
		a      Animation
		header []byte // IHDR's body
		shared []byte // chunks that each frame needs: palette, transparency, gamma
		packed []byte // deflated pixels of the frame that is read
		open   *frame
	)
	end := func() {
		if open != nil && len(packed) > 0 {
			f, pixels := *open, packed
			f.decode = func() (image.Image, error) {
				return png.Decode(bytes.NewReader(standalone(header, shared, f.size, pixels)))
			}
			a.frames = append(a.frames, f)
		}
		open, packed = nil, nil
	}
	chunks := meta.PNGChunks(data)
	if control := meta.Find(chunks, "acTL"); len(control) < 4 || binary.BigEndian.Uint32(control) < 2 {
		return nil, ErrStill
	}
	for _, c := range chunks {
		switch c.Name {
		case "IHDR":
			if len(c.Body) != 13 {
				return nil, errors.New("read PNG: a header of another length")
			}
			header = c.Body
			a.size = image.Pt(int(binary.BigEndian.Uint32(header)), int(binary.BigEndian.Uint32(header[4:])))
		case "fcTL":
			end()
			open = readControl(c.Body)
		case "IDAT":
			packed = append(packed, c.Body...)
		case "fdAT":
			if len(c.Body) > 4 { // behind its number
				packed = append(packed, c.Body[4:]...)
			}
		case "PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT":
			shared = appendChunk(shared, c.Name, c.Body)
		}
	}
	end()
	if header == nil {
		return nil, errors.New("read PNG: no header")
	}
	return &a, nil
}

// readControl reads a frame's place; nil where the chunk is too short.
func readControl(b []byte) *frame {
	const length = 26
	if len(b) < length {
		return nil
	}
	at := func(i int) int { return int(binary.BigEndian.Uint32(b[i:])) }
	f := &frame{size: image.Pt(at(4), at(8)), at: image.Pt(at(12), at(16)), over: b[25] == 1}
	switch b[24] {
	case 1:
		f.dispose = clearing
	case 2:
		f.dispose = restore
	}
	return f
}

// standalone is a PNG of one frame.
func standalone(header, shared []byte, size image.Point, pixels []byte) []byte {
	own := bytes.Clone(header)
	binary.BigEndian.PutUint32(own, uint32(size.X))
	binary.BigEndian.PutUint32(own[4:], uint32(size.Y))
	out := appendChunk([]byte(signature), "IHDR", own)
	out = append(out, shared...)
	out = appendChunk(out, "IDAT", pixels)
	return appendChunk(out, "IEND", nil)
}

func appendChunk(out []byte, name string, body []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(body)))
	from := len(out)
	out = append(append(out, name...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[from:]))
}
