package animation

import (
	"bytes"
	"encoding/binary"
	"image"

	"butluc/presenter/render/worker/meta"
	"butluc/presenter/render/worker/webp"
)

// openWebP takes an animated WebP apart: each frame's chunks are a WebP of their own.
func openWebP(data []byte) (*Animation, error) {
	var a Animation
	chunks := meta.RIFFChunks(data)
	if head := meta.Find(chunks, "VP8X"); len(head) >= 10 {
		a.size = image.Pt(1+uint24(head[4:]), 1+uint24(head[7:]))
	}
	for _, c := range chunks {
		const control = 16
		if c.Name != "ANMF" || len(c.Body) < control {
			continue
		}
		b := c.Body
		f := frame{
			at: image.Pt(2*uint24(b), 2*uint24(b[3:])), size: image.Pt(1+uint24(b[6:]), 1+uint24(b[9:])),
			over: b[15]&2 == 0,
		}
		if b[15]&1 != 0 {
			f.dispose = clearing
		}
		f.decode = func() (image.Image, error) { return webp.Decode(bytes.NewReader(still(f.size, b[control:]))) }
		a.frames = append(a.frames, f)
	}
	return &a, nil
}

func uint24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

// still is a WebP of one frame's chunks.
func still(size image.Point, chunks []byte) []byte {
	const extended, withAlpha = 10, 0x10
	var flags byte
	if len(chunks) >= 4 && string(chunks[:4]) == "ALPH" {
		flags = withAlpha
	}
	head := make([]byte, 0, 30+len(chunks))
	head = append(head, "RIFF"...)
	head = binary.LittleEndian.AppendUint32(head, uint32(4+8+extended+len(chunks)))
	head = append(head, "WEBPVP8X"...)
	head = binary.LittleEndian.AppendUint32(head, extended)
	head = append(head, flags, 0, 0, 0)
	for _, n := range []int{size.X - 1, size.Y - 1} {
		head = append(head, byte(n), byte(n>>8), byte(n>>16))
	}
	return append(head, chunks...)
}
