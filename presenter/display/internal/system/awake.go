package system

import (
	"errors"
	"sync"
)

// waker is one way to keep the machine awake. It returns what ends it.
type waker func(reason string) (end func(), err error)

// KeepAwake tries every way that the system has; see package display.
func KeepAwake(reason string, report func(error)) (release func()) {
	return keepAwake(reason, report, wakers())
}

func keepAwake(reason string, report func(error), ways []waker) (release func()) {
	stop := make(chan struct{})
	go func() {
		var ends []func()
		var errs []error
		for _, way := range ways {
			end, err := way(reason)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			ends = append(ends, end)
		}
		if report != nil {
			if len(ends) > 0 {
				report(nil)
			} else {
				report(errors.Join(append(errs, errNoWaker)...))
			}
		}
		<-stop
		for _, end := range ends {
			end()
		}
	}()
	var once sync.Once
	return func() { once.Do(func() { close(stop) }) }
}

var errNoWaker = errors.New("keep the machine awake: no way worked")
