// Package placetest starts the servers that stores lie on, real ones, on the loopback, for tests of every package.
package placetest

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"golang.org/x/net/webdav"

	"butluc/library/eventually"
	"butluc/library/office/place"
)

// Server is where a store can lie.
type Server struct {
	Address place.Address
	Account place.Account
	Dir     string // where the server keeps its files: what an outsider with its disk sees

	// Cut lets the server answer that many requests more and then none, as when its cable is pulled; nil where that can't be done.
	Cut func(requests int64)
	// Mend puts the cable back.
	Mend func()

	place place.Place // where it has no address
}

// Open opens the place.
func (s Server) Open(t testing.TB) place.Place {
	t.Helper()
	if s.place != nil {
		return s.place
	}
	p, err := place.Open(s.Address, s.Account)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Each runs a test on each kind of place. What can't be started here is skipped, with the reason.
func Each(t *testing.T, test func(t *testing.T, s Server)) {
	t.Run("folder", func(t *testing.T) { test(t, Folder(t)) })
	t.Run("webdav", func(t *testing.T) { test(t, WebDAV(t)) })
	t.Run("s3", func(t *testing.T) { test(t, S3(t)) })
}

// EachAndSamba runs a test on [Samba], too, where each step takes a third of a second and more.
func EachAndSamba(t *testing.T, test func(t *testing.T, s Server)) {
	Each(t, test)
	t.Run("samba", func(t *testing.T) {
		if testing.Short() {
			t.Skip("takes long")
		}
		test(t, Samba(t))
	})
}

// Folder is a folder.
func Folder(t testing.TB) Server {
	dir := t.TempDir()
	return Server{Address: place.Address(dir), Dir: dir}
}

// WebDAV is golang.org/x/net/webdav over HTTP, with a name and a password.
func WebDAV(t testing.TB) Server {
	s := Server{Dir: t.TempDir(), Account: place.Account{User: "hoa", Password: "mật khẩu"}} //nolint:gosec // a test's
	files := &webdav.Handler{FileSystem: webdav.Dir(s.Dir), LockSystem: webdav.NewMemLS()}
	const whole = int64(1) << 60
	var left atomic.Int64
	left.Store(whole)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if left.Add(-1) < 0 {
			panic(http.ErrAbortHandler) // closes the connection, with no answer
		}
		if user, password, ok := r.BasicAuth(); !ok || user != s.Account.User || password != s.Account.Password {
			w.Header().Set("WWW-Authenticate", `Basic realm="kho"`)
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	s.Address = place.Address(server.URL)
	s.Cut = left.Store
	s.Mend = func() { left.Store(whole) }
	return s
}

// s3Bucket is the bucket of [S3].
const s3Bucket = "kho"

// S3 is versitygw (https://github.com/versity/versitygw), a server of its own. The test is skipped where its program is not at hand.
func S3(t testing.TB) Server {
	program := find("versitygw")
	if program == "" {
		t.Skip("versitygw, the S3 server of the tests, is not installed: make test-servers")
	}
	s := Server{Dir: t.TempDir(), Account: place.Account{User: "butluc", Password: "butluc-secret"}}
	host := "127.0.0.1:" + strconv.Itoa(freePort(t))
	meta := t.TempDir() // not every file system has attributes
	cmd := exec.Command(program, "--port", host, "--access", s.Account.User, "--secret", s.Account.Password, "--quiet",
		"posix", "--sidecar", meta, s.Dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	client, err := minio.New(host, &minio.Options{Creds: credentials.NewStaticV4(s.Account.User, s.Account.Password, ""), Region: "us-east-1"})
	if err != nil {
		t.Fatal(err)
	}
	eventually.So(t, "the S3 server", func() bool {
		return client.MakeBucket(context.Background(), s3Bucket, minio.MakeBucketOptions{}) == nil
	})
	s.Address = place.Address("s3+http://" + host + "/" + s3Bucket + "/vien-3")
	return s
}

// find gives the path of a server's program: one that make test-servers built in the module's dist/servers, or the system's.
// What lies there is Linux's, of no use to a test that runs under Wine.
func find(name string) string {
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	if dir, err := os.Getwd(); err == nil {
		for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
			path := filepath.Join(dir, "dist", "servers", name)
			if _, err := os.Stat(path); err == nil {
				return path
			}
		}
	}
	path, _ := exec.LookPath(name)
	return path
}

// freePort gives a port of the loopback that was free a moment ago.
func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}
