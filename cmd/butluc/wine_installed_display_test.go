//go:build display && linux

package main

import (
	"encoding/json"
	"errors"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"butluc/assets"
	"butluc/library/eventually"
	"butluc/presenter/clip/cliptest"
	"butluc/presenter/display/displaytest"
)

// installation is a Windows of its own, under Wine, into which the installer of dist/packages put the program.
type installation struct {
	*program
	prefix, setup, folder, roaming string
}

// install installs the program. Without an installer, or a Wine, the test is skipped.
func install(t *testing.T) *installation {
	t.Helper()
	wine(t) // skips
	found, _ := filepath.Glob(filepath.Join("..", "..", "dist", "packages", "*-setup.exe"))
	if len(found) != 1 {
		t.Skipf("no test of the installer: make packages builds it; there are %d", len(found))
	}
	setup, err := filepath.Abs(found[0])
	if err != nil {
		t.Fatal(err)
	}
	prefix, err := os.MkdirTemp("", "butluc-wine-")
	if err != nil {
		t.Fatal(err)
	}
	leftovers = append(leftovers, prefix)
	in := &installation{program: &program{Rig: displaytest.Start(t), t: t, home: homeIn(t.TempDir())}, prefix: prefix, setup: setup}
	in.must(setup, "/S")
	users, _ := filepath.Glob(filepath.Join(prefix, "drive_c", "users", "*", "AppData"))
	if len(users) != 1 {
		t.Fatalf("users: %v", users)
	}
	in.folder, in.roaming = filepath.Join(users[0], "Local", "Programs", "Butluc"), filepath.Join(users[0], "Roaming")
	return in
}

func (in *installation) exe() string { return filepath.Join(in.folder, "butluc.exe") }

// begin begins a program in that Windows.
func (in *installation) begin(program string, args ...string) *displaytest.Program {
	return in.Command([]string{"WINEPREFIX=" + in.prefix}, wine(in.t).Path, append([]string{program}, args...)...)
}

// must runs a program there, which must succeed, and gives what it said.
func (in *installation) must(program string, args ...string) string {
	in.t.Helper()
	p := in.begin(program, args...)
	if status := p.Wait(); status != 0 {
		in.t.Fatalf("%s %v: status %d\n%s", program, args, status, p.Output())
	}
	return p.Output()
}

// opens waits for a window whose title begins so.
func (in *installation) opens(title string) (console displaytest.Window) {
	in.t.Helper()
	in.WaitFor("a window that is called "+title, func() (found bool) {
		for _, w := range in.Windows() {
			if w.Mapped && strings.HasPrefix(w.Title, title) {
				console, found = w, true
			}
		}
		return found
	})
	return console
}

// What was installed has what reads scans: a phrase of the sample's is found, by the Tesseract that came along. It starts from
// its shortcut, an installer does not write over it while it runs, and what goes with the program leaves the case.
func TestTheInstalledProgramReadsScans(t *testing.T) {
	in := install(t)
	dir := filepath.Join(t.TempDir(), "Hồ sơ của Diễm, Tập 1")
	in.must(in.exe(), "demo", windowsPath(dir), "--no-window")
	for _, volume := range []string{"Tập 2*", "Tập 3*", "Tập 4*", "Tập 5*"} { // one volume is enough to read
		found, _ := filepath.Glob(filepath.Join(dir, volume))
		for _, path := range found {
			if err := os.RemoveAll(path); err != nil {
				t.Fatal(err)
			}
		}
	}
	doctor := in.begin(in.exe(), "doctor", "--json")
	doctor.Wait() // it may have findings
	for _, own := range []string{`runtime\\tesseract.exe`, "vie"} {
		if !strings.Contains(doctor.Output(), own) {
			t.Errorf("the doctor does not tell of %s:\n%s", own, doctor.Output())
		}
	}
	in.must(in.exe(), "ocr", windowsPath(dir))
	if hits := in.must(in.exe(), "search", windowsPath(dir), "khởi tố vụ án hình sự"); !strings.Contains(hits, "Tập 1") {
		t.Errorf("the search finds %q", hits)
	}

	shortcut := filepath.Join(in.roaming, "Microsoft", "Windows", "Start Menu", "Programs", "Butluc.lnk")
	begun := in.begin("start", "/wait", `C:`+strings.ReplaceAll(strings.TrimPrefix(shortcut, filepath.Join(in.prefix, "drive_c")), "/", `\`))
	console := in.opens("Butluc")
	if again := in.begin(in.setup, "/S"); again.Wait() == 0 {
		t.Error("the installer writes over a program that runs")
	}
	in.Focus(console)
	in.Tap("q", "Ctrl")
	begun.Wait()
	in.must(in.setup, "/S") // an update, now

	in.must(filepath.Join(in.folder, "uninstall.exe"), "/S") // returns at once: a copy of it does the work, and can remove it
	eventually.So(t, "what was installed to go", func() bool {
		_, err := os.Stat(in.folder)
		return errors.Is(err, os.ErrNotExist)
	})
	for _, path := range []string{filepath.Join(dir, "_butluc"), filepath.Join(dir, "Tập 1 - Tố tụng")} {
		if _, err := os.Stat(path); err != nil {
			t.Errorf("taken away: %v", err)
		}
	}
}

// What was installed plays what cameras and recorders make, to the end of a passage: the court sees the frames that ffmpeg
// finds there, and after B black.
func TestTheInstalledProgramPlaysRecordings(t *testing.T) {
	in := install(t)
	mp4 := func(t testing.TB) string {
		return cliptest.Film{Size: image.Pt(320, 180), Frames: 200}.Make(t, "court.mp4", append(cliptest.Sine(8),
			"-c:v", "libx264", "-pix_fmt", "yuv420p", "-preset", "veryfast", "-g", "50", "-c:a", "aac")...)
	}
	for name, make := range map[string]func(testing.TB) string{"camera.mp4": mp4, "camera.avi": cliptest.MJPEG, "camera.dav": cliptest.DAV} {
		t.Run(name, func(t *testing.T) {
			file := make(t)
			in.dir = filepath.Join(t.TempDir(), "Vụ án "+name)
			frames := cliptest.Decode(t, file, image.Pt(160, 120))
			wide := displaytest.CourtW
			if name != "camera.mp4" {
				wide = displaytest.CourtH * 4 / 3
			}
			number := func() int { return in.numberWithin(wide) }
			in.filmed(file, "BL 900 "+name, 1000, 3000)
			run := in.begin(in.exe(), windowsPath(in.dir))
			console := in.opens(filepath.Base(in.dir))
			in.firstPage()
			in.Focus(console)
			in.startTrial()
			in.Tap("Next")
			in.courtSees(in.page(1), "the first page")
			in.Tap("Next")
			in.WaitFor("the passage's first frame", func() bool { return number() == frames.At(1000) })
			in.Tap("space")
			in.WaitFor("the film to move", func() bool { return number() > frames.At(1000)+5 })
			in.Tap("b")
			in.courtIsBlack("in the middle of a film")
			in.Tap("b")
			in.WaitFor("the film again", func() bool { return number() > frames.At(1000) })
			in.Tap("space")
			in.WaitFor("the passage's last frame", func() bool { return number() == frames.At(3000) })
			want := in.expect("#", displaytest.CourtW, displaytest.CourtH, "--page", "BL 900 "+name+"@3.0")
			if d := cliptest.Difference(in.Shot(displaytest.Court), want); d > 3 {
				t.Errorf("the last frame differs by %.1f of 255 from that on this machine", d)
			}
			in.Focus(console)
			in.endTrial()
			in.Tap("q", "Ctrl")
			if status := run.Wait(); status != 0 {
				t.Errorf("exit status %d\n%s", status, run.Output())
			}
		})
	}
}

// numberWithin is that of the recording's picture on the court screen, which is so wide, in the middle; -1 where there is none.
func (in *installation) numberWithin(wide int) int {
	shot := in.Shot(displaytest.Court)
	at := image.Rect((displaytest.CourtW-wide)/2, 0, (displaytest.CourtW+wide)/2, displaytest.CourtH)
	if n, ok := cliptest.Number(shot.SubImage(at).(*image.RGBA)); ok && !displaytest.Uniform(shot, 0, 0, 0) {
		return n
	}
	return -1
}

// filmed writes the sample case with a recording under a name, and an outline of a page, a passage of it, and another page.
func (in *installation) filmed(made, name string, from, to int) {
	in.t.Helper()
	type object = map[string]any
	page := func() object {
		return object{"title": "page", "panes": []object{{"page": "Tập 5 - Truy tố/BL 65-71 Cáo trạng.pdf#1"}}}
	}
	film := object{"title": "film", "panes": []object{{"page": name + "#1001", "clip": object{"from": from, "to": to}}}}
	outline, err := json.Marshal(object{"format": "butluc-outline", "version": 4, "phases": []object{{
		"title": "Tranh luận", "scenarios": []object{{"title": "Camera", "steps": []object{page(), film}}},
	}}})
	file := filepath.Join(in.t.TempDir(), "outline.json")
	err = errors.Join(err, assets.WriteSample(in.dir), os.WriteFile(file, outline, 0o600),
		exec.Command("cp", made, filepath.Join(in.dir, name)).Run())
	if err != nil {
		in.t.Fatal(err)
	}
	in.must(in.exe(), "outline", windowsPath(in.dir), "import", windowsPath(file))
}
