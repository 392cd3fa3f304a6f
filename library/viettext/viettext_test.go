package viettext

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

const oath = "cộng hoà xã hội chủ nghĩa việt nam độc lập tự do hạnh phúc biên bản ghi lời khai người làm chứng nguyễn văn đạo " +
	"cầm con dao bầu đi vào nhà kho của ông lưỡng tôi không biết ai đã lấy chiếc xe máy màu đỏ ở trước cửa quỹ tín dụng"

// encode writes text as the encoding does, and as a reader that knows nothing of it takes it: for Windows-1252. ok is false
// where the encoding lacks a letter.
func encode(e Encoding, text string) (string, bool) {
	var b strings.Builder
	for _, r := range text {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
			continue
		}
		found := false
		if e == VNI {
			for pair, letter := range vniPairs {
				if letter == r {
					b.WriteRune(pair[0])
					b.WriteRune(pair[1])
					found = true
				}
			}
			for single, letter := range vniSingles {
				if letter == r {
					b.WriteRune(single)
					found = true
				}
			}
			if !found && (r == 'í' || r == 'ì' || r == 'Í' || r == 'Ì') {
				b.WriteRune(r)
				found = true
			}
		} else {
			for code, letter := range tables[e] {
				if letter == r {
					r := charmap.Windows1252.DecodeByte(byte(code))
					if r == utf8.RuneError { // a byte that it does not have
						r = rune(code)
					}
					b.WriteRune(r)
					found = true
				}
			}
		}
		if !found {
			return "", false
		}
	}
	return b.String(), true
}

// Every Vietnamese letter that an encoding has comes back, in any company.
func TestEncodingsBothWays(t *testing.T) {
	for e, want := range map[Encoding]int{TCVN3: 74, VNI: 134, VPS: 120, VISCII: 128} {
		n := 0
		for r := rune(0xc0); r <= 0x1ef9; r++ {
			if r > 0x1b0 && r < 0x1ea0 || !strings.ContainsRune("aeiouydđ", []rune(norm.NFD.String(strings.ToLower(string(r))))[0]) {
				continue
			}
			old, ok := encode(e, string(r))
			if !ok {
				continue
			}
			n++
			if got := e.Decode(old); got != string(r) {
				t.Errorf("encoding %d: %c comes back as %q", e, r, got)
			}
		}
		if n < want {
			t.Errorf("encoding %d has %d letters, want %d", e, n, want)
		}
		old, ok := encode(e, oath)
		if !ok || e.Decode(old) != oath {
			t.Errorf("encoding %d: %q", e, e.Decode(old))
		}
		if got := Guess(old); got != e {
			t.Errorf("encoding %d is taken for %d", e, got)
		}
	}
}

func TestKnownTexts(t *testing.T) {
	for old, want := range map[string]string{
		"Céng hoµ x· héi chñ nghÜa ViÖt Nam":          "Cộng hoà xã hội chủ nghĩa Việt Nam",
		"§éc lËp - Tù do - H¹nh phóc":                 "Độc lập - Tự do - Hạnh phúc",
		"Coäng hoøa xaõ hoäi chuû nghóa":              "Cộng hòa xã hội chủ nghĩa",
		"BL 45 Biªn b¶n lÊy lêi khai":                 "BL 45 Biên bản lấy lời khai",
		"Quy\u1ebft \u0111\u1ecbnh kh\u1edfi t\u1ed1": "Quyết định khởi tố",
		"Bé Hà, 5 tuổi":                               "Bé Hà, 5 tuổi",
		"procès-verbal d'été à l'hôtel":               "procès-verbal d'été à l'hôtel",
		"Müller & Söhne, Größe":                       "Müller & Söhne, Größe",
		"El niño está aquí mañana":                    "El niño está aquí mañana",
		"giá 5 µm ± 3°":                               "giá 5 µm ± 3°",
		"":                                            "",
	} {
		if got := Readable(old); got != want {
			t.Errorf("%q is read as %q, want %q", old, got, want)
		}
	}
	if got := TCVN3.Decode("n-íc, tr-êng, 29X1-123 - 5"); got != "nước, trường, 29X1-123 - 5" {
		t.Errorf("hyphens: %q", got)
	}
	if got := TCVN3Capitals.Decode("céng hoµ"); got != "CỘNG HOÀ" {
		t.Errorf("capitals: %q", got)
	}
	if got := TCVN3.Decode("\uf0aa\uf0d6"); got != "êệ" {
		t.Errorf("symbols: %q", got)
	}
}

func TestByFont(t *testing.T) {
	for name, want := range map[string]Encoding{
		".VnTime": TCVN3, "AAAAAA+.VnTime": TCVN3, ".VnTime,Bold": TCVN3, ".VnTimeH": TCVN3Capitals, ".VnArialH-Bold": TCVN3Capitals,
		".VnArial NarrowH": TCVN3Capitals, "VNI-Times": VNI, "BCDEFG+VNI-Helve-Condense": VNI, "VPS Times": VPS, "VPSTimes": VPS,
		"VI Times": VISCII, "TimesNewRomanPSMT": None, "ABCDEF+Arial": None, "": None, "Vni": None, "VnTime": None,
	} {
		if got := ByFont(name); got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
}

// What of a text is Vietnamese, and what is another language, is told apart from what a reader of English makes of a
// Vietnamese scan.
func TestLanguages(t *testing.T) {
	for text, c := range map[string]struct{ vietnamese, foreign bool }{
		oath:                  {true, false},
		strings.ToUpper(oath): {true, false},
		"CQNG HOA XA HQI CHU NGHIA VIET NAM Dgc lap Tu do Hanh phuc BIEN BAN GHI LOI KHAI the toi hom do toi thay bi cao":           {false, false},
		"Quyet pas dinh khoi pas to vu an pas hinh su":                                                                              {false, false},
		"The court finds that the defendant is guilty of theft, which was shown by the documents from the police and by witnesses.": {false, true},
		"Le tribunal constate que les pièces sont dans le dossier et que les témoins ont été entendus par une autre cour.":          {false, true},
	} {
		if v, f := Vietnamese(text) > 0.5, Foreign(text); v != c.vietnamese || f != c.foreign {
			t.Errorf("%.30q: %.2f Vietnamese, foreign %v", text, Vietnamese(text), f)
		}
	}
}

func FuzzReadable(f *testing.F) {
	for _, s := range []string{oath, "Céng hoµ", "Coäng hoøa", "\xff\x80", "-", "\uf0aa", "Ð"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for e := None; e <= VISCII; e++ {
			if got := e.Decode(s); e != None && !utf8.ValidString(got) {
				t.Errorf("%d makes %q of %q", e, got, s)
			}
		}
		if Guess(s) == None && Readable(s) != s {
			t.Errorf("%q changed to %q", s, Readable(s))
		}
		if v := Vietnamese(s); v < 0 || v > 1 {
			t.Errorf("%q is %v Vietnamese", s, v)
		}
		_ = Foreign(s)
	})
}
