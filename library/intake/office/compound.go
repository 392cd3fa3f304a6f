package office

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// compound is a file of the form that Office wrote before 2007, whose parts are streams in sectors (MS-CFB). It may be a
// stranger's: every number is checked, and no chain of sectors is followed for longer than there are sectors.
type compound struct {
	file   []byte
	sector int // bytes
	table  []uint32
}

const (
	compoundMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	compoundHead  = 512
	endOfChain    = 0xfffffffa // from here on, numbers name no sector
	directoryName = 64         // bytes of a name in the directory, in UTF-16
	directoryItem = 128        // bytes of an entry
	miniStream    = 4096       // bytes; shorter streams lie within another one,
	miniSector    = 64         // in parts of so many
)

func openCompound(file []byte) (c compound, ok bool) {
	if len(file) < compoundHead || !bytes.HasPrefix(file, []byte(compoundMagic)) {
		return c, false
	}
	shift := binary.LittleEndian.Uint16(file[30:])
	if shift != 9 && shift != 12 {
		return c, false
	}
	c = compound{file: file, sector: 1 << shift}
	at := file[76:compoundHead] // the first 109 sectors of the table
	next := binary.LittleEndian.Uint32(file[68:])
	for most := len(file)/c.sector + 1; most > 0 && len(at) >= 4; most-- {
		for ; len(at) >= 4; at = at[4:] {
			c.table = append(c.table, numbers(c.at(binary.LittleEndian.Uint32(at)))...)
		}
		if at = c.at(next); len(at) == c.sector {
			next = binary.LittleEndian.Uint32(at[c.sector-4:])
			at = at[:c.sector-4]
		}
		if len(c.table) > len(file)/c.sector+c.sector { // the table has no more than the file
			break
		}
	}
	return c, true
}

func numbers(b []byte) (list []uint32) {
	for ; len(b) >= 4; b = b[4:] {
		list = append(list, binary.LittleEndian.Uint32(b))
	}
	return list
}

// at is a sector, nil where there is none.
func (c compound) at(n uint32) []byte { return sectorOf(c.file, c.sector, int64(n)+1) }

func sectorOf(b []byte, size int, n int64) []byte {
	from := n * int64(size)
	if n >= endOfChain || from >= int64(len(b)) {
		return nil
	}
	return b[from:min(from+int64(size), int64(len(b)))]
}

// chain is what the sectors hold that follow one another from n on.
func (c compound) chain(n uint32) []byte { return follow(n, c.table, c.at) }

func follow(n uint32, table []uint32, at func(uint32) []byte) (b []byte) {
	for range table {
		part := at(n)
		if part == nil || int64(n) >= int64(len(table)) {
			break
		}
		b = append(b, part...)
		n = table[n]
	}
	return b
}

// stream is a part by its name, "Workbook", nil where there is none.
func (c compound) stream(name string) []byte {
	directory := c.chain(binary.LittleEndian.Uint32(c.file[48:]))
	if len(directory) < directoryItem {
		return nil
	}
	small := binary.LittleEndian.Uint32(directory[116:]) // the first is the root, which holds those below miniStream
	for ; len(directory) >= directoryItem; directory = directory[directoryItem:] {
		letters := int(binary.LittleEndian.Uint16(directory[directoryName:]))/2 - 1
		if letters < 0 || letters >= directoryName/2 {
			continue
		}
		units := make([]uint16, letters)
		for i := range units {
			units[i] = binary.LittleEndian.Uint16(directory[2*i:])
		}
		if string(utf16.Decode(units)) != name {
			continue
		}
		first, size := binary.LittleEndian.Uint32(directory[116:]), int64(binary.LittleEndian.Uint32(directory[120:]))
		var b []byte
		if size >= miniStream {
			b = c.chain(first)
		} else {
			within, table := c.chain(small), numbers(c.chain(binary.LittleEndian.Uint32(c.file[60:])))
			b = follow(first, table, func(n uint32) []byte { return sectorOf(within, miniSector, int64(n)) })
		}
		return b[:min(size, int64(len(b)))]
	}
	return nil
}

// Records of a workbook before 2007 (MS-XLS 2.3), and what its supporting links begin with (2.4.271).
const (
	recordExternSheet = 0x0017 // of Excel 5 and 95: the file and the sheet that formulas name
	recordFilePass    = 0x002f // what follows is encrypted
	recordSupBook     = 0x01ae // of Excel 97 on: the same
	linkToItself      = 0x0401
	linkToAddIn       = 0x3a01
)

// workbookNamesOutside tells whether a workbook of before 2007 has links to other files.
func workbookNamesOutside(doc []byte) bool {
	c, ok := openCompound(doc)
	if !ok {
		return false
	}
	for _, name := range []string{"Workbook", "Book"} {
		b := c.stream(name)
		for len(b) >= 4 {
			kind, size := binary.LittleEndian.Uint16(b), int(binary.LittleEndian.Uint16(b[2:]))
			data := b[4:min(len(b), 4+size)]
			if kind == recordFilePass {
				break
			}
			if kind == recordSupBook && supports(data) || kind == recordExternSheet && name == "Book" && len(data) > 2 && data[1] == 1 {
				return true
			}
			b = b[min(len(b), 4+size):]
		}
	}
	return false
}

// supports tells whether a supporting link leads to another file: not to the workbook itself, to functions, or nowhere.
func supports(data []byte) bool {
	if len(data) < 6 {
		return false
	}
	letters := binary.LittleEndian.Uint16(data[2:])
	if letters == linkToItself || letters == linkToAddIn {
		return false
	}
	first := data[5] // after the flag that tells bytes from pairs of them
	return letters > 1 || first != ' ' && first != 0
}
