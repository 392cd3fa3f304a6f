// Package guide is the user's guide, which the window shows at F1 and `butluc guide` prints. It is written in Markdown, a
// file a language; what of Markdown it may use is what [Block] has. It is a leaf, like package assets.
package guide

import (
	"embed"
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	table "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

//go:embed *.md pictures/trial.png pictures/prepare.png pictures/find.png pictures/recording.png pictures/register.png pictures/study.png pictures/closing.png
var files embed.FS

// Guide is the guide in one language.
type Guide struct {
	Title    string
	Sections []Section
}

// Section is what stands under a heading.
type Section struct {
	Title  string
	Blocks []Block
}

// Kind says what a [Block] is.
type Kind int

// The kinds.
const (
	Paragraph Kind = iota // Text
	Bullets               // Items
	Numbered              // Items
	Table                 // Rows, the first of them the head
	Picture               // Name, and Text beneath
)

// Block is a part of a section that stands by itself.
type Block struct {
	Kind  Kind
	Text  []Span
	Items [][]Span
	Rows  [][][]Span // row, cell
	Name  string     // of the picture, for [ReadPicture]
}

// Style is how a [Span] is set.
type Style int

// The styles.
const (
	Plain  Style = iota
	Strong       // what a reader looks for
	Label        // what stands on the screen
	Key          // a key of the keyboard, or a command
)

// Span is text in one style.
type Span struct {
	Text  string
	Style Style
}

// Read reads the guide in a language of assets.Languages; it fails for others.
func Read(language string) (Guide, error) {
	source, err := files.ReadFile(language + ".md")
	if err != nil {
		return Guide{}, fmt.Errorf("read guide: %w", err)
	}
	r := reader{source: source}
	root := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser().Parse(text.NewReader(source))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if err := r.block(n); err != nil {
			return Guide{}, fmt.Errorf("read guide in %s: %w", language, err)
		}
	}
	return r.guide, nil
}

// ReadPicture is the PNG of a picture's name.
func ReadPicture(name string) ([]byte, error) { return files.ReadFile("pictures/" + name) }

type reader struct {
	source []byte
	guide  Guide
}

func (r *reader) block(n ast.Node) error {
	if h, ok := n.(*ast.Heading); ok {
		switch h.Level {
		case 1:
			r.guide.Title = plain(r.spans(n))
		case 2:
			r.guide.Sections = append(r.guide.Sections, Section{Title: plain(r.spans(n))})
		default:
			return fmt.Errorf("a heading of level %d", h.Level)
		}
		return nil
	}
	if len(r.guide.Sections) == 0 {
		return fmt.Errorf("%s before the first section", n.Kind())
	}
	b, err := r.content(n)
	s := &r.guide.Sections[len(r.guide.Sections)-1]
	s.Blocks = append(s.Blocks, b)
	return err
}

func (r *reader) content(n ast.Node) (Block, error) {
	switch n := n.(type) {
	case *ast.Paragraph:
		if image, ok := n.FirstChild().(*ast.Image); ok {
			return Block{Kind: Picture, Name: string(image.Destination), Text: r.spans(image)}, nil
		}
		return Block{Kind: Paragraph, Text: r.spans(n)}, nil
	case *ast.List:
		b := Block{Kind: Bullets}
		if n.IsOrdered() {
			b.Kind = Numbered
		}
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			b.Items = append(b.Items, r.spans(item))
		}
		return b, nil
	case *table.Table:
		b := Block{Kind: Table}
		for row := n.FirstChild(); row != nil; row = row.NextSibling() {
			var cells [][]Span
			for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
				cells = append(cells, r.spans(cell))
			}
			b.Rows = append(b.Rows, cells)
		}
		return b, nil
	}
	return Block{}, fmt.Errorf("%s, which the guide can't show", n.Kind())
}

// spans are the texts beneath a node.
func (r *reader) spans(n ast.Node) []Span { return r.under(n, Plain) }

func (r *reader) under(n ast.Node, style Style) (spans []Span) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			s := string(c.Value(r.source))
			if c.SoftLineBreak() {
				s += " "
			}
			spans = append(spans, Span{s, style})
		case *ast.String:
			spans = append(spans, Span{string(c.Value), style})
		case *ast.Emphasis:
			if c.Level == 2 {
				spans = append(spans, r.under(c, Strong)...)
			} else {
				spans = append(spans, r.under(c, Label)...)
			}
		case *ast.CodeSpan:
			spans = append(spans, r.under(c, Key)...)
		default:
			spans = append(spans, r.under(c, style)...)
		}
	}
	return spans
}

func plain(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}
