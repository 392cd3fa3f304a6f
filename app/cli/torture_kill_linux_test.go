package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"butluc/library"
	"butluc/library/journal"
	"butluc/presenter/clip"
	"butluc/presenter/clip/cliptest"
	"butluc/presenter/clip/protocol"
	"butluc/presenter/render"
)

// worked is a case that editors work on, and what they said of it.
type worked struct {
	dir       string
	states    []string       // the outline, as it was wanted
	has       int            // of them, the last that was said to be on the disk
	noted     int            // entries of the journal that were
	submitted map[int]string // SHA-256 by number
}

// newWorked makes a case of a few small files of the stock.
func (r *round) newWorked(dir string) *worked {
	r.must(os.MkdirAll(dir, 0o700))
	names := r.names(false)
	for i := range 4 {
		name := names[r.random.IntN(len(names))]
		if len(r.stock[name]) < 1<<20 {
			r.must(os.WriteFile(filepath.Join(dir, fmt.Sprintf("BL %d %s", i+1, filepath.Base(name))), r.stock[name], 0o600))
		}
	}
	return &worked{dir: dir, submitted: map[int]string{}, states: []string{stateOf(library.Outline{})}}
}

// editor is a program that edits.
type editor struct {
	*worked
	r     *round
	cmd   *exec.Cmd
	in    io.Closer
	lines *bufio.Scanner
	errs  bytes.Buffer
	count int // of edits on the disk
}

func (r *round) edit(w *worked) *editor {
	e := &editor{worked: w, r: r}
	line := slices.Concat(r.through, []string{r.butluc, "edit-case", w.dir, strconv.FormatUint(r.random.Uint64(), 10)})
	e.cmd = exec.Command(line[0], line[1:]...)
	e.cmd.Env, e.cmd.Stderr = r.env, &e.errs
	e.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	in, err := e.cmd.StdinPipe()
	r.must(err)
	out, err := e.cmd.StdoutPipe()
	r.must(err)
	r.must(e.cmd.Start())
	e.in, e.lines = in, bufio.NewScanner(out)
	return e
}

// next gives the next word that the editor says; ok is false when it has ended.
func (e *editor) next() (word string, ok bool) {
	late := e.r.watch(func() { _ = syscall.Kill(-e.cmd.Process.Pid, syscall.SIGKILL) })
	ok = e.lines.Scan()
	if late() {
		e.r.find(foundHang, "an editor goes on no more: %s", &e.errs)
	}
	word, value, _ := strings.Cut(e.lines.Text(), " ")
	switch e.r.note("%s %.30s", word, value); word {
	case "wants":
		e.states = append(e.states, value)
	case "has":
		e.has = len(e.states) - 1
		e.count++
	case "noted":
		e.noted, _ = strconv.Atoi(value)
	case "submitted":
		number, sha256, _ := strings.Cut(value, " ")
		n, _ := strconv.Atoi(number)
		if was, ok := e.submitted[n]; ok && was != sha256 {
			e.r.find(foundSilent, "number %d was given twice", n)
		}
		e.submitted[n] = sha256
	case "error":
		e.r.find(foundCrash, "an editor: %s", value)
	}
	return word, ok
}

// ready waits until the case is open, and looks whether it is what it was.
func (e *editor) ready() bool {
	for {
		word, ok := e.next()
		switch {
		case !ok:
			return false
		case word == "doubtful":
			e.r.find(foundLost, "an editor found a case that may have lost something: %s", e.lines.Text())
		case word == "ready":
			_, state, _ := strings.Cut(e.lines.Text(), " ")
			e.settle(state, "an editor")
			return true
		}
	}
}

// settle compares what is found with what was said to be there, and goes on from it.
func (w *worked) settleAt(state string) (ok bool) {
	for i := len(w.states) - 1; i >= w.has; i-- {
		if w.states[i] == state {
			w.states, w.has = append(w.states[:0:0], state), 0
			return true
		}
	}
	return false
}

func (e *editor) settle(state, who string) {
	if !e.settleAt(state) {
		e.r.find(foundLost, "%s found %s; of %q all up to %d were on the disk", who, state, e.states, e.has)
		e.states, e.has = []string{state}, 0
	}
}

// kill ends an editor by SIGKILL, and hears what it had said by then.
func (e *editor) kill() {
	_ = e.cmd.Process.Kill()
	e.drain()
}

// quit lets an editor end in order.
func (e *editor) quit() {
	_ = e.in.Close()
	e.drain()
	if s := e.cmd.ProcessState; s.ExitCode() != exitFine {
		e.r.find(foundStatus, "an editor: %s: %s", s, &e.errs)
	}
}

func (e *editor) drain() {
	for {
		if _, ok := e.next(); !ok {
			break
		}
	}
	_ = e.cmd.Wait()
	if strings.Contains(e.errs.String(), "\ngoroutine ") { // that a check of a database crashed is told in its log, without
		e.r.find(foundPanic, "an editor: %s", &e.errs)
	}
}

// verify asks the verbs for what is there: nothing that was acknowledged may be missing.
func (w *worked) verify(r *round) {
	file := filepath.Join(r.dir, "outline.json")
	a := r.verb("outline", w.dir, "export", file)
	b, _ := os.ReadFile(file)
	_ = os.Remove(file)
	switch found := stateIn(b); {
	case !w.settleAt(found):
		r.find(foundLost, "export found %s; of %q all up to %d were on the disk: %s", found, w.states, w.has, a.errs)
	case a.status != exitFine:
		r.find(foundStatus, "export: exit status %d: %s", a.status, a.errs)
	}
	home := filepath.Join(w.dir, library.Sidecar)
	if head, err := journal.ReadFile(filepath.Join(home, "journal", journal.FileName), nil); w.noted > 0 && head.Count < w.noted {
		r.find(foundLost, "the journal has %d lines of %d: %v", head.Count, w.noted, err)
	}
	for n, sha256 := range w.submitted {
		if list, _ := filepath.Glob(filepath.Join(home, "submitted", fmt.Sprintf("%06d-*-%s.json", n, sha256))); len(list) != 1 {
			r.find(foundLost, "the copy that was submitted as number %d is there %d times", n, len(list))
		}
	}
}

// kills kills the program while it edits, at any instant from its start on, often with its workers under way.
func (l *laboratory) kills() func(*round) {
	var w *worked
	return func(r *round) {
		if w == nil || r.number%25 == 0 {
			w = r.newWorked(filepath.Join(r.base, fmt.Sprint("killed-", r.number)))
		}
		e := r.edit(w)
		r.faults++
		if edits := r.random.IntN(12) - 2; edits >= 0 && e.ready() {
			for e.count < edits {
				if _, ok := e.next(); !ok {
					break
				}
			}
		} else {
			time.Sleep(time.Duration(r.random.IntN(150)) * time.Millisecond)
		}
		time.Sleep(time.Duration(r.random.IntN(9000)) * time.Microsecond)
		e.kill()
		if r.random.IntN(3) == 0 { // else the next editor finds out
			w.verify(r)
		}
		if r.bad {
			_ = os.CopyFS(filepath.Join(r.dir, "case"), os.DirFS(w.dir))
			w = nil
		}
	}
}

// worker finds a child of a program that does one thing.
func childOf(pid int, does string) int {
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, list := range lists {
		b, _ := os.ReadFile(list)
		for _, field := range strings.Fields(string(b)) {
			line, _ := os.ReadFile("/proc/" + field + "/cmdline")
			if child, err := strconv.Atoi(field); err == nil && bytes.Contains(line, []byte(does)) {
				return child
			}
		}
	}
	return 0
}

// killWorkers kills what decodes, while verbs work: that costs pages, and nothing else.
func killWorkers(r *round) {
	dir := filepath.Join(r.dir, "case")
	names := r.fill(dir, 8, false, func(_ string, b []byte) []byte { return b })
	args := [][]string{
		{"scan", dir, "--json"},
		{"show", dir, "--page", names[r.random.IntN(len(names))], "-o", filepath.Join(r.dir, "x.png"), "--size", "320x240"},
		{"check", dir, "--json"},
	}[r.random.IntN(3)]
	cmd, judge := r.command(args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	r.must(cmd.Start())
	over := make(chan struct{})
	killed := make(chan int)
	most, between := 1+r.random.IntN(12), time.Duration(r.random.IntN(80))*time.Millisecond
	go func() {
		n := 0
		defer func() { killed <- n }()
		for n < most {
			select {
			case <-over:
				return
			case <-time.After(between + time.Millisecond):
			}
			if worker := childOf(cmd.Process.Pid, "render-worker"); worker != 0 && syscall.Kill(worker, syscall.SIGKILL) == nil {
				n++
			}
		}
	}()
	a := judge(cmd.Wait, func() (string, string) { return out.String(), errs.String() })
	close(over)
	r.faults += <-killed
	r.compare(args, a, len(names))
}

// compare looks at what a verb gave that may have found faults.
func (r *round) compare(args []string, a answer, files int) {
	switch args[0] {
	case "scan":
		var s scanned
		if err := json.Unmarshal([]byte(a.out), &s); err != nil || len(s.Exhibits) != files {
			r.find(foundLost, "scan lists %d of %d files: %v", len(s.Exhibits), files, err)
		}
	case "show":
		r.picture(filepath.Join(r.dir, "x.png"), a, image.Pt(320, 240))
	}
}

// picture looks at what show wrote: a whole picture, or nothing.
func (r *round) picture(file string, a answer, size image.Point) []byte {
	b, err := os.ReadFile(file)
	if err != nil {
		if a.status == exitFine {
			r.find(foundStatus, "show: exit status 0, and no picture")
		}
		return nil
	}
	p, err := png.Decode(bytes.NewReader(b))
	if err != nil || p.Bounds().Size() != size {
		r.find(foundTouched, "show left half a picture: %v", err)
	}
	_ = os.Remove(file)
	return b
}

// playerKills kills the player of recordings while it plays: that costs the play, and the next one plays.
func (l *laboratory) playerKills() func(*round) {
	if _, err := exec.LookPath("ffmpeg"); err != nil || !clipsPlay() {
		return func(r *round) { r.experiment.note = "there is no ffmpeg or no libmpv here" }
	}
	file := cliptest.H264(l.t)
	info, err := os.Stat(file)
	if err != nil {
		l.t.Fatal(err)
	}
	film := clip.Clip{
		Source: render.Source{Root: filepath.Dir(file), Path: filepath.Base(file), Kind: library.KindVideo, Size: info.Size(), ModTime: info.ModTime().UnixNano()},
		Size:   image.Pt(320, 180), To: 4000, Volume: 100, Speed: 100,
	}
	return func(r *round) {
		h := hearer{round: r, reports: make(chan clip.Report, 1<<16)}
		p := clip.New(clip.Options{Sound: "null", Report: func(report clip.Report) { h.reports <- report }})
		defer p.Close()
		for range 4 {
			p.Play(film)
			for after := r.random.IntN(20); after >= 0; after-- {
				if told, ok := h.next(); !ok || told.Told != protocol.Frame {
					break
				}
			}
			time.Sleep(time.Duration(r.random.IntN(20)) * time.Millisecond)
			if child := childOf(os.Getpid(), "clip-player"); child != 0 && syscall.Kill(child, syscall.SIGKILL) == nil {
				r.faults++
			}
			h.plays(p, film)
		}
	}
}

// hearer hears what a player tells.
type hearer struct {
	*round
	reports chan clip.Report
}

// next gives what is told next; ok is false where nothing comes any more.
func (h *hearer) next() (told clip.Report, ok bool) {
	over := make(chan struct{})
	late := h.watch(func() { close(over) })
	select {
	case told = <-h.reports:
		ok = true
	case <-over:
		h.find(foundHang, "the player tells nothing any more")
	}
	_ = late()
	return told, ok
}

// plays holds that a clip plays. The child that was killed may have got it yet: then it is told that it was stopped.
func (h *hearer) plays(p *clip.Player, film clip.Clip) {
	serial := p.Play(film)
	for tries := 0; ; {
		told, ok := h.next()
		switch {
		case !ok:
			return
		case told.Serial != serial:
		case told.Told == protocol.Frame:
			return
		case tries > 0:
			h.find(foundCrash, "after a kill nothing plays: %+v", told)
			return
		default:
			tries++
			serial = p.Play(film)
		}
	}
}

// clipsPlay tells whether recordings are played here.
func clipsPlay() bool {
	out, err := exec.Command("ldconfig", "-p").Output()
	return err == nil && strings.Contains(string(out), "libmpv.so")
}

// fillDisk lets the disk of a case run full while it is edited, and empties it again.
func fillDisk(r *round) {
	disk := filepath.Join(r.dir, "disk")
	r.must(os.Mkdir(disk, 0o700))
	size := 2 + r.random.IntN(6)
	holder := exec.Command("unshare", "-Urm", "sh", "-c", `mount -t tmpfs -o size="$2"m none "$1" && echo there && exec cat`, "sh", disk, strconv.Itoa(size))
	in, err := holder.StdinPipe()
	r.must(err)
	out, err := holder.StdoutPipe()
	r.must(err)
	r.must(holder.Start())
	defer func() { _ = in.Close(); _ = holder.Wait() }()
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "there\n" {
		r.experiment.note = "a small disk can't be mounted here"
		return
	}
	r.through = []string{"nsenter", "--preserve-credentials", "-U", "-m", "-t", strconv.Itoa(holder.Process.Pid)}
	inside := func(line ...string) { _ = exec.Command(r.through[0], append(r.through[1:], line...)...).Run() }
	w := r.newWorked(filepath.Join(r.dir, "case"))
	inside("cp", "-r", w.dir, disk)
	w.dir = filepath.Join(disk, "case")
	if r.number%2 == 1 { // all that the program keeps is there, too
		r.env = append(r.env, "XDG_DATA_HOME="+disk+"/data", "XDG_CACHE_HOME="+disk+"/cache")
	}
	for range 2 {
		e := r.edit(w)
		if e.ready() {
			e.goOn(1 + r.random.IntN(10))
			inside("sh", "-c", `dd if=/dev/zero of="$1/filler" bs=4k 2>&1; truncate -s -"$2" "$1/filler"`, "sh", disk, strconv.Itoa(4096*r.random.IntN(4)))
			r.faults++
			e.goOn(r.random.IntN(4)) // or is refused
			if r.random.IntN(2) == 0 {
				w.refuses(r, disk)
			}
			if r.random.IntN(2) == 0 {
				inside("rm", "-f", disk+"/filler")
				before := e.count
				for e.count == before { // it goes on by itself
					if _, ok := e.next(); !ok {
						r.find(foundCrash, "an editor ended on a full disk: %s", &e.errs)
						break
					}
				}
			}
		} else {
			r.find(foundCrash, "an editor did not begin: %s", &e.errs)
		}
		e.kill()
		inside("rm", "-f", disk+"/filler")
		w.verifyInside(r)
	}
}

// goOn hears an editor until it has so many edits more on the disk, or was refused as often.
func (e *editor) goOn(edits int) {
	for edits > 0 {
		word, ok := e.next()
		if !ok {
			e.r.find(foundCrash, "an editor ended: %s", &e.errs)
			return
		}
		if word == "has" || word == "refused" {
			edits--
		}
	}
}

// verifyInside is verify on a disk that only the program's own kind sees.
func (w *worked) verifyInside(r *round) {
	file := filepath.Join(r.dir, "outline.json")
	a := r.verb("outline", w.dir, "export", file)
	b, _ := os.ReadFile(file)
	if found := stateIn(b); !w.settleAt(found) {
		r.find(foundLost, "export found %s; of %q all up to %d were on the disk: %s", found, w.states, w.has, a.errs)
	}
	if a.status != exitFine && strings.TrimSpace(a.errs) == "" { // the log may have more than the database, which is told
		r.find(foundSilent, "export: exit status %d, and not a word", a.status)
	}
	a = r.verb("journal", w.dir, "verify")
	if n := regexp.MustCompile(`whole: (\d+) lines`).FindStringSubmatch(a.out); w.noted > 0 && n != nil {
		if lines, _ := strconv.Atoi(n[1]); lines < w.noted {
			r.find(foundLost, "the journal has %d lines of %d", lines, w.noted)
		}
	}
}

// refuses writes onto the full disk by the verbs, which say so.
func (w *worked) refuses(r *round, disk string) {
	for _, args := range [][]string{
		{"outline", w.dir, "export", filepath.Join(disk, "outline.json")},
		{"show", w.dir, "--page", "BL 1", "-o", filepath.Join(disk, "x.png")},
		{"outline", w.dir, "submit"},
	} {
		r.verb(args...)
	}
}
