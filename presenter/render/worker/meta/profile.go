package meta

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"math"

	"butluc/library"
)

// maxProfile is the largest profile that is read; those of printing presses have some megabytes.
const maxProfile = 8 << 20

// Profile is the ICC profile of a picture file, nil where it has none: of the formats that this program decodes itself.
// MuPDF heeds those of what it decodes.
func Profile(kind library.Kind, data []byte) []byte {
	var p []byte
	switch kind { //nolint:exhaustive // MuPDF decodes the others, or they carry none
	case library.KindWebP:
		p = Find(RIFFChunks(data), "ICCP")
	case library.KindHEIC:
		p = ofHEIC(data)
	case library.KindPNG:
		p = ofPNG(Find(PNGChunks(data), "iCCP"))
	case library.KindTIFF:
		if e, ok := openTIFF(data).entry(0, tagProfile); ok {
			p = e.bytes()
		}
	}
	const header = 128
	if len(p) < header || len(p) > maxProfile || string(p[36:40]) != "acsp" {
		return nil
	}
	return p
}

// ofHEIC finds the first picture's profile: those of a file's tiles are alike.
func ofHEIC(data []byte) []byte {
	for _, colours := range all(heicProperties(data), "colr") {
		for _, kind := range []string{"prof", "rICC"} {
			if p, ok := bytes.CutPrefix(colours, []byte(kind)); ok {
				return p
			}
		}
	}
	return nil
}

// heicProperties are the properties that the pictures of a HEIC share.
func heicProperties(data []byte) []Chunk {
	const versionAndFlags = 4
	meta := Find(isoBoxes(data), "meta")
	if len(meta) < versionAndFlags {
		return nil
	}
	return isoBoxes(Find(isoBoxes(Find(isoBoxes(meta[versionAndFlags:]), "iprp")), "ipco"))
}

// ofPNG unpacks a chunk: a name, a zero, a method, and the profile deflated.
func ofPNG(body []byte) []byte {
	_, rest, ok := bytes.Cut(body, []byte{0})
	if !ok || len(rest) == 0 {
		return nil
	}
	z, err := zlib.NewReader(bytes.NewReader(rest[1:]))
	if err != nil {
		return nil
	}
	p, err := io.ReadAll(io.LimitReader(z, maxProfile+1))
	if err != nil {
		return nil
	}
	return p
}

// HEICSize is the size of a HEIC's picture as its header tells it, in pixels: the largest of the sizes there, since the
// file names those of its tiles and thumbnails, too. It is 0, 0 where none is told.
func HEICSize(data []byte) (w, h int) {
	for _, extent := range all(heicProperties(data), "ispe") {
		const versionAndFlags = 4
		if len(extent) < versionAndFlags+8 {
			continue
		}
		x, y := binary.BigEndian.Uint32(extent[versionAndFlags:]), binary.BigEndian.Uint32(extent[versionAndFlags+4:])
		if uint64(x)*uint64(y) > uint64(w)*uint64(h) && x <= math.MaxInt32 && y <= math.MaxInt32 {
			w, h = int(x), int(y)
		}
	}
	return w, h
}
