package intake

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"strings"

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
		if k, ok := kindOfType(m.String()); ok {
			return k
		}
	}
	return library.KindUnknown
}

// headlessPDF begins with comments and an object, as a PDF whose header was lost does (ISO 32000-2, 7.3.10).
var headlessPDF = regexp.MustCompile(`^(\s|%[^\r\n]*[\r\n])*\d{1,7} \d{1,5} obj\b`)

// sniffOwn recognises what mimetype lacks or takes for something less.
func sniffOwn(head []byte) library.Kind {
	has := func(at int, s string) bool { return len(head) >= at+len(s) && string(head[at:at+len(s)]) == s }
	switch {
	case has(0, "\xff\x4f\xff\x51"): // a JPEG 2000 codestream without its box
		return library.KindJPX
	case has(4, "jP  \r\n\x87\n"):
		return library.KindJPX
	case has(0, "8BPS\x00\x01"), has(0, "8BPS\x00\x02"): // the second is PSB, for large pictures
		return library.KindPSD
	case has(0, "II\x2b\x00\x08\x00"), has(0, "MM\x00\x2b\x00\x08"): // BigTIFF
		return library.KindTIFF
	case has(0, "BM") && isBMP(head): // mimetype lacks OS/2's first
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

func kindOfType(mime string) (library.Kind, bool) {
	mime, _, _ = strings.Cut(mime, ";")
	switch mime {
	case "application/pdf":
		return library.KindPDF, true
	case "image/jpeg":
		return library.KindJPEG, true
	case "image/png":
		return library.KindPNG, true
	case "image/tiff":
		return library.KindTIFF, true
	case "image/gif":
		return library.KindGIF, true
	case "image/bmp":
		return library.KindBMP, true
	case "image/jp2", "image/jpx", "image/jpm":
		return library.KindJPX, true
	case "image/vnd.adobe.photoshop":
		return library.KindPSD, true
	case "image/webp":
		return library.KindWebP, true
	case "image/heic", "image/heic-sequence":
		return library.KindHEIC, true
	case "image/avif":
		return library.KindAVIF, true
	case "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
		"application/vnd.ms-publisher", "application/vnd.ms-works", "text/rtf", "application/x-ole-storage":
		return library.KindOffice, true
	case "application/x-ms-installer", "application/vnd.ms-outlook":
		return library.KindUnknown, true
	case "application/ogg", "application/vnd.rn-realmedia-vbr", "application/vnd.rn-realmedia", "application/vnd.ms-asf":
		return library.KindVideo, true
	}
	switch {
	case strings.HasPrefix(mime, "application/vnd.openxmlformats-officedocument."),
		strings.HasPrefix(mime, "application/vnd.oasis.opendocument."):
		return library.KindOffice, true
	case strings.HasPrefix(mime, "video/"):
		return library.KindVideo, true
	case strings.HasPrefix(mime, "audio/"):
		return library.KindAudio, true
	case strings.HasPrefix(mime, "text/"), mime == "application/json":
		return library.KindText, true
	}
	return library.KindUnknown, false
}
