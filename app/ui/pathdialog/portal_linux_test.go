package pathdialog

import (
	"bufio"
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"
)

// desktop is a portal on a bus of its own: it answers each request with a status and addresses, and keeps what was asked.
type desktop struct {
	conn *dbus.Conn

	mu      sync.Mutex // guards what follows, as far as asked
	status  uint32
	uris    []string
	silent  bool // it does not answer
	method  string
	options map[string]dbus.Variant

	asked  chan struct{}
	closed chan dbus.ObjectPath
}

func newDesktop(t *testing.T) *desktop {
	t.Helper()
	if _, err := exec.LookPath("dbus-daemon"); err != nil {
		t.Skip("no dbus-daemon here")
	}
	bus := exec.CommandContext(t.Context(), "dbus-daemon", "--session", "--nofork", "--print-address")
	out, err := bus.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := bus.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Process.Kill(); _ = bus.Wait() })
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", strings.TrimSpace(address))
	d := &desktop{asked: make(chan struct{}, 1), closed: make(chan dbus.ObjectPath, 1)}
	if d.conn, err = dbus.Connect(strings.TrimSpace(address)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.conn.Close() })
	if err := d.conn.Export(d, portalPath, portalChooser); err != nil {
		t.Fatal(err)
	}
	if _, err := d.conn.RequestName(portalName, 0); err != nil {
		t.Fatal(err)
	}
	return d
}

// OpenFile is the portal's.
func (d *desktop) OpenFile(sender dbus.Sender, _, _ string, options map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	return d.answer("open", sender, options), nil
}

// SaveFile is the portal's.
func (d *desktop) SaveFile(sender dbus.Sender, _, _ string, options map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	return d.answer("save", sender, options), nil
}

func (d *desktop) answer(method string, sender dbus.Sender, options map[string]dbus.Variant) dbus.ObjectPath {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.method, d.options = method, options
	name := strings.ReplaceAll(strings.TrimPrefix(string(sender), ":"), ".", "_")
	handle := dbus.ObjectPath(portalPath + "/request/" + name + "/" + options["handle_token"].Value().(string))
	_ = d.conn.Export(request{d, handle}, handle, portalRequest)
	if !d.silent {
		_ = d.conn.Emit(handle, portalRequest+".Response", d.status, map[string]dbus.Variant{"uris": dbus.MakeVariant(d.uris)})
	}
	d.asked <- struct{}{}
	return handle
}

// request is one of the portal's.
type request struct {
	d      *desktop
	handle dbus.ObjectPath
}

// Close is a request's.
func (r request) Close() *dbus.Error {
	r.d.closed <- r.handle
	return nil
}

func TestThePortalAsks(t *testing.T) {
	d := newDesktop(t)
	dir := t.TempDir()
	for _, c := range []struct {
		what   string
		r      Request
		status uint32
		uri    string
		path   string
		err    error
		method string
	}{
		{"a folder", Request{Kind: Folder, Dir: dir}, 0, "file:///h%E1%BB%93%20s%C6%A1", "/hồ sơ", nil, "open"},
		{"a name with a plus sign", Request{Kind: Open, Endings: []string{".json"}, Files: "JSON"}, 0, "file:///a+b%2520.json", "/a+b%20.json", nil, "open"},
		{"a new file", Request{Kind: Save, Name: "b.json"}, 0, "file:///b.json", "/b.json", nil, "save"},
		{"nothing", Request{Kind: Folder}, 1, "", "", ErrCancelled, "open"},
	} {
		d.mu.Lock()
		d.status, d.uris = c.status, []string{c.uri}
		d.mu.Unlock()
		path, err := Ask(t.Context(), c.r)
		<-d.asked
		if path != c.path || !errors.Is(err, c.err) || d.method != c.method {
			t.Errorf("%s: %q, %v by %s; want %q, %v by %s", c.what, path, err, d.method, c.path, c.err, c.method)
		}
		if folder := d.options["directory"].Value(); folder != (c.r.Kind == Folder) || d.options["modal"].Value() != false {
			t.Errorf("%s: asked with %v", c.what, d.options)
		}
		if at, _ := d.options["current_folder"].Value().([]byte); c.r.Dir != "" && string(at) != filepath.Clean(dir)+"\x00" {
			t.Errorf("%s: it begins in %q", c.what, at)
		}
	}
}

// When nobody waits for the answer any more the dialog is closed.
func TestThePortalsDialogIsClosed(t *testing.T) {
	d := newDesktop(t)
	d.mu.Lock()
	d.silent = true
	d.mu.Unlock()
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := Ask(ctx, Request{Kind: Folder})
		ended <- err
	}()
	<-d.asked
	end()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the answer is %v", err)
	}
	if path := <-d.closed; !strings.HasPrefix(string(path), portalPath+"/request/") {
		t.Errorf("closed was %s", path)
	}
}
