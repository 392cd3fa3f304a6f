package system

import (
	"errors"
	"runtime"
)

const (
	esContinuous      = 0x80000000
	esSystemRequired  = 0x00000001
	esDisplayRequired = 0x00000002
)

func wakers() []waker { return []waker{executionState} }

// executionState asks Windows not to blank nor sleep. The wish belongs to the thread that made
// it, so one thread is kept for it.
func executionState(string) (func(), error) {
	stop, result := make(chan struct{}), make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		set := kernel32.NewProc("SetThreadExecutionState")
		before, _, _ := set.Call(esContinuous | esSystemRequired | esDisplayRequired)
		if before == 0 {
			result <- errors.New("ask Windows to stay awake: refused")
			return
		}
		result <- nil
		<-stop
		_, _, _ = set.Call(esContinuous)
	}()
	if err := <-result; err != nil {
		return nil, err
	}
	return func() { close(stop) }, nil
}
