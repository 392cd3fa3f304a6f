package shelf

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"unicode"

	"butluc/library"
	"butluc/library/internal/atomicfile"
	"butluc/library/internal/plain"
)

const (
	templatesDir = "templates"
	templateEnd  = ".json"
	maxTemplate  = 16 << 20 // bytes
)

// ErrTemplateName says that no file can have a template's name.
var ErrTemplateName = errors.New("the name has no letter or digit, or is too long")

// templateFile is the file of a template: its name without what some system refuses in file names.
func (s *Shelf) templateFile(name string) (string, error) {
	clean := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsDigit(r), strings.ContainsRune(" -_,()", r):
			return r
		}
		return '_'
	}, strings.TrimSpace(name))
	if !strings.ContainsFunc(clean, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) || len(clean) > 180 {
		return "", ErrTemplateName
	}
	return filepath.Join(filepath.Dir(s.path), templatesDir, clean+templateEnd), nil
}

// ErrTemplateSize says that a template is larger than one that would be read again.
var ErrTemplateSize = fmt.Errorf("the template is larger than %d MB", maxTemplate>>20)

// SaveTemplate keeps an exported outline under a name, in the place of the one that had it. It fails with
// [ErrTemplateName] and [ErrTemplateSize].
func (s *Shelf) SaveTemplate(name string, data []byte) error {
	file, err := s.templateFile(name)
	if err == nil && len(data) > maxTemplate {
		err = ErrTemplateSize
	}
	if err == nil {
		err = os.MkdirAll(filepath.Dir(file), 0o700)
	}
	if err == nil {
		err = atomicfile.WriteFile(file, ".new-", func(w io.Writer) error { _, err := w.Write(data); return err })
	}
	if err != nil {
		return fmt.Errorf("save template %q: %w", name, err)
	}
	return nil
}

// Template is what was kept under a name.
func (s *Shelf) Template(name string) ([]byte, error) {
	file, err := s.templateFile(name)
	if err != nil {
		return nil, fmt.Errorf("read template %q: %w", name, err)
	}
	data, err := plain.ReadFile(file, maxTemplate)
	if err != nil {
		return nil, fmt.Errorf("read template %q: %w", name, err)
	}
	return data, nil
}

// Templates are the names of those that were kept, in natural order.
func (s *Shelf) Templates() []string {
	entries, err := os.ReadDir(filepath.Join(filepath.Dir(s.path), templatesDir))
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), templateEnd); ok && !e.IsDir() && !strings.HasPrefix(name, ".") {
			names = append(names, name)
		}
	}
	sort.Slice(names, func(i, j int) bool { return library.NaturalLess(names[i], names[j]) })
	return names
}
