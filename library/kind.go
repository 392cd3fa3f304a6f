package library

import (
	"slices"
	"strings"
)

// Kind is what a file is, told by its content.
type Kind uint8

// The kinds that a case folder holds; what they are in [KindTable].
const (
	KindUnknown Kind = iota
	KindPDF
	KindJPEG
	KindPNG
	KindTIFF
	KindGIF
	KindBMP
	KindJPX
	KindPSD
	KindWebP
	KindHEIC
	KindAVIF
	KindOffice // Word, Excel, PowerPoint, OpenDocument, RTF
	KindText
	KindVideo
	KindAudio
	KindLink    // a symbolic link that is not followed
	KindArchive // ZIP, RAR, 7z
)

// Beginning is what stands at a place of files of a kind.
type Beginning struct {
	At    int
	Bytes string
}

// KindTraits are all that is to be told of a kind of file. A picture needs a row of [KindTable], the text "kind." + Name in
// each language, and its decoder in presenter/render/worker.
type KindTraits struct {
	Name    string      // in scripts
	Pages   bool        // it is shown page by page
	Picture bool        // cameras and scanners write it; it is shown so, too
	Begins  []Beginning // one of them stands in each of its files
	Weak    bool        // and in others, too: it takes a closer look
	MIME    []string    // its names on the internet; one that ends in "/" or "." begins them
}

// KindTable are the kinds, in the order of their numbers.
var KindTable = [...]KindTraits{
	KindUnknown: {Name: "unknown", MIME: []string{"application/x-ms-installer", "application/vnd.ms-outlook"}},
	KindPDF:     {Name: "pdf", Pages: true, MIME: []string{"application/pdf"}},
	KindJPEG:    {Name: "jpeg", Picture: true, MIME: []string{"image/jpeg"}, Begins: []Beginning{{0, "\xff\xd8\xff"}}},
	KindPNG:     {Name: "png", Picture: true, MIME: []string{"image/png"}, Begins: []Beginning{{0, "\x89PNG\r\n\x1a\n"}}},
	KindTIFF: {
		Name: "tiff", Picture: true, MIME: []string{"image/tiff"},
		Begins: []Beginning{{0, "II*\x00"}, {0, "MM\x00*"}, {0, "II+\x00\x08\x00"}, {0, "MM\x00+\x00\x08"}}, // the last two: BigTIFF
	},
	KindGIF: {Name: "gif", Picture: true, MIME: []string{"image/gif"}, Begins: []Beginning{{0, "GIF87a"}, {0, "GIF89a"}}},
	KindBMP: {Name: "bmp", Picture: true, MIME: []string{"image/bmp"}, Begins: []Beginning{{0, "BM"}}, Weak: true},
	KindJPX: {
		Name: "jpx", Picture: true, MIME: []string{"image/jp2", "image/jpx", "image/jpm"},
		Begins: []Beginning{{4, "jP  \r\n\x87\n"}, {0, "\xff\x4f\xff\x51"}}, // the second: a codestream without its box
	},
	KindPSD: {
		Name: "psd", Picture: true, MIME: []string{"image/vnd.adobe.photoshop"},
		Begins: []Beginning{{0, "8BPS\x00\x01"}, {0, "8BPS\x00\x02"}}, // the second: PSB, for large pictures
	},
	KindWebP: {Name: "webp", Picture: true, MIME: []string{"image/webp"}},
	KindHEIC: {Name: "heic", Picture: true, MIME: []string{"image/heic", "image/heic-sequence"}},
	KindAVIF: {Name: "avif", Picture: true, MIME: []string{"image/avif"}},
	KindOffice: {Name: "office", MIME: []string{
		"application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint", "application/vnd.ms-publisher",
		"application/vnd.ms-works", "text/rtf", "application/x-ole-storage",
		"application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.",
	}},
	KindText: {Name: "text", MIME: []string{"text/", "application/json"}},
	KindVideo: {Name: "video", MIME: []string{
		"video/", "application/ogg", "application/vnd.rn-realmedia-vbr", "application/vnd.rn-realmedia", "application/vnd.ms-asf",
	}},
	KindAudio:   {Name: "audio", MIME: []string{"audio/"}},
	KindLink:    {Name: "link"},
	KindArchive: {Name: "archive"},
}

func (k Kind) traits() KindTraits {
	if int(k) < len(KindTable) {
		return KindTable[k]
	}
	return KindTable[KindUnknown]
}

// String is the kind's name in scripts: "pdf", "jpeg", …
func (k Kind) String() string { return k.traits().Name }

// Pages tells whether files of this kind are shown page by page.
func (k Kind) Pages() bool { return k.traits().Pages || k.traits().Picture }

// Picture tells whether the kind is one that cameras and scanners write, rather than a document.
func (k Kind) Picture() bool { return k.traits().Picture }

// Begins tells whether a file begins as those of the kind do.
func (k Kind) Begins(data []byte) bool {
	return slices.ContainsFunc(k.traits().Begins, func(b Beginning) bool {
		return len(data) >= b.At+len(b.Bytes) && string(data[b.At:b.At+len(b.Bytes)]) == b.Bytes
	})
}

// KindBeginning is the kind of which a file is by its beginning alone, KindUnknown where that does not tell.
func KindBeginning(data []byte) Kind {
	for k := range Kind(len(KindTable)) {
		if !KindTable[k].Weak && k.Begins(data) {
			return k
		}
	}
	return KindUnknown
}

// KindOfMIME is the kind by its name on the internet; ok is false where no kind has it.
func KindOfMIME(name string) (k Kind, ok bool) {
	name, _, _ = strings.Cut(name, ";")
	begins := -1
	for i, t := range KindTable {
		for _, m := range t.MIME {
			if m == name {
				return Kind(i), true
			}
			if begins < 0 && (strings.HasSuffix(m, "/") || strings.HasSuffix(m, ".")) && strings.HasPrefix(name, m) {
				begins = i
			}
		}
	}
	return Kind(max(0, begins)), begins >= 0
}

// ParseKind undoes [Kind.String]; what it does not know is KindUnknown.
func ParseKind(name string) Kind {
	i := slices.IndexFunc(KindTable[:], func(t KindTraits) bool { return t.Name == name })
	return Kind(max(0, i))
}
