// Package shell is the window: three rooms and a rail, the keys, and the one way to leave.
package shell

import (
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"butluc/app/console"
	"butluc/app/ui/pathdialog"
	"butluc/assets"
	"butluc/presenter/display"
)

// ID is the application's id, for the system's notifications and preferences.
const ID = "vn.butluc.app"

// Options are what the window starts with.
type Options struct {
	Session console.Options // Post and Console are the window's own to fill
	Case    string          // folder to open, or a file of one; "" for the shelf
	Sample  bool            // open the sample case instead
	Version string
	Notice  string // to tell at the foot once the window stands; "" for nothing
}

// Run shows the window until it is left, by its close button, a key, or SIGINT and SIGTERM. It must
// be called on the main goroutine.
func Run(opt Options) error {
	a := fyneapp.NewWithID(ID)
	a.SetIcon(fyne.NewStaticResource("icon.png", assets.AppIcon()))
	drawInside()
	w := newWindow(a, opt.Version)
	w.leaving.post = fyne.Do
	w.chooser.ask = pathdialog.Ask
	opt.Session.Post = w.leaving.Post
	opt.Session.Court.Console = w.desktop.place
	opt.Session.Court.MoveConsole = w.desktop.move
	opt.Session.Court.PlaceConsole = w.desktop.stand
	opt.Session.Court.RaiseConsole = func() { w.win.RequestFocus() }
	w.session = console.New(opt.Session)
	w.build()
	w.show()

	stop := make(chan struct{})
	var beside sync.WaitGroup
	beside.Go(func() { w.everySecond(stop) })
	beside.Go(func() { w.handleSignals(stop) })
	if opt.Session.Trace != nil {
		beside.Go(func() { w.traceWaits(opt.Session.Trace, stop) })
	}
	a.Lifecycle().SetOnStarted(func() {
		w.leaving.Post(func() {
			if fitsLater {
				w.desktop.restore()
				w.desktop.fit()
			}
			w.session.Court.Watch(w.keyboard.courtKey)
			w.listen()
			if opt.Notice != "" {
				w.session.Notices.TellText(opt.Notice, true)
			}
			switch {
			case opt.Sample:
				w.session.OpenSample()
			case opt.Case != "":
				w.chooser.openNamed(opt.Case)
			case w.session.Settings.UnfinishedCase() != "":
				w.session.Open(w.session.Settings.UnfinishedCase())
			}
		})
	})
	w.loop()

	// Nothing below may touch the window system: its loop has ended.
	w.leaving.end()
	close(stop)
	beside.Wait()
	return w.session.Close()
}

// listen has the console's keys come here before the toolkit: whatever has its keyboard, a menu or a list in a dialog,
// black works.
func (w *window) listen() {
	err := errors.New("listen to the console's keys: no window of OpenGL")
	if native, ok := w.win.(interface{ RunWithContext(func()) }); ok {
		err = display.FirstRefusal(native.RunWithContext, w.keyboard.consoleKey)
	}
	if err != nil {
		slog.Error("the keyboard is dead", "err", err)
		w.session.Notices.TellText(err.Error(), true)
	}
}

// handleSignals leaves on SIGINT and SIGTERM. In the first second they are the toolkit's: it listens from a moment on that
// nobody is told of, and would quit in its own way.
func (w *window) handleSignals(stop <-chan struct{}) {
	select {
	case <-stop:
		return
	case <-time.After(time.Second):
	}
	signals := make(chan os.Signal, 1)
	signal.Reset(os.Interrupt, syscall.SIGTERM)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	select {
	case <-stop:
	case s := <-signals:
		slog.Info("leave on signal", "signal", s)
		w.leaving.Post(w.leave)
	}
}

// everySecond moves the clocks, with one post pending at most.
func (w *window) everySecond(stop <-chan struct{}) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	done := make(chan struct{}, 1)
	done <- struct{}{}
	for {
		select {
		case <-stop:
			return
		case <-ticker.C:
			select {
			case <-done:
				w.leaving.Post(func() {
					w.tick(time.Now())
					done <- struct{}{}
				})
			default: // the UI is busy: this second is not drawn
			}
		}
	}
}

// leaving is a gate for posts: once shut, nothing is posted, because posting after the window
// system has gone panics.
type leaving struct {
	mu   sync.Mutex
	shut bool
	post func(func())
}

// Post runs f on the UI goroutine, unless the window is being left.
func (l *leaving) Post(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.shut {
		l.post(f)
	}
}

// end shuts the gate and tells whether it was open.
func (l *leaving) end() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	was := !l.shut
	l.shut = true
	return was
}

// leave is the one way out: a trial that nobody ended is cut off, the posters stop, the windows go, and only then does the
// toolkit's loop end.
func (w *window) leave() {
	if !w.leaving.end() {
		return
	}
	w.chooser.end()
	w.leaveRoom()
	stay{w}.keep()
	w.desktop.keep()
	w.session.Hearing.CutOff()
	w.session.Court.LetGo()
	w.win.Hide()
	fyne.Do(w.breakLoop) // where no callback of the window system's is under way
}

// loop runs the toolkit's loop until breakLoop.
func (w *window) loop() {
	defer func() {
		if w.left {
			_ = recover() // breakLoop's
		}
	}()
	w.app.Run()
}

// breakLoop ends the toolkit's loop from within, by a panic that loop knows. The toolkit's own Quit may wait for ever
// or panic: an event of the application's life that its queue takes to the main goroutine just when this goroutine
// closes that way is lost, or is sent on a closed channel (Fyne 2.8.1, internal/driver/glfw/loop.go,
// runOnMainWithWait beside the end of runGL; internal/app/lifecycle.go, WaitForEvents).
func (w *window) breakLoop() {
	w.left = true
	panic("the window was left")
}
