package container_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"butluc/presenter/clip/cliptest"
	"butluc/presenter/clip/container"
)

func TestMain(m *testing.M) { os.Exit(cliptest.Run(m)) }

func cut(b []byte) string { return container.Cut(bytes.NewReader(b), int64(len(b))) }

// recordings are whole ones of every format that says how much there is of it.
func recordings(t *testing.T) map[string][]byte {
	t.Helper()
	cliptest.NeedEncoder(t, "libmp3lame", "libx264", "libvorbis", "flac", "wmv2")
	all := map[string][]byte{}
	add := func(file string) {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(file)] = b
	}
	film := func(name string, args ...string) {
		add(cliptest.Film{}.Make(t, name, append(append(cliptest.Sine(4), "-c:v", "libx264", "-pix_fmt", "yuv420p"), args...)...))
	}
	add(cliptest.MJPEG(t))
	add(cliptest.H264(t))
	add(cliptest.MPEG2(t, "recorder.ts"))
	add(cliptest.MPEG2(t, "disc.m2ts"))
	add(cliptest.DAV(t))
	film("index-first.mp4", "-movflags", "+faststart")
	film("fragments.mp4", "-movflags", "frag_keyframe+empty_moov", "-g", "10")
	film("film.mkv")
	film("film.flv", "-c:a", "aac")
	add(cliptest.Film{}.Make(t, "film.wmv", append(cliptest.Sine(4), "-c:v", "wmv2")...))
	for _, name := range []string{"s.wav", "s.flac", "s.m4a", "s.caf", "s.aiff"} {
		add(cliptest.Sound(t, name))
	}
	noise := []string{"-f", "lavfi", "-i", "anoisesrc=d=6"} // of which much is kept
	add(cliptest.FFmpeg(t, "s.ogg", append(noise, "-c:a", "libvorbis")...))
	add(cliptest.FFmpeg(t, "cbr.mp3", append(noise, "-b:a", "96k")...))
	add(cliptest.FFmpeg(t, "vbr.mp3", append(noise, "-q:a", "3", "-ac", "2", "-ar", "22050")...))
	add(cliptest.FFmpeg(t, "mono.mp3", append(noise, "-q:a", "3", "-ac", "1", "-ar", "16000")...))
	add(cliptest.FFmpeg(t, "block.flac", append(noise, "-frame_size", "1000")...))
	return all
}

// A recording that was cut off anywhere is found out, and a whole one never suspected.
func TestWhatIsCutOffIsFound(t *testing.T) {
	for name, whole := range recordings(t) {
		if why := cut(whole); why != "" {
			t.Errorf("%s is whole; said: %s", name, why)
		}
		if len(whole) < 4000 {
			t.Errorf("%s has %d bytes", name, len(whole))
		}
		for tenth := 1; tenth < 10; tenth++ {
			at := len(whole)*tenth/10 + tenth
			if filepath.Ext(name) == ".ts" || filepath.Ext(name) == ".m2ts" {
				at += 188 - at%188 + 50 // not between two packets
			}
			if why := cut(whole[:at]); why == "" {
				t.Errorf("%s: %d of %d bytes pass for whole", name, at, len(whole))
			}
		}
	}
}

// What other programs leave at the end, and what was never told, makes no recording a cut one.
func TestWhatIsOddIsNotCutOff(t *testing.T) {
	all := recordings(t)
	zeros := make([]byte, 5000)
	for name, b := range map[string][]byte{
		"zeros behind MP4":            append(bytes.Clone(all["h264.mp4"]), zeros...),
		"zeros behind AVI":            append(bytes.Clone(all["mjpeg.avi"]), zeros...),
		"AVI without index":           all["mjpeg.avi"][:bytes.LastIndex(all["mjpeg.avi"], []byte("idx1"))],
		"zeros behind TS":             append(bytes.Clone(all["recorder.ts"]), zeros...),
		"zeros behind DAV":            append(bytes.Clone(all["camera.dav"]), zeros...),
		"a tag behind MP3":            append(bytes.Clone(all["vbr.mp3"]), append([]byte("TAG"), zeros[:125]...)...),
		"a tag behind FLAC":           append(bytes.Clone(all["s.flac"]), append([]byte("TAG"), zeros[:125]...)...),
		"WAV of a stream":             bytes.Replace(all["s.wav"], all["s.wav"][bytes.Index(all["s.wav"], []byte("data")):][:8], []byte("data\xff\xff\xff\xff"), 1),
		"WAV that was never closed":   bytes.Replace(all["s.wav"], all["s.wav"][bytes.Index(all["s.wav"], []byte("data")):][:8], []byte("data\x00\x00\x00\x00"), 1),
		"MP3 without a header":        all["cbr.mp3"][len(all["cbr.mp3"])/2:],
		"nothing":                     nil,
		"text":                        []byte(strings.Repeat("Biên bản hỏi cung\r\n", 200)),
		"FLV of a program of its own": append(bytes.Clone(all["film.flv"][:13]), bytes.Repeat([]byte{9, 0, 0, 20}, 50)...),
	} {
		if why := cut(b); why != "" {
			t.Errorf("%s: %s", name, why)
		}
	}
}

// A transport stream that begins in the middle of a packet lacks what was before.
func TestAStreamThatWasJoinedLateIsNotWhole(t *testing.T) {
	b := recordings(t)["recorder.ts"]
	if cut(b[100:]) == "" {
		t.Error("it passes for whole")
	}
}

func FuzzCut(f *testing.F) {
	for _, head := range []string{
		"RIFF\x00\x00\x00\x00AVI LIST", "RF64\xff\xff\xff\xffWAVEds64", "FORM\x00\x00\x00\x00AIFF", "caff\x00\x01\x00\x00", "\x00\x00\x00\x18ftypisom",
		"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\x84", "OggS\x00", "fLaC\x00\x00\x00\x22", "FLV\x01\x05\x00\x00\x00\x09", "DHAV\xfd", "ID3\x03\x00\x00\x00\x00\x00\x00\xff\xfb",
		"\x30\x26\xb2\x75\x8e\x66\xcf\x11",
	} {
		f.Add(append([]byte(head), make([]byte, 200)...))
	}
	f.Fuzz(func(_ *testing.T, b []byte) { cut(b) })
}
