package render

import (
	"bufio"
	"errors"
	"fmt"
	"image"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"butluc/library"
	"butluc/library/machine"
	"butluc/library/sandbox"
	"butluc/presenter/clip/shared"
	"butluc/presenter/render/protocol"
)

const (
	// greetWithin is how long a worker may take to start: a cold disk, a virus scanner.
	greetWithin = 15 * time.Second
	// watchEvery is how often a busy worker's memory is looked at. It may grow by a gigabyte a
	// second; its own limit of data memory is the second fence.
	watchEvery = 25 * time.Millisecond
)

// process is one worker process. Only its slot's goroutine uses it, but for dead and pid.
type process struct {
	cmd     *exec.Cmd
	memory  *shared.Memory // of pictures; nil where the system has none
	in      *os.File
	out     *os.File
	reader  *bufio.Reader
	root    string   // the folder that it may read, "" while it was given none; guarded by Renderer.mu
	recent  []Source // that it probably has open, the latest first; guarded by Renderer.mu
	served  int
	lastID  uint64
	lastErr *tail // what it wrote to its standard error

	gone   chan struct{} // closed when the process has ended
	status error         // of Wait; valid once gone is closed
}

// maxBegun is how many pictures a worker may begin for one request: the one that is asked for, and another reader's try.
const maxBegun = 4

// recentFiles is about what a worker keeps open; being wrong costs a few milliseconds.
const recentFiles = 4

func (p *process) remember(src Source) {
	p.root = src.Root
	p.recent = slices.DeleteFunc(p.recent, func(s Source) bool { return s == src })
	p.recent = slices.Insert(p.recent, 0, src)
	p.recent = p.recent[:min(len(p.recent), recentFiles)]
}

func (p *process) pid() int { return p.cmd.Process.Pid }

// setUrgent has the process go before others, or back among them, without waiting for that.
func (p *process) setUrgent(urgent bool) {
	go func() {
		if err := machine.SetUrgent(p.pid(), urgent); err != nil {
			slog.Debug("hurry a worker", "err", err)
		}
	}()
}

func (p *process) dead() bool {
	select {
	case <-p.gone:
		return true
	default:
		return false
	}
}

// startProcess starts a worker and waits for its greeting. onEnd is called once when the process
// has ended, whatever ended it.
func startProcess(argv []string, closing <-chan struct{}, onEnd func()) (*process, error) {
	inRead, inWrite, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("make pipe: %w", err)
	}
	outRead, outWrite, err := os.Pipe()
	if err != nil {
		closeAll(inRead, inWrite)
		return nil, fmt.Errorf("make pipe: %w", err)
	}
	p := &process{
		cmd: exec.Command(argv[0], argv[1:]...),
		in:  inWrite, out: outRead, reader: bufio.NewReader(outRead),
		lastErr: &tail{}, gone: make(chan struct{}),
	}
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = inRead, outWrite, p.lastErr
	p.cmd.Env = []string{} // nothing of ours is the worker's business
	p.cmd.WaitDelay = time.Second
	sandbox.Apart(p.cmd, sandbox.Draw)
	if memory, arg, err := shared.New(p.cmd, protocol.MaxShared); err == nil {
		p.memory = memory
		p.cmd.Args = append(p.cmd.Args, arg)
	}
	err = p.cmd.Start()
	closeAll(inRead, outWrite)
	if err != nil {
		p.free()
		return nil, err
	}
	go func() {
		p.status = p.cmd.Wait()
		close(p.gone)
		onEnd()
	}()
	if err := p.greet(closing); err != nil {
		p.end()
		if errors.Is(err, ErrClosed) {
			return nil, err
		}
		return nil, fmt.Errorf("%w (%s)%s", err, howEnded(p.status), p.lastErr.sentence())
	}
	return p, nil
}

func closeAll(files ...*os.File) {
	for _, f := range files {
		_ = f.Close()
	}
}

func (p *process) greet(closing <-chan struct{}) error {
	type greeting struct {
		resp *protocol.Response
		err  error
	}
	ch := make(chan greeting, 1)
	go func() {
		resp, err := protocol.ReadResponse(p.reader)
		ch <- greeting{resp, err}
	}()
	timer := time.NewTimer(greetWithin)
	defer timer.Stop()
	var cause error
	select {
	case g := <-ch:
		switch {
		case g.err != nil:
			return fmt.Errorf("read greeting: %w", g.err)
		case g.resp.Version != protocol.Version || g.resp.Payload() != 0:
			return fmt.Errorf("worker speaks version %d, not %d", g.resp.Version, protocol.Version)
		}
		return nil
	case <-timer.C:
		cause = errors.New("no greeting in time")
	case <-closing:
		cause = ErrClosed
	}
	_ = p.cmd.Process.Kill() // ends the reading goroutine too
	<-ch
	return cause
}

func howEnded(status error) string {
	if status == nil {
		return "exit status 0"
	}
	return status.Error()
}

// end kills the process and waits until it is gone.
func (p *process) end() {
	_ = p.cmd.Process.Kill()
	<-p.gone
	p.free()
}

// free lets go of what was shared with the process.
func (p *process) free() {
	closeAll(p.in, p.out)
	if p.memory != nil {
		p.memory.Close()
	}
}

// endReason says why a worker is no more.
type endReason int32

const (
	endCrashed  endReason = iota // it ended by itself
	endKilled                    // somebody else killed it
	endGarbage                   // it answered something that is no answer
	endDeadline                  // we killed it: too slow
	endMemory                    // we killed it: too large
	endYield                     // we killed it: the court waits
	endClosed                    // we killed it: the renderer closes
)

// ended is the error of a request during which the worker ended.
type ended struct {
	reason endReason
	err    error
}

func (e *ended) Error() string { return e.err.Error() }
func (e *ended) Unwrap() error { return e.err }

type limits struct {
	deadline time.Duration
	perPixel time.Duration // more, of a picture that is decoded whole
	memory   int64
	closing  <-chan struct{}
	yield    func(since time.Duration) bool
}

// do has the worker answer one request. A fault that the worker reports comes back in the result;
// ended means that the worker is gone.
func (p *process) do(req *protocol.Request, lim limits) (result, *ended) {
	p.lastID++
	req.ID = p.lastID
	begun := make(chan int, maxBegun)
	stop := p.watch(lim, begun)
	res, err := p.exchange(req, begun)
	reason, killed := stop()
	if err == nil && !killed {
		p.served++
		return res, nil
	}
	p.end()
	switch {
	case killed && reason == endDeadline:
		err = fmt.Errorf("no answer in time (%s, and more for a large picture)", lim.deadline)
	case killed && reason == endMemory:
		err = fmt.Errorf("took over %d MB of memory", lim.memory>>20)
	case killed && reason == endYield:
		err = errors.New("slow, and the court waited")
	case killed:
		err = ErrClosed
	case errors.Is(err, protocol.ErrGarbage):
		reason = endGarbage
	case wasKilled(p.status):
		reason, err = endKilled, fmt.Errorf("worker was killed: %w", err)
	default:
		reason, err = endCrashed, fmt.Errorf("worker ended (%s): %w%s", howEnded(p.status), err, p.lastErr.sentence())
	}
	return result{}, &ended{reason, err}
}

// watch kills the process when it breaks a limit. stop ends the watching and tells whether it did. begun are the pictures
// that are being decoded, in pixels: each gets time of its own.
func (p *process) watch(lim limits, begun <-chan int) (stop func() (endReason, bool)) {
	var (
		reason atomic.Int32
		done   = make(chan struct{})
		over   sync.WaitGroup
	)
	reason.Store(-1)
	since := time.Now()
	over.Go(func() {
		allowed := lim.deadline
		deadline := time.NewTimer(allowed)
		defer deadline.Stop()
		look := time.NewTicker(watchEvery)
		defer look.Stop()
		kill := func(why endReason) {
			reason.Store(int32(why))
			_ = p.cmd.Process.Kill()
		}
		for {
			select {
			case <-done:
				return
			case pixels := <-begun:
				allowed += time.Duration(pixels) * lim.perPixel
				deadline.Reset(allowed - time.Since(since))
			case <-deadline.C:
				kill(endDeadline)
				return
			case <-lim.closing:
				kill(endClosed)
				return
			case <-look.C:
				if ownMemory(p.pid()) > lim.memory {
					kill(endMemory)
					return
				}
				if lim.yield(time.Since(since)) {
					kill(endYield)
					return
				}
			}
		}
	})
	return func() (endReason, bool) {
		close(done)
		over.Wait()
		why := reason.Load()
		return endReason(why), why >= 0
	}
}

// exchange writes a request and reads its answer, pixels straight into the picture.
func (p *process) exchange(req *protocol.Request, begun chan<- int) (result, error) {
	resp, err := p.ask(req, begun)
	if err != nil {
		return result{}, err
	}
	laps := laps{time.Duration(resp.Opened) * time.Microsecond, time.Duration(resp.Drawn) * time.Microsecond, time.Now()}
	res, err := p.take(req, resp)
	res.laps = laps
	return res, err
}

// ask writes a request and reads the header of its answer.
func (p *process) ask(req *protocol.Request, begun chan<- int) (*protocol.Response, error) {
	if err := protocol.WriteRequest(p.in, req); err != nil {
		return nil, err
	}
	resp, err := protocol.ReadResponse(p.reader)
	for told := 0; err == nil && resp.Begun > 0 && resp.ID == req.ID; told++ {
		if told == maxBegun { // it would go on for ever
			return nil, fmt.Errorf("began %d pictures for one: %w", told, protocol.ErrGarbage)
		}
		begun <- resp.Begun
		resp, err = protocol.ReadResponse(p.reader)
	}
	if err == nil && resp.ID != req.ID {
		err = fmt.Errorf("answer %d to request %d: %w", resp.ID, req.ID, protocol.ErrGarbage)
	}
	return resp, err
}

// take reads what follows the header of an answer.
func (p *process) take(req *protocol.Request, resp *protocol.Response) (result, error) {
	if resp.Fault.Code != library.FaultNone {
		if resp.Payload() != 0 {
			return result{}, fmt.Errorf("a fault with a payload: %w", protocol.ErrGarbage)
		}
		e := &Error{Path: req.Path, Page: req.Page, Fault: resp.Fault, Err: errors.New(resp.Fault.Detail)}
		if resp.WholeFile {
			e.Page = -1
		}
		return result{err: e}, nil
	}
	switch req.Op {
	case protocol.OpRender:
		if resp.Width <= 0 || resp.Width > req.Width || resp.Height > req.Height || resp.TextBytes != 0 {
			return result{}, fmt.Errorf("a picture of %d×%d for %d×%d: %w", resp.Width, resp.Height, req.Width, req.Height, protocol.ErrGarbage)
		}
		img := image.NewRGBA(image.Rect(0, 0, resp.Width, resp.Height))
		if err := p.pixels(img, resp); err != nil {
			return result{}, err
		}
		return result{pic: &Picture{Image: img, Incomplete: resp.Incomplete, Warnings: resp.Warnings, Tone: resp.Tone}}, nil
	case protocol.OpText, protocol.OpAttachment:
		text, err := p.text(resp)
		return result{text: string(text)}, err
	case protocol.OpLines:
		text, err := p.text(resp)
		if err != nil {
			return result{}, err
		}
		words, err := protocol.DecodeLines(text)
		lines := make([]library.Line, len(words))
		for i, line := range words {
			lines[i] = library.LineOf(line)
		}
		return result{lines: lines, pictured: resp.Pictured}, err
	case protocol.OpAfter, protocol.OpBefore:
		return result{time: resp.Time}, nil
	case protocol.OpInspect:
	}
	if resp.Payload() != 0 || resp.Pages <= 0 {
		return result{}, fmt.Errorf("%d pages and %d bytes: %w", resp.Pages, resp.Payload(), protocol.ErrGarbage)
	}
	return result{facts: Facts{
		Pages: resp.Pages, Encrypted: resp.Encrypted, Repaired: resp.Repaired, Notice: resp.Notice, Attached: resp.Attached,
		Duration: resp.Duration, Tracks: resp.Tracks, Sound: resp.Sound, Silent: resp.Silent,
	}}, nil
}

// pixels takes the picture of resp over.
func (p *process) pixels(into *image.RGBA, resp *protocol.Response) error {
	if !resp.Shared {
		if _, err := io.ReadFull(p.reader, into.Pix); err != nil {
			return fmt.Errorf("read pixels: %w", err)
		}
		return nil
	}
	if p.memory == nil {
		return fmt.Errorf("a picture in no memory: %w", protocol.ErrGarbage)
	}
	picture, _, serial, ok := p.memory.Take()
	if !ok || serial != uint32(resp.ID) || picture.Rect != into.Rect {
		return fmt.Errorf("no picture in the shared memory: %w", protocol.ErrGarbage)
	}
	copy(into.Pix, picture.Pix)
	return nil
}

// text reads the text that follows resp.
func (p *process) text(resp *protocol.Response) ([]byte, error) {
	if resp.Width != 0 {
		return nil, fmt.Errorf("pixels for a text: %w", protocol.ErrGarbage)
	}
	text := make([]byte, resp.TextBytes)
	if _, err := io.ReadFull(p.reader, text); err != nil {
		return nil, fmt.Errorf("read text: %w", err)
	}
	return text, nil
}

// tail keeps the last of what a worker writes to its standard error, for the error that tells of
// its end.
type tail struct {
	mu   sync.Mutex
	text []byte
}

const tailBytes = 2 << 10

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, b...)
	if over := len(t.text) - tailBytes; over > 0 {
		t.text = append(t.text[:0], t.text[over:]...)
	}
	return len(b), nil
}

// sentence is the tail as the end of a sentence, or "".
func (t *tail) sentence() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.text) == 0 {
		return ""
	}
	return fmt.Sprintf("; it said: %q", t.text)
}
