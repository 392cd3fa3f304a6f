package console

import (
	"bytes"
	"fmt"
	"image"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"butluc/app/console/clips"
	"butluc/app/console/consoletest"
	"butluc/app/console/court"
	"butluc/app/console/sealing"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/eventually"
	"butluc/library/journal"
	"butluc/library/office/identity"
	"butluc/presenter/clip"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

func TestMain(m *testing.M) { consoletest.Main(m) }

// harness is a session without a window, on the sample case.
type harness struct {
	*Session
	t      testing.TB
	screen *consoletest.Screen
	hand   *Hand
	loop   *consoletest.Loop
	log    atomic.Pointer[journal.Journal]
}

func newHarness(t testing.TB) *harness {
	t.Helper()
	w := openHarness(t, consoletest.SampleCase(t), func(o *casefile.Options) { o.NoHash = true })
	w.outline()
	return w
}

// openHarness opens a case, and waits until it is read.
func openHarness(t testing.TB, dir string, change func(*casefile.Options)) *harness {
	t.Helper()
	w := startHarness(t, dir, change)
	w.loop.UntilRead(func() (casefile.Snapshot, bool) { return w.Dossier.Snapshot() })
	return w
}

// startHarness opens a case.
func startHarness(t testing.TB, dir string, change func(*casefile.Options)) *harness {
	t.Helper()
	w := &harness{t: t, screen: &consoletest.Screen{}, loop: consoletest.NewLoop(t)}
	logs := t.TempDir()
	w.Session = New(Options{
		Post: w.loop.Post, NewRenderer: consoletest.NewRenderer,
		OpenCase: consoletest.Opener(t, func(o *casefile.Options) {
			o.NoHash = false
			if change != nil {
				change(o)
			}
		}),
		NewPlayer: func(report func(clip.Report)) clips.Player {
			return clip.New(clip.Options{Sound: "null", Report: report})
		},
		Rendition: func(library.Case, library.File) render.Source { return render.Source{} },
		Shelf:     consoletest.Settings(t), Court: court.Options{Screen: w.screen},
		Sealing: sealing.Options{Home: identity.Home{Dir: t.TempDir()}},
		Journal: func() (*journal.Journal, error) {
			j, _, err := journal.Open(filepath.Join(logs, "journal"), filepath.Join(logs, "head"))
			w.log.Store(j)
			return j, err
		},
	})
	w.hand = NewHand(w.Session)
	w.Open(dir)
	return w
}

// outline prepares three scenarios over the case's pages, some steps of words only, some of two pages.
func (w *harness) outline() {
	pages := w.Dossier.Pages()
	w.Edits.Edit(w.Dossier.Outline().AddPhase(library.Phase{ID: "p", Title: "Xét hỏi"}, library.Place{}))
	for i := range 3 {
		id := library.ID("s" + strconv.Itoa(i))
		w.Edits.Edit(w.Dossier.Outline().AddScenario(library.Scenario{ID: id, Title: string(id), Digit: i + 1}, library.Place{Parent: "p"}))
		for k := range 6 {
			step := library.Step{ID: library.NewID(), Say: "Vì sao?"}
			switch k {
			case 2:
			case 4:
				step.Shot = library.ShotOf(pages[i*10+k], pages[i*10+k+1])
			default:
				step.Shot = library.ShotOf(pages[i*10+k])
			}
			w.Edits.Edit(w.Dossier.Outline().AddSteps(library.Place{Parent: id}, step))
		}
	}
	w.Edits.Restrict("khac", pages[11])
}

func (w *harness) pump() { w.loop.Pump() }

func (w *harness) until(what string, so func() bool) {
	w.t.Helper()
	w.loop.Until(what, so)
}

// killWorker kills one of the processes that draw pages.
func (w *harness) killWorker() {
	list, err := os.ReadFile(fmt.Sprintf("/proc/self/task/%d/children", os.Getpid()))
	if err != nil {
		return // not Linux: then this is not tried
	}
	for _, word := range strings.Fields(string(list)) {
		if pid, err := strconv.Atoi(word); err == nil {
			if p, err := os.FindProcess(pid); err == nil {
				_ = p.Kill()
			}
			return
		}
	}
}

// check holds the promises that can be seen from outside.
func (w *harness) check(after string) {
	w.t.Helper()
	st := w.Stage.State()
	switch {
	case w.screen.Sees != nil && !st.Running:
		w.t.Fatalf("after %s: no trial runs, and the court sees a page", after)
	case w.screen.Sees != nil && !st.Screen:
		w.t.Fatalf("after %s: there is no screen, and the court sees a page", after)
	case w.screen.Sees != nil && st.Black:
		w.t.Fatalf("after %s: promise 3: black was meant, and the court sees a page", after)
	case st.Dark != (w.screen.Sees == nil):
		w.t.Fatalf("after %s: the console says dark %v, the court sees a page %v", after, st.Dark, w.screen.Sees != nil)
	}
	if w.screen.Sees != nil {
		// The frame may have been made anew since, of the same shot: then it has the same pixels.
		f, ok := w.Stage.Frame(st.Shown)
		if ok && f.Err == nil && f.Image != w.screen.Sees && !bytes.Equal(f.Image.Pix, w.screen.Sees.Pix) {
			w.t.Fatalf("after %s: promise 2: the court does not see what the console says", after)
		}
	}
}

// TestTwentyThousandKeys presses keys at random, pulls the cable and kills workers.
func TestTwentyThousandKeys(t *testing.T) {
	commands := 20000
	if testing.Short() {
		commands = 2000
	}
	goroutines := runtime.NumGoroutine()
	w := newHarness(t)
	names := []string{
		"PageDown", "PageDown", "PageDown", "PageUp", "Enter", "Enter", "B", ".", "R", "Home", "End", "Alt+1", "Alt+2", "Alt+3",
		"Ctrl+PageDown", "Ctrl+PageUp", "Ctrl+Shift+PageDown", "Shift+Z", "Z", "Shift+Down", "Shift++", "[", "]", "1", "4", "5", "Esc", "F5", "Shift+F5",
	}
	random := rand.New(rand.NewPCG(5, 6))
	var early uint64
	heap := func() uint64 {
		if j := w.log.Load(); j != nil {
			_ = j.Flush() // what waits for the disk is not what is asked about
		}
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	for i := range commands {
		what := names[random.IntN(len(names))]
		program := w.Stage.State().Program
		switch random.IntN(100) {
		case 0:
			what = "unplug"
			if w.Stage.Running() {
				w.Stage.Projector().SetScreen(nil)
				w.screen.Hide() // as its guard does
			}
		case 1, 2, 3:
			what = "plug"
			if w.Stage.Running() && !w.Stage.State().Screen {
				w.Stage.Projector().SetScreen(w.screen)
			}
		case 4:
			what = "end"
			w.Hearing.End()
		case 5:
			if i%20 == 0 {
				what = "kill"
				w.killWorker()
			}
		default:
			_ = w.hand.Press(what) // a folio that no page carries is an error, and no matter
		}
		switch what {
		case "Z", "[", "]", "R", "Home", "End", "Alt+1", "Alt+2", "Alt+3", "Ctrl+PageDown", "Ctrl+PageUp", "Esc", "unplug", "plug":
			if p := w.Stage.State().Program; p != program {
				t.Fatalf("promise 1: %s changed Program", what)
			}
		}
		w.check(what)
		w.pump()
		w.check("pump after " + what)
		if random.IntN(8) == 0 { // a person looks before the next key
			w.until("the court's picture", func() bool { return !w.Stage.Waits() })
			w.check("waiting")
		}
		if i == commands/4 {
			early = heap()
		}
	}
	late := heap()
	t.Logf("heap %d MB after a quarter, %d MB at the end; %d pictures, %d times black", early>>20, late>>20, w.screen.Shows, w.screen.Blacks)
	if late > early+48<<20 {
		t.Errorf("the heap grew from %d to %d MB", early>>20, late>>20)
	}
	if w.screen.Shows < commands/50 {
		t.Errorf("only %d pictures were shown", w.screen.Shows)
	}
	w.Hearing.End()
	if err := w.log.Load().Close(); err != nil {
		t.Fatal(err)
	}
	w.journalFits()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	eventually.So(t, "the goroutines of the window to end", func() bool { return runtime.NumGoroutine() <= goroutines })
}

// journalFits compares the journal with what the screen was given: each black, and each picture, but
// for views that did not settle.
func (w *harness) journalFits() {
	w.t.Helper()
	count := map[journal.Kind]int{}
	if _, err := journal.ReadFile(w.log.Load().Path(), func(e journal.Entry) { count[e.Kind]++ }); err != nil {
		w.t.Fatal(err)
	}
	if count[journal.KindBlack] != w.screen.Blacks {
		w.t.Errorf("%d times black, %d in the journal", w.screen.Blacks, count[journal.KindBlack])
	}
	if n := count[journal.KindShow] + count[journal.KindView]; n > w.screen.Shows || count[journal.KindShow] == 0 {
		w.t.Errorf("%d pictures, %d in the journal", w.screen.Shows, n)
	}
}

// BenchmarkRecord is what the journal adds to a take on the UI goroutine: the description of what is
// shown, and queueing it.
func BenchmarkRecord(b *testing.B) {
	w := newHarness(b)
	defer w.Close()
	w.Start(false)
	w.until("the journal to be open", func() bool { return w.log.Load() != nil && w.Session.Recorder.Journal() != nil })
	frame := image.NewRGBA(image.Rect(0, 0, 1920, 1080))
	shots := []library.Shot{w.Run.Cues()[0].Shot, w.Run.Cues()[1].Shot, w.Run.Cues()[4].Shot}
	var times []time.Duration
	for i := 0; b.Loop(); i++ {
		shot := shots[i%len(shots)]
		began := time.Now()
		w.Session.Recorder.Record(projector.Event{Kind: projector.Shows, Shot: shot, Frame: frame, Size: frame.Rect.Size(), Origins: make([]projector.Origin, shot.Count)})
		times = append(times, time.Since(began))
		b.StopTimer()
		_ = w.log.Load().Flush()
		b.StartTimer()
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)*95/100].Nanoseconds()), "p95-ns")
}

// BenchmarkKeyToStage is a key of a hand until the stage has done what it asks for.
func BenchmarkKeyToStage(b *testing.B) {
	w := newHarness(b)
	defer w.Close()
	w.Start(false)
	for i := 0; b.Loop(); i++ {
		key := "PageDown"
		if i%8 > 3 {
			key = "PageUp"
		}
		if err := w.hand.Press(key); err != nil {
			b.Fatal(err)
		}
	}
}
