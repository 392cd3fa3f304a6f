package shell

import (
	"time"

	"butluc/library/trace"
)

// A wait of the UI goroutine that is shorter is not worth a line of the trace.
const leastWait = 4 * time.Millisecond

// traceWaits writes down whenever the UI goroutine could not be had for a while: the toolkit draws, or something of ours that
// the trace has a line for takes long. The toolkit tells of its drawing in no other way.
func (w *window) traceWaits(t *trace.Trace, stop <-chan struct{}) {
	ticker := time.NewTicker(leastWait / 2)
	defer ticker.Stop()
	ran := make(chan struct{}, 1)
	for {
		posted := time.Now()
		w.leaving.Post(func() {
			if waited := time.Since(posted); waited >= leastWait {
				t.Took("waits for the window", "busy", posted, waited)
			}
			ran <- struct{}{}
		})
		select {
		case <-stop:
			return
		case <-ran:
		}
		select {
		case <-stop:
			return
		case <-ticker.C:
		}
	}
}
