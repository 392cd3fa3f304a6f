package cli

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"github.com/xuri/excelize/v2"
	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"butluc/library"
	"butluc/presenter/clip/cliptest"
)

// officeFiles are what LibreOffice converts, which takes seconds.
var officeFiles = []string{".docx", ".xlsx", ".xls", ".rtf", ".odt", ".doc", ".pptx", ".ods"}

// A WebP of 16 by 16 pixels, lossless, as cwebp writes it; nothing of ours writes any.
const smallWebP = "UklGRjAAAABXRUJQVlA4TCMAAAAvD8ADAB8gECD/xw5oOCEA4hECAuiXQR0gICCA/zEgRPQ/BQA="

// specimens are good files of each kind, by name: those of the sample case, some that are drawn here, and those of the
// folder of BUTLUC_CORPUS, which may be bad.
func (l *laboratory) specimens() map[string][]byte {
	l.t.Helper()
	list := map[string][]byte{}
	keep := func(name string, make func(*bytes.Buffer) error) {
		var b bytes.Buffer
		if err := make(&b); err != nil {
			l.t.Fatalf("make %s: %v", name, err)
		}
		list[name] = b.Bytes()
	}
	photo := patterned(rand.New(rand.NewPCG(1, 2)), 320, 240)
	keep("photo.jpg", func(b *bytes.Buffer) error { return jpeg.Encode(b, photo, nil) })
	keep("photo.png", func(b *bytes.Buffer) error { return png.Encode(b, photo) })
	keep("photo.bmp", func(b *bytes.Buffer) error { return bmp.Encode(b, photo) })
	keep("photo.tif", func(b *bytes.Buffer) error { return tiff.Encode(b, photo, nil) })
	keep("deflated.tiff", func(b *bytes.Buffer) error {
		return tiff.Encode(b, photo, &tiff.Options{Compression: tiff.Deflate, Predictor: true})
	})
	keep("moving.gif", func(b *bytes.Buffer) error { return gif.EncodeAll(b, moving()) })
	keep("photo.webp", func(b *bytes.Buffer) error {
		data, err := base64.StdEncoding.DecodeString(smallWebP)
		b.Write(data)
		return err
	})
	keep("pages.pdf", func(b *bytes.Buffer) error { return typeset(photo, "").Output(b) })
	keep("locked.pdf", func(b *bytes.Buffer) error { return typeset(photo, "chìa khóa").Output(b) })
	keep("list.xlsx", func(b *bytes.Buffer) error { return workbook().Write(b) })
	keep("letter.docx", document)
	keep("letter.rtf", func(b *bytes.Buffer) error {
		_, err := b.WriteString(`{\rtf1\ansi{\fonttbl{\f0 Times New Roman;}}\f0\fs28 Bi\u234 ?n b\u7843 ?n\par {\b BL 45}\par}`)
		return err
	})
	keep("archive.zip", func(b *bytes.Buffer) error {
		z := zip.NewWriter(b)
		w, err := z.Create("photo.jpg")
		if err == nil {
			_, err = w.Write(list["photo.jpg"])
		}
		if err != nil {
			return err
		}
		return z.Close()
	})
	if _, err := exec.LookPath("ffmpeg"); err == nil && clipsPlay() {
		for _, file := range []string{cliptest.H264(l.t), cliptest.MJPEG(l.t), cliptest.MPEG2(l.t, "disc.mpg"), cliptest.Sound(l.t, "tone.mp3"), cliptest.Sound(l.t, "tone.wav")} {
			keep(filepath.Base(file), func(b *bytes.Buffer) error {
				data, err := os.ReadFile(file)
				b.Write(data)
				return err
			})
		}
	}
	for name, data := range l.folder(os.Getenv("BUTLUC_CORPUS")) {
		list[name] = data
	}
	return list
}

// folder reads the files of a corpus, but for those that would take too long each.
func (l *laboratory) folder(dir string) map[string][]byte {
	list := map[string][]byte{}
	if dir == "" {
		return list
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		if info, err := d.Info(); err != nil || info.Size() == 0 || info.Size() > 4<<20 {
			return err
		}
		data, err := os.ReadFile(path)
		list[fmt.Sprintf("%03d-%s", len(list), filepath.Base(path))] = data
		return err
	})
	if err != nil {
		l.t.Fatal(err)
	}
	return list
}

// patterned is a picture with edges, areas and noise.
func patterned(random *rand.Rand, w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{uint8(x), uint8(y), uint8(x ^ y), 255}
			if x/40%2 == y/40%2 {
				c.R = uint8(random.IntN(256))
			}
			p.SetRGBA(x, y, c)
		}
	}
	return p
}

func moving() *gif.GIF {
	g := &gif.GIF{}
	for i := range 3 {
		p := image.NewPaletted(image.Rect(0, 0, 60, 40), color.Palette{color.White, color.Black, color.RGBA{200, 0, 0, 255}})
		for x := range 60 {
			p.SetColorIndex(x, 10*i+x%10, uint8(1+x%2))
		}
		g.Image, g.Delay = append(g.Image, p), append(g.Delay, 10)
	}
	return g
}

func typeset(photo image.Image, password string) *fpdf.Fpdf {
	pdf := fpdf.New("P", "mm", "A4", "")
	if password != "" {
		pdf.SetProtection(fpdf.CnProtectPrint, password, "owner of "+password)
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, photo, nil) // into memory
	pdf.RegisterImageOptionsReader("photo", fpdf.ImageOptions{ImageType: "JPG"}, &b)
	for page := range 3 {
		pdf.AddPage()
		pdf.SetFont("Times", "", 14)
		pdf.Text(30, 30, fmt.Sprint("Bien ban, to ", page+1))
		pdf.Image("photo", 30, 50, 100, 0, false, "", 0, "")
	}
	return pdf
}

func workbook() *excelize.File {
	book := excelize.NewFile()
	for i, row := range [][]any{{"STT", "Tên tài liệu", "Bút lục", "Ngày", "Người khai"}, {1, "Biên bản", "1-2", "12/5/2024", "Bùi Quang Khải"}, {2, "Kết luận", "3", "", ""}} {
		_ = book.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row) // cells that exist
	}
	return book
}

func document(b *bytes.Buffer) error {
	z := zip.NewWriter(b)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Biên bản ghi lời khai</w:t></w:r></w:p></w:body></w:document>`},
	} {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			return err
		}
	}
	return z.Close()
}

// names are the files of the stock, in order: those of Office, or the others.
func (l *laboratory) names(office bool) (list []string) {
	for name := range l.stock {
		if slices.Contains(officeFiles, strings.ToLower(filepath.Ext(name))) == office {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

// fill makes a case of files of the stock, each changed, and gives their names.
func (r *round) fill(dir string, files int, office bool, change func(name string, b []byte) []byte) (names []string) {
	r.must(os.MkdirAll(dir, 0o700))
	all := r.names(office)
	for i := range files {
		of := all[r.random.IntN(len(all))]
		name := fmt.Sprintf("BL %d %s", i+1, of)
		r.must(os.WriteFile(filepath.Join(dir, name), change(of, r.stock[of]), 0o600))
		names = append(names, name)
	}
	return names
}

// mutate is a file as bad luck, or somebody who means ill, leaves it.
func (r *round) mutate(name string, b []byte) []byte {
	if r.random.IntN(10) == 0 {
		return b
	}
	b = bytes.Clone(b)
	for range 1 + r.random.IntN(3) {
		what := mutations[r.random.IntN(len(mutations))]
		at := r.random.IntN(len(b) + 1)
		if r.random.IntN(3) == 0 { // heads and indexes decide the most
			at = min(at, r.random.IntN(600))
		}
		r.note("%s: %s at %d", name, what.name, at)
		r.faults++
		b = what.do(r.random, b, at, min(len(b)-at, 1+r.random.IntN(1<<r.random.IntN(14))))
		if len(b) == 0 {
			break
		}
	}
	return b
}

// mutations change n bytes of a file from a place on, at most those that there are.
var mutations = []struct {
	name string
	do   func(random *rand.Rand, b []byte, at, n int) []byte
}{
	{"bits flipped", func(random *rand.Rand, b []byte, at, n int) []byte {
		for range min(n, 40) {
			b[min(len(b)-1, at+random.IntN(n))] ^= 1 << random.IntN(8)
		}
		return b
	}},
	{"cut", func(_ *rand.Rand, b []byte, at, _ int) []byte { return b[:at] }},
	{"begun later", func(_ *rand.Rand, b []byte, at, _ int) []byte { return b[at:] }},
	{"a part doubled", func(_ *rand.Rand, b []byte, at, n int) []byte {
		return slices.Concat(b[:at+n], b[at:])
	}},
	{"a part gone", func(_ *rand.Rand, b []byte, at, n int) []byte { return slices.Concat(b[:at], b[at+n:]) }},
	{"zeros", func(_ *rand.Rand, b []byte, at, n int) []byte { clear(b[at : at+n]); return b }},
	{"noise", func(random *rand.Rand, b []byte, at, n int) []byte {
		for i := range n {
			b[at+i] = byte(random.IntN(256))
		}
		return b
	}},
	{"noise put in", func(random *rand.Rand, b []byte, at, n int) []byte {
		noise := make([]byte, n)
		for i := range noise {
			noise[i] = byte(random.IntN(256))
		}
		return slices.Concat(b[:at], noise, b[at:])
	}},
	{"a number at its end", func(random *rand.Rand, b []byte, at, n int) []byte {
		worst := []uint32{0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe, 0x10000}[random.IntN(7)]
		if n < 4 {
			return b
		}
		if random.IntN(2) == 0 {
			binary.BigEndian.PutUint32(b[at:], worst)
		} else {
			binary.LittleEndian.PutUint32(b[at:], worst)
		}
		return b
	}},
	{"digits", func(random *rand.Rand, b []byte, at, n int) []byte { // of lengths and references in PDFs
		for i := at; i < len(b) && i < at+max(n, 200); i++ {
			if b[i] >= '0' && b[i] <= '9' {
				b[i] = '0' + byte(random.IntN(10))
			}
		}
		return b
	}},
}

func breakFiles(r *round) {
	if r.long == 0 {
		r.breakFiles(6, 2, false)
		return
	}
	r.breakFiles(12, 3, false)
}

func breakOfficeFiles(r *round) { r.breakFiles(2, 1, true) }

// breakFiles makes a case of broken files, scans it, and shows some of what is there.
func (r *round) breakFiles(files, shows int, office bool) {
	dir := filepath.Join(r.dir, "case")
	names := r.fill(dir, files, office, r.mutate)
	sums := map[string]string{}
	for _, name := range names {
		sums[name] = r.sum(dir, name)
	}
	a := r.verb("scan", dir, "--json")
	var s scanned
	if err := json.Unmarshal([]byte(a.out), &s); err != nil {
		r.find(foundCrash, "scan prints no JSON: %v", err)
		return
	}
	if s.Summary.Unreadable > 0 != (a.status == exitFindings) {
		r.find(foundStatus, "scan: exit status %d with %d files that can't be read", a.status, s.Summary.Unreadable)
	}
	byName := map[string]scannedExhibit{}
	for _, e := range s.Exhibits {
		byName[e.Path] = e
	}
	for _, name := range names {
		e, ok := byName[library.EscapePath(name)]
		if !ok || e.SHA256 != sums[name] {
			r.find(foundLost, "%s is not listed, or is another: %+v", name, e)
		}
	}
	for range shows {
		name := names[r.random.IntN(len(names))]
		r.look(dir, name, byName[library.EscapePath(name)])
	}
	for _, name := range names {
		if r.sum(dir, name) != sums[name] {
			r.find(foundTouched, "%s was changed", name)
		}
	}
}

// look shows a page of a file, and holds what comes against what the scan said of it.
func (r *round) look(dir, name string, e scannedExhibit) {
	file, size := filepath.Join(r.dir, "x.png"), image.Pt(640, 360)
	page := 1
	// Of a recording it is said that something is missing somewhere; its frames are pages of their own.
	clip := e.Kind == library.KindVideo.String() || e.Kind == library.KindAudio.String()
	if e.Pages > 1 && !clip {
		page = 1 + r.random.IntN(e.Pages)
	}
	args := []string{"show", dir, "--page", fmt.Sprintf("%s#%d", name, page), "-o", file, "--size", "640x360"}
	a := r.verb(args...)
	picture := r.picture(file, a, size)
	r.note("scan said of %s: %d pages, %q", name, e.Pages, e.Error)
	whole := e.Error == "" && e.Pages > 0
	switch {
	case picture == nil && whole:
		r.find(foundStatus, "the scan found nothing wrong with %s, page %d can't be shown: %s", name, page, a.errs)
	case picture == nil || a.status != exitFine:
	case !clip && strings.HasPrefix(e.Error, "incomplete: page ") && slices.Contains(strings.Split(strings.TrimPrefix(e.Error, "incomplete: page "), ", "), fmt.Sprint(page)):
		r.find(foundSilent, "page %d of %s is incomplete, and is shown without a word", page, name)
	}
	if picture != nil && r.random.IntN(3) == 0 {
		if again := r.picture(file, r.verb(args...), size); !bytes.Equal(picture, again) {
			r.find(foundSilent, "page %d of %s is another picture the second time", page, name)
		}
	}
}

func (r *round) sum(dir, name string) string {
	b, err := os.ReadFile(filepath.Join(dir, name))
	r.must(err)
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
