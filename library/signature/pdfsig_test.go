package signature_test

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/smallstep/pkcs7"

	"butluc/library/signature"
	"butluc/library/signature/pades"
	"butluc/library/signature/signaturetest"
)

// seen is what both readers can tell of a signature.
type seen struct {
	end    int64 // of what it covers
	name   string
	whole  bool
	intact bool
}

var (
	pdfsigRange = regexp.MustCompile(`Signed Ranges: \[(\d+) - (\d+)\], \[(\d+) - (\d+)\]`)
	pdfsigName  = regexp.MustCompile(`Signer Certificate Common Name: (.*)`)
)

// pdfsig is what poppler tells of a file.
func pdfsig(t *testing.T, file, home string) []seen {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "pdfsig", "-nocert", file)
	cmd.Env = append(os.Environ(), "HOME="+home) // nobody's browser is asked for certificates
	out, _ := cmd.CombinedOutput()
	var list []seen
	for _, part := range strings.Split(string(out), "Signature #")[1:] {
		m := pdfsigRange.FindStringSubmatch(part)
		if m == nil {
			continue // a field that nobody signed
		}
		end, _ := strconv.ParseInt(m[4], 10, 64)
		s := seen{end: end, whole: !strings.Contains(part, "Not total document signed"), intact: strings.Contains(part, "Signature is Valid")}
		if n := pdfsigName.FindStringSubmatch(part); n != nil {
			s.name = n[1]
		}
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b seen) int { return int(a.end - b.end) })
	return list
}

func ours(t *testing.T, data []byte) []seen {
	t.Helper()
	found, err := signature.Read(bytes.NewReader(data), int64(len(data)), nil)
	if err != nil {
		t.Fatal(err)
	}
	list := make([]seen, 0, len(found))
	for _, s := range found {
		list = append(list, seen{int64(len(data)) - s.Since, s.Name, s.Covers == signature.Whole, s.Intact})
	}
	return list
}

// files are PDFs by name: signed in many ways, and what can happen to them after.
func files(t *testing.T) map[string][]byte {
	a := signaturetest.NewAuthority(t, "CA thử nghiệm")
	people := map[string]pades.Signer{
		"rsa": a.Person(t, "Nguyễn Văn An", signaturetest.RSA(t)), "ecdsa": a.Person(t, "Trần Thị Bình", signaturetest.ECDSA(t)),
	}
	look := image.NewRGBA(image.Rect(0, 0, 420, 84))
	draw.Draw(look, look.Rect, image.NewUniform(color.RGBA{255, 240, 240, 255}), image.Point{}, draw.Src)
	all := map[string][]byte{}
	change := func(name string, data []byte, change func(b []byte) []byte) {
		all[name] = change(bytes.Clone(data))
	}
	for who, person := range people {
		for _, streamed := range []bool{false, true} {
			kind := fmt.Sprintf("%s-%v", who, streamed)
			for _, turn := range []int{0, 90, 180, 270} {
				o := pades.Options{Office: "VKSND khu vực 1", Reason: "Đề cương"}
				if turn%180 == 0 {
					o.Look = look
				}
				all[fmt.Sprintf("signed-%s-%d", kind, turn)] = signaturetest.Sign(t, signaturetest.PDF("but luc", turn, streamed), person, o)
			}
			once := all["signed-"+kind+"-0"]
			twice := signaturetest.Sign(t, once, people["rsa"], pades.Options{})
			all["twice-"+kind] = twice
			all["thrice-"+kind] = signaturetest.Sign(t, twice, people["ecdsa"], pades.Options{Look: look})
			all["unsigned-"+kind] = signaturetest.PDF("nobody", 0, streamed)
			change("page-changed-"+kind, once, func(b []byte) []byte { return bytes.Replace(b, []byte("but luc"), []byte("but luk"), 1) })
			change("added-"+kind, once, func(b []byte) []byte { return append(b, "% more\n"...) })
			change("first-changed-"+kind, twice, func(b []byte) []byte { return bytes.Replace(b, []byte("but luc"), []byte("but luk"), 1) })
			change("second-changed-"+kind, twice, func(b []byte) []byte {
				b[bytes.LastIndex(b, []byte("/M (D:20"))+8] ^= 1
				return b
			})
			change("message-of-another-"+kind, once, func(b []byte) []byte {
				other := signaturetest.Sign(t, signaturetest.PDF("another", 0, streamed), person, pades.Options{})
				copy(contents(b), contents(other))
				return b
			})
			change("message-damaged-"+kind, once, func(b []byte) []byte {
				c := contents(b)
				copy(c, bytes.Repeat([]byte("0"), len(c)))
				return b
			})
		}
	}
	if _, err := exec.LookPath("openssl"); err == nil {
		plain := signaturetest.Sign(t, signaturetest.PDF("salted", 0, false), people["rsa"], pades.Options{})
		for name, options := range map[string][]string{
			"pss": {"rsa_pss_saltlen:32"}, "pss-no-salt": {"rsa_pss_saltlen:0"}, "pss-long-salt": {"rsa_pss_saltlen:max"},
		} {
			all[name] = byOpenSSL(t, plain, people["rsa"], options...)
			change(name+"-changed", all[name], func(b []byte) []byte { return bytes.Replace(b, []byte("salted"), []byte("sulted"), 1) })
		}
	}
	old := signaturetest.Sign(t, signaturetest.PDF("older form", 0, false), people["rsa"], pades.Options{})
	all["older-form"] = detached(t, old, people["rsa"])
	change("older-form-changed", all["older-form"], func(b []byte) []byte { return bytes.Replace(b, []byte("older form"), []byte("older from"), 1) })
	all["no-pdf"] = []byte("Biên bản\n")
	return all
}

// contents is the hexadecimal of the last message in a file.
func contents(b []byte) []byte {
	from := bytes.LastIndex(b, []byte("/Contents <")) + len("/Contents <")
	return b[from : from+bytes.IndexByte(b[from:], '>')]
}

// detached replaces the message by one as other programs make it: adbe.pkcs7.detached with a signing time.
func detached(t *testing.T, b []byte, s pades.Signer) []byte {
	t.Helper()
	b = bytes.Replace(b, []byte("/SubFilter /ETSI.CAdES.detached"), []byte("/SubFilter /adbe.pkcs7.detached"), 1)
	signed, err := pkcs7.NewSignedData(coveredBy(b))
	if err != nil {
		t.Fatal(err)
	}
	signed.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA256)
	if err := signed.AddSigner(s.Certificate, s.Key, pkcs7.SignerInfoConfig{}); err != nil {
		t.Fatal(err)
	}
	signed.Detach()
	der, err := signed.Finish()
	if err != nil {
		t.Fatal(err)
	}
	return withMessage(b, der)
}

// coveredBy are the bytes that the last message of a file signs.
func coveredBy(b []byte) []byte {
	from := bytes.LastIndex(b, []byte("/Contents <")) + len("/Contents ")
	return slices.Concat(b[:from], b[from+len(contents(b))+2:])
}

// withMessage is a file with another last message.
func withMessage(b, der []byte) []byte {
	b = bytes.Clone(b)
	c := contents(b)
	copy(c, bytes.Repeat([]byte("0"), len(c)))
	copy(c, fmt.Appendf(nil, "%x", der))
	return b
}

// byOpenSSL replaces the message by one that openssl makes with RSASSA-PSS.
func byOpenSSL(t *testing.T, b []byte, s pades.Signer, options ...string) []byte {
	t.Helper()
	dir := t.TempDir()
	certificate, key := keep(t, dir, s)
	args := []string{"cms", "-sign", "-binary", "-md", "sha256", "-outform", "DER", "-signer", certificate, "-inkey", key, "-keyopt", "rsa_padding_mode:pss"}
	for _, o := range options {
		args = append(args, "-keyopt", o)
	}
	return withMessage(b, openssl(t, coveredBy(b), args...))
}

// keep writes certificate and key of a person as PEM.
func keep(t *testing.T, dir string, s pades.Signer) (certificate, key string) {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(s.Key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, key = filepath.Join(dir, "certificate.pem"), filepath.Join(dir, "key.pem")
	for path, block := range map[string]*pem.Block{
		certificate: {Type: "CERTIFICATE", Bytes: s.Certificate.Raw}, key: {Type: "PRIVATE KEY", Bytes: der},
	} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return certificate, key
}

// openssl is what the program makes of in.
func openssl(t *testing.T, in []byte, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "openssl", args...)
	var out, errs bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(in), &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("openssl %s: %v\n%s", strings.Join(args, " "), err, errs.String())
	}
	return out.Bytes()
}

// Poppler reads the same signatures in the same files, and thinks the same of each.
func TestPdfsigAgrees(t *testing.T) {
	if _, err := exec.LookPath("pdfsig"); err != nil {
		t.Skip("pdfsig of poppler-utils is not installed")
	}
	dir, home := t.TempDir(), t.TempDir()
	all := files(t)
	if len(all) < 30 {
		t.Fatalf("only %d files", len(all))
	}
	signatures, good := 0, 0
	for name, data := range all {
		path := filepath.Join(dir, name+".pdf")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		want, got := pdfsig(t, path, home), ours(t, data)
		if !slices.Equal(want, got) {
			t.Errorf("%s:\n pdfsig %+v\n ours   %+v", name, want, got)
		}
		signatures += len(got)
		for _, s := range got {
			if s.intact {
				good++
			}
		}
	}
	if good < 20 || signatures-good < 12 {
		t.Errorf("%d signatures, of which %d are good: too few of each to tell anything", signatures, good)
	}
	t.Logf("%d files, %d signatures, %d of them good", len(all), signatures, good)
}

func one(t *testing.T, data []byte, roots *signature.Roots) signature.Signature {
	t.Helper()
	list, err := signature.Read(bytes.NewReader(data), int64(len(data)), roots)
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	return list[0]
}

func TestAChainIsKnownByTheOfficesFolderAlone(t *testing.T) {
	a, other := signaturetest.NewAuthority(t, "CA một"), signaturetest.NewAuthority(t, "CA hai")
	at := time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)
	data := signaturetest.Sign(t, signaturetest.PDF("x", 0, false), a.Person(t, "Nguyễn Văn An", signaturetest.RSA(t)), pades.Options{At: at})
	for name, c := range map[string]struct {
		install *signaturetest.Authority
		trusted bool
	}{"none": {nil, false}, "another": {&other, false}, "its own": {&a, true}} {
		dir := t.TempDir()
		if c.install != nil {
			c.install.Install(t, dir)
		}
		roots, err := signature.LoadRoots(dir)
		if err != nil {
			t.Fatal(err)
		}
		s := one(t, data, roots)
		if s.Trusted != c.trusted || !s.Intact || s.Name != "Nguyễn Văn An" || s.Issuer != "CA một" || !s.Time.Equal(at) {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

func TestWhatIsWrongIsTold(t *testing.T) {
	a := signaturetest.NewAuthority(t, "CA")
	person := a.Person(t, "An", signaturetest.RSA(t))
	data := signaturetest.Sign(t, signaturetest.PDF("but luc", 0, false), person, pades.Options{})
	changed := func(from, to string) []byte { return bytes.Replace(bytes.Clone(data), []byte(from), []byte(to), 1) }
	forged := bytes.Clone(data)
	c := contents(forged)
	at := bytes.LastIndex(bytes.TrimRight(c, "0"), []byte("")) - 40 // in the key's signature, the message's end
	c[at] = "0123456789abcdef"[(bytes.IndexByte([]byte("0123456789abcdef"), c[at])+1)%16]
	for name, x := range map[string]struct {
		data  []byte
		fault signature.Fault
	}{
		"changed":     {changed("but luc", "but luk"), signature.Changed},
		"forged":      {forged, signature.Forged},
		"cut":         {data[:len(data)-200], signature.Malformed},
		"unsupported": {changed("ETSI.CAdES.detached", "ABCD.CAdES.detached"), signature.Unsupported},
		"range":       {regexp.MustCompile(`/ByteRange \[0 ( +\d)`).ReplaceAll(data, []byte("/ByteRange [9 $1")), signature.Malformed},
	} {
		if s := one(t, x.data, nil); s.Intact || s.Fault != x.fault {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// What hides in the gap beside the message is covered by nobody's signature, be it an object or only more digits.
func TestAGapWithMoreInItIsNotCovered(t *testing.T) {
	a := signaturetest.NewAuthority(t, "CA")
	signed := signaturetest.Sign(t, signaturetest.PDF("x", 0, false), a.Person(t, "An", signaturetest.RSA(t)), pades.Options{})
	for name, c := range map[string]struct {
		hidden string
		intact bool
	}{"object": {"> /Evil (>", false}, "digits": {"deadbeef", true}} {
		data := bytes.Clone(signed)
		c, hidden := c, c.hidden
		gap := contents(data)
		if name == "object" { // it ends the gap, as the message's own bracket did
			i := bytes.LastIndex(data, gap) + len(gap)
			copy(data[i+1-len(hidden):], hidden)
		} else {
			copy(gap[len(gap)-len(hidden):], hidden)
		}
		if s := one(t, data, nil); s.Covers == signature.Whole || s.Intact != c.intact {
			t.Errorf("%s: %+v", name, s)
		}
	}
	if s := one(t, signed, nil); s.Covers != signature.Whole || !s.Intact {
		t.Errorf("with nothing there: %+v", s)
	}
}

func FuzzRead(f *testing.F) {
	a := signaturetest.NewAuthority(f, "CA")
	data := signaturetest.Sign(f, signaturetest.PDF("x", 0, true), a.Person(f, "An", signaturetest.ECDSA(f)), pades.Options{})
	f.Add(data)
	f.Add([]byte("1 0 obj << /ByteRange [0 3 5 2] /Contents <> >> endobj"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := signature.Read(bytes.NewReader(data), int64(len(data)), nil); err != nil {
			t.Error(err)
		}
	})
}
