package intake

import "testing"

// The parameter sets that x264 and x265 write, without the first start code.
const (
	h264SPS  = "\x67\xf4\x00\x0a\x91\x9b\x28\x41\xb6\x02"
	h264PPS  = "\x68\xeb\xe3\xc4"
	h264Sets = h264SPS + code + h264PPS
	h265VPS  = "\x40\x01\x0c\x01\xff\xff"
	h265SPS  = "\x42\x01\x01\x04\x08"
	h265PPS  = "\x44\x01\xc1\x72"
	code     = "\x00\x00\x00\x01"
)

// The bare stream of a camera is told by its parameter sets; nothing else that begins with a start code is one.
func TestRawVideoIsTold(t *testing.T) {
	const sei, aud = "\x06\x05\xff\xff", "\x09\x10"
	for name, c := range map[string]struct {
		head string
		want bool
	}{
		"h264":                        {code + h264Sets + code + "\x65\x88", true},
		"h264, three bytes":           {"\x00\x00\x01" + h264Sets, true},
		"h264 behind information":     {"\x00\x00\x01" + sei + code + aud + code + h264Sets, true},
		"h264, zeros before":          {"\x00\x00" + code + h264Sets, true},
		"h264, sets twice":            {code + h264SPS + code + h264SPS + code + h264PPS, true},
		"h265":                        {code + h265VPS + code + h265SPS + code + h265PPS, true},
		"h265 behind a delimiter":     {code + "\x46\x01\x10" + code + h265VPS + code + h265SPS + code + h265PPS, true},
		"nothing":                     {"", false},
		"start codes alone":           {code + code + code, false},
		"a set alone":                 {code + h264SPS, false},
		"sets in the wrong order":     {code + h264PPS + code + h264SPS, false},
		"a picture before its sets":   {code + "\x65\x88" + code + h264Sets, false},
		"no such profile":             {code + "\x67\x07\x00\x0a\x91\x9b" + code + h264PPS, false},
		"no such level":               {code + "\x67\x42\x00\xff\x91\x9b" + code + h264PPS, false},
		"another layer":               {code + h265VPS + code + "\x42\x09\x01\x04" + code + h265PPS, false},
		"no sequence":                 {code + h265VPS + code + h265PPS, false},
		"mpeg video":                  {"\x00\x00\x01\xb3\x14\x00\xf0\x13" + "\x00\x00\x01\xb8\x00\x08", false},
		"mpeg program stream":         {"\x00\x00\x01\xba\x44\x00\x04" + "\x00\x00\x01\xbb\x00\x0c", false},
		"something before the stream": {"x" + code + h264Sets, false},
	} {
		if got := rawVideo([]byte(c.head)); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
