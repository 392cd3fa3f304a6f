package widgets

import "sync"

// Latest does work on a goroutine, one piece at a time and the newest first and only: work that was
// overtaken before its turn is never begun.
type Latest struct {
	Post func(func()) // runs a function on the UI goroutine, later

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
		l.Post(work())
	}
}
