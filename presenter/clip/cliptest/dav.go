package cliptest

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"strconv"
	"testing"
	"time"
)

// What a packet of a DAV carries.
const (
	davSound    = 0xf0
	davPicture  = 0xfc
	davKeyframe = 0xfd
)

// DAV is what the recorders of surveillance cameras by Dahua make: H.264 and telephone sound; eight seconds, a key frame
// every two. As they do, it says of every packet at which second of the clock it was recorded, and counts milliseconds
// in 16 bits from some time on; the recording begins within a second. What is known of the format is what FFmpeg's
// libavformat/dhav.c reads.
func DAV(t testing.TB) string {
	t.Helper()
	return davOf(t, "camera.dav", 50)
}

// DenseDAV is [DAV] with five key frames every second.
func DenseDAV(t testing.TB) string {
	t.Helper()
	return davOf(t, "dense.dav", 5)
}

// davOf has a key frame every so many frames.
func davOf(t testing.TB, name string, every int) string {
	t.Helper()
	const rate, frames = 25, 200
	gop := strconv.Itoa(every)
	film := Film{Frames: frames, Rate: rate}.Make(t, name+".h264", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-preset", "veryfast",
		"-bf", "0", "-g", gop, "-keyint_min", gop, "-sc_threshold", "0", "-x264-params", "aud=1")
	tone := FFmpeg(t, "dav.mulaw", append(Sine(frames/rate), "-ar", "8000", "-ac", "1", "-f", "mulaw")...)
	return Make(t, name, func(file string) error {
		h264, err1 := os.ReadFile(film)
		mulaw, err2 := os.ReadFile(tone)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		var d dav
		begin := []byte("\x00\x00\x00\x01\x09") // an access unit delimiter
		pictures := bytes.Split(h264, begin)[1:]
		if len(pictures) != frames {
			return errors.New("not one access unit per picture")
		}
		each := len(mulaw) / frames
		for i, picture := range pictures {
			at := time.Duration(i) * time.Second / rate
			kind := davPicture
			if i%every == 0 {
				kind = davKeyframe
			}
			d.packet(kind, i, at, append(begin[:5:5], picture...))
			d.packet(davSound, i, at, mulaw[i*each:(i+1)*each])
		}
		return os.WriteFile(file, d.Bytes(), 0o600)
	})
}

// dav is a DAV that is being written.
type dav struct{ bytes.Buffer }

// packet writes one.
func (d *dav) packet(kind, number int, at time.Duration, data []byte) {
	clock := time.Date(2026, 5, 4, 21, 59, 57, int(370*time.Millisecond), time.UTC).Add(at)
	date := (clock.Year()-2000)<<26 | int(clock.Month())<<22 | clock.Day()<<17 | clock.Hour()<<12 | clock.Minute()<<6 | clock.Second()
	properties := []byte{0x83, 1, 0x0a, 2} // sound: one channel, µ-law, 8 kHz
	if kind != davSound {
		properties = []byte{0x80, 0, 160 / 8, 120 / 8, 0x81, 0, 0x02, 25} // pictures: their size, H.264, frames per second
	}
	const head, tail = 24, 8
	length := uint32(head + len(properties) + len(data) + tail)
	start := d.Len()
	d.WriteString("DHAV")
	d.Write([]byte{byte(kind), 0, 0, 0})
	for _, v := range []uint32{uint32(number), length, uint32(date)} {
		d.uint32(v)
	}
	milliseconds := uint16(62_000 + at.Milliseconds()) // which begins anew within the film
	d.Write([]byte{byte(milliseconds), byte(milliseconds >> 8), byte(len(properties))})
	sum := byte(0)
	for _, b := range d.Bytes()[start:] {
		sum += b
	}
	d.WriteByte(sum)
	d.Write(properties)
	d.Write(data)
	d.WriteString("dhav")
	d.uint32(length)
}

func (d *dav) uint32(v uint32) { d.Write(binary.LittleEndian.AppendUint32(nil, v)) }
