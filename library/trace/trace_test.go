package trace_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"butluc/library/trace"
)

// file is a file in memory.
type file struct {
	bytes.Buffer
	closed bool
}

func (f *file) Close() error { f.closed = true; return nil }

// A viewer finds each thing on its track, with its beginning and its length in microseconds.
func TestATraceIsAListOfEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &file{}
		tr := trace.New(f)
		end := tr.Begin(trace.Window, "key")
		time.Sleep(3 * time.Millisecond)
		end()
		tr.Took(trace.Worker(1), "decode", time.Now(), 20*time.Millisecond)
		tr.Mark(trace.Window, "asked")
		if err := tr.Close(); err != nil {
			t.Fatal(err)
		}
		tr.Mark(trace.Window, "too late")

		var events []struct {
			Name, Ph string
			Ts, Dur  float64
			Tid      int
			Args     struct{ Name string }
		}
		if err := json.Unmarshal(f.Bytes(), &events); err != nil {
			t.Fatalf("%v\n%s", err, &f.Buffer)
		}
		track, seen := map[int]string{}, map[string][2]float64{}
		for _, e := range events {
			if e.Ph == "M" {
				track[e.Tid] = e.Args.Name
			} else if e.Name != "" {
				seen[track[e.Tid]+": "+e.Name] = [2]float64{e.Ts, e.Dur}
			}
		}
		want := map[string][2]float64{"window: key": {0, 3000}, "worker 2: decode": {3000, 20000}, "window: asked": {3000, 0}}
		for name, at := range want {
			if got, ok := seen[name]; !ok || got != at {
				t.Errorf("%s is at %v, not %v", name, got, at)
			}
		}
		if len(seen) != len(want) || !f.closed {
			t.Errorf("events %v, closed %v", seen, f.closed)
		}
	})
}

// Whoever is not traced holds nil.
func TestNoTraceWritesNothing(t *testing.T) {
	var tr *trace.Trace
	tr.Begin(trace.Window, "key")()
	tr.Mark(trace.Window, "asked")
	if err := tr.Close(); err != nil {
		t.Error(err)
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }
func (full) Close() error              { return nil }

func TestATraceThatIsNotWholeIsToldOf(t *testing.T) {
	tr := trace.New(full{})
	tr.Mark(trace.Window, "asked")
	if err := tr.Close(); err == nil {
		t.Error("a full disk is not told of")
	}
}
