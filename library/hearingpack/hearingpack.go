// Package hearingpack writes what stays of a hearing into one ZIP that others check without this program: the files that are
// handed in (journal, album, list), the heads of the journal that were signed at the end of hearings, SHA256SUMS over all of
// them, its signature by the key of the office (Ed25519, RFC 8032), the public key, and a README.txt that says how to check
// with sha256sum and openssl.
//
// SHA256SUMS is of coreutils' form, signatures are of the bytes of a file as they are (pure Ed25519), keys are PEM (RFC 8410).
package hearingpack

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/template"
	"time"

	"butluc/library/office/identity"
)

// File is one file of a pack; Name is of ASCII, with slashes.
type File struct {
	Name  string
	Write func(io.Writer) error
}

// The names of what a pack has of its own.
const (
	readmeName = "README.txt"
	sumsName   = "SHA256SUMS"
	keyName    = "public-key.pem"
)

// Pack is what is to be packed.
type Pack struct {
	Case   string // its title
	Files  []File
	Signer *identity.Identity // nil: nobody signs
	At     time.Time
}

// Write writes the pack. progress, which may be nil, is told files. The error is ctx's, a file's, or w's.
func (p Pack) Write(ctx context.Context, w io.Writer, progress func(done, total int64)) error {
	z := zip.NewWriter(w)
	var sums bytes.Buffer
	add := func(f File) error {
		to, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: p.At})
		if err != nil {
			return err
		}
		h := sha256.New()
		if err := f.Write(io.MultiWriter(to, h)); err != nil {
			return fmt.Errorf("pack %s: %w", f.Name, err)
		}
		if !strings.HasPrefix(f.Name, sumsName) {
			fmt.Fprintf(&sums, "%s  %s\n", hex.EncodeToString(h.Sum(nil)), f.Name)
		}
		return nil
	}
	readme, err := p.readme()
	if err != nil {
		return err
	}
	files := append([]File{Data(readmeName, readme)}, p.Files...)
	if p.Signer != nil {
		key, err := p.Signer.Card().PublicPEM()
		if err != nil {
			return err
		}
		files = append(files, Data(keyName, key))
	}
	for i, f := range files {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if progress != nil {
			progress(int64(i), int64(len(files)))
		}
		if err := add(f); err != nil {
			return err
		}
	}
	list := bytes.Clone(sums.Bytes())
	if err := add(Data(sumsName, list)); err != nil {
		return err
	}
	if p.Signer != nil {
		if err := add(Data(sumsName+".sig", p.Signer.SignPlain(list))); err != nil {
			return err
		}
	}
	return z.Close()
}

// readme says what is in the pack, and how it is checked.
func (p Pack) readme() ([]byte, error) {
	has := func(name string) bool {
		return slices.ContainsFunc(p.Files, func(f File) bool { return f.Name == name })
	}
	var heads []string
	for _, f := range p.Files {
		if stem, ok := strings.CutSuffix(f.Name, ".sig"); ok && strings.HasPrefix(f.Name, "heads/") {
			heads = append(heads, stem)
		}
	}
	values := struct {
		Case, At, Name, Office, Fingerprint string
		Signed, Journal, List, Album        bool
		Heads                               []string
	}{
		Case: p.Case, At: p.At.Format(time.RFC3339), Signed: p.Signer != nil,
		Journal: has("journal.jsonl"), List: has("list.pdf"), Album: has("album.pdf"), Heads: heads,
	}
	if p.Signer != nil {
		card := p.Signer.Card()
		values.Name, values.Office, values.Fingerprint = card.Name, card.Office, card.Fingerprint()
	}
	var b bytes.Buffer
	err := readme.Execute(&b, values)
	return b.Bytes(), err
}

var readme = template.Must(template.New("").Parse(`GÓI TÀI LIỆU SAU PHIÊN TÒA / HEARING PACK
{{.Case}}
{{.At}}

Gói này kiểm tra được mà không cần Butluc, bằng sha256sum và openssl (3.0 trở lên).
This pack is checked without Butluc, with sha256sum and openssl (3.0 or later).

CÓ GÌ / WHAT IS IN IT
{{if .Journal}}
journal.jsonl   nhật ký trình chiếu, mỗi dòng một việc / the journal, a line for each event
journal.pdf     nhật ký để đọc, in / the journal to read
{{- end}}{{if .List}}
list.pdf        danh mục tài liệu, chứng cứ đề nghị công bố / the list for the clerk
{{- end}}{{if .Album}}
album.pdf       bản ảnh tài liệu, chứng cứ đã trình chiếu / the pictures that were shown
{{- end}}{{if .Heads}}
heads/          số dòng và mã của nhật ký, ký khi kết thúc mỗi phiên / how far the journal went, signed as each hearing ended
{{- end}}
SHA256SUMS      mã SHA-256 của mọi tệp trên / the SHA-256 of all files
{{- if .Signed}}
SHA256SUMS.sig  chữ ký Ed25519 trên SHA256SUMS / an Ed25519 signature of it
public-key.pem  khóa công khai của {{.Name}}, {{.Office}} / the public key
{{- end}}

KIỂM TRA / TO CHECK
Giải nén, vào thư mục đó, rồi / unpack, go into the folder, then

1. Các tệp còn nguyên / no file was changed (each line must end in OK):

    sha256sum -c SHA256SUMS
{{if .Signed}}
2. Danh sách do người giữ khóa ký / the list was signed by who has the key ("Signature Verified Successfully"):

    openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig

   Khóa là của ai: hỏi {{.Name}}, đối chiếu mã trên danh thiếp Butluc của họ qua điện thoại
   Whose the key is: ask them, compare the fingerprint on their Butluc card over the phone
   {{.Fingerprint}}
{{else}}
2. Gói này không ai ký: máy không có khóa mở sẵn khi đóng gói.
   Nobody signed this pack: there was no key that was open.
{{end}}{{range .Heads}}
3. Nhật ký khi phiên kết thúc / the journal as the hearing ended, {{.}}:

    openssl pkeyutl -verify -pubin -inkey {{.}}.pem -rawin -in {{.}}.txt -sigfile {{.}}.sig
    cat {{.}}.txt
{{end}}
4. Dòng thứ N của nhật ký có đúng mã ghi trong heads/ không (thay N) / the N-th line has the hash that its head states:

    sed -n Np journal.jsonl | tr -d '\n' | sha256sum

   Từ dòng thứ hai, "prev" là mã SHA-256 của dòng ngay trước, không kể dấu xuống dòng: sửa, bỏ, chèn dòng nào thì dòng sau sai.
   From the second line on, "prev" is the SHA-256 of the line before without its line feed: whatever line is changed, taken
   out or put in, the next one tells.
`))
