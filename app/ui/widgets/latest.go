package widgets

import (
	"sync"

	"fyne.io/fyne/v2"
)

// Do runs a function on the UI goroutine, later. The toolkit's test driver would run it at once, on whatever goroutine:
// tests put a queue of their own in its place before anything is drawn.
var Do = fyne.Do

// Latest does work on a goroutine, one piece at a time and the newest first and only: work that was
// overtaken before its turn is never begun. The zero Latest is ready.
type Latest struct {
	mu      sync.Mutex
	next    func() (done func())
	working bool
}

// Do gives it work. What the work returns runs on the UI goroutine, and must ask whether it is still wanted.
func (l *Latest) Do(work func() (done func())) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.next = work
	if !l.working {
		l.working = true
		go l.run()
	}
}

func (l *Latest) run() {
	for {
		l.mu.Lock()
		work := l.next
		l.next = nil
		l.working = work != nil
		l.mu.Unlock()
		if work == nil {
			return
		}
		Do(work())
	}
}
