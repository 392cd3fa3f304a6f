//go:build cgo

package worker

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"butluc/library"
)

// A page that stands for contents that are not drawn says so, and its file says why; a form that has fields to draw does not.
func TestPagesThatStandForOtherContents(t *testing.T) {
	const names = "/Names<</EmbeddedFiles<</Names[(a)13 0 R(b)14 0 R(c)15 0 R]>>>>"
	objects := []string{
		"null", "null", stream("/Type/EmbeddedFile/Params<</Size 3>>", "abc"),
		"<</Type/Filespec/F(x)/UF<FEFF0042004C002000331EA3>/EF<</F 12 0 R>>>>",
		"<</Type/Filespec/F(..\\\\..\\\\evil/cmd.exe)/EF<</F 12 0 R>>>>", "<</Type/Filespec/F(elsewhere)>>",
	}
	attached := []library.Attachment{{Name: "BL 3ả", Size: 3}, {Name: "cmd.exe", Size: 3}}
	for name, c := range map[string]struct {
		catalog string
		want    library.FaultCode
		files   []library.Attachment
	}{
		"plain":                     {"", library.FaultNone, nil},
		"form to be waited for":     {"/NeedsRendering true/AcroForm<</XFA 12 0 R/Fields[13 0 R]>>", library.FaultForm, nil},
		"form without fields":       {"/AcroForm<</XFA 12 0 R/Fields[]>>", library.FaultForm, nil},
		"form with fields":          {"/AcroForm<</XFA 12 0 R/Fields[13 0 R]>>", library.FaultNone, nil},
		"portfolio":                 {"/Collection<</Type/Collection>>" + names, library.FaultPortfolio, attached},
		"portfolio of nothing":      {"/Collection<</Type/Collection>>", library.FaultNone, nil},
		"document with attachments": {names, library.FaultNone, attached},
	} {
		t.Run(name, func(t *testing.T) {
			data := onePageOf(c.catalog, "", black, "", "", objects...)
			d := &document{key: key{kind: library.KindPDF}, data: data}
			if err := d.open(nil); err != nil {
				t.Fatal(err)
			}
			defer d.close()
			if d.notice != c.want || !slices.Equal(d.attached, c.files) {
				t.Errorf("notice %q, attached %v", d.notice, d.attached)
			}
			_, r := drawPDF(t, data)
			wantWhole(t, r, c.want == library.FaultNone)
		})
	}
}

// Where only what is attached is encrypted, the pages are shown without a password.
func TestEncryptedAttachmentsAskNoPassword(t *testing.T) {
	encrypt := func(filter string) []byte {
		return onePageOf("", "/ID[<00><00>]/Encrypt<</Filter/Standard/V 4/R 4/Length 128/P -4/O<"+strings.Repeat("17", 32)+">/U<"+
			strings.Repeat("2a", 32)+">/CF<</StdCF<</AuthEvent/EFOpen/CFM/AESV2/Length 16>>>>/EFF/StdCF"+filter+">>", black, "", "")
	}
	img, r := drawPDF(t, encrypt("/StmF/Identity/StrF/Identity"))
	wantWhole(t, r, true)
	if dark(img, img.Rect) != 0 {
		t.Error("nothing is drawn")
	}
	for _, filter := range []string{"/StmF/StdCF/StrF/StdCF", "/StmF/StdCF/StrF/Identity", "/StmF/Identity/StrF/StdCF"} {
		d := &document{key: key{kind: library.KindPDF}, data: encrypt(filter)}
		if err := d.open(nil); err == nil {
			t.Errorf("%s: opened without its password", filter)
		}
		d.close()
	}
}

// A PDF whose first line was lost opens, as far as it has objects.
func TestAPDFWithoutAHeader(t *testing.T) {
	whole := onePage(black, "", "")
	img, _ := drawPDF(t, bytes.TrimPrefix(whole, []byte("%PDF-1.7\n")))
	if dark(img, img.Rect) != 0 {
		t.Error("nothing is drawn")
	}
	d := &document{key: key{kind: library.KindPDF}, data: []byte("hello")}
	if err := d.open(nil); err == nil {
		t.Error("a text is no PDF")
	}
	d.close()
}

// What is attached is read part by part, and nothing that is not there.
func TestAttachedFilesAreRead(t *testing.T) {
	d := &document{key: key{kind: library.KindPDF}, data: onePageOf("/Names<</EmbeddedFiles<</Names[(a)12 0 R(b)13 0 R(c)14 0 R]>>>>", "", black, "", "",
		"null", "null", "<</F(elsewhere)>>", "<</F(x)/EF<</F 15 0 R>>>>", "<</F(y)/EF<</F 16 0 R>>>>",
		stream("/Type/EmbeddedFile", "first"), stream("/Type/EmbeddedFile", "second"))}
	if err := d.open(nil); err != nil {
		t.Fatal(err)
	}
	defer d.close()
	for page, want := range map[int]string{0: "first", 1: "second", 1 + library.MaxAttachments: "", 2: "none", -1: "none"} {
		r := &reply{}
		err := d.attachment(page, r)
		if got := string(r.payload); (err != nil) != (want == "none") || err == nil && (got != want || r.TextBytes != len(want)) {
			t.Errorf("%d: %q (%v), want %q", page, got, err, want)
		}
	}
	if got, err := d.paper.attachment(1, 2, 3); string(got) != "con" {
		t.Errorf("a part: %q (%v)", got, err)
	}
}
