package transcript_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"butluc/library"
	"butluc/library/transcript"
)

const subrip = "1\r\n00:00:01,000 --> 00:00:03,500\r\nTối hôm đó anh ở đâu?\r\n\r\n2\r\n00:00:04,000 --> 00:00:06,000\r\n<i>Tôi ở nhà</i>\r\nvới mẹ tôi.\r\n"

var spoken = []transcript.Line{
	{From: 1000, To: 3500, Text: "Tối hôm đó anh ở đâu?"},
	{From: 4000, To: 6000, Text: "Tôi ở nhà\nvới mẹ tôi."},
}

func TestFormsAreReadAlike(t *testing.T) {
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(subrip)
	if err != nil {
		t.Fatal(err)
	}
	one := []transcript.Line{{From: 1000, Text: "Anh ở đâu, lúc đó?"}, {From: 62_500, Text: "Ở nhà."}}
	said := []transcript.Line{{From: 1000, To: 3000, Speaker: "Điều tra viên", Text: "Anh ở đâu, lúc đó?"}, {From: 4000, To: 5000, Speaker: "Lê Đạt", Text: "Ở nhà."}}
	for name, c := range map[string]struct {
		file string
		want []transcript.Line
	}{
		"SubRip":                {subrip, spoken},
		"SubRip, mark":          {"\ufeff" + subrip, spoken},
		"SubRip, UTF-16":        {utf16, spoken},
		"SubRip, no numbers":    {strings.NewReplacer("1\r\n00", "00", "2\r\n00", "00").Replace(subrip), spoken},
		"WebVTT":                {"WEBVTT\n\nNOTE of whom\n\nline-1\n00:01.000 --> 00:03.000\n<v Điều tra viên>Anh ở đâu, lúc đó?\n\n00:00:04.000 --> 00:00:05.000 align:left\n<v Lê Đạt>Ở nhà.\n", said},
		"table":                 {"Bắt đầu;Kết thúc;Người nói;Lời\n0:01;0:03;Điều tra viên;Anh ở đâu, lúc đó?\n0:04;0:05;Lê Đạt;Ở nhà.\n", said},
		"table, commas":         {"time,words\n0:01,\"Anh ở đâu, lúc đó?\"\n1:02.5,Ở nhà.\n", one},
		"table, tabs":           {"0:01\tAnh ở đâu, lúc đó?\n1:02.5\tỞ nhà.\n", one},
		"text":                  {"Lời khai của bị can\n[0:01] Anh ở đâu,\nlúc đó?\n\n1:02.5 Ở nhà.\n", one},
		"an empty line":         {"0:01;Anh ở đâu, lúc đó?\n0:30;\n1:02.5;Ở nhà.\n", one},
		"ends before it begins": {"00:00:02,000 --> 00:00:01,000\nGì?\n", []transcript.Line{{From: 2000, Text: "Gì?"}}},
	} {
		if got, err := transcript.Read([]byte(c.file)); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	old, err := charmap.Windows1258.NewEncoder().String("0:01\tO\u0309 nha\u0300.\n")
	if got, read := transcript.Read([]byte(old)); err != nil || read != nil || len(got) != 1 {
		t.Errorf("in Windows' Vietnamese: %+v, %v, %v", got, err, read)
	}
}

// What is not understood refuses the file, and says where: lines that are missing would not be noticed.
func TestHalfATranscriptIsNone(t *testing.T) {
	for name, c := range map[string]struct{ file, says string }{
		"nothing":             {"", "no line has a time"},
		"a letter":            {"Kính gửi Viện kiểm sát,\ntôi tên là Đạt.\n", "no line has a time"},
		"a time that is none": {"1\n00:00:01,000 --> 00:00:02,000\nA\n\n2\n00:00:xx,000 --> 00:00:04,000\nB\n", "line 6"},
		"no end":              {"1\n00:00:01,000 --> \nA\n", "line 2"},
		"a day of hours":      {"1\n101:00:00,000 --> 101:00:01,000\nA\n", "100 hours"},
		"a row without time":  {"0:01;A\nhết;B\n", "line 2"},
		"words that divide":   {"0:01,A\n0:02,B, C\n", "line 2: 3 columns"},
		"a very long line":    {"0:01;" + strings.Repeat("a", 70_000), "too large"},
		"a very large file":   {strings.Repeat("0:01;a\n", 2<<20), "too large"},
		"too many lines":      {strings.Repeat("0:01;a\n", library.MaxCues+1), "too large"},
	} {
		got, err := transcript.Read([]byte(c.file))
		if err == nil || !strings.Contains(err.Error(), c.says) || got != nil {
			t.Errorf("%s: %d lines, %v; want %q", name, len(got), err, c.says)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{subrip, "WEBVTT\n\n00:01.000 --> 00:03.000\n<v A>B\n", "0:01;A;B\n", "[0:01] A\nB\n", "-->", "WEBVTT\n\nRegion: id=x\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		lines, err := transcript.Read(data)
		if err == nil && len(lines) == 0 || err != nil && lines != nil {
			t.Fatalf("%d lines, %v", len(lines), err)
		}
		for _, l := range lines {
			if l.From < 0 || l.From > library.MaxTime || l.To != 0 && l.To <= l.From || l.To > library.MaxTime || l.Text == "" {
				t.Fatalf("%+v", l)
			}
		}
		if errors.Is(err, transcript.ErrTooLarge) && len(data) < 1000 {
			t.Fatal(err)
		}
	})
}
