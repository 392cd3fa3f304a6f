package print

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io"
	"path/filepath"
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

// frameWide is how wide the page of a frame's PDF is, in mm: an A4 sheet lying.
const frameWide = 297.0

// IsFrameFile tells whether a file's ending is one of those that [WriteFrame] writes.
func IsFrameFile(name string) bool {
	e := strings.ToLower(filepath.Ext(name))
	return e == ".png" || e == ".pdf"
}

// WriteFrame writes the picture that the court sees, as the ending of the file's name says: a PNG, or a PDF
// of one page with that picture. Both hold its pixels and nothing of the pages that it was made of: no
// text, no layer, no name.
func WriteFrame(w io.Writer, name string, frame *image.RGBA) error {
	if strings.EqualFold(filepath.Ext(name), ".pdf") {
		return writeFramePDF(w, frame)
	}
	if err := png.Encode(w, frame); err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	return nil
}

func writeFramePDF(w io.Writer, frame *image.RGBA) error {
	var b bytes.Buffer
	if err := png.Encode(&b, frame); err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	size := fpdf.SizeType{Wd: frameWide, Ht: frameWide * float64(frame.Rect.Dy()) / float64(frame.Rect.Dx())}
	f := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: size})
	f.SetAutoPageBreak(false, 0)
	f.SetCatalogSort(true)
	f.SetCreator("Butluc", true)
	f.AddPage()
	f.RegisterImageOptionsReader("frame", fpdf.ImageOptions{ImageType: "PNG"}, &b)
	f.ImageOptions("frame", 0, 0, size.Wd, size.Ht, false, fpdf.ImageOptions{ImageType: "PNG"}, 0, "")
	if err := f.Output(w); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	return nil
}
