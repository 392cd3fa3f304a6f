package hearingpack_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"butluc/library/hearingpack"
	"butluc/library/journal"
	"butluc/library/office/identity"
)

var at = time.Date(2026, 3, 14, 11, 30, 0, 0, time.FixedZone("", 7*3600))

// hearing is a journal of a hearing that ended, its head signed.
func hearing(t *testing.T, i *identity.Identity) (path string) {
	t.Helper()
	dir := t.TempDir()
	j, _, err := journal.Open(filepath.Join(dir, "journal"), filepath.Join(dir, "head"))
	if err != nil {
		t.Fatal(err)
	}
	j.Append(journal.Entry{Kind: journal.KindStart, Trial: &journal.Trial{}}, nil)
	j.Append(journal.Entry{Kind: journal.KindNote, Text: "Bị cáo khai nhận"}, nil)
	j.Append(journal.Entry{Kind: journal.KindEnd}, nil)
	if err := j.Flush(); err != nil {
		t.Fatal(err)
	}
	head := j.Head()
	if err := errors.Join(j.Close(), hearingpack.SignHead(j.Path(), "case-id", head, i, at)); err != nil {
		t.Fatal(err)
	}
	return j.Path()
}

func somebody(t *testing.T) *identity.Identity {
	t.Helper()
	i, err := identity.New(identity.Person{Name: "Lê Thục Quyên", Office: "VKSND khu vực 3"}, at)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// unpacked writes a pack and unpacks it.
func unpacked(t *testing.T, p hearingpack.Pack) (dir string) {
	t.Helper()
	var b bytes.Buffer
	if err := p.Write(t.Context(), &b, nil); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		to := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := errors.Join(err, os.MkdirAll(filepath.Dir(to), 0o700), os.WriteFile(to, data, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// commands are those that the README gives: the lines that are indented by four.
func commands(t *testing.T, dir string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "README.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, m := range regexp.MustCompile(`(?m)^    (\S.*)$`).FindAllStringSubmatch(string(text), -1) {
		list = append(list, m[1])
	}
	return list
}

// The pack is checked as its README says, with sha256sum and openssl alone; and what was changed is found that way.
func TestThePackVerifiesWithoutButluc(t *testing.T) {
	for _, tool := range []string{"sh", "sha256sum", "openssl", "sed"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not installed")
		}
	}
	i := somebody(t)
	path := hearing(t, i)
	lines, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	heads, err := hearingpack.Heads(path)
	if err != nil || len(heads) != 3 {
		t.Fatalf("%d files of heads, %v", len(heads), err)
	}
	pack := hearingpack.Pack{Case: "Vụ án Bùi Quang Khải", Files: append([]hearingpack.File{
		hearingpack.Data("journal.jsonl", lines), hearingpack.Data("album.pdf", []byte("%PDF")),
	}, heads...), Signer: i, At: at}
	dir := unpacked(t, pack)
	run := func(command string) (string, error) {
		cmd := exec.CommandContext(t.Context(), "sh", "-c", command)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	all := commands(t, dir)
	if len(all) != 5 {
		t.Fatalf("the README gives the commands %q", all)
	}
	check := func() (failed []string) {
		for _, command := range all {
			command = strings.Replace(command, "Np", strconv.Itoa(bytes.Count(lines, []byte("\n")))+"p", 1)
			out, err := run(command)
			stated, readErr := os.ReadFile(filepath.Join(dir, "heads", "head-000003.txt"))
			if readErr != nil {
				t.Fatal(readErr)
			}
			if sum, _, _ := strings.Cut(out, " "); err != nil || strings.HasPrefix(command, "sed") && !strings.Contains(string(stated), ": "+sum) {
				failed = append(failed, command)
			}
		}
		return failed
	}
	if failed := check(); len(failed) > 0 {
		t.Errorf("of a pack that nobody changed fail %q", failed)
	}
	for _, name := range []string{"journal.jsonl", "album.pdf", "SHA256SUMS", "heads/head-000003.txt", "heads/head-000003.sig", "public-key.pem"} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		was, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		now := bytes.Clone(was)
		now[len(now)*9/10] ^= 1
		if err := os.WriteFile(file, now, 0o600); err != nil {
			t.Fatal(err)
		}
		if len(check()) == 0 {
			t.Errorf("%s was changed, and nothing tells", name)
		}
		if err := os.WriteFile(file, was, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAPackThatNobodySignedSaysSo(t *testing.T) {
	dir := unpacked(t, hearingpack.Pack{Case: "x", Files: []hearingpack.File{hearingpack.Data("list.pdf", nil)}, At: at})
	readme, err := os.ReadFile(filepath.Join(dir, "README.txt"))
	if err != nil || !strings.Contains(string(readme), "Nobody signed this pack") || strings.Contains(string(readme), "SHA256SUMS.sig") {
		t.Errorf("%s, %v", readme, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "SHA256SUMS.sig")); err == nil {
		t.Error("there is a signature of nobody's")
	}
}

// A head that was signed stays, whoever signs later; its purpose stands in its first line.
func TestASignedHeadStays(t *testing.T) {
	path := hearing(t, somebody(t))
	was, err := hearingpack.Heads(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := hearingpack.SignHead(path, "case-id", journal.Head{Count: 3, Hash: "x"}, somebody(t), at); err != nil {
		t.Fatal(err)
	}
	now, err := hearingpack.Heads(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range was {
		var a, b bytes.Buffer
		if err := errors.Join(was[i].Write(&a), now[i].Write(&b)); err != nil || a.String() != b.String() {
			t.Errorf("%s is another: %v", was[i].Name, err)
		}
	}
}
