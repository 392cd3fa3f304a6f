package intake

import (
	"bytes"

	"butluc/library"
)

// recordings are formats that FFmpeg reads and mimetype lacks or takes for something less, by how their files begin.
var recordings = []struct {
	magic string
	kind  library.Kind
}{
	{"DHAV", library.KindVideo},  // Dahua's recorders
	{"DAHUA", library.KindVideo}, // with a header of the export before it
	{"IMKH", library.KindVideo},  // Hikvision's
	{"DKIF\x00\x00", library.KindVideo},
	{"YUV4MPEG2 ", library.KindVideo},
	{"nut/multimedia container", library.KindVideo},
	{"\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02", library.KindVideo}, // MXF
	{"ID3", library.KindAudio},
	{"caff\x00\x01", library.KindAudio},                         // Apple's Core Audio
	{"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb", library.KindAudio}, // Wave64
	{"RF64\xff\xff\xff\xffWAVE", library.KindAudio},             // WAV of over 4 GB
	{"\x7f\xfe\x80\x01", library.KindAudio},                     // DTS
	{"wvpk", library.KindAudio},                                 // WavPack
	{"TTA1", library.KindAudio},                                 // True Audio
	{"MPCK", library.KindAudio},                                 // Musepack
	{"tBaK", library.KindAudio},                                 // TAK
}

// sniffRecording recognises recordings that mimetype does not.
func sniffRecording(head []byte) library.Kind {
	for _, r := range recordings {
		if bytes.HasPrefix(head, []byte(r.magic)) {
			return r.kind
		}
	}
	for _, packet := range []int{188, 192, 204} {
		if transportStream(head, packet) {
			return library.KindVideo
		}
	}
	return library.KindUnknown
}

// How many packets of a transport stream, one after another, are no chance: of a file that begins with one, and of one that
// was cut at its start and begins within one, whose packets must be sound besides.
const (
	leastPackets  = 3
	leastWithinIt = 8
)

// transportStream tells whether the file is an MPEG transport stream (ISO/IEC 13818-1) of packets of so many bytes: 188, 192
// with a time before each, or 204 with a checksum behind it.
func transportStream(head []byte, packet int) bool {
	lead := 0
	if packet == 192 {
		lead = 4
	}
	if packets(head, lead, packet, func([]byte) bool { return true }) >= leastPackets {
		return true
	}
	sound := func(b []byte) bool {
		return len(b) < 4 || b[1]&0x80 == 0 && b[3]&0x30 != 0 // no error, and something in it
	}
	for from := 1; from < packet; from++ {
		if n := packets(head, from, packet, sound); n >= leastWithinIt && from+n*packet >= len(head) {
			return true
		}
	}
	return false
}

// packets is how many there are from an offset on, one after another.
func packets(head []byte, from, packet int, sound func(b []byte) bool) (n int) {
	for at := from; at < len(head) && head[at] == 'G' && sound(head[at:]); at += packet {
		n++
	}
	return n
}
