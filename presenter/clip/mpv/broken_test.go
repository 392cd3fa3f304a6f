package mpv_test

import (
	"bufio"
	"errors"
	"fmt"
	"image"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"butluc/presenter/clip/cliptest"
	"butluc/presenter/clip/mpv"
)

// sweepCommand has the test program open files, each of them named by an argument, and tell of each in a line:
// name, verdict, error, parted by tabs. The line is begun before the file is opened.
const sweepCommand = "open-clips"

const (
	patience = 3 * time.Second // for one answer about one file
	grace    = time.Minute     // until an answer that does not come counts as a hang
)

func sweep(files []string) int {
	for _, file := range files {
		fmt.Printf("%s\t", file)
		verdict := make(chan error, 1)
		go func() { verdict <- tryFile(file) }()
		select {
		case err := <-verdict:
			fmt.Printf("%s\t%.300q\n", name(err), fmt.Sprint(err))
		case <-time.After(4*patience + grace):
			fmt.Print("hangs\t\n")
			return 1
		}
	}
	return 0
}

func name(err error) string {
	for name, is := range map[string]error{"format": mpv.ErrFormat, "codec": mpv.ErrCodec, "slow": mpv.ErrSlow} {
		if errors.Is(err, is) {
			return name
		}
	}
	if err != nil {
		return "unknown"
	}
	return "works"
}

var errLate = errors.New("it answered later than it was asked to")

// tryFile opens a file, and draws a few of its frames.
func tryFile(file string) error {
	began := time.Now()
	f, err := mpv.Open(file, patience, nil)
	if time.Since(began) > patience+grace {
		return errLate
	}
	if err != nil {
		return err
	}
	defer f.Close()
	began = time.Now()
	end := f.End(patience)
	if time.Since(began) > patience+grace {
		return errLate
	}
	if f.Size() == (image.Point{}) {
		return nil
	}
	m := picture(f)
	for _, ms := range []int{0, end / 2, end} {
		began := time.Now()
		_, err := f.Frame(ms, m, patience)
		if time.Since(began) > patience+grace {
			return errLate
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// verdicts has files opened by a process of their own, and another one when that is gone.
func verdicts(t *testing.T, files []string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for len(files) > 0 {
		cmd := exec.Command(os.Args[0], append([]string{sweepCommand}, files...)...)
		cmd.Stderr = os.Stderr
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for lines := bufio.NewScanner(out); lines.Scan(); {
			file, verdict, _ := strings.Cut(lines.Text(), "\t")
			if file != files[0] {
				t.Fatalf("the sweep says %q instead of %q", lines.Text(), files[0])
			}
			if verdict == "" {
				verdict = "crashes"
			}
			found[file], files = verdict, files[1:]
		}
		if err := cmd.Wait(); err != nil && len(files) > 0 && found[files[0]] == "" {
			t.Logf("the sweep ended before %s: %v", files[0], err)
			if len(found) == 0 {
				t.Fatal("nothing was opened")
			}
		}
	}
	return found
}

// damages are what happens to files.
var damages = []struct {
	name string
	do   func(b []byte, random *rand.Rand) []byte
}{
	{"truncated", func(b []byte, r *rand.Rand) []byte { return b[:r.IntN(len(b))] }},
	{"beginning-only", func(b []byte, r *rand.Rand) []byte { return b[:r.IntN(min(len(b), 4096))] }},
	{"headless", func(b []byte, r *rand.Rand) []byte { return b[r.IntN(len(b)):] }},
	{"flipped", func(b []byte, r *rand.Rand) []byte {
		for range 1 + len(b)/500 {
			b[r.IntN(len(b))] ^= 1 << r.IntN(8)
		}
		return b
	}},
	{"header-flipped", func(b []byte, r *rand.Rand) []byte {
		for range 8 {
			b[r.IntN(min(len(b), 1024))] ^= byte(1 + r.IntN(255))
		}
		return b
	}},
	{"zeroed", func(b []byte, r *rand.Rand) []byte {
		at := r.IntN(len(b))
		clear(b[at:min(len(b), at+len(b)/4)])
		return b
	}},
	{"tail-flipped", func(b []byte, r *rand.Rand) []byte { // the tables of an MP4
		for range 16 {
			b[len(b)-1-r.IntN(min(len(b), 3000))] ^= byte(1 + r.IntN(255))
		}
		return b
	}},
}

func TestBrokenFilesAreRefusedOrShown(t *testing.T) {
	cliptest.Need(t)
	dir := t.TempDir()
	var files []string
	write := func(name string, b []byte) {
		files = append(files, filepath.Join(dir, name))
		if err := os.WriteFile(files[len(files)-1], b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sound := []string{
		cliptest.H264(t), cliptest.MPEG2(t, "disc.mpg"), cliptest.MPEG2(t, "recorder.ts"), cliptest.MJPEG(t), cliptest.HEVC(t),
		cliptest.VP9(t), cliptest.DAV(t), cliptest.Sound(t, "sound.mp3"), cliptest.Sound(t, "sound.wav"), cliptest.Sound(t, "sound.m4a"),
	}
	random := rand.New(rand.NewPCG(8, 1))
	for i, source := range sound {
		whole, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		for _, damage := range damages {
			for range 1 + (i+1)%2 {
				write(fmt.Sprintf("%03d-%s-%s", len(files), damage.name, filepath.Base(source)), damage.do(append([]byte{}, whole...), random))
			}
		}
		other, err := os.ReadFile(sound[(i+1)%len(sound)])
		if err != nil {
			t.Fatal(err)
		}
		write(fmt.Sprintf("%03d-swapped-%s", len(files), filepath.Base(source)), append(append([]byte{}, other[:512]...), whole[512:]...))
	}
	noise := make([]byte, 50000)
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	for _, ext := range []string{"mp4", "avi", "mpg", "ts", "mkv", "mp3", "wav", "h264"} {
		write("noise."+ext, noise)
		write("empty."+ext, nil)
		write("text."+ext, []byte(strings.Repeat("Biên bản hỏi cung bị can\r\n", 400)))
	}
	began := time.Now()
	count := map[string]int{}
	for file, verdict := range verdicts(t, files) {
		word, _, _ := strings.Cut(verdict, "\t")
		count[word]++
		switch word {
		case "works", "format", "codec", "slow":
		default:
			t.Errorf("%s: %s", filepath.Base(file), verdict)
		}
		if word == "works" && strings.HasPrefix(filepath.Base(file), "empty") {
			t.Errorf("%s works", filepath.Base(file))
		}
		if testing.Verbose() && word == "slow" {
			t.Logf("%s: %s", filepath.Base(file), verdict)
		}
	}
	t.Logf("%d files in %v: %v", len(files), time.Since(began).Round(time.Millisecond), count)
}

// playlists are files that name others: %[1]s is a film beside it, %[2]s an address.
var playlists = map[string]string{
	"list.m3u":       "#EXTM3U\n#EXTINF:4,x\n%[1]s\n%[2]s/a.mp4\n",
	"list.m3u8":      "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXTINF:4.0,\n%[1]s\n#EXTINF:4.0,\n%[2]s/a.ts\n#EXT-X-ENDLIST\n",
	"away.m3u8":      "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXTINF:4.0,\n%[2]s/a.ts\n#EXT-X-ENDLIST\n",
	"hls.mp4":        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXTINF:4.0,\n%[1]s\n#EXT-X-ENDLIST\n",
	"list.ffconcat":  "ffconcat version 1.0\nfile %[1]s\n",
	"concat.mp4":     "ffconcat version 1.0\nfile %[1]s\nfile %[2]s/a.ts\n",
	"list.edl":       "# mpv EDL v0\n%[1]s,0,2\n",
	"edl.mp4":        "# mpv EDL v0\n%[1]s,0,2\n%[2]s/a.mp4\n",
	"list.pls":       "[playlist]\nFile1=%[1]s\nFile2=%[2]s/a.mp3\nNumberOfEntries=2\nVersion=2\n",
	"list.asx":       `<asx version="3.0"><entry><ref href="%[2]s/a.wmv"/></entry><entry><ref href="%[1]s"/></entry></asx>`,
	"list.mpd":       `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT4S" minBufferTime="PT1S"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>%[2]s/a.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>`,
	"list.sdp":       "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
	"list.cue":       "FILE \"%[1]s\" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n",
	"list.url":       "[InternetShortcut]\nURL=%[2]s/a.mp4\n",
	"reference.mov":  "[Reference]\nRef1=%[2]s/a.mp4\nRef2=%[1]s\n",
	"addresses.text": "%[2]s/a.mp4\n%[1]s\n",
}

func TestOnlyTheFileThatIsNamedIsOpened(t *testing.T) {
	cliptest.Need(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	var called atomic.Int32
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			called.Add(1)
			c.Close()
		}
	}()
	dir := t.TempDir()
	film, err := os.ReadFile(cliptest.MPEG2(t, "recorder.ts"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "film.ts"), film, 0o600); err != nil {
		t.Fatal(err)
	}
	var files []string
	for name, text := range playlists {
		for _, scheme := range []string{"http", "tcp"} {
			file := filepath.Join(dir, scheme+"-"+name)
			text := strings.NewReplacer("%[1]s", "film.ts", "%[2]s", scheme+"://"+listener.Addr().String()).Replace(text)
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
	}
	for file, verdict := range verdicts(t, append(files, filepath.Join(dir, "film.ts"))) {
		works := strings.HasPrefix(verdict, "works")
		if works != (filepath.Base(file) == "film.ts") || strings.HasPrefix(verdict, "crashes") || strings.HasPrefix(verdict, "hangs") {
			t.Errorf("%s: %s", filepath.Base(file), verdict)
		}
		t.Logf("%s: %s", filepath.Base(file), verdict)
	}
	if n := called.Load(); n > 0 {
		t.Errorf("%d connections were made", n)
	}
}
