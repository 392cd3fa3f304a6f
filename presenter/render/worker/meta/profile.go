package meta

import (
	"bytes"
	"compress/zlib"
	"io"

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
	case library.KindHEIC, library.KindAVIF:
		p = OpenHEIF(data).profile
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
