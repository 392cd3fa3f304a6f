package library

// Kind is what a file is, told by its content.
type Kind uint8

// The kinds that a case folder holds. Only those up to AVIF become pages.
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

var kindNames = [...]string{
	"unknown", "pdf", "jpeg", "png", "tiff", "gif", "bmp", "jpx", "psd", "webp", "heic", "avif",
	"office", "text", "video", "audio", "link", "archive",
}

// String is the kind's name in scripts: "pdf", "jpeg", …
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}

// Pages tells whether files of this kind are shown page by page.
func (k Kind) Pages() bool { return k >= KindPDF && k <= KindAVIF }

// Picture tells whether the kind is one that cameras and scanners write, rather than a document.
func (k Kind) Picture() bool { return k >= KindJPEG && k <= KindAVIF }

// ParseKind undoes [Kind.String]; what it does not know is KindUnknown.
func ParseKind(name string) Kind {
	for i, n := range kindNames {
		if n == name {
			return Kind(i)
		}
	}
	return KindUnknown
}
