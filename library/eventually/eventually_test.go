package eventually

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

// hurried is a test with a deadline of its own, which remembers what it is told.
type hurried struct {
	deadline time.Time
	failed   string
}

func (h *hurried) Deadline() (time.Time, bool) { return h.deadline, true }
func (h *hurried) Fatalf(format string, args ...any) {
	h.failed = fmt.Sprintf(format, args...)
	panic(h)
}

// fails tells what a wait in vain says, and how long it takes in a test that ends in a minute.
func fails(t *testing.T, wait func(*hurried)) (said string, after time.Duration) {
	t.Helper()
	began := time.Now()
	h := &hurried{deadline: began.Add(time.Minute)}
	func() {
		defer func() { _ = recover() }()
		wait(h)
	}()
	return h.failed, time.Since(began)
}

func TestAWaitInVainEndsBeforeTheTests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, wait := range map[string]func(*hurried){
			"So":      func(h *hurried) { So(h, "a miracle", func() bool { return false }) },
			"Receive": func(h *hurried) { Receive(h, "a miracle", make(chan int)) },
		} {
			if said, after := fails(t, wait); said != "waited in vain for a miracle" || after != time.Minute-before {
				t.Errorf("%s: %q after %v", name, said, after)
			}
		}
	})
}

func TestWaitsEndWithWhatTheyWaitFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		said, after := fails(t, func(h *hurried) {
			So(h, "half a minute", func() bool { return time.Since(began) >= 30*time.Second })
			news := make(chan int, 1)
			news <- 7
			if got := Receive(h, "news", news); got != 7 {
				t.Errorf("received %d", got)
			}
		})
		if said != "" || after < 30*time.Second || after > 31*time.Second {
			t.Errorf("%q after %v", said, after)
		}
	})
}

func TestTheContextEndsBeforeTheTests(t *testing.T) {
	deadline, ok := t.Deadline()
	if !ok {
		t.Skip("go test runs without a deadline")
	}
	if got, ok := Context(t).Deadline(); !ok || !got.Equal(deadline.Add(-before)) {
		t.Errorf("%v, %v", got, ok)
	}
}
