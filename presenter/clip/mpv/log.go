package mpv

import "sync"

// logListener is a core that only listens, made before all others and never closed: FFmpeg has one log in a process, and libmpv
// gives it to the first core, whichever file it is about, and to nobody once that core is gone.
var logListener = sync.OnceValues(func() (*Player, error) { return newCore(nil) })

var logLock sync.Mutex // its methods are for one goroutine at a time

// overheard takes what FFmpeg complained of since it was asked last.
func overheard() []string {
	p, err := logListener()
	if err != nil {
		return nil
	}
	logLock.Lock()
	defer logLock.Unlock()
	for e := p.Next(0); e.Kind != None; {
		e = p.Next(0)
	}
	return p.Log()
}
