package office

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"unicode/utf16"
)

// packed is a document in a zip: its parts' names and what is in them, in turn.
func packed(t testing.TB, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// wide is a text of two bytes a letter, as old Word documents have it.
func wide(text string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		b.WriteByte(byte(unit))
		b.WriteByte(byte(unit >> 8))
	}
	return b.String()
}

func relationship(kind, target, mode string) string {
	return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" ` +
		`Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + kind + `" Target="` + target + `"` + mode + `/></Relationships>`
}

const (
	odf   = `<office:document-content xmlns:office="o" xmlns:draw="d" xmlns:text="t" xmlns:table="b" xmlns:xlink="http://www.w3.org/1999/xlink">`
	word  = `<w:document xmlns:w="w"><w:r><w:fldChar w:fldCharType="begin"/></w:r>`
	ole   = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	extra = ` TargetMode="External"`
)

func TestADocumentThatNamesFilesOutsideIsNoticed(t *testing.T) {
	for name, doc := range map[string]string{
		"RTF picture":       `{\rtf1\ansi a {\field{\*\fldinst INCLUDEPICTURE "file:///tmp/x.png"}{\fldrslt OLD}} }`,
		"RTF in pieces":     `{\rtf1 {\field{\*\fldinst{\b INCL}{\i0 UDE}PIC` + "\r\n" + `TURE "x.png"}}}`,
		"RTF in codes":      `{\rtf1 {\field{\*\fldinst \'49NCLUDETEX\u84 T "x.docx"}}}`,
		"RTF linked object": `{\rtf1 {\object\objautlink {\*\objclass Excel.Sheet}}}`,
		"RTF cut off":       `{\rtf1 {\field{\*\fldinst INCLUDEPICTURE "x.png`,
		"DOCX picture":      packed(t, "word/_rels/document.xml.rels", relationship("image", "file:///tmp/x.png", extra)),
		"DOCX object":       packed(t, "word/_rels/document.xml.rels", relationship("oleObject", "file:///tmp/x.xlsx", extra)),
		"DOCX field":        packed(t, "word/document.xml", word+`<w:r><w:instrText> INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE "x.png" </w:instrText></w:r>`),
		"DOCX short field":  packed(t, "word/document.xml", `<w:document xmlns:w="w"><w:fldSimple w:instr=" DDEAUTO excel x.xlsx "/></w:document>`),
		"XLSX":              packed(t, "xl/externalLinks/_rels/externalLink1.xml.rels", relationship("externalLinkPath", "other.xlsx", extra)),
		"ODT picture":       packed(t, "content.xml", odf+`<draw:image xlink:href="../x.png"/></office:document-content>`),
		"ODT section":       packed(t, "content.xml", odf+`<text:section-source xlink:href="file:///tmp/x.odt"/></office:document-content>`),
		"ODS formula":       packed(t, "content.xml", odf+`<table:table-cell table:formula="of:=['file:///tmp/x.ods'#$A.B1]"/></office:document-content>`),
		"flat ODT":          `<?xml version="1.0"?>` + odf + `<draw:image xlink:href="x.png"/>`,
		"DOC":               ole + "words \x13 INCLUDEPICTURE \"x.png\" \x14",
		"DOC in two bytes":  ole + wide("words \x13 includetext x.doc "),
		"HTML as DOC":       `<html><body><p>a<img src="file:///tmp/x.png"></body>`,
	} {
		if !namesOutside([]byte(doc)) {
			t.Errorf("%s: not noticed", name)
		}
	}
}

func TestADocumentThatKeepsToItselfIsNot(t *testing.T) {
	for name, doc := range map[string]string{
		"nothing":          "",
		"text":             "INCLUDEPICTURE x.png",
		"RTF":              `{\rtf1\ansi the words INCLUDEPICTURE "x.png" {\field{\*\fldinst HYPERLINK "http://x.vn"}{\fldrslt x}} {\field{\*\fldinst PAGE}}}`,
		"RTF backslash":    `{\rtf1 \`,
		"DOCX":             packed(t, "word/_rels/document.xml.rels", relationship("image", "media/image1.png", "")),
		"DOCX link":        packed(t, "word/_rels/document.xml.rels", relationship("hyperlink", "http://x.vn", extra)),
		"DOCX template":    packed(t, "word/_rels/settings.xml.rels", relationship("attachedTemplate", "file:///C:/Normal.dotm", extra)),
		"DOCX field":       packed(t, "word/document.xml", word+`<w:r><w:instrText> PAGE </w:instrText></w:r><w:t>LINK x</w:t>`),
		"ODT":              packed(t, "content.xml", odf+`<draw:image xlink:href="Pictures/1.png"/><draw:object xlink:href="./Object 1"/><text:a xlink:href="http://x.vn"/>`, "Pictures/1.png", "x", "Object 1/content.xml", "<x/>"),
		"ODT, of its own":  packed(t, "content.xml", odf+`<text:bookmark xlink:href="#here"/>`),
		"DOC":              ole + "the words INCLUDEPICTURE \x13 HYPERLINK x",
		"HTML":             `<html><body><img src="data:image/png;base64,x"><a href="http://x.vn">x</a></body>`,
		"a zip of nothing": packed(t),
		"a broken zip":     "PK\x03\x04",
	} {
		if namesOutside([]byte(doc)) {
			t.Errorf("%s: blamed", name)
		}
	}
}

// Where nothing keeps LibreOffice from other files, what names any is left to be saved as PDF by a person.
func TestWithoutASandboxWhatNamesFilesIsNotConverted(t *testing.T) {
	c := &Converter{Program: os.Args[0], CacheDir: t.TempDir(), open: true}
	if _, err := convert(t.Context(), t, c, `{\rtf1 {\field{\*\fldinst INCLUDEPICTURE "x.png"}}}`); !errors.Is(err, errOpen) {
		t.Errorf("it was converted: %v", err)
	}
	if _, err := convert(t.Context(), t, c, `{\rtf1 words}`); err != nil {
		t.Errorf("what names none: %v", err)
	}
}

func FuzzNamesOutside(f *testing.F) {
	f.Add([]byte(`{\rtf1{\field{\*\fldinst \'49NCLUDETEX\u84 T "x.docx"}}}`))
	f.Add([]byte(packed(f, "content.xml", odf+`<draw:image xlink:href="../x.png"/>`)))
	f.Add([]byte(ole + "\x13 LINK x"))
	f.Fuzz(func(_ *testing.T, doc []byte) { namesOutside(doc) })
}
