//go:build cgo

package worker

import (
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"butluc/library"
	"butluc/library/sandbox"
	"butluc/presenter/clip/shared"
	"butluc/presenter/render/protocol"
)

// idleAfter is how long a worker waits for the next request before it gives memory back.
const idleAfter = 1500 * time.Millisecond

// Main serves requests from in and answers on out until in ends, which is how the renderer tells
// a worker to go, or how a worker learns that the program died. It takes the process over: it
// limits its memory, its rights and its threads for good. memory is what [shared.New] told; "" for none: then pictures go
// through the pipe.
func Main(in io.Reader, out io.Writer, memory string) error {
	runtime.LockOSThread() // MuPDF has no locks; one thread also means one malloc arena
	debug.SetPanicOnFault(true)
	runtime.GOMAXPROCS(2) // the work, and the reader that sees the pipe close
	debug.SetGCPercent(30)
	tuneMalloc()
	out, err := sandbox.Output(out)
	if err != nil {
		return err
	}
	pictures, err := openShared(memory)
	if err != nil {
		return err
	}
	sandbox.Limit(sandbox.Draw)
	if err := protocol.WriteResponse(out, &protocol.Response{Version: protocol.Version}, nil); err != nil {
		return fmt.Errorf("greet: %w", err)
	}
	return serve(in, output{out, pictures}, &documentCache{})
}

// output is where answers go: the pipe, and the memory for pictures, nil where there is none.
type output struct {
	io.Writer
	pictures *shared.Memory
}

func openShared(memory string) (*shared.Memory, error) {
	if memory == "" {
		return nil, nil
	}
	return shared.Open(memory)
}

func serve(in io.Reader, out output, d *documentCache) error {
	type read struct {
		req *protocol.Request
		err error
	}
	requests := make(chan read)
	busy := make(chan struct{}, 1)
	go func() {
		for {
			req, err := protocol.ReadRequest(in)
			if err != nil {
				select {
				case busy <- struct{}{}:
				default: // a render is under way that nobody waits for any more
					os.Exit(0)
				}
			}
			if err == nil {
				busy <- struct{}{} // taken back when it is answered
			}
			requests <- read{req, err}
			if err != nil {
				return
			}
		}
	}()
	idle := time.NewTimer(idleAfter)
	defer idle.Stop()
	for {
		select {
		case r := <-requests:
			if errors.Is(r.err, io.EOF) {
				d.closeAll()
				return nil
			}
			if r.err != nil {
				return fmt.Errorf("read request: %w", r.err)
			}
			err := answer(out, d, r.req)
			<-busy
			if err != nil {
				return err
			}
			idle.Reset(idleAfter)
		case <-idle.C:
			d.freeCaches()
			trimMalloc()
			debug.FreeOSMemory()
		}
	}
}

// reply is an answer before it is written; free gives its memory back afterwards.
type reply struct {
	protocol.Response
	payload []byte
	free    func()
}

func answer(out output, d *documentCache, req *protocol.Request) error {
	d.tell = func(pixels int) { // an error of the pipe comes up again with the answer
		_ = protocol.WriteResponse(out, &protocol.Response{ID: req.ID, Begun: pixels}, nil)
	}
	r := handle(d, req)
	if r.free != nil {
		defer r.free()
	}
	r.ID = req.ID
	out.share(r)
	if err := protocol.WriteResponse(out, &r.Response, r.payload); err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	return nil
}

// share puts a picture into the shared memory, where it fits: a pipe hands it over in fifty pieces, and both ends wait for a
// processor at each.
func (out output) share(r *reply) {
	if out.pictures == nil || r.Width == 0 || r.Width > protocol.MaxShared/r.Height {
		return
	}
	copy(out.pictures.Room(), r.payload)
	if out.pictures.Put(image.Pt(r.Width, r.Height), 0, uint32(r.ID)) == nil {
		r.Shared, r.payload = true, nil
	}
}

// handle never fails: what goes wrong becomes a fault in the reply.
func handle(d *documentCache, req *protocol.Request) (r *reply) {
	defer func() {
		if p := recover(); p != nil { // a decoder that trusted the file, or a mapping that broke
			d.closeAll()
			r = &reply{}
			r.Fault = library.Fault{Code: library.FaultBroken, Detail: fmt.Sprint("decoder panicked: ", p)}
			if e, ok := p.(runtime.Error); ok && isFault(e) {
				r.Fault.Code = library.FaultVanished
			}
		}
	}()
	r, err := d.do(req)
	if err == nil {
		return r
	}
	if r != nil && r.free != nil {
		r.free()
	}
	r = &reply{}
	r.Fault = library.Fault{Code: library.FaultBroken, Detail: err.Error()}
	var f *fault
	if errors.As(err, &f) {
		r.Fault.Code, r.WholeFile = f.code, f.wholeFile
	}
	return r
}

// isFault tells a broken mapping (SIGBUS: the stick was pulled, the file cut) from a bug.
func isFault(e runtime.Error) bool {
	_, ok := e.(interface{ Addr() uintptr })
	return ok
}

// do carries out one request.
func (d *documentCache) do(req *protocol.Request) (*reply, error) {
	view := req.View.Or()
	if req.Op == protocol.OpRender {
		switch {
		case !view.Valid():
			return nil, fmt.Errorf("view %v is not on the page", req.View)
		case req.Width <= 0 || req.Height <= 0:
			return nil, fmt.Errorf("no room: %d×%d pixels", req.Width, req.Height)
		case req.Width > protocol.MaxPixels/req.Height:
			return nil, &fault{code: library.FaultTooLarge, err: fmt.Errorf("%d×%d pixels asked", req.Width, req.Height)}
		}
	}
	silence()
	began := time.Now()
	doc, err := d.open(req)
	if err != nil {
		return nil, err
	}
	if req.Op != protocol.OpInspect && req.Op != protocol.OpAttachment && !doc.has(req.Page) {
		return nil, fmt.Errorf("page %d of %d", req.Page+1, doc.pages())
	}
	r := &reply{}
	r.Opened = int(time.Since(began).Microseconds())
	began = time.Now()
	switch req.Op {
	case protocol.OpInspect:
		r.Pages, r.Encrypted, r.Repaired = doc.pages(), doc.encrypted, doc.repaired
		r.Notice, r.Attached = doc.notice, doc.attached
		if doc.clip != nil {
			r.Duration, r.Sound, r.Silent = doc.clip.end(), doc.clip.file.Sound(), doc.clip.file.Silent()
			r.Tracks = doc.clip.file.Has()
		}
		if r.Pages == 0 {
			return nil, wholeFile(library.FaultBroken, errors.New("no pages"))
		}
	case protocol.OpText:
		err = doc.text(req.Page, r)
	case protocol.OpAttachment:
		err = doc.attachment(req.Page, r)
	case protocol.OpLines:
		err = doc.lines(req.Page, req.Turn, r)
	case protocol.OpAfter, protocol.OpBefore:
		r.Time, err = doc.step(req.Page, req.Op == protocol.OpAfter)
	case protocol.OpRender:
		if req.Wave {
			err = d.wave(doc, req, r)
			break
		}
		err = doc.render(req.Page, view, req.Turn, image.Pt(req.Width, req.Height), r)
	default:
		err = fmt.Errorf("unknown operation %q", req.Op)
	}
	if err != nil {
		return r, err
	}
	r.Drawn = int(time.Since(began).Microseconds())
	// Asked again after the work: what was read while somebody wrote is not to be trusted.
	if err := d.unchanged(req); err != nil {
		d.forget(doc)
		return r, err
	}
	return r, nil
}
