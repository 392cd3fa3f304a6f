// Package meta reads from a picture file's bytes what decoders leave out or read in some formats only: how the
// picture must be turned to stand upright, and which colours its numbers mean.
//
// [Orientation] and [Profile] never fail: what is malformed or missing is upright, and without a profile. They read
// only what they are given, take no memory in proportion to sizes that the file states, and end on any input.
//
// The formats' structures are those of TIFF 6.0, BigTIFF (Adobe, 2007), Exif 2.32 (CIPA DC-008), PNG 3 (W3C, 2025),
// the WebP container specification (Google), JPEG (ITU-T T.81), ICC.1:2022 annex B, JPEG 2000 part 2 (ITU-T T.801) and
// ISO/IEC 14496-12 and 23008-12.
package meta
