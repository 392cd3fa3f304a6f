//go:build display && linux

package system

import (
	"sync"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"butluc/presenter/display/displaytest"
)

func open(t *testing.T) (*displaytest.Rig, *Desktop) {
	t.Helper()
	rig := displaytest.Start(t)
	t.Setenv("DISPLAY", rig.Display())
	d, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return rig, d
}

func TestLayoutTellsWhatTheServerShows(t *testing.T) {
	rig, d := open(t)
	l, err := d.Layout()
	if err != nil || len(l.Screens) != 2 || l.Mirrored {
		t.Fatalf("%+v, %v", l, err)
	}
	for i, which := range []displaytest.Which{displaytest.Laptop, displaytest.Court} {
		s, at := l.Screens[i], rig.Where(which)
		if (displaytest.Where{X: s.X, Y: s.Y, W: s.W, H: s.H}) != at {
			t.Errorf("%v: %+v, want %+v", which, s, at)
		}
		if s.Primary != (which == displaytest.Laptop) || s.Refresh != 60 || s.Scale != 1 {
			t.Errorf("%v: %+v", which, s)
		}
	}
	rig.Mirror()
	if l, err = d.Layout(); err != nil || !l.Mirrored {
		t.Errorf("mirrored: %+v, %v", l, err)
	}
}

func TestWaitHearsOfAnUnplug(t *testing.T) {
	rig, d := open(t)
	rig.Unplug()
	for screens := 2; screens > 1; { // the start may have something to tell still
		if !d.Wait(time.Hour, nil) {
			t.Fatal("the line is dead")
		}
		l, err := d.Layout()
		if err != nil {
			t.Fatal(err)
		}
		screens = len(l.Screens)
	}
}

func TestALineThatTheServerCutSaysSo(t *testing.T) {
	_, victim := open(t)
	id, err := xproto.NewWindowId(victim.conn)
	if err != nil {
		t.Fatal(err)
	}
	// Something that belongs to the line, by which the server can be told to cut it.
	screen := xproto.Setup(victim.conn).DefaultScreen(victim.conn)
	xproto.CreateWindow(victim.conn, screen.RootDepth, id, victim.root, 0, 0, 8, 8, 0,
		xproto.WindowClassInputOutput, screen.RootVisual, 0, nil)
	victim.conn.Sync()
	killer, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	defer killer.Close()
	xproto.KillClient(killer.conn, uint32(id))
	for victim.Wait(5*time.Second, nil) {
	}
	if victim.Alive() {
		t.Error("a dead line says that it lives")
	}
	if _, err := victim.Layout(); err == nil {
		t.Error("a dead line answers")
	}
	if _, err := killer.Layout(); err != nil {
		t.Errorf("another line: %v", err)
	}
}

func TestKeepAwakeSuspendsTheServersScreenSaver(t *testing.T) {
	open(t)
	told := make(chan error, 1)
	release := keepAwake("test", func(err error) { told <- err }, []waker{suspendXScreenSaver})
	if err := <-told; err != nil {
		t.Fatal(err)
	}
	release()
	release()
}

func TestKeepAwakeSaysWhenNothingWorked(t *testing.T) {
	told := make(chan error, 1)
	release := keepAwake("test", func(err error) { told <- err }, nil)
	defer release()
	if err := <-told; err == nil {
		t.Error("no way worked, and nobody was told")
	}
}

// Lines to the server are opened by several goroutines while others listen: at the start, at a
// trial's start, and whenever one has died. xgb's tables once ended the program over it.
func TestLinesAreOpenedWhileOthersListen(t *testing.T) {
	rig, _ := open(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 10 {
				d, err := Open()
				if err != nil {
					t.Errorf("open a line: %v", err)
					return
				}
				if _, err := d.Layout(); err != nil {
					t.Errorf("ask for the layout: %v", err)
				}
				d.Close()
			}
		})
	}
	for range 5 {
		rig.Unplug()
		rig.Plug()
		release := KeepAwake("test", nil)
		release()
	}
	wg.Wait()
}
