package office

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// compoundOf is a file of one stream, in sectors of 512 bytes: the table of sectors, the directory, the stream.
func compoundOf(name string, stream []byte) string {
	head := make([]byte, compoundHead)
	copy(head, compoundMagic)
	binary.LittleEndian.PutUint16(head[30:], 9)
	binary.LittleEndian.PutUint32(head[48:], 1)          // the directory
	binary.LittleEndian.PutUint32(head[60:], 0xfffffffe) // no short streams
	binary.LittleEndian.PutUint32(head[68:], 0xfffffffe)
	for i := range 109 {
		binary.LittleEndian.PutUint32(head[76+4*i:], 0xffffffff)
	}
	binary.LittleEndian.PutUint32(head[76:], 0)
	sectors := (len(stream) + 511) / 512
	table := bytes.Repeat([]byte{0xff}, 512)
	for i, next := range append([]uint32{0xfffffffd, 0xfffffffe}, make([]uint32, sectors)...) {
		if i >= 2 {
			next = uint32(i + 1)
		}
		if i == sectors+1 {
			next = 0xfffffffe
		}
		binary.LittleEndian.PutUint32(table[4*i:], next)
	}
	directory := make([]byte, 512)
	for i, entry := range []string{"Root Entry", name} {
		item := directory[i*directoryItem:]
		copy(item, wide(entry))
		binary.LittleEndian.PutUint16(item[directoryName:], uint16(2*len(entry)+2))
	}
	binary.LittleEndian.PutUint32(directory[116:], 0xfffffffe)
	binary.LittleEndian.PutUint32(directory[directoryItem+116:], 2)
	binary.LittleEndian.PutUint32(directory[directoryItem+120:], uint32(len(stream)))
	return string(head) + string(table) + string(directory) + string(append(stream, make([]byte, sectors*512-len(stream))...))
}

// records are a workbook's: kinds and what is in them, in turn, filled up to a stream of the longer kind.
func records(parts ...any) []byte {
	var b []byte
	for i := 0; i < len(parts); i += 2 {
		data := parts[i+1].(string)
		b = binary.LittleEndian.AppendUint16(b, uint16(parts[i].(int)))
		b = binary.LittleEndian.AppendUint16(b, uint16(len(data)))
		b = append(b, data...)
	}
	return append(b, make([]byte, 5000)...)
}

func TestAWorkbookOfBefore2007ThatNamesOthersIsNoticed(t *testing.T) {
	const itself, addIn, other = "\x01\x00\x01\x04", "\x01\x00\x01\x3a", "\x01\x00\x10\x00\x00\x01\x02tmp\x03other.xlsx"
	for name, c := range map[string]struct {
		doc  string
		want bool
	}{
		"another file":       {compoundOf("Workbook", records(0x809, "0123456789abcdef", recordSupBook, itself, recordSupBook, other)), true},
		"Excel 95":           {compoundOf("Book", records(0x809, "01234567", recordExternSheet, "\x09\x01[x.xls]S")), true},
		"itself":             {compoundOf("Workbook", records(recordSupBook, itself, recordExternSheet, "\x01\x01\x01\x00\x00\x00\x00\x00")), false},
		"functions":          {compoundOf("Workbook", records(recordSupBook, addIn)), false},
		"a link to nothing":  {compoundOf("Workbook", records(recordSupBook, "\x00\x00\x01\x00\x00 ")), false},
		"Excel 95, own":      {compoundOf("Book", records(recordExternSheet, "\x01\x03S")), false},
		"encrypted":          {compoundOf("Workbook", records(recordFilePass, "\x00\x00", recordSupBook, other)), false},
		"as a letter":        {compoundOf("WordDocument", records(recordSupBook, other)), false},
		"LibreOffice's":      {read(t, "linked.xls"), true},
		"LibreOffice's, own": {read(t, "own.xls"), false},
		"cut":                {read(t, "linked.xls")[:1000], false},
		"no sectors":         {ole + strings.Repeat("\x00", 600), false},
	} {
		if got := namesOutside([]byte(c.doc)); got != c.want {
			t.Errorf("%s: noticed %v", name, got)
		}
	}
}

func read(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func FuzzWorkbookNamesOutside(f *testing.F) {
	f.Add([]byte(read(f, "linked.xls")))
	f.Add([]byte(compoundOf("Workbook", records(recordSupBook, "\x01\x00\x10\x00\x00\x01\x02tmp"))))
	f.Fuzz(func(_ *testing.T, doc []byte) { workbookNamesOutside(doc) })
}
