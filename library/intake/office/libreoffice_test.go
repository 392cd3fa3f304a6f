package office

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// real is the LibreOffice of this machine.
func real(t *testing.T) *Converter {
	t.Helper()
	program := Find()
	if program == "" {
		t.Skip("LibreOffice is not installed")
	}
	return &Converter{Program: program, CacheDir: t.TempDir()}
}

// needCalc is for spreadsheets: a system may have LibreOffice without what reads them, in a package of its own.
func needCalc(t *testing.T) {
	t.Helper()
	program, err := filepath.EvalSymlinks(real(t).Program)
	if err != nil {
		t.Fatal(err)
	}
	if found, _ := filepath.Glob(filepath.Join(filepath.Dir(program), "libsclo.*")); len(found) == 0 {
		t.Skip("LibreOffice is installed without Calc")
	}
}

// needSandbox is for documents that are converted nowhere else.
func needSandbox(t *testing.T) {
	t.Helper()
	if new(Converter).mayFetch() {
		t.Skip("nothing keeps LibreOffice from other files here")
	}
}

// made is the PDF that LibreOffice makes of a document, and whether that named files outside.
func made(t *testing.T, content string) (pdf []byte, outside bool) {
	t.Helper()
	c := real(t)
	r, err := rendition(t.Context(), t, c, content)
	if err != nil {
		t.Fatal(err)
	}
	pdf, err = os.ReadFile(filepath.Join(c.CacheDir, r.Name))
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Fatalf("%d bytes, %v", len(pdf), err)
	}
	return pdf, r.Outside
}

func TestLibreOffice(t *testing.T) {
	if _, outside := made(t, `{\rtf1\ansi Xin chao}`); outside {
		t.Error("it is said to name files outside")
	}
}

// A document may name any file of the user's to be shown in it; the court shall not see it.
func TestAPictureOutsideOfTheDocumentIsNotInItsPages(t *testing.T) {
	needSandbox(t)
	var b bytes.Buffer
	red := image.NewRGBA(image.Rect(0, 0, 60, 60))
	for i := range 60 * 60 {
		red.Set(i%60, i/60, color.RGBA{255, 0, 0, 255})
	}
	if err := png.Encode(&b, red); err != nil {
		t.Fatal(err)
	}
	secret := filepath.Join(t.TempDir(), "secret.png")
	if err := os.WriteFile(secret, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, doc := range map[string]string{
		"RTF":      `{\rtf1\ansi hello {\field{\*\fldinst INCLUDEPICTURE "file://` + secret + `"}{\fldrslt OLD}} }`,
		"flat ODT": strings.ReplaceAll(flat, "PICTURE", "file://"+secret),
		"HTML":     `<html><body><p>hello</p><img src="file://` + secret + `"></body></html>`,
	} {
		pdf, outside := made(t, doc)
		if bytes.Contains(pdf, []byte("/Subtype/Image")) {
			t.Errorf("%s: the picture is in the PDF", name)
		}
		if !outside {
			t.Errorf("%s: nobody is told that it names a file", name)
		}
	}
}

const flat = `<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>hello
 <draw:frame text:anchor-type="as-char" svg:width="3cm" svg:height="3cm"><draw:image xlink:href="PICTURE" xlink:type="simple"
 xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p></office:text></office:body></office:document>`

// What a spreadsheet has of another file stays as it was saved: it is not computed anew without that file.
func TestASpreadsheetKeepsWhatItSavedOfOthers(t *testing.T) {
	needSandbox(t)
	needCalc(t)
	const (
		declared = `<?xml version="1.0" encoding="UTF-8"?>`
		main     = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
		rels     = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
		kind     = `application/vnd.openxmlformats-officedocument.spreadsheetml.`
		list     = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	)
	pdf, outside := made(t, packed(t,
		"[Content_Types].xml", declared+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`+
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`+
			`<Override PartName="/xl/workbook.xml" ContentType="`+kind+`sheet.main+xml"/>`+
			`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="`+kind+`worksheet+xml"/>`+
			`<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="`+kind+`externalLink+xml"/></Types>`,
		"_rels/.rels", declared+`<Relationships `+list+`><Relationship Id="r1" Type="`+rels+`officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", declared+`<workbook `+main+`><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets><externalReferences><externalReference r:id="r2"/></externalReferences></workbook>`,
		"xl/_rels/workbook.xml.rels", declared+`<Relationships `+list+`><Relationship Id="r1" Type="`+rels+`worksheet" Target="worksheets/sheet1.xml"/>`+
			`<Relationship Id="r2" Type="`+rels+`externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", declared+`<worksheet `+main+`><sheetData><row r="1"><c r="A1"><f>[1]S!A1*2</f><v>4242</v></c></row></sheetData></worksheet>`,
		"xl/externalLinks/externalLink1.xml", declared+`<externalLink `+main+`><externalBook r:id="r1"><sheetNames><sheetName val="S"/></sheetNames></externalBook></externalLink>`,
		"xl/externalLinks/_rels/externalLink1.xml.rels", relationship("externalLinkPath", "file:///nowhere/other.xlsx", ` TargetMode="External"`),
	))
	if !outside {
		t.Error("nobody is told that it names another file")
	}
	mutool, err := exec.LookPath("mutool")
	if err != nil {
		t.Skip("mutool is not installed: the PDF is not read")
	}
	file := filepath.Join(t.TempDir(), "made.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := exec.Command(mutool, "draw", "-F", "txt", file).Output(); err != nil || !bytes.Contains(text, []byte("4242")) {
		t.Errorf("the sheet shows %q, %v", text, err)
	}
}
