package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
)

// maxPart bounds what is read of one part of a document, in bytes unpacked: what lies behind is not looked at.
const maxPart = 64 << 20

// namesOutside tells whether a document names files outside of itself that would be a part of what it shows: pictures,
// objects, tables. Links that a reader may follow are none. What it finds is a notice for a person; that nothing of the
// kind is read is the sandbox's.
func namesOutside(doc []byte) bool {
	head := bytes.TrimSpace(bytes.TrimPrefix(doc[:min(len(doc), 1<<10)], []byte("\xef\xbb\xbf")))
	switch {
	case bytes.HasPrefix(head, []byte(`{\rt`)):
		return rtfNamesOutside(doc)
	case bytes.HasPrefix(head, []byte("PK")):
		return packageNamesOutside(doc)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return binaryNamesOutside(doc) || workbookNamesOutside(doc)
	case bytes.HasPrefix(head, []byte("<")):
		return markupNamesOutside(doc, nil)
	}
	return false
}

// fetching are the fields of Word that bring in what lies elsewhere, by their first word.
var fetching = []string{"INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "DDE", "DDEAUTO", "RD", "DATABASE"}

func fetches(field string) bool {
	words := strings.Fields(field)
	return len(words) > 1 && slices.Contains(fetching, strings.ToUpper(words[0]))
}

// binaryNamesOutside looks for the fields of a Word document of before 2007, whose beginning is marked by one byte, in
// text of one byte or two for a letter.
func binaryNamesOutside(doc []byte) bool {
	return binaryField.Match(doc) || binaryField.Match(bytes.ReplaceAll(doc, []byte{0}, nil))
}

var binaryField = regexp.MustCompile(`(?i)\x13\s*(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DDE|DDEAUTO)\s`)

// packageNamesOutside looks into the zip that a document of Office or of LibreOffice is.
func packageNamesOutside(doc []byte) bool {
	files, err := zip.NewReader(bytes.NewReader(doc), int64(len(doc)))
	if err != nil {
		return false
	}
	inside := func(name string) bool {
		name = path.Clean(strings.TrimPrefix(name, "/"))
		return slices.ContainsFunc(files.File, func(f *zip.File) bool { return f.Name == name || strings.HasPrefix(f.Name, name+"/") })
	}
	for _, f := range files.File {
		if ext := path.Ext(f.Name); ext != ".xml" && ext != ".rels" {
			continue
		}
		part, err := f.Open()
		if err != nil {
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, maxPart))
		_ = part.Close()
		if (err == nil || errors.Is(err, io.ErrUnexpectedEOF)) && markupNamesOutside(text, inside) {
			return true
		}
	}
	return false
}

// markupNamesOutside looks at the elements of a part, or of a page of HTML. inside tells of a name whether the package
// has it; nil where there is no package.
func markupNamesOutside(text []byte, inside func(string) bool) bool {
	d := xml.NewDecoder(bytes.NewReader(text))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	var field strings.Builder // of Word, which may be in pieces
	within := false
	for {
		token, err := d.Token()
		if err != nil {
			return fetches(field.String())
		}
		switch t := token.(type) {
		case xml.StartElement:
			within = t.Name.Local == "instrText"
			if begins(t) {
				if fetches(field.String()) {
					return true
				}
				field.Reset()
			}
			if elementNamesOutside(t, inside) {
				return true
			}
		case xml.EndElement:
			within = false
		case xml.CharData:
			if within {
				field.Write(t)
			}
		}
	}
}

// begins tells whether a field of Word begins or ends here.
func begins(t xml.StartElement) bool {
	return t.Name.Local == "fldChar" && attribute(t, "fldCharType") != "separate"
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if strings.EqualFold(a.Name.Local, name) {
			return a.Value
		}
	}
	return ""
}

// followed are kinds of relationships that nothing is drawn of: links, and the template that a document was made from.
var followed = []string{"hyperlink", "attachedTemplate"}

func elementNamesOutside(t xml.StartElement, inside func(string) bool) bool {
	switch t.Name.Local {
	case "Relationship":
		return strings.EqualFold(attribute(t, "TargetMode"), "External") && !slices.Contains(followed, path.Base(attribute(t, "Type")))
	case "fldSimple":
		return fetches(attribute(t, "instr"))
	case "a", "template", "event-listener", "script": // they lead somewhere, and bring nothing in
		return false
	}
	if strings.Contains(attribute(t, "formula"), "'file:") {
		return true
	}
	if src := attribute(t, "src"); inside == nil && src != "" {
		return !strings.HasPrefix(src, "data:") && !strings.HasPrefix(src, "cid:")
	}
	href := ""
	for _, a := range t.Attr {
		if a.Name.Local == "href" && (strings.HasSuffix(a.Name.Space, "/xlink") || a.Name.Space == "xlink") {
			href = a.Value
		}
	}
	return href != "" && href[0] != '#' && (inside == nil || !inside(href))
}
