package ocr

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"strings"
	"unicode"

	"butluc/library"
	"butluc/library/internal/child"
	"butluc/library/search/text"
)

// MaxSide is how many pixels the longer side of a page's picture should have: an A4 page at 200 dpi. On scans
// with noise at 300 dpi, letters of 11 points, 99.9 % of the words are read right at 150, 200 and 300 dpi
// alike, at 100 dpi 97 %, and 300 dpi takes half as long again as 200; so 200 leaves room for letters of 8
// points. Tesseract does its own cleaning: its other ways to part ink from paper read worse.
const MaxSide = 2340

const (
	maxTSV    = 16 << 20 // bytes; a dense page has 100 kB
	maxPixels = 64 << 20
	// fewViet is the share of words with a letter that English lacks below which a page is not taken for
	// Vietnamese, which has 70 %.
	fewViet = 0.2
)

// Read reads the words of a picture, whose boxes are of it. A page without words has no lines; one that is
// lying on its side or its head is read as it lies. When ctx ends, Tesseract is killed.
//
// A page is read as Vietnamese, which gives half the errors in Vietnamese that reading with English beside it
// gives, and takes a tenth less time. What came out doubtful, or not as Vietnamese, is read again with English
// and with a look at how it lies, where Tesseract has what that takes, and the surer reading stays.
func (e *Engine) Read(ctx context.Context, img image.Image) (text.Page, error) {
	picture, err := encode(img)
	if err != nil {
		return text.Page{}, fmt.Errorf("read text of picture: %w", err)
	}
	first, err := e.run(ctx, picture, img.Bounds().Size(), Language, false)
	if err != nil || !doubtful(first) {
		return first, err
	}
	languages := Language
	if e.has(english) {
		languages += "+" + english
	}
	if languages == Language && !e.has(orientation) {
		return first, nil
	}
	second, err := e.run(ctx, picture, img.Bounds().Size(), languages, e.has(orientation))
	if err != nil || second.Confidence <= first.Confidence {
		return first, err
	}
	return second, nil
}

// doubtful tells whether a page that was read as Vietnamese may be read better: it has much that was guessed,
// it has nothing, or it is in another language.
func doubtful(p text.Page) bool {
	if p.Confidence < text.Sure {
		return true
	}
	words, viet := 0, 0
	for _, l := range p.Lines {
		for _, w := range l.Words {
			if text.Letters(w.Text) > 1 {
				words++
			}
			if strings.ContainsFunc(w.Text, func(r rune) bool { return r > unicode.MaxLatin1 && unicode.IsLetter(r) || r >= 'à' && r <= 'ý' }) {
				viet++
			}
		}
	}
	return float64(viet) < fewViet*float64(words)
}

func (e *Engine) run(ctx context.Context, picture []byte, size image.Point, languages string, look bool) (text.Page, error) {
	deadline := e.deadline
	if deadline == 0 {
		deadline = readWithin
	}
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	args := []string{"-", "-", "-l", languages}
	if look {
		args = append(args, "--psm", "1") // boxes are of the picture as it came, all the same
	}
	cmd := command(ctx, e.Path, append(args, "tsv")...)
	out, said := limited{most: maxTSV}, tail{}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(picture), &out, &said
	err := run(cmd, child.Limits{Memory: memoryLimit, Idle: true})
	switch {
	case ctx.Err() != nil:
		err = ctx.Err()
	case out.over: // its pipe broke
		err = errTooMuch
	case err != nil:
		err = fmt.Errorf("%w%s", err, said.sentence())
	}
	if err != nil {
		return text.Page{}, fmt.Errorf("read text with Tesseract: %w", err)
	}
	p, err := parse(out.kept, size)
	p.Engine = "tesseract " + e.Version + " " + languages
	return p, err
}

// encode makes a PGM of a picture: of the forms without loss that Tesseract takes, the one that costs nothing
// to pack and to unpack.
func encode(img image.Image) ([]byte, error) {
	size := img.Bounds().Size()
	if size.X <= 0 || size.Y <= 0 || size.X > maxPixels/size.Y {
		return nil, fmt.Errorf("%d×%d pixels: %w", size.X, size.Y, library.ErrInvalid)
	}
	gray := image.NewGray(image.Rectangle{Max: size})
	draw.Draw(gray, gray.Rect, img, img.Bounds().Min, draw.Src)
	return append(fmt.Appendf(nil, "P5\n%d %d\n255\n", size.X, size.Y), gray.Pix...), nil
}

// tail keeps the end of what Tesseract says to its standard error.
type tail []byte

const tailBytes = 1 << 10

func (t *tail) Write(b []byte) (int, error) {
	*t = append(*t, b...)
	if over := len(*t) - tailBytes; over > 0 {
		*t = append((*t)[:0], (*t)[over:]...)
	}
	return len(b), nil
}

// sentence is the tail as the end of a sentence, or "".
func (t *tail) sentence() string {
	if len(*t) == 0 {
		return ""
	}
	return fmt.Sprintf("; it said: %q", []byte(*t))
}
