package casefile

import (
	"context"
	"sync"
	"time"
)

// notifier calls Notify: at least notifyGap after the last call, and not again before the last was heard.
type notifier struct {
	notify func()
	wake   chan struct{}

	mu      sync.Mutex
	unheard bool
	gap     time.Duration
}

const (
	notifyGap = 50 * time.Millisecond
	// A snapshot of many files costs its taker more: the gap grows with them, to 150 ms at 10,000.
	notifyGapPerFile = 10 * time.Microsecond
)

func newNotifier(notify func()) *notifier {
	return &notifier{notify: notify, wake: make(chan struct{}, 1)}
}

func (b *notifier) signal(files int) {
	b.mu.Lock()
	b.gap = notifyGap + time.Duration(files)*notifyGapPerFile
	b.mu.Unlock()
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// heard says that a snapshot is being taken: whatever changes from now on is news again.
func (b *notifier) heard() {
	b.mu.Lock()
	b.unheard = false
	b.mu.Unlock()
}

func (b *notifier) run(ctx context.Context) {
	if b.notify == nil {
		return
	}
	var last time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-b.wake:
		}
		b.mu.Lock()
		rest := b.gap - time.Since(last)
		b.mu.Unlock()
		if rest > 0 {
			t := time.NewTimer(rest)
			select {
			case <-ctx.Done():
				t.Stop()
				return
			case <-t.C:
			}
		}
		b.mu.Lock()
		skip := b.unheard
		b.unheard = true
		b.mu.Unlock()
		if !skip {
			last = time.Now()
			b.notify()
		}
	}
}
