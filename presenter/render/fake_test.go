//go:build unix

package render_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"butluc/library"
	"butluc/library/eventually"
	"butluc/presenter/render"
	"butluc/presenter/render/protocol"
)

// A fake worker asks the test what to do with each request, over a socket: so a test sees when
// work begins, and says when and how it ends.

// heard is one request as it reached a worker.
type heard struct {
	PID  int
	Path string
	Page int
	W    int

	conn net.Conn
}

// do tells the worker what to do: "ok" (of a recording, with its duration: "ok MILLISECONDS"), "crash", "garbage", "hang", "begin", "begin for ever", "lie", "swell", "wrong-id" or
// "fault CODE", "lines PAYLOAD". It must be called once.
func (h *heard) do(t *testing.T, action string) {
	t.Helper()
	if _, err := fmt.Fprintln(h.conn, action); err != nil {
		t.Error(err)
	}
	_ = h.conn.Close()
}

// fakeWorkers is where fake workers report.
type fakeWorkers struct {
	t      *testing.T
	events chan *heard
	socket string
}

func newFakeWorkers(t *testing.T) *fakeWorkers {
	t.Helper()
	dir, err := os.MkdirTemp("", "bl") // short: a socket's path has 108 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	th := &fakeWorkers{t: t, events: make(chan *heard, 100), socket: filepath.Join(dir, "s")}
	l, err := net.Listen("unix", th.socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			h := &heard{conn: conn}
			if json.NewDecoder(conn).Decode(h) == nil {
				th.events <- h
			}
		}
	}()
	return th
}

func (th *fakeWorkers) open(opt render.Options) *render.Renderer {
	opt.Command = self("fake-worker", th.socket)
	return open(th.t, opt)
}

// next waits for the next request that reaches a worker.
func (th *fakeWorkers) next() *heard {
	th.t.Helper()
	return eventually.Receive(th.t, "a request to reach a worker", th.events)
}

// expect waits for the next request and wants it to be for path.
func (th *fakeWorkers) expect(path string) *heard {
	th.t.Helper()
	h := th.next()
	if h.Path != path {
		th.t.Fatalf("%s reached a worker, want %s", h.Path, path)
	}
	return h
}

func fakeWorker(args []string) {
	out := os.Stdout
	_ = protocol.WriteResponse(out, &protocol.Response{Version: protocol.Version}, nil)
	for {
		req, err := protocol.ReadRequest(os.Stdin)
		if err != nil {
			return
		}
		conn, err := net.Dial("unix", args[0])
		if err != nil {
			os.Exit(4)
		}
		_ = json.NewEncoder(conn).Encode(heard{PID: os.Getpid(), Path: req.Path, Page: req.Page, W: req.Width})
		action, err := bufio.NewReader(conn).ReadString('\n')
		if err != nil {
			os.Exit(5)
		}
		action = strings.TrimSpace(action)
		code := ""
		if action != "begin for ever" {
			action, code, _ = strings.Cut(action, " ")
		}
		resp := &protocol.Response{ID: req.ID}
		payload := []byte(nil)
		switch action {
		case "ok":
			resp.Width, resp.Height = req.Width, req.Height
			if req.Op == protocol.OpInspect {
				resp.Pages, resp.Width, resp.Height = 1, 0, 0
				resp.Duration, _ = strconv.Atoi(code)
			}
		case "lie": // that a picture lies in the shared memory
			resp.Width, resp.Height, resp.Shared = req.Width, req.Height, true
		case "fault":
			resp.Fault, resp.WholeFile = library.Fault{Code: library.FaultCode(code)}, true
		case "lines":
			payload = []byte(code)
			resp.TextBytes = len(payload)
		case "wrong-id":
			resp.ID++
		case "crash":
			fmt.Fprintln(os.Stderr, "last words")
			os.Exit(3)
		case "garbage":
			_, _ = out.WriteString("warning: this is printed where answers go\n")
			continue
		case "begin": // and never end
			_ = protocol.WriteResponse(out, &protocol.Response{ID: req.ID, Begun: 1}, nil)
			select {}
		case "begin for ever":
			for {
				_ = protocol.WriteResponse(out, &protocol.Response{ID: req.ID, Begun: 1}, nil)
			}
		case "hang":
			select {}
		case "swell":
			var hoard [][]byte
			for range 1000 {
				b := make([]byte, 10<<20)
				for i := 0; i < len(b); i += 4096 {
					b[i] = 1
				}
				hoard = append(hoard, b)
				time.Sleep(10 * time.Millisecond)
			}
			fmt.Fprintln(os.Stderr, len(hoard))
		}
		if payload == nil {
			payload = make([]byte, resp.Payload())
		}
		_ = protocol.WriteResponse(out, resp, payload)
	}
}
