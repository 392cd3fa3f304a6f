package player

import (
	"bytes"
	"encoding/binary"
	"math"
	"time"
)

// The test tone: a second of 440 Hz, a quarter as loud as can be, that swells and fades so that no loudspeaker clicks.
const (
	toneLasts = time.Second
	toneRate  = 8000 // samples a second
	toneHertz = 440
)

// toneWAV is the tone as a WAV file of one channel with 16 bits a sample.
func toneWAV() []byte {
	n := int(toneLasts.Seconds() * toneRate)
	var b bytes.Buffer
	b.WriteString("RIFF")
	put := func(v any) { _ = binary.Write(&b, binary.LittleEndian, v) } // into memory
	put(uint32(36 + 2*n))
	b.WriteString("WAVEfmt ")
	put(uint32(16))
	put([2]uint16{1, 1}) // PCM, one channel
	put([2]uint32{toneRate, 2 * toneRate})
	put([2]uint16{2, 16})
	b.WriteString("data")
	put(uint32(2 * n))
	for i := range n {
		t := float64(i) / toneRate
		swell := math.Min(1, 10*math.Min(t, toneLasts.Seconds()-t))
		put(int16(swell * math.MaxInt16 / 4 * math.Sin(2*math.Pi*toneHertz*t)))
	}
	return b.Bytes()
}
