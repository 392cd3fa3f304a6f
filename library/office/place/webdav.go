package place

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"

	"github.com/studio-b12/gowebdav"
)

// webDAV is a folder of a WebDAV server (RFC 4918).
type webDAV struct {
	root string
	auth gowebdav.Authorizer
	way  http.RoundTripper

	mu   sync.Mutex
	made map[string]bool
}

func newWebDAV(a Address, who Account) *webDAV {
	u, _ := url.Parse(string(a)) // was checked
	auth := gowebdav.NewEmptyAuth()
	if who != (Account{}) {
		auth = gowebdav.NewAutoAuth(who.User, who.Password)
	}
	return &webDAV{root: string(a), auth: auth, way: newTransport(u.Host), made: map[string]bool{}}
}

// inContext sends requests that end with a context, which the client has no room for.
type inContext struct {
	ctx context.Context
	way http.RoundTripper
}

func (c inContext) RoundTrip(r *http.Request) (*http.Response, error) {
	return c.way.RoundTrip(r.WithContext(c.ctx))
}

func (w *webDAV) client(ctx context.Context) *gowebdav.Client {
	c := gowebdav.NewAuthClient(w.root, w.auth)
	c.SetTransport(inContext{ctx, w.way})
	return c
}

// told gives an error the words of this package.
func told(ctx context.Context, what string, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var answer gowebdav.StatusError
	_ = errors.As(err, &answer)
	switch answer.Status {
	case http.StatusNotFound:
		err = ErrMissing
	case http.StatusUnauthorized, http.StatusForbidden:
		err = fmt.Errorf("%w: %w", ErrRefused, err)
	}
	return fmt.Errorf("%s: %w", what, err)
}

func (w *webDAV) Put(ctx context.Context, name string, data []byte) error {
	if err := check(name); err != nil {
		return err
	}
	c := w.client(ctx)
	for _, dir := range []string{temporary, path.Dir(name)} {
		if err := w.makeDir(ctx, c, dir); err != nil {
			return err
		}
	}
	beside := temporary + "/" + strings.ToLower(rand.Text())
	if err := c.Write(beside, data, 0); err != nil {
		return told(ctx, "write to the store", err)
	}
	if err := c.Rename(beside, name, true); err != nil {
		_ = c.Remove(beside)
		return told(ctx, "write to the store", err)
	}
	return nil
}

func (w *webDAV) makeDir(ctx context.Context, c *gowebdav.Client, dir string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.made[dir] {
		return nil
	}
	if err := c.MkdirAll(dir, 0); err != nil {
		return told(ctx, "write to the store", err)
	}
	w.made[dir] = true
	return nil
}

func (w *webDAV) Get(ctx context.Context, name string, limit int64) ([]byte, error) {
	if err := check(name); err != nil {
		return nil, err
	}
	r, err := w.client(ctx).ReadStream(name)
	if err != nil {
		return nil, told(ctx, "read "+name, err)
	}
	defer r.Close()
	data, err := readAll(r, limit)
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return data, err
}

func (w *webDAV) List(ctx context.Context, dir string) ([]string, error) {
	if dir != "" {
		if err := check(dir); err != nil {
			return nil, err
		}
	}
	found, err := w.client(ctx).ReadDir(dir + "/")
	if err := told(ctx, "list the store", err); err != nil {
		if dir != "" && errors.Is(err, ErrMissing) {
			return nil, nil
		}
		return nil, err
	}
	var names []string
	for _, info := range found {
		if Valid(info.Name()) && !strings.Contains(info.Name(), "/") {
			names = append(names, info.Name())
		}
	}
	return names, nil
}

func (w *webDAV) Remove(ctx context.Context, name string) error {
	if err := check(name); err != nil {
		return err
	}
	err := told(ctx, "remove from the store", w.client(ctx).Remove(name))
	if errors.Is(err, ErrMissing) {
		return nil
	}
	return err
}
