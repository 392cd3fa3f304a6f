package cliptest

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"testing"
)

// with are arguments for a film with a tone beside it.
func with(seconds int, args ...string) []string { return append(Sine(seconds), args...) }

// H264 is what phones make: H.264 with B-frames and AAC in MP4; four seconds, 160×120, 25 frames a second, a key frame
// every second.
func H264(t testing.TB) string {
	t.Helper()
	return Film{}.Make(t, "h264.mp4", with(4, h264...)...)
}

var h264 = []string{"-c:v", "libx264", "-pix_fmt", "yuv420p", "-preset", "veryfast", "-bf", "2", "-g", "25", "-c:a", "aac"}

// MPEG2 is what discs and old recorders make: MPEG-2 video and sound; four seconds. The name ends in .mpg for a program
// stream, in .ts for a transport stream.
func MPEG2(t testing.TB, name string) string {
	t.Helper()
	return Film{}.Make(t, name, with(4, "-c:v", "mpeg2video", "-b:v", "1M", "-bf", "2", "-g", "15", "-c:a", "mp2")...)
}

// MJPEG is what cameras make: pictures and uncompressed sound in AVI; four seconds.
func MJPEG(t testing.TB) string {
	t.Helper()
	return Film{}.Make(t, "mjpeg.avi", with(4, "-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p", "-c:a", "pcm_s16le")...)
}

// HEVC is H.265 in Matroska, without sound; four seconds.
func HEVC(t testing.TB) string {
	t.Helper()
	NeedEncoder(t, "libx265")
	return Film{}.Make(t, "hevc.mkv", "-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p",
		"-x265-params", "keyint=40:bframes=3:log-level=error")
}

// VP9 is VP9 and Opus in WebM; four seconds.
func VP9(t testing.TB) string {
	t.Helper()
	NeedEncoder(t, "libvpx-vp9", "libopus")
	return Film{}.Make(t, "vp9.webm", with(4, "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "50",
		"-pix_fmt", "yuv420p", "-c:a", "libopus")...)
}

// Sound is three seconds of a tone, as the end of the name says: .mp3, .wav, .m4a.
func Sound(t testing.TB, name string) string {
	t.Helper()
	return FFmpeg(t, name, Sine(3)...)
}

// Guessed is ten seconds of sound, first loud and then low, in a format without an index, whose length FFmpeg guesses to
// be a part of that, or, first low and then loud, several times that. The name ends in .mp3 or .aac.
func Guessed(t testing.TB, name string, lowFirst bool) string {
	t.Helper()
	low := "gt(t,3)"
	if lowFirst {
		low = "lt(t,3)"
	}
	args := []string{"-f", "lavfi", "-i", "aevalsrc='if(" + low + ",0.0001*sin(440*t),random(0)-0.5)':d=10", "-q:a", "1"}
	if filepath.Ext(name) == ".mp3" {
		args = append(args, "-write_xing", "0")
	}
	return FFmpeg(t, name, args...)
}

// Covered is three seconds of sound in MP3, with a picture of its album.
func Covered(t testing.TB) string {
	t.Helper()
	NeedEncoder(t, "libmp3lame")
	return Film{Frames: 1}.Make(t, "covered.mp3", with(3, "-map", "1:a", "-map", "0:v", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p",
		"-disposition:v", "attached_pic")...)
}

// Long is a film of an hour and a half, a frame a second and a key frame every five minutes, 64×48, with silence.
func Long(t testing.TB) string {
	t.Helper()
	return Film{Size: image.Pt(64, 48), Rate: 1, Frames: 5400}.Make(t, "long.mp4", "-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono",
		"-shortest", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "300", "-keyint_min", "300", "-sc_threshold", "0",
		"-c:a", "aac", "-b:a", "8k")
}

// Turned is [H264] with the mark that the camera stood turned: to be shown clockwise by 90, 180 or 270 degrees.
func Turned(t testing.TB, degrees int) string {
	t.Helper()
	straight := H264(t)
	return Make(t, fmt.Sprintf("turned%d.mp4", degrees), func(file string) error {
		b, err := os.ReadFile(straight)
		if err != nil {
			return err
		}
		if err := turn(b, degrees); err != nil {
			return err
		}
		return os.WriteFile(file, b, 0o600)
	})
}

// turn writes the matrix of the first track of an MP4: ISO 14496-12, track header of version 0. ffmpeg's own options
// for it differ from version to version.
func turn(mp4 []byte, degrees int) error {
	const matrix, one = 40, 1 << 16
	m := map[int][4]int32{90: {0, one, -one, 0}, 180: {-one, 0, 0, -one}, 270: {0, -one, one, 0}}[degrees]
	header := bytes.Index(mp4, []byte("tkhd"))
	if header < 0 || len(mp4) < header+4+matrix+36 {
		return errors.New("no track header in the MP4")
	}
	at := mp4[header+4+matrix:]
	for i, v := range m {
		binary.BigEndian.PutUint32(at[4*[]int{0, 1, 3, 4}[i]:], uint32(v))
	}
	return nil
}

// WithoutIndex is four seconds of film and a tone in AVI without its index, as a recorder leaves it that lost power.
func WithoutIndex(t testing.TB, name string, args ...string) string {
	t.Helper()
	whole := Film{}.Make(t, "whole-"+name, with(4, args...)...)
	return Make(t, name, func(file string) error {
		b, err := os.ReadFile(whole)
		if err != nil {
			return err
		}
		at := bytes.LastIndex(b, []byte("idx1"))
		if at < 0 {
			return errors.New("no index in the AVI")
		}
		return os.WriteFile(file, b[:at], 0o600)
	})
}

// Deaf is [H264] with sound of no known codec.
func Deaf(t testing.TB) string {
	t.Helper()
	return changed(t, "deaf.mp4", H264(t), func(b []byte) ([]byte, error) {
		for _, name := range []string{"mp4a", "esds"} { // the sample entry, and the box that says it again
			at := bytes.LastIndex(b, []byte(name))
			if at < 0 {
				return nil, fmt.Errorf("no %s in the MP4", name)
			}
			copy(b[at:], "zzzz")
		}
		return b, nil
	})
}

// Ageless is [H264] whose headers say that it takes years: ISO 14496-12, movie and media header of version 0.
func Ageless(t testing.TB) string {
	t.Helper()
	return changed(t, "ageless.mp4", H264(t), func(b []byte) ([]byte, error) {
		lasting(b, func(uint32) uint32 { return 0xfffffff0 })
		return b, nil
	})
}

// Short is [H264] whose headers say that it takes a second: they were not written again when it went on.
func Short(t testing.TB) string {
	t.Helper()
	return changed(t, "short.mp4", H264(t), func(b []byte) ([]byte, error) {
		lasting(b, func(four uint32) uint32 { return four / 4 })
		return b, nil
	})
}

// lasting has the movie, track and media headers of an MP4, of version 0, say another length.
func lasting(mp4 []byte, length func(was uint32) uint32) {
	for name, at := range map[string]int{"mvhd": 20, "tkhd": 24, "mdhd": 20} {
		for from := 0; ; {
			i := bytes.Index(mp4[from:], []byte(name))
			if i < 0 {
				break
			}
			field := mp4[from+i+at:]
			binary.BigEndian.PutUint32(field, length(binary.BigEndian.Uint32(field)))
			from += i + 4
		}
	}
}

// Endless is VP9 in Matroska as it is written into a pipe: without length and without index; four seconds.
func Endless(t testing.TB) string {
	t.Helper()
	NeedEncoder(t, "libvpx-vp9")
	return Film{}.Make(t, "endless.webm", "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "50",
		"-pix_fmt", "yuv420p", "-live", "1")
}

// Cut is what is left of H.264 and AAC in MP4 that was not copied to its end: two of four seconds, and the index of all.
func Cut(t testing.TB) string {
	t.Helper()
	whole := Film{}.Make(t, "index-first.mp4", with(4, append(h264[:len(h264):len(h264)], "-movflags", "+faststart")...)...)
	return changed(t, "cut.mp4", whole, func(b []byte) ([]byte, error) { return b[:len(b)/2], nil })
}

// changed is a copy of a file with its bytes changed.
func changed(t testing.TB, name, of string, change func(b []byte) ([]byte, error)) string {
	t.Helper()
	return Make(t, name, func(file string) error {
		b, err := os.ReadFile(of)
		if err == nil {
			b, err = change(b)
		}
		if err != nil {
			return err
		}
		return os.WriteFile(file, b, 0o600)
	})
}

// Dashcam is what cars record: the films of two cameras, the second red and larger, and three sounds, the second silent;
// two seconds.
func Dashcam(t testing.TB) string {
	t.Helper()
	return Film{Frames: 50}.Make(t, "dashcam.mp4",
		"-f", "lavfi", "-i", "color=red:s=320x180:r=25:d=2", "-f", "lavfi", "-i", "sine=330:duration=2,volume=8", "-f", "lavfi", "-i", "anullsrc=d=2",
		"-map", "0:v", "-map", "1:v", "-map", "2:a", "-map", "3:a", "-map", "2:a",
		"-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "25", "-c:a", "aac")
}
