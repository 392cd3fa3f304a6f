package label_test

import (
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"syscall"
	"testing"

	"butluc/app/console/label"
	"butluc/app/i18n"
)

// A folder that answers with an error is no server that can't be reached, and a full disk is called one.
func TestAnErrorIsToldByItsCause(t *testing.T) {
	in := i18n.In("vi")
	inFolder := func(err error) error {
		return fmt.Errorf("publish: %w", &fs.PathError{Op: "write", Path: "kho/a.age", Err: err})
	}
	for what, c := range map[string]struct {
		err  error
		want string
	}{
		"a full disk":                {inFolder(syscall.ENOSPC), in.T("office-why.file", "name", "a.age", "why", in.T("why.full"))},
		"a folder that refuses":      {inFolder(syscall.EACCES), in.T("office-why.file", "name", "a.age", "why", in.T("why.refused"))},
		"a folder that went":         {inFolder(syscall.ENOENT), in.T("office-why.file", "name", "a.age", "why", in.T("why.gone"))},
		"a server that is not there": {&url.Error{Op: "Put", URL: "http://kho", Err: &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}}, in.T("store-why.unreachable")},
		"a cable that was pulled":    {&net.OpError{Op: "read", Err: syscall.ECONNRESET}, in.T("store-why.unreachable")},
	} {
		if got := label.StoreWhy(in, c.err); got != c.want {
			t.Errorf("%s: %q, want %q", what, got, c.want)
		}
	}
}
