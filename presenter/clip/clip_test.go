package clip

import (
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"butluc/library"
	"butluc/library/eventually"
	"butluc/presenter/clip/cliptest"
	"butluc/presenter/clip/player"
	"butluc/presenter/clip/protocol"
	"butluc/presenter/render"
)

// The test binary is the child, too.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "clip-player" {
		if err := player.Main(os.Stdin, os.Stdout, os.Args[2], "null"); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) > 2 && os.Args[1] == "aloud" { // out of what libmpv finds
		if err := player.Main(os.Stdin, os.Stdout, os.Args[2], ""); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) > 1 && os.Args[1] == "hangs" { // hears commands and does nothing about them
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}
	if len(os.Args) > 1 && os.Args[1] == "ends" { // at the first command
		_, _ = os.Stdin.Read(make([]byte, 1))
		os.Exit(1)
	}
	if len(os.Args) > 1 && os.Args[1] == "refuses" {
		refuse()
	}
	os.Exit(cliptest.Run(m))
}

// refuse is a child that can load nothing, and whose device is called as often as it was to.
func refuse() {
	lines, loads := protocol.NewReader[protocol.Command](os.Stdin), 0
	for {
		c, err := lines.Next()
		if err != nil {
			os.Exit(0)
		}
		e := protocol.Event{Told: protocol.Toned, Device: strconv.Itoa(loads)}
		if c.Op == protocol.OpLoad {
			loads++
			e = protocol.Event{Told: protocol.Failed, Fault: library.FaultUnreadable}
		}
		if protocol.Write(os.Stdout, e) != nil {
			os.Exit(1)
		}
	}
}

type playerTest struct {
	t       *testing.T
	player  *Player
	reports chan Report
	clip    Clip
}

func play(t *testing.T, file string, command ...string) *playerTest {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	h := &playerTest{t: t, reports: make(chan Report, 1000), clip: Clip{
		Source: render.Source{Root: filepath.Dir(file), Path: filepath.Base(file), Kind: library.KindVideo, Size: info.Size(), ModTime: info.ModTime().UnixNano()},
		Size:   image.Pt(320, 180), To: 1000, Volume: 100, Speed: 100,
	}}
	h.player = New(Options{Command: command, Report: func(r Report) { h.reports <- r }})
	t.Cleanup(h.player.Close)
	return h
}

// until waits for a report of a kind, and gives it.
func (h *playerTest) until(told protocol.Told) Report {
	h.t.Helper()
	for {
		r := eventually.Receive(h.t, fmt.Sprintf("a report of %q", told), h.reports)
		if r.Told == told {
			return r
		}
		if r.Told == protocol.Failed || r.Told == protocol.Stopped {
			h.t.Fatalf("waited for %q; it told %+v", told, r)
		}
	}
}

func (h *playerTest) any() Report {
	h.t.Helper()
	return eventually.Receive(h.t, "a report", h.reports)
}

func TestAClipStopsOnTheLastFrameOfItsPassage(t *testing.T) {
	cliptest.Need(t)
	h := play(t, cliptest.H264(t))
	h.clip.At, h.clip.To = 1000, 1500
	h.player.Load(h.clip)
	h.until(protocol.Ready)
	serial := h.player.Play(h.clip)
	stopped := h.until(protocol.Stopped)
	if stopped.Serial != serial || stopped.At != 1480 && stopped.At != 1500 || !stopped.End || stopped.Err != nil {
		t.Errorf("it stopped: %+v", stopped)
	}
	number := -1
	h.player.Take(serial, func(m *image.RGBA, _ int) { number, _ = cliptest.Number(m) })
	if want := stopped.At / 40; number != want {
		t.Errorf("the last picture shown is frame %d, want %d", number, want)
	}
}

// Also behind the last picture it is known how far the sound is, for the record.
func TestSoundThatOutlastsThePicturesTellsItsTime(t *testing.T) {
	cliptest.Need(t)
	h := play(t, cliptest.Film{Frames: 50}.Make(t, "tail.mp4", append(cliptest.Sine(5), "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac")...))
	h.clip.At, h.clip.To, h.clip.Speed = 1500, 4800, 200
	serial := h.player.Play(h.clip)
	behind := 0 // times that are told between the last picture and the end
	r := h.any()
	for ; r.Told == protocol.Frame; r = h.any() {
		if r.At > 2500 && r.At < 4700 {
			behind++
		}
	}
	if behind == 0 || r.Told != protocol.Stopped || r.Err != nil || r.Serial != serial || r.At < 4700 {
		t.Errorf("behind the pictures %d times are told; then %+v", behind, r)
	}
	number := -1
	h.player.Take(serial, func(m *image.RGBA, _ int) { number, _ = cliptest.Number(m) })
	if number != 49 {
		t.Errorf("the picture is frame %d, want the last one, 49", number)
	}
}

func TestAPausedClipTellsWhereItStands(t *testing.T) {
	cliptest.Need(t)
	h := play(t, cliptest.H264(t))
	h.clip.To = 4000
	serial := h.player.Play(h.clip)
	h.until(protocol.Frame)
	h.player.Pause()
	stopped := h.until(protocol.Stopped)
	if stopped.End || stopped.Err != nil || stopped.Serial != serial || stopped.At >= 3000 {
		t.Errorf("it stopped: %+v", stopped)
	}
}

// A play begun while another goes on takes its place, and nothing is heard of the first one.
func TestANewPlayOvertakesTheOldOne(t *testing.T) {
	cliptest.Need(t)
	h := play(t, cliptest.H264(t))
	h.clip.To = 4000
	h.player.Play(h.clip)
	h.until(protocol.Frame)
	h.clip.At, h.clip.To = 2000, 2200
	second := h.player.Play(h.clip)
	for {
		r := <-h.reports
		if r.Told == protocol.Stopped {
			if r.Serial != second || r.At < 2000 {
				t.Errorf("it told %+v of play %d", r, second)
			}
			return
		}
	}
}

func TestAKilledPlayerCostsThePlay(t *testing.T) {
	cliptest.Need(t)
	h := play(t, cliptest.H264(t))
	h.clip.To = 4000
	h.player.Play(h.clip)
	h.until(protocol.Frame)
	h.player.mu.Lock()
	err := h.player.child.cmd.Process.Kill()
	h.player.mu.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	if r := h.until(protocol.Stopped); !errors.Is(r.Err, ErrDied) {
		t.Errorf("it told %+v", r)
	}
	h.player.Play(h.clip) // another child does it
	h.until(protocol.Frame)
}

func TestAPlayerThatHangsIsSilenced(t *testing.T) {
	h := play(t, os.Args[0], "/proc/self/exe", "hangs")
	if _, err := exec.LookPath("/proc/self/exe"); err != nil {
		t.Skip("this system has no /proc")
	}
	h.player.Play(h.clip)
	begun := time.Now()
	h.player.Silence()
	if r := h.until(protocol.Stopped); !errors.Is(r.Err, ErrHung) {
		t.Errorf("it told %+v", r)
	}
	t.Logf("ended after %v", time.Since(begun))
}

func TestWhatIsNoRecordingSaysSo(t *testing.T) {
	cliptest.Need(t)
	file := filepath.Join(t.TempDir(), "a.mp4")
	if err := os.WriteFile(file, []byte("nothing of the kind"), 0o600); err != nil {
		t.Fatal(err)
	}
	h := play(t, file)
	serial := h.player.Play(h.clip)
	if r := h.until(protocol.Failed); r.Serial != serial || r.Fault != library.FaultBroken {
		t.Errorf("it told %+v", r)
	}
}

func TestTheToneIsPlayed(t *testing.T) {
	cliptest.Need(t)
	h := play(t, cliptest.H264(t))
	h.player.Tone()
	h.until(protocol.Toned)
}

// A player that rested holds no file, and plays again, also from another folder.
func TestARestedPlayerPlaysAgain(t *testing.T) {
	cliptest.Need(t)
	h := play(t, cliptest.H264(t))
	h.clip.To = 4000
	h.player.Play(h.clip)
	h.until(protocol.Frame)
	h.player.Rest()
	data, err := os.ReadFile(filepath.Join(h.clip.Source.Root, h.clip.Source.Path))
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := filepath.Join(t.TempDir(), "a.mp4")
	if err := os.WriteFile(elsewhere, data, 0o600); err != nil {
		t.Fatal(err)
	}
	other := h.clip
	other.Source = play(t, elsewhere).clip.Source
	serial := h.player.Play(other)
	for r := h.until(protocol.Frame); r.Serial != serial; r = h.until(protocol.Frame) {
		t.Logf("a frame of play %d", r.Serial)
	}
	h.player.Play(h.clip) // without a rest: the fence of the child is around the other folder
	h.until(protocol.Frame)
}

// Without the tone the device is told at once, and nothing sounds: the tone lasts a second, on every machine.
func TestTheDeviceIsToldWithoutTheTone(t *testing.T) {
	cliptest.Need(t)
	h := play(t, cliptest.H264(t))
	h.player.Device()
	h.until(protocol.Toned)
	for took := time.Hour; took > 900*time.Millisecond; { // of a slow machine one answer in time is enough
		began := time.Now()
		h.player.Device()
		h.until(protocol.Toned)
		took = time.Since(began)
	}
}

// Who asks for a clip again and again, as it fails, would have the machine do nothing else.
func TestWhatCantBeLoadedIsTriedOnce(t *testing.T) {
	h := play(t, os.Args[0], os.Args[0], "refuses")
	h.player.Load(h.clip)
	h.until(protocol.Failed)
	h.player.Load(h.clip)
	h.player.Device()
	if loads := h.until(protocol.Toned).Device; loads != "1" {
		t.Errorf("it was tried %s times", loads)
	}
	h.clip.At = 500
	h.player.Load(h.clip)
	h.until(protocol.Failed)
}

// The child of the tone has no room for pictures: a clip that is to be made ready ends it.
func TestAToneCutOffIsToldSo(t *testing.T) {
	h := play(t, os.Args[0], os.Args[0], "hangs")
	h.player.Tone()
	h.player.Load(h.clip)
	if r := h.until(protocol.Failed); r.Serial != 0 || !errors.Is(r.Err, ErrDied) {
		t.Errorf("it told %+v", r)
	}
}

// Who waits for the tone hears of a child that ends instead.
func TestAChildThatEndsFailsTheTone(t *testing.T) {
	h := play(t, os.Args[0], os.Args[0], "ends")
	h.player.Tone()
	if r := h.any(); r.Told != protocol.Failed || r.Serial != 0 || r.Fault != library.FaultCrashed || !errors.Is(r.Err, ErrDied) {
		t.Errorf("it told %+v", r)
	}
}
