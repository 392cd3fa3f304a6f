package intake

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"butluc/library"
)

func TestSniff(t *testing.T) {
	ftyp := func(brands ...string) string {
		return "\x00\x00\x00" + string(rune(8+4*len(brands))) + "ftyp" + strings.Join(brands, "")
	}
	zip := func(first string) string {
		return "PK\x03\x04\x14\x00\x00\x00\x00\x00" + strings.Repeat("\x00", 16) + string(rune(len(first))) + "\x00\x00\x00" + first
	}
	for name, c := range map[string]struct {
		head string
		want library.Kind
	}{
		"pdf":                     {"%PDF-1.7\n", library.KindPDF},
		"pdf after junk":          {"HTTP/1.1 200 OK\r\n\r\n%PDF-1.7\n", library.KindPDF},
		"pdf without header":      {"%comment\n1 0 obj\n<</Type/Catalog>>\nendobj\n", library.KindPDF},
		"no pdf":                  {"1 0 object of the search\n", library.KindText},
		"pdf after bom":           {"\xef\xbb\xbf%PDF-1.7\n", library.KindPDF},
		"jpeg":                    {"\xff\xd8\xff\xe1", library.KindJPEG},
		"png":                     {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", library.KindPNG},
		"tiff little":             {"II*\x00\x08\x00\x00\x00", library.KindTIFF},
		"tiff big":                {"MM\x00*\x00\x00\x00\x08", library.KindTIFF},
		"bigtiff":                 {"II\x2b\x00\x08\x00\x00\x00", library.KindTIFF},
		"gif":                     {"GIF89a", library.KindGIF},
		"bmp":                     {"BM\x00\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00", library.KindBMP},
		"not bmp":                 {"BMI của bị hại là 21, theo giám định", library.KindUnknown},
		"jp2":                     {"\x00\x00\x00\x0cjP  \r\n\x87\n", library.KindJPX},
		"j2k":                     {"\xff\x4f\xff\x51\x00\x2f", library.KindJPX},
		"psd":                     {"8BPS\x00\x01\x00\x00", library.KindPSD},
		"webp":                    {"RIFF\x00\x00\x00\x00WEBPVP8 ", library.KindWebP},
		"heic":                    {ftyp("heic", "\x00\x00\x00\x00", "mif1", "heic"), library.KindHEIC},
		"heic by the way":         {ftyp("mif1", "\x00\x00\x00\x00", "mif1", "heic"), library.KindHEIC},
		"avif":                    {ftyp("avif", "\x00\x00\x00\x00", "avif", "mif1", "miaf"), library.KindAVIF},
		"avif by the way":         {ftyp("mif1", "\x00\x00\x00\x00", "mif1", "miaf", "avif"), library.KindAVIF},
		"avif in a sequence":      {ftyp("avis", "\x00\x00\x00\x00", "avis", "msf1"), library.KindAVIF},
		"a picture, unnamed":      {ftyp("mif1", "\x00\x00\x00\x00", "mif1"), library.KindHEIC},
		"mp4":                     {ftyp("isom", "\x00\x00\x02\x00", "isom", "mp41"), library.KindVideo},
		"mov":                     {ftyp("qt  ", "\x00\x00\x00\x00"), library.KindVideo},
		"3gp":                     {ftyp("3gp5", "\x00\x00\x00\x00"), library.KindVideo},
		"m4a":                     {ftyp("M4A ", "\x00\x00\x00\x00"), library.KindAudio},
		"avi":                     {"RIFF\x00\x00\x00\x00AVI LIST", library.KindVideo},
		"mpeg":                    {"\x00\x00\x01\xba\x44", library.KindVideo},
		"transport stream":        {"G" + strings.Repeat("\x00", 187) + "G" + strings.Repeat("\x00", 187) + "G\x00", library.KindVideo},
		"stream on a disc":        {strings.Repeat("\x00\x00\x00\x00G"+strings.Repeat("\x00", 187), 3), library.KindVideo},
		"dav":                     {"DHAV\xfd\x00", library.KindVideo},
		"dav behind a header":     {"DAHUA\x00\x00\x00", library.KindVideo},
		"hikvision":               {"IMKH\x01\x01", library.KindVideo},
		"wav":                     {"RIFF\x00\x00\x00\x00WAVEfmt ", library.KindAudio},
		"mp3":                     {"ID3\x03\x00", library.KindAudio},
		"amr":                     {"#!AMR\n", library.KindAudio},
		"docx":                    {zip("[Content_Types].xml"), library.KindArchive},
		"doc":                     {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), library.KindOffice},
		"rtf":                     {`{\rtf1\ansi`, library.KindOffice},
		"zip":                     {zip("ảnh.jpg"), library.KindArchive},
		"zip of nothing":          {"PK\x05\x06" + strings.Repeat("\x00", 18), library.KindArchive},
		"rar":                     {"Rar!\x1a\x07\x01\x00", library.KindArchive},
		"7z":                      {"7z\xbc\xaf\x27\x1c\x00\x04", library.KindArchive},
		"text":                    {"xin chào", library.KindText},
		"zeros":                   {strings.Repeat("\x00", 4096), library.KindUnknown},
		"executable":              {"MZ\x90\x00", library.KindUnknown},
		"empty":                   {"", library.KindUnknown},
		"stream cut at its start": {strings.Repeat("x", 100) + strings.Repeat("G\x01\x00\x10"+strings.Repeat("\xff", 184), 21), library.KindVideo},
		"letters G, no packets":   {strings.Repeat("x", 100) + strings.Repeat("G"+strings.Repeat("\x00", 187), 21), library.KindUnknown},
		"core audio":              {"caff\x00\x01\x00\x00desc", library.KindAudio},
		"wave64":                  {"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00", library.KindAudio},
		"mxf":                     {"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02\x01\x01\x02", library.KindVideo},
	} {
		got := Sniff([]byte(c.head))
		if name == "not bmp" && got == library.KindText {
			continue
		}
		if got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func FuzzSniff(f *testing.F) {
	for _, s := range []string{"%PDF-1.7", "\x00\x00\x00\x18ftypmif1", "PK\x03\x04", "BM", "\xff\xff\xff\xffftyp"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(_ *testing.T, head []byte) { Sniff(head) })
}

// Where the corpus of hard files is at hand, every file of it gets a kind that is shown or a reason.
func TestCorpus(t *testing.T) {
	corpus := filepath.Join("..", "..", "..", "shared", "corpus")
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("no corpus beside the repository")
	}
	got := read(t, &Reader{Root: corpus, Inspector: pages(1), Eager: true}, nil)
	counts := map[string]int{}
	for path, f := range got.files {
		if !f.Read() {
			t.Errorf("%s: neither pages nor a reason: %+v", path, f)
		}
		key := f.Kind.String() + " " + string(f.Fault.Code)
		counts[key]++
		if f.Fault.Code == library.FaultUnknown {
			t.Logf("unknown: %s (%s)", path, f.Kind)
		}
	}
	t.Logf("%d files: %v", len(got.files), counts)
}
