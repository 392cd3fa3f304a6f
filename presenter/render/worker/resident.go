package worker

import (
	"slices"
	"sync"
	"time"
)

const (
	// largeMap is the size from which a mapped file is kept from filling the memory: a damaged PDF of 20 GB is read from one
	// end to the other, in search of what is left of it.
	largeMap = 128 << 20
	// releaseEvery is how often memory is given back. MuPDF reads some 30 MB meanwhile; what it
	// reads again comes from the system's cache.
	releaseEvery = 100 * time.Millisecond
)

// resident knows the large mapped files. The zero value is ready.
type resident struct {
	mu   sync.Mutex
	maps []mapped
	stop chan struct{} // ends the watch; nil while there is no large file
}

// mapped is a mapping of a file, which is read-only.
type mapped []byte

// add takes a mapping in, whose memory is given back again and again. The function takes it out: it must be called before
// the mapping goes, whose place other memory may take.
func (r *resident) add(m mapped) (remove func()) {
	if len(m) < largeMap {
		return func() {}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.maps = append(r.maps, m)
	if r.stop == nil {
		r.stop = make(chan struct{})
		go r.watch(r.stop)
	}
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.maps = slices.DeleteFunc(r.maps, func(o mapped) bool { return &o[0] == &m[0] })
		if len(r.maps) == 0 && r.stop != nil {
			close(r.stop)
			r.stop = nil
		}
	}
}

// release gives back the memory that mapped files take; their bytes stay readable.
func (r *resident) release() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, m := range r.maps {
		release(m)
	}
}

// watch releases until it is stopped.
func (r *resident) watch(stop <-chan struct{}) {
	tick := time.NewTicker(releaseEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			r.release()
		case <-stop:
			return
		}
	}
}
