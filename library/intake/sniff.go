package intake

import (
	"bytes"
	"encoding/binary"
	"regexp"

	"github.com/gabriel-vasile/mimetype"

	"butluc/library"
	"butluc/library/intake/archive"
)

// sniffLength is how many bytes [Sniff] wants: mimetype looks at 3 KB, and Acrobat accepts a PDF
// whose header comes within the first KB.
const sniffLength = 4096

// Sniff tells what a file is from its first bytes. Names are never asked: evidence comes with
// wrong endings and with none. An Office document that is a ZIP is an archive by them; its directory tells.
func Sniff(head []byte) library.Kind {
	if len(head) == 0 {
		return library.KindUnknown
	}
	if k := sniffOwn(head); k != library.KindUnknown {
		return k
	}
	for m := mimetype.Detect(head); m != nil; m = m.Parent() {
		if k, ok := library.KindOfMIME(m.String()); ok {
			return k
		}
	}
	return library.KindUnknown
}

// headlessPDF begins with comments and an object, as a PDF whose header was lost does (ISO 32000-2, 7.3.10).
var headlessPDF = regexp.MustCompile(`^(\s|%[^\r\n]*[\r\n])*\d{1,7} \d{1,5} obj\b`)

// sniffOwn recognises what mimetype lacks or takes for something less.
func sniffOwn(head []byte) library.Kind {
	if k := library.KindBeginning(head); k != library.KindUnknown {
		return k
	}
	has := func(at int, s string) bool { return len(head) >= at+len(s) && string(head[at:at+len(s)]) == s }
	switch {
	case library.KindBMP.Begins(head) && isBMP(head): // mimetype lacks OS/2's first
		return library.KindBMP
	case has(0, "\xff\xd8") && !has(2, "\xff"): // rubbish between the first markers, as some scanners leave
		if bytes.Contains(head, []byte("\xff\xdb\x00")) {
			return library.KindJPEG
		}
	case has(0, "RIFF") && has(8, "AVI "):
		return library.KindVideo
	case has(4, "ftyp"):
		return sniffBrand(head)
	case archive.FormatOf(head) != archive.None:
		return library.KindArchive
	}
	if k := sniffRecording(head); k != library.KindUnknown {
		return k
	}
	if i := bytes.Index(head[:min(len(head), 1024)], []byte("%PDF-")); i >= 0 || headlessPDF.Match(head[:min(len(head), 1024)]) {
		return library.KindPDF
	}
	return library.KindUnknown
}

// sniffBrand reads the brands of an ISO media file (ISO/IEC 14496-12): HEIC and AVIF name themselves among the
// compatible ones where the main brand is the general mif1 or msf1. What names neither and says that it is a picture
// may be packed in any way, HEVC most likely.
func sniffBrand(head []byte) library.Kind {
	size := int(min(binary.BigEndian.Uint32(head), uint32(len(head))))
	kind := library.KindUnknown
	for at := 8; at+4 <= size; at += 4 {
		switch string(head[at : at+4]) {
		case "heic", "heix", "heim", "heis", "hevc", "hevx":
			return library.KindHEIC
		case "avif", "avis":
			return library.KindAVIF
		case "mif1", "mif2", "mif3", "msf1", "miaf":
			kind = library.KindHEIC
		}
	}
	return kind
}

// isBMP checks the size of the second header, one of the dozen that were ever defined.
func isBMP(head []byte) bool {
	if len(head) < 18 {
		return false
	}
	switch binary.LittleEndian.Uint32(head[14:]) {
	case 12, 16, 24, 40, 48, 52, 56, 64, 108, 124:
		return true
	}
	return false
}
