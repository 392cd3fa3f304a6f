package cli

import (
	"bytes"
	"encoding/json"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"butluc/app/i18n"
	"butluc/presenter/clip/cliptest"
	"butluc/presenter/clip/mpv"
)

// clipCase writes a case of recordings, with steps that play them, and gives its folder.
func clipCase(t *testing.T, steps string) string {
	t.Helper()
	cliptest.Need(t)
	atHome(t)
	dir := filepath.Join(t.TempDir(), "case")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	copied := func(from, name string) {
		b, err := os.ReadFile(from)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	copied(cliptest.H264(t), "film.mp4")
	copied(cliptest.Cut(t), "cut.mp4")
	copied(cliptest.Deaf(t), "deaf.mp4")
	file := filepath.Join(t.TempDir(), "outline.json")
	text := `{"format": "butluc-outline", "version": 4, "phases": [{"title": "Xét hỏi", "scenarios": [{"title": "Một", "steps": [` + steps + `]}]}]}`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	ends(t, "outline", dir, "import", file)
	return dir
}

// A rehearsal draws the very frames that a script asks for, and that on which what is played would stop.
func TestARehearsalDrawsTheFramesThatTheScriptAsksFor(t *testing.T) {
	// A frame every 40 ms: none lies at 1990.
	dir := clipCase(t, `{"say": "Xem", "panes": [{"page": "film.mp4#1001", "clip": {"from": 1000, "to": 1990}}]}`)
	script, out := filepath.Join(t.TempDir(), "keys.txt"), t.TempDir()
	keys := "F5\nwait\nPageDown\nwait\nSpace\nwait\n@0:01.5 # half a second on\nwait\nCtrl+Right\nwait\n@3,2\nwait\n"
	if err := os.WriteFile(script, []byte(keys), 0o600); err != nil {
		t.Fatal(err)
	}
	ends(t, "rehearse", dir, "--keys", script, "--size", "640x480", "--out", out)
	var got []int
	files, _ := filepath.Glob(filepath.Join(out, "*.png"))
	for _, file := range files[1 : len(files)-1] { // the first and the last are black
		n, ok := cliptest.Number(pictureIn(t, file))
		if !ok {
			t.Fatalf("%s is no frame", file)
		}
		got = append(got, n)
	}
	want := []int{25, 49, 38, 39, 80} // 1000, the last before 1990, 1520 (from 1500 on), the next, 3200
	if !slices.Equal(got, want) {
		t.Errorf("the court would have seen the frames %v, want %v", got, want)
	}
}

func pictureIn(t *testing.T, file string) *image.RGBA {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	frame := image.NewRGBA(m.Bounds())
	draw.Draw(frame, frame.Rect, m, m.Bounds().Min, draw.Src)
	return frame
}

func TestARehearsalWindsOnlyWhatTheCourtSees(t *testing.T) {
	dir := clipCase(t, `{"say": "Xem", "panes": [{"page": "film.mp4#1001", "clip": {"from": 1000, "to": 2000}}]}`)
	for script, want := range map[string]string{"F5\nwait\n@0:01\n": "line 3: @0:01: ", "F5\nPageDown\n@now\n": "line 3: ", "@1:70\n": "line 1: "} {
		file := filepath.Join(t.TempDir(), "keys.txt")
		if err := os.WriteFile(file, []byte(script), 0o600); err != nil {
			t.Fatal(err)
		}
		if status, errs := runVerb(t, "rehearse", dir, "--keys", file, "--size", "320x240", "--out", t.TempDir()); status == 0 || !strings.Contains(errs, want) {
			t.Errorf("%q: exit status %d, %q, want %q", script, status, errs, want)
		}
	}
}

// The check draws what is played first and last; of a recording that was cut off, whatever is left is only a part.
func TestTheCheckTriesWhatIsPlayed(t *testing.T) {
	dir := clipCase(t, `{"title": "a", "say": "x", "panes": [{"page": "film.mp4#1001", "clip": {"from": 1000, "to": 2000}}]},
		{"title": "b", "say": "x", "panes": [{"page": "cut.mp4#1", "clip": {"to": 3900}}]},
		{"title": "c", "say": "x", "panes": [{"page": "cut.mp4#1", "clip": {"to": 1000}}]},
		{"title": "d", "say": "x", "panes": [{"page": "deaf.mp4#1", "clip": {"to": 1000}}]},
		{"title": "e", "say": "x", "panes": [{"page": "film.mp4#1", "clip": {"to": 9000}}]}`)
	var out, errs bytes.Buffer
	if status := run([]string{"check", dir, "--json"}, &out, &errs); status != exitFindings {
		t.Fatalf("exit status %d: %s", status, errs.String())
	}
	var result checked
	if err := json.Unmarshal(out.Bytes(), &result); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range result.Findings {
		got = append(got, f.Title+" "+f.State)
	}
	if want := []string{"b incomplete", "c incomplete", "d silent", "e short"}; !slices.Equal(got, want) {
		t.Errorf("the check finds %q, want %q", got, want)
	}
}

// The doctor names what recordings are played with, or says what to install.
func TestTheDoctorNamesWhatPlaysRecordings(t *testing.T) {
	c := playerCheck(i18n.In("vi"))
	if missing := mpv.Load(); missing != nil {
		if c.Fine || !strings.Contains(c.Need, "libmpv") {
			t.Errorf("without libmpv (%v) the doctor says %+v", missing, c)
		}
		return
	}
	if !c.Fine || !strings.HasPrefix(c.Value, "mpv ") || !strings.Contains(c.Value, ", FFmpeg ") || c.Need != "" || c.must {
		t.Errorf("the doctor says %+v", c)
	}
}
