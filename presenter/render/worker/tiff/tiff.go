// Package tiff decodes the TIFF pictures that MuPDF draws wrong or not at all: BigTIFF, planes apart, tiles with a predictor,
// sample sizes other than 1, 2, 4, 8 and 16 bits, colour maps, CMYK packed as JPEG, YCbCr that is not packed as JPEG.
//
// A [File] tells of each page whether it is such a one; what it can't decode itself is ErrUnsupported. Structures are those
// of TIFF 6.0 (Adobe, 1992), its Technical Notes 1 and 2, and BigTIFF. Samples of more than 8 bits lose the lower ones; CMYK
// becomes RGB by (1-c)(1-k); colours by a profile are the caller's affair.
package tiff

import (
	"errors"
	"fmt"
	"image"
	"math"
	"slices"

	"butluc/presenter/render/worker/meta"
)

// ErrUnsupported is a page in a variant that is not decoded here.
var ErrUnsupported = errors.New("a variant of TIFF that can't be decoded here")

// The fields that are read, by their tags.
const (
	tagWidth          = 256
	tagHeight         = 257
	tagBits           = 258
	tagCompression    = 259
	tagPhotometric    = 262
	tagFillOrder      = 266
	tagStripOffsets   = 273
	tagSamples        = 277
	tagRowsPerStrip   = 278
	tagStripCounts    = 279
	tagPlanar         = 284
	tagT4Options      = 292
	tagPredictor      = 317
	tagColorMap       = 320
	tagTileWidth      = 322
	tagTileHeight     = 323
	tagTileOffsets    = 324
	tagTileCounts     = 325
	tagInkSet         = 332
	tagExtraSamples   = 338
	tagSampleFormat   = 339
	tagJPEGTables     = 347
	tagOldJPEG        = 513
	tagCoefficients   = 529
	tagSubsampling    = 530
	tagReferenceRange = 532
)

// How pixels are packed.
const (
	packNone     = 1
	packRLE      = 2
	packG3       = 3
	packG4       = 4
	packLZW      = 5
	packOldJPEG  = 6
	packJPEG     = 7
	packDeflate  = 8
	packBits     = 32773
	packDeflate2 = 32946
)

// What samples mean.
const (
	whiteIsZero = 0
	blackIsZero = 1
	asRGB       = 2
	asPalette   = 3
	asCMYK      = 5
	asYCbCr     = 6
)

// File is an open file.
type File struct {
	pages []*page
}

// page is what a directory says of its picture, with the defaults of TIFF 6.0.
type page struct {
	dir                  meta.TIFFPage
	width, height        int
	bits, samples        int
	packing, meaning     int
	planar, predictor    int
	tiled                bool
	tileWidth, tileRows  int
	offsets, counts      []uint64
	extra                []uint64
	subX, subY           int
	uneven, floats, inks bool   // samples of several sizes; samples that are no unsigned numbers; inks other than CMYK
	reversed             bool   // bytes begin with their lowest bit
	jpegHead             []byte // of a JPEG file whose scan the only strip is, see splitJPEG
}

// Open reads the directories. A file without any has no pages.
func Open(data []byte) *File {
	f := &File{}
	for _, dir := range meta.TIFFPages(data) {
		f.pages = append(f.pages, describe(dir))
	}
	return f
}

// Pages is how many pictures there are.
func (f *File) Pages() int { return len(f.pages) }

// Size of a page's picture as it is stored, in pixels; 0, 0 where it is out of all measure.
func (f *File) Size(i int) image.Point { return image.Pt(f.pages[i].width, f.pages[i].height) }

// Foreign tells whether a page is one that MuPDF 1.28 draws wrong.
func (f *File) Foreign(i int) bool {
	p := f.pages[i]
	switch {
	case p.packing == packOldJPEG, p.packing == packRLE:
		return p.dir.Big()
	case slices.Contains(p.counts, 0): // some scanners' way to say that a strip goes as far as it goes
		return true
	case p.dir.Big(), p.planar == 2 && p.samples > 1, p.tiled && p.predictor != 1, p.floats, p.uneven, p.inks:
		return true
	case p.meaning == asYCbCr && p.packing != packJPEG, p.meaning == asCMYK && p.packing == packJPEG:
		return true
	case p.meaning == asPalette && p.bits == 8, p.meaning > asYCbCr, p.filledFax(), p.jpegHead != nil:
		return true
	}
	return p.bits != 1 && p.bits != 2 && p.bits != 4 && p.bits != 8 && p.bits != 16
}

// describe reads a directory.
func describe(dir meta.TIFFPage) *page {
	one := func(tag uint16, otherwise int) int {
		if n := dir.Numbers(tag); len(n) > 0 && n[0] <= math.MaxInt32 {
			return int(n[0])
		}
		return otherwise
	}
	p := &page{
		dir: dir, width: one(tagWidth, 0), height: one(tagHeight, 0), bits: 1, samples: one(tagSamples, 1),
		packing: one(tagCompression, packNone), meaning: one(tagPhotometric, blackIsZero), planar: one(tagPlanar, 1),
		predictor: one(tagPredictor, 1), extra: dir.Numbers(tagExtraSamples), reversed: one(tagFillOrder, 1) == 2,
		inks: one(tagInkSet, 1) != 1, subX: 1, subY: 1,
	}
	for i, b := range dir.Numbers(tagBits) {
		if i == 0 {
			p.bits = int(min(b, 1<<16))
		}
		p.uneven = p.uneven || i < p.samples && int(b) != p.bits
	}
	for _, format := range dir.Numbers(tagSampleFormat) {
		p.floats = p.floats || format != 1 && format != 4 // unsigned, undefined
	}
	if p.meaning == asYCbCr {
		p.subX, p.subY = 2, 2
		if n := dir.Numbers(tagSubsampling); len(n) == 2 {
			p.subX, p.subY = int(min(n[0], 4)), int(min(n[1], 4))
		}
	}
	p.tileWidth, p.tileRows = p.width, min(one(tagRowsPerStrip, p.height), p.height)
	p.offsets, p.counts = dir.Numbers(tagStripOffsets), dir.Numbers(tagStripCounts)
	if n := dir.Numbers(tagTileOffsets); n != nil {
		p.tiled = true
		p.tileWidth, p.tileRows = one(tagTileWidth, 0), one(tagTileHeight, 0)
		p.offsets, p.counts = n, dir.Numbers(tagTileCounts)
	}
	if p.jpegHead = p.splitJPEG(); p.jpegHead != nil {
		p.packing = packJPEG
	}
	return p
}

// mostBytes of a tile or strip are unpacked.
const mostBytes = 1 << 29

// check says what is wrong with a page, or not to be had from this package.
func (p *page) check() error {
	const most = 1 << 30 // pixels, so that nothing overflows
	switch {
	case p.width <= 0 || p.height <= 0 || p.width > most/p.height:
		return fmt.Errorf("%d×%d pixels", p.width, p.height)
	case p.tileWidth <= 0 || p.tileRows <= 0 || p.tileWidth > most/p.tileRows, p.tileWidth*p.tileRows > mostBytes/max(1, p.samples*p.bits/8):
		return fmt.Errorf("tiles of %d×%d pixels", p.tileWidth, p.tileRows)
	case p.tileWidth*p.tileRows > max(4*p.width*p.height, mostBytes>>7): // memory for a tile is taken before it is looked at
		return fmt.Errorf("tiles of %d×%d pixels for %d×%d", p.tileWidth, p.tileRows, p.width, p.height)
	case p.samples <= 0 || p.planar != 1 && p.planar != 2 || p.subX <= 0 || p.subY <= 0:
		return fmt.Errorf("%d samples, planes %d, chroma %d×%d", p.samples, p.planar, p.subX, p.subY)
	case len(p.offsets) == 0:
		return errors.New("no picture data")
	}
	needs := map[int]int{whiteIsZero: 1, blackIsZero: 1, asPalette: 1, asRGB: 3, asYCbCr: 3, asCMYK: 4}[p.meaning]
	switch {
	case needs == 0 || p.floats || p.uneven || p.inks:
		return fmt.Errorf("meaning %d, numbers %v, %v: %w", p.meaning, p.floats, p.uneven, ErrUnsupported)
	case p.samples < needs:
		return fmt.Errorf("%d samples for %d", p.samples, needs)
	case p.samples > 16 || p.bits > 16 && p.bits != 24 && p.bits != 32 || p.bits == 0:
		return fmt.Errorf("%d samples of %d bits: %w", p.samples, p.bits, ErrUnsupported)
	case p.meaning == asPalette && p.bits > 8, p.meaning == asYCbCr && (p.bits != 8 || p.packing == packJPEG && p.planar == 2):
		return fmt.Errorf("meaning %d of %d bits: %w", p.meaning, p.bits, ErrUnsupported)
	case p.predictor == 2 && p.bits != 8 && p.bits != 16 && p.bits != 32, p.predictor > 2:
		return fmt.Errorf("predictor %d of %d bits: %w", p.predictor, p.bits, ErrUnsupported)
	}
	return nil
}
