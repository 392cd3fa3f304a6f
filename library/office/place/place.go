// Package place is where an office's store lies: a folder (on a share, a disk, a stick), a WebDAV server, or a bucket of an
// S3 server. It keeps objects under names and knows nothing of what they are; whoever can read the place reads the objects.
//
// An object is there whole or not at all, whenever a cable is cut: a folder syncs it under another name and renames it, a
// WebDAV server gets it under another name and moves it, S3 has no halves. An object is never changed: what is new has a new
// name.
//
// This is the one package of the program that opens network connections. It does so when a method is called, and to
// the server alone that its [Address] names: it follows no redirection elsewhere and asks no proxy.
package place

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

var (
	// ErrMissing says that there is no object of a name.
	ErrMissing = errors.New("there is no such object")
	// ErrAddress says that an address names no place.
	ErrAddress = errors.New("not the address of a folder, of WebDAV (https://…) or of S3 (s3+https://server/bucket)")
	// ErrTooLarge says that an object is larger than its reader takes.
	ErrTooLarge = errors.New("the object is too large")
	// ErrElsewhere says that a server sent the program to another one, where it does not go.
	ErrElsewhere = errors.New("the server refers to another server")
	// ErrRefused says that the place takes this user's name and password not, or lets them not write.
	ErrRefused = errors.New("the place refuses access")
)

// MaxObject is how many bytes an object has at most.
const MaxObject = 32 << 20

// Place keeps objects. Names are lower-case letters, digits, "-" and "." in folders parted by "/". All methods may be called
// from any goroutine, and end with their context where the system lets them: a share that hangs does not.
type Place interface {
	// Put writes an object, whole or not at all, and returns when it is on disk there.
	Put(ctx context.Context, name string, data []byte) error
	// Get reads an object of at most limit bytes. It fails with [ErrMissing] and [ErrTooLarge].
	Get(ctx context.Context, name string, limit int64) ([]byte, error)
	// List gives the names of what is right in a folder, objects and folders, without the folder's; none where there is none.
	List(ctx context.Context, folder string) ([]string, error)
	// Remove takes an object away; that there is none is no error.
	Remove(ctx context.Context, name string) error
}

// Account is who a server knows the user as: of S3, the access key and the secret key. The zero Account is nobody.
type Account struct{ User, Password string }

// Address is where a store is, as a person writes it: a folder's path ("X:\kho", `\\server\kho`, "/mnt/kho", "file:///…"),
// "https://server/folder" or "http://…" for WebDAV, "s3+https://server/bucket/folder" or "s3+http://…".
type Address string

// Kind is what kind of place an address names.
type Kind string

// The kinds.
const (
	KindFolder Kind = "folder"
	KindWebDAV Kind = "webdav"
	KindS3     Kind = "s3"
)

// Kind fails with [ErrAddress].
func (a Address) Kind() (Kind, error) {
	scheme, rest, ok := strings.Cut(string(a), "://")
	switch {
	case a == "", strings.ContainsAny(string(a), "\x00\r\n"):
		return "", ErrAddress
	case !ok || scheme == "file":
		return KindFolder, nil
	}
	kind := map[string]Kind{"http": KindWebDAV, "https": KindWebDAV, "s3+http": KindS3, "s3+https": KindS3}[scheme]
	u, err := url.Parse(strings.TrimPrefix(string(a), "s3+"))
	if kind == "" || err != nil || rest == "" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", ErrAddress // a password in the address would stand in lists and logs
	}
	if kind == KindS3 && strings.Trim(u.Path, "/") == "" {
		return "", ErrAddress
	}
	return kind, nil
}

// Open gives the place of an address. It connects to nothing yet.
func Open(a Address, who Account) (Place, error) {
	kind, err := a.Kind()
	if err != nil {
		return nil, err
	}
	switch kind {
	case KindFolder:
		return newFolder(a)
	case KindWebDAV:
		return newWebDAV(a, who), nil
	case KindS3:
		return newS3(a, who)
	}
	return nil, ErrAddress
}

var nameText = regexp.MustCompile(`^[a-z0-9-][a-z0-9.-]*(/[a-z0-9-][a-z0-9.-]*)*$`)

// Valid tells whether a name is one of an object: it leads nowhere else on any system.
func Valid(name string) bool { return len(name) <= 200 && nameText.MatchString(name) }

func check(name string) error {
	if !Valid(name) {
		return fmt.Errorf("%q is no name of an object", name)
	}
	return nil
}

// temporary is the folder of what is not whole yet.
const temporary = "tmp"
