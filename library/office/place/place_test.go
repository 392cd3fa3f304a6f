package place_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"butluc/library/office/place"
	"butluc/library/office/place/placetest"
)

// What every place promises.
func TestPlaces(t *testing.T) {
	placetest.EachAndSamba(t, func(t *testing.T, s placetest.Server) {
		ctx, p := context.Background(), s.Open(t)
		if names, err := p.List(ctx, ""); err != nil || len(names) != 0 {
			t.Fatalf("a new place holds %q, %v", names, err)
		}
		if names, err := p.List(ctx, "c/none"); err != nil || len(names) != 0 {
			t.Errorf("a folder that is not there holds %q, %v", names, err)
		}
		if _, err := p.Get(ctx, "c/none", 10); !errors.Is(err, place.ErrMissing) {
			t.Errorf("an object that is not there: %v", err)
		}
		large := bytes.Repeat([]byte("bút lục "), 1<<18)
		for name, data := range map[string][]byte{"store": []byte("{}"), "c/1/m/k-1": {}, "c/1/m/r-1": []byte("a"), "c/1/o/00ff": large} {
			if err := p.Put(ctx, name, data); err != nil {
				t.Fatalf("put %s: %v", name, err)
			}
			if got, err := s.Open(t).Get(ctx, name, 8<<20); err != nil || !bytes.Equal(got, data) {
				t.Errorf("%s is read as %d bytes, %v; it had %d", name, len(got), err, len(data))
			}
		}
		for folder, want := range map[string][]string{"c": {"1"}, "c/1": {"m", "o"}, "c/1/m": {"k-1", "r-1"}} {
			names, err := p.List(ctx, folder)
			if slices.Sort(names); err != nil || !slices.Equal(names, want) {
				t.Errorf("%s holds %q, %v; want %q", folder, names, err, want)
			}
		}
		if _, err := p.Get(ctx, "c/1/o/00ff", 100); !errors.Is(err, place.ErrTooLarge) {
			t.Errorf("an object that is too large: %v", err)
		}
		for range 2 {
			if err := p.Remove(ctx, "c/1/m/r-1"); err != nil {
				t.Errorf("remove: %v", err)
			}
		}
		if names, _ := p.List(ctx, "c/1/m"); !slices.Equal(names, []string{"k-1"}) {
			t.Errorf("after one was removed there are %q", names)
		}
		if names, _ := p.List(ctx, "tmp"); len(names) > 0 {
			t.Errorf("left over: %q", names)
		}
		cancelled, cancel := context.WithCancel(ctx)
		cancel()
		if err := p.Put(cancelled, "c/1/m/r-2", large); !errors.Is(err, context.Canceled) {
			t.Errorf("put that was cancelled: %v", err)
		}
	})
}

func TestNamesThatLeadElsewhereAreRefused(t *testing.T) {
	placetest.Each(t, func(t *testing.T, s placetest.Server) {
		p := s.Open(t)
		for _, name := range []string{"", "../a", "c/../../a", "/a", `a\b`, "A", "c//a", "c/./a", ".hidden", "a\x00", "con:"} {
			if err := p.Put(context.Background(), name, nil); err == nil {
				t.Errorf("%q is taken for a name", name)
			}
			if _, err := p.Get(context.Background(), name, 10); err == nil || errors.Is(err, place.ErrMissing) {
				t.Errorf("%q is asked for: %v", name, err)
			}
		}
	})
}

func TestAddresses(t *testing.T) {
	for address, want := range map[place.Address]place.Kind{
		`\\may-chu\kho`: place.KindFolder, "X:/kho": place.KindFolder, "/mnt/kho": place.KindFolder, "file:///mnt/kho": place.KindFolder,
		"https://kho.vien.vn/dav": place.KindWebDAV, "http://10.0.0.2/": place.KindWebDAV,
		"s3+https://10.0.0.2:9000/kho": place.KindS3, "s3+http://10.0.0.2/kho/vien-3": place.KindS3,
		"": "", "ftp://10.0.0.2/kho": "", "s3+https://10.0.0.2": "", "https://hoa:mat-khau@kho.vien.vn": "", "https://": "", "https://kho/?a=b": "",
	} {
		kind, err := address.Kind()
		if kind != want || (err != nil) != (want == "") {
			t.Errorf("%q is %q, %v; want %q", address, kind, err, want)
		}
	}
}

// No server leads the program to another one, and a wrong password is told as one.
func TestOnlyTheNamedServerIsAsked(t *testing.T) {
	asked := false
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer other.Close()
	status := http.StatusTemporaryRedirect
	named := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", other.URL+r.URL.Path)
		w.WriteHeader(status)
	}))
	defer named.Close()
	for _, address := range []string{named.URL, "s3+" + named.URL + "/kho"} {
		p, err := place.Open(place.Address(address), place.Account{User: "a", Password: "b"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Get(context.Background(), "store", 10); err == nil {
			t.Error("an answer from elsewhere is taken")
		}
		if err := p.Put(context.Background(), "store", []byte("a")); err == nil {
			t.Error("an object went elsewhere")
		}
		if asked {
			t.Fatalf("%s: another server was asked", address)
		}
	}
	s := placetest.WebDAV(t)
	s.Account.Password = "another"
	if _, err := s.Open(t).Get(context.Background(), "store", 10); !errors.Is(err, place.ErrRefused) {
		t.Errorf("a wrong password: %v", err)
	}
}

// A link in the place leads nowhere.
func TestALinkInAFolderLeadsNowhere(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Wine shows a link to a folder as that folder, so none can be told")
	}
	s := placetest.Folder(t)
	outside := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(s.Dir, "store")); err != nil {
		t.Skip("no links here: ", err)
	}
	if err := os.Symlink(filepath.Dir(outside), filepath.Join(s.Dir, "c")); err != nil {
		t.Fatal(err)
	}
	p := s.Open(t)
	if data, err := p.Get(context.Background(), "store", 100); err == nil {
		t.Errorf("read through a link: %q", data)
	}
	if err := p.Put(context.Background(), "c/new", []byte("a")); err == nil || !strings.Contains(err.Error(), "escapes") {
		t.Errorf("written through a link: %v", err)
	}
}
