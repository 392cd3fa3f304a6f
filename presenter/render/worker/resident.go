package worker

import (
	"sync"
	"time"
)

const (
	// largeMap is the size from which a mapped file is kept from filling the memory: a damaged PDF of 20 GB is read from one
	// end to the other, in search of what is left of it.
	largeMap = 128 << 20
	// releaseEvery is how often memory is given back while a request is answered. MuPDF reads some 30 MB meanwhile; what it
	// reads again comes from the system's cache.
	releaseEvery = 100 * time.Millisecond
)

// resident knows the large mapped files. The zero value is ready.
type resident struct {
	mu   sync.Mutex
	maps []mapped
}

// mapped is a mapping of a file, which is read-only.
type mapped []byte

// add takes a mapping in. The function takes it out again: it must be called before the mapping goes, whose place other
// memory may take.
func (r *resident) add(m mapped) (remove func()) {
	if len(m) < largeMap {
		return func() {}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.maps = append(r.maps, m)
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		for i := range r.maps {
			if &r.maps[i][0] == &m[0] {
				r.maps = append(r.maps[:i], r.maps[i+1:]...)
				return
			}
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

// watch releases again and again until stop is called, and then once more.
func (r *resident) watch() (stop func()) {
	done := make(chan struct{})
	var over sync.WaitGroup
	over.Go(func() {
		tick := time.NewTicker(releaseEvery)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				r.release()
			case <-done:
				r.release()
				return
			}
		}
	})
	return func() {
		close(done)
		over.Wait()
	}
}
