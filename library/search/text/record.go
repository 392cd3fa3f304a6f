package text

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"math"
	"slices"
	"unicode"
)

// Info is what of a page's text is known without reading it from disk.
type Info struct {
	Source     Source
	Confidence int // as in [Page]
	Letters    int // letters and figures, 65535 at most: a scan's text layer has few or none
}

// Unread is [Page.Unread].
func (i Info) Unread() bool { return i.Source == SourceOCR && i.Letters > 0 && i.Confidence < Sure }

// InfoOf is the page's.
func InfoOf(p Page) Info {
	n := 0
	for _, l := range p.Lines {
		for _, w := range l.Words {
			n += Letters(w.Text)
		}
	}
	return Info{p.Source, p.Confidence, min(n, math.MaxUint16)}
}

// Letters counts the letters and figures of a text. Signs of a font that does not tell what they mean are none.
func Letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// A file of records has those of one SHA-256, one after another, the later one of a page standing for the
// page. Each has its header, which has a sum of its own, and a payload. Where a record is torn, the next is
// found by its mark, so that a damage costs the record that it is in.
//
//	mark 4 · page 4 · length of the payload 4 · its CRC-32C 4 · letters 2 · source 1 · confidence 1 · CRC-32C of the file's SHA-256 and these 20 bytes 4
const headerBytes = 24

var (
	mark    = []byte{0xb7, 'T', 'x', '2'} // 2 is the version: another one is of a record that is not understood
	anyMark = mark[:3]
	// Version 1 took what a scanner wrote over a page, and letters of old encodings, for the page's text. What OCR read is
	// as good as ever.
	mark1   = []byte{0xb7, 'T', 'x', '1'}
	castTab = crc32.MakeTable(crc32.Castagnoli)
)

// sources are numbered on disk: never change one.
var sources = []Source{SourceLayer, SourceOCR, SourceScan}

// entry is a record's place and what its header says.
type entry struct {
	at     int64 // of the payload
	length uint32
	sum    uint32
	page   int
	info   Info
}

func appendRecord(b []byte, sha string, page int, info Info, payload []byte) []byte {
	at := len(b)
	source := byte(slices.Index(sources, info.Source))
	b = append(b, mark...)
	b = binary.LittleEndian.AppendUint32(b, uint32(page))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(payload)))
	b = binary.LittleEndian.AppendUint32(b, crc32.Checksum(payload, castTab))
	b = binary.LittleEndian.AppendUint16(b, uint16(info.Letters))
	b = append(b, source, byte(info.Confidence))
	b = binary.LittleEndian.AppendUint32(b, headerSum(sha, b[at:]))
	return append(b, payload...)
}

func headerSum(sha string, head []byte) uint32 {
	return crc32.Update(crc32.Checksum([]byte(sha), castTab), castTab, head[:headerBytes-4])
}

// parseHeader reads a header of the file of sha that begins at offset at.
func parseHeader(sha string, head []byte, at int64) (entry, bool) {
	if len(head) < headerBytes || !bytes.HasPrefix(head, anyMark) ||
		binary.LittleEndian.Uint32(head[20:]) != headerSum(sha, head) {
		return entry{}, false
	}
	source, confidence := int(head[18]), int(head[19])
	e := entry{
		at: at + headerBytes, length: binary.LittleEndian.Uint32(head[8:]), sum: binary.LittleEndian.Uint32(head[12:]),
		page: int(binary.LittleEndian.Uint32(head[4:])),
	}
	current := bytes.HasPrefix(head, mark) || bytes.HasPrefix(head, mark1) && source == slices.Index(sources, SourceOCR)
	if !current || source >= len(sources) || confidence > 100 || e.length > maxPayload || e.page >= maxPages {
		return entry{}, false
	}
	e.info = Info{sources[source], confidence, int(binary.LittleEndian.Uint16(head[16:]))}
	return e, true
}

// scan gives the records of a file from offset from on, up to size, and where the last whole one ends. Payloads
// are checked only where the file does not go on as it should: the rest when they are read.
func scan(r io.ReaderAt, sha string, from, size int64, found func(entry)) (end int64, err error) {
	end = from
	head := make([]byte, headerBytes)
	for at := from; at+headerBytes <= size; {
		if _, err := r.ReadAt(head, at); err != nil {
			return end, err
		}
		e, ok := parseHeader(sha, head, at)
		if ok && e.whole(r, size) {
			found(e)
			at = e.end()
			end = at
			continue
		}
		at, err = nextHeader(r, sha, at+1, size)
		if err != nil {
			return end, err
		}
	}
	return end, nil
}

func (e entry) end() int64 { return e.at + int64(e.length) }

// whole tells whether a record is all there: another follows it, or its payload is right.
func (e entry) whole(r io.ReaderAt, size int64) bool {
	if e.end() > size {
		return false
	}
	next := make([]byte, len(anyMark))
	if n, _ := r.ReadAt(next, e.end()); n == len(anyMark) && bytes.Equal(next, anyMark) {
		return true
	}
	_, err := e.payload(r)
	return err == nil
}

// nextHeader finds the next place that has a header, size where there is none.
func nextHeader(r io.ReaderAt, sha string, from, size int64) (int64, error) {
	block := make([]byte, 64<<10)
	for at := from; at+headerBytes <= size; at += int64(len(block) - headerBytes + 1) {
		b := block[:min(int64(len(block)), size-at)]
		if _, err := r.ReadAt(b, at); err != nil {
			return 0, err
		}
		for i := 0; ; i++ {
			n := bytes.Index(b[i:], anyMark)
			if n < 0 {
				break
			}
			i += n
			if _, ok := parseHeader(sha, b[i:], at+int64(i)); ok {
				return at + int64(i), nil
			}
		}
	}
	return size, nil
}

// read reads and checks the page of a record.
func (e entry) read(r io.ReaderAt) (Page, error) {
	payload, err := e.payload(r)
	if err != nil {
		return Page{}, err
	}
	p, err := decode(payload)
	p.Source, p.Confidence = e.info.Source, e.info.Confidence
	return p, err
}

func (e entry) payload(r io.ReaderAt) ([]byte, error) {
	payload := make([]byte, e.length)
	if _, err := r.ReadAt(payload, e.at); err != nil {
		return nil, err
	}
	if crc32.Checksum(payload, castTab) != e.sum {
		return nil, errDamaged
	}
	return payload, nil
}
