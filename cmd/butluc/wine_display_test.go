//go:build display && linux

package main

import (
	"bytes"
	"errors"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"butluc/assets"
	"butluc/library/eventually"
	"butluc/presenter/display/displaytest"
)

// These tests run the program for Windows, bin/butluc.exe, under Wine: `make test-windows`.

// wine is the command that runs the program for Windows. Where it or Wine is missing the test is skipped.
func wine(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	if os.Getenv("BUTLUC_WINE") == "" {
		t.Skip("no test of the program for Windows: `make test-windows` runs them, with BUTLUC_WINE=1")
	}
	exe, err := filepath.Abs(filepath.Join("..", "..", "bin", "butluc.exe"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(exe); err != nil {
		t.Fatalf("build it first (make windows): %v", err)
	}
	runner, err := filepath.Abs(filepath.Join("..", "..", ".ci", "wine"))
	if err != nil {
		t.Fatal(err)
	}
	return exec.Command(runner, append([]string{exe}, args...)...)
}

// windowsPath is the name that Wine gives to a file of the machine it runs on.
func windowsPath(path string) string { return "Z:" + strings.ReplaceAll(path, "/", `\`) }

// The court sees the same pixels from the program for Windows: none differs.
func TestWindowsDrawsTheSamePixels(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "Vụ án mẫu")
	if out, err := wine(t, "demo", windowsPath(dir), "--no-window").CombinedOutput(); err != nil {
		t.Fatalf("write the sample: %v\n%s", err, out)
	}
	p := &program{t: t, dir: dir, home: homeIn(t.TempDir())}
	for _, page := range []string{
		"1", "45", "58",
		"31", // with redactions
		"Tập 2 - Hiện trường, vật chứng/Bản ảnh/A5 Sân sau (tệp chép dở).jpg#1", // incomplete
	} {
		which := []string{"--folio", page}
		if strings.Contains(page, "#") {
			which = []string{"--page", page}
		}
		if why := displaytest.Same(windowsShow(t, dir, which...), p.expect(page, 1920, 1080)); why != "" {
			t.Errorf("%s: %s", page, why)
		}
	}
	for _, step := range [][]string{{"--step", "khai-nhan-1"}, {"--step", "thay-doi-1", "--beat", "2"}, {"--step", "chung-cu-3", "--beat", "2"}} {
		if why := displaytest.Same(windowsShow(t, dir, step...), p.expect("#", 1920, 1080, step...)); why != "" {
			t.Errorf("%v: %s", step, why)
		}
	}
}

// windowsShow is what the program for Windows draws of a case for the court screen.
func windowsShow(t *testing.T, dir string, which ...string) *image.RGBA {
	t.Helper()
	out := filepath.Join(t.TempDir(), "windows.png")
	cmd := wine(t, append([]string{"show", windowsPath(dir), "--size", "1920x1080", "-o", windowsPath(out)}, which...)...)
	if text, err := cmd.CombinedOutput(); err != nil && cmd.ProcessState.ExitCode() != 1 {
		t.Fatalf("show %v: %v\n%s", which, err, text)
	}
	return decode(t, out)
}

// Folders in folders are longer than the 260 letters that Windows' own programs can take.
func TestWindowsTakesLongPaths(t *testing.T) {
	wine(t) // skips where there is none
	sample, dir := t.TempDir(), filepath.Join(t.TempDir(), "case")
	if err := assets.WriteSample(sample); err != nil {
		t.Fatal(err)
	}
	deep := dir
	for len(deep) < 400 {
		deep = filepath.Join(deep, "Tập hồ sơ có tên rất dài như thường gặp")
	}
	if err := os.MkdirAll(deep, 0o750); err != nil {
		t.Fatal(err)
	}
	page := "BL 17 Sơ đồ hiện trường.pdf"
	data, err := os.ReadFile(filepath.Join(sample, "Tập 2 - Hiện trường, vật chứng", page))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(deep, page), data, 0o600); err != nil {
		t.Fatal(err)
	}
	p := &program{t: t, dir: dir, home: homeIn(t.TempDir())}
	if why := displaytest.Same(windowsShow(t, dir, "--folio", "17"), p.expect("17", 1920, 1080)); why != "" {
		t.Error(why)
	}
}

// A file that MuPDF can make nothing of costs itself alone, and its exceptions end no worker.
func TestWindowsTellsOfBrokenFiles(t *testing.T) {
	dir := t.TempDir()
	if err := assets.WriteSample(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "Tập 5 - Truy tố", "Danh sách người cần triệu tập.docx")); err != nil {
		t.Fatal(err) // LibreOffice is for one of the two only
	}
	if err := os.WriteFile(filepath.Join(dir, "BL 900.pdf"), []byte("%PDF-1.4\n1 0 obj\n<</Type/Catalog"), 0o600); err != nil {
		t.Fatal(err)
	}
	if here, there := tell(t, exec.Command(bin(t), "scan", dir)), tell(t, wine(t, "scan", windowsPath(dir))); here != there {
		t.Errorf("scan tells under Wine:\n%s\nand here:\n%s", there, here)
	}
}

// tell is what scan prints, without the time that it took.
func tell(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	out, err := cmd.Output()
	end := bytes.LastIndexByte(out, ',')
	if end < 0 {
		t.Fatalf("%v: %v\n%s", cmd, err, out)
	}
	return string(out[:end])
}

// wineTrial opens the sample case in the program for Windows, in a Windows of its own: Wine remembers the screens
// that one began with, so they are arranged before. Registry values are set before, too, as the words of `reg add`.
func wineTrial(t *testing.T, arrange func(*displaytest.Rig), values ...[]string) (p *program, console displaytest.Window, prefix string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "Vụ án mẫu")
	cmd := wine(t, windowsPath(dir)) // skips
	prefix, err := os.MkdirTemp("", "butluc-wine-")
	if err != nil {
		t.Fatal(err)
	}
	leftovers = append(leftovers, prefix)
	p = &program{Rig: displaytest.Start(t), t: t, dir: dir, home: homeIn(t.TempDir())}
	arrange(p.Rig)
	if err := assets.WriteSample(dir); err != nil {
		t.Fatal(err)
	}
	for _, v := range values {
		if status := p.Command([]string{"WINEPREFIX=" + prefix}, cmd.Path, append([]string{"reg", "add"}, v...)...).Wait(); status != 0 {
			t.Fatalf("reg add %v: status %d", v, status)
		}
	}
	p.run = p.Command([]string{"WINEPREFIX=" + prefix}, cmd.Path, cmd.Args[1:]...)
	p.keepFailure()
	p.WaitFor("the console", func() (found bool) { // the first window of a new prefix takes long
		for _, w := range p.Windows() {
			if w.Mapped && strings.HasPrefix(w.Title, "Vụ án mẫu") {
				console, found = w, true
			}
		}
		return found
	})
	p.firstPage()
	p.Focus(console)
	return p, console, prefix
}

// courtRight leaves the screens as the Rig begins.
func courtRight(*displaytest.Rig) {}

// leaveWine ends the program as a person does.
func (p *program) leaveWine(console displaytest.Window) {
	p.t.Helper()
	p.Focus(console)
	p.endTrial()
	p.Tap("q", "Ctrl")
	if status := p.run.Wait(); status != 0 {
		p.t.Errorf("exit status %d\n%s", status, p.run.Output())
	}
}

func TestATrialOnWindows(t *testing.T) {
	p, console, _ := wineTrial(t, courtRight)
	p.startTrial()
	p.courtFits()
	first := p.expect("1", 1920, 1080)
	p.Tap("Next")
	p.courtSees(first, "BL 1 after PageDown")
	p.Type("25")
	p.Tap("Return")
	p.courtStays(first, "when the folio is in preview")
	p.record("trial")
	want := p.expect("25", 1920, 1080)
	var tapped time.Time
	p.WaitFor("the court to see BL 25 after Enter, Enter", func() bool {
		if time.Since(tapped) > 3*time.Second { // while pages are counted there is no 45 yet, and one more is needed
			p.Tap("Return")
			tapped = time.Now()
		}
		return displaytest.Same(p.Shot(displaytest.Court), want) == ""
	})
	p.Tap("b")
	p.courtIsBlack("after B")

	// Wine tells nothing of an unplug: the window manager moves the court window onto the laptop, and the
	// program sees it there.
	p.Unplug()
	p.WaitFor("the court window to hide", func() bool { _, ok := p.court(); return !ok })
	p.leaveWine(console)
}

// courtFits fails the test if the court window is anything but the court screen's pixels.
func (p *program) courtFits() {
	p.t.Helper()
	w, _ := p.court()
	if at := p.Where(displaytest.Court); (displaytest.Where{X: w.X, Y: w.Y, W: w.W, H: w.H}) != at {
		p.t.Fatalf("the court window is at %v, the court screen at %v", w, at)
	}
}

// isOnLaptop waits until the whole console is on the laptop's screen: the toolkit may make it larger for a moment.
func (p *program) isOnLaptop(console displaytest.Window) {
	p.t.Helper()
	laptop := p.Where(displaytest.Laptop)
	p.WaitFor("the console within the laptop's screen", func() bool {
		for _, w := range p.Windows() {
			if w.ID == console.ID {
				return w.X >= laptop.X && w.Y >= laptop.Y && w.X+w.W <= laptop.X+laptop.W && w.Y+w.H <= laptop.Y+laptop.H
			}
		}
		return false
	})
}

// However large a Windows draws letters, and whichever side the court's screen is on, the court's picture has that
// screen's very pixels, and the console stays on the laptop.
func TestATrialOnWindowsWhereverTheScreensAre(t *testing.T) {
	large := func(r *displaytest.Rig) { r.LaptopMode(2560, 1600) }
	for _, c := range []struct {
		name    string
		arrange func(*displaytest.Rig)
		dpi     string // that Windows draws letters for: 96 is 100 %
	}{
		{"125 percent", courtRight, "120"},
		{"150 percent", courtRight, "144"},
		{"200 percent", courtRight, "192"},
		{"200 percent of a large screen", large, "192"},
		// The laptop is the main screen, whose corner is Windows' zero: the court's begins at -1920.
		{"court on the left", (*displaytest.Rig).Swap, "96"},
		{"court on the left at 150 percent", (*displaytest.Rig).Swap, "144"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, console, _ := wineTrial(t, c.arrange, []string{`HKCU\Control Panel\Desktop`, "/v", "LogPixels", "/t", "REG_DWORD", "/d", c.dpi, "/f"})
			p.isOnLaptop(console)
			p.startTrial()
			p.courtFits()
			p.Tap("Next")
			p.courtSees(p.expect("1", 1920, 1080), "BL 1 after PageDown")
			p.isOnLaptop(console) // whose room is another now
			p.record("shown")
			p.leaveWine(console)
		})
	}
}

// UniKey writes a letter with its accents by Backspaces and whole characters: a note has the words as they were meant,
// and the court sees nothing of them.
func TestUniKeyOnWindows(t *testing.T) {
	p, console, prefix := wineTrial(t, courtRight)
	typist := filepath.Join(t.TempDir(), "typist.exe")
	build := exec.Command("go", "build", "-o", typist, filepath.Join("testdata", "typist", "main.go"))
	build.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the typist: %v\n%s", err, out)
	}
	p.startTrial()
	first := p.expect("1", 1920, 1080)
	p.Tap("Next")
	p.courtSees(first, "BL 1 after PageDown")
	p.Tap("n")
	p.courtStays(first, "after N")
	hand := p.Command([]string{"WINEPREFIX=" + prefix}, wine(t).Path, typist, "Vie<ê<ệt Nam dd<<đo<ô<ồng y<ý")
	if status := hand.Wait(); status != 0 {
		t.Fatalf("the typist ends with %d: %s", status, hand.Output())
	}
	p.courtStays(first, "by what is typed")
	p.record("typed")
	p.Tap("Return")
	p.courtStays(first, "by Enter in the note")
	p.leaveWine(console)
	if text := p.butluc("journal", p.dir, "print"); !strings.Contains(text, "Việt Nam đồng ý") {
		t.Errorf("the journal says\n%s", text)
	}
}

// The installer puts the program, the uninstaller and the shortcut in place, and takes them away again, but
// nothing else.
func TestWindowsInstaller(t *testing.T) {
	runner := wine(t).Path // skips
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
	run := func(program string, args ...string) {
		t.Helper()
		cmd := exec.Command(runner, append([]string{program}, args...)...)
		cmd.Env = append(os.Environ(), "WINEPREFIX="+prefix)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s %v: %v\n%s", program, args, err, out)
		}
	}
	run(setup, "/S")
	users, _ := filepath.Glob(filepath.Join(prefix, "drive_c", "users", "*", "AppData"))
	if len(users) != 1 {
		t.Fatalf("users: %v", users)
	}
	folder := filepath.Join(users[0], "Local", "Programs", "Butluc")
	installed := []string{
		filepath.Join(folder, "butluc.exe"), filepath.Join(folder, "uninstall.exe"),
		filepath.Join(folder, "LICENSES.txt"),
		filepath.Join(users[0], "Roaming", "Microsoft", "Windows", "Start Menu", "Programs", "Butluc.lnk"),
	}
	for _, path := range installed {
		if info, err := os.Stat(path); err != nil || info.Size() == 0 {
			t.Errorf("not installed: %s (%v)", path, err)
		}
	}

	dir, out := filepath.Join(t.TempDir(), "case"), filepath.Join(t.TempDir(), "court.png")
	run(installed[0], "demo", windowsPath(dir), "--no-window")
	run(installed[0], "show", windowsPath(dir), "--folio", "1", "-o", windowsPath(out))
	settings := filepath.Join(users[0], "Roaming", "butluc", "shelf.json")
	if err := errors.Join(os.MkdirAll(filepath.Dir(settings), 0o700), os.WriteFile(settings, []byte("{}"), 0o600)); err != nil {
		t.Fatal(err)
	}

	run(installed[1], "/S") // returns at once: a copy of it does the work, and can remove it
	eventually.So(t, "what was installed to go", func() bool {
		return !slices.ContainsFunc(installed, func(path string) bool { _, err := os.Stat(path); return err == nil })
	})
	for _, path := range []string{settings, out, filepath.Join(dir, "_butluc")} {
		if _, err := os.Stat(path); err != nil {
			t.Errorf("taken away: %v", err)
		}
	}
}
