//go:build unix && !darwin

package pathdialog

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/godbus/dbus/v5"
)

// The names are those of the desktop portal: org.freedesktop.portal.FileChooser and …Request, version 1 and later.
const (
	portalName    = "org.freedesktop.portal.Desktop"
	portalPath    = "/org/freedesktop/portal/desktop"
	portalChooser = "org.freedesktop.portal.FileChooser"
	portalRequest = "org.freedesktop.portal.Request"
)

// byPortal asks by the desktop's portal.
func byPortal(ctx context.Context, r Request) (string, error) {
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		return "", fmt.Errorf("reach the desktop's bus: %w", err)
	}
	defer conn.Close() //nolint:errcheck // nothing is left to be told
	token := "butluc" + rand.Text()
	// Where the answer will be told is known before it is asked for: it can't be missed.
	sender := strings.ReplaceAll(strings.TrimPrefix(conn.Names()[0], ":"), ".", "_")
	handle := dbus.ObjectPath(portalPath + "/request/" + sender + "/" + token)
	if err := conn.AddMatchSignalContext(ctx, dbus.WithMatchObjectPath(handle), dbus.WithMatchInterface(portalRequest)); err != nil {
		return "", fmt.Errorf("listen to the portal: %w", err)
	}
	answers := make(chan *dbus.Signal, 1)
	conn.Signal(answers)
	method, parent := ".OpenFile", ""
	if r.Kind == Save {
		method = ".SaveFile"
	}
	if r.Window != 0 {
		parent = "x11:" + strconv.FormatUint(uint64(r.Window), 16)
	}
	portal := conn.Object(portalName, portalPath)
	err = portal.CallWithContext(ctx, portalChooser+method, 0, parent, r.Title, r.variants(token)).Err
	if err != nil && ctx.Err() == nil {
		return "", fmt.Errorf("ask the portal: %w", err)
	}
	select {
	case <-ctx.Done():
		_ = conn.Object(portalName, handle).Call(portalRequest+".Close", 0).Err // it may be closed by now
		return "", ctx.Err()
	case answer, ok := <-answers:
		if !ok {
			return "", errors.New("ask the portal: the desktop's bus is gone")
		}
		return chosen(answer.Body)
	}
}

// variants are the request in the portal's words.
func (r Request) variants(token string) map[string]dbus.Variant {
	v := map[string]dbus.Variant{
		"handle_token": dbus.MakeVariant(token), "modal": dbus.MakeVariant(false), // black stays one key away
		"directory": dbus.MakeVariant(r.Kind == Folder),
	}
	if r.Confirm != "" {
		v["accept_label"] = dbus.MakeVariant(r.Confirm)
	}
	if dir := filepath.Dir(r.begin()); filepath.IsAbs(dir) {
		v["current_folder"] = dbus.MakeVariant(append([]byte(dir), 0))
	}
	if r.Kind == Save {
		v["current_name"] = dbus.MakeVariant(r.Name)
	}
	if r.Kind != Folder && len(r.Endings) > 0 {
		type rule struct {
			Kind    uint32 // 0 for a pattern
			Pattern string
		}
		type filter struct {
			Name  string
			Rules []rule
		}
		f := filter{Name: r.Files}
		for _, ending := range r.Endings {
			for _, e := range []string{ending, strings.ToUpper(ending)} {
				f.Rules = append(f.Rules, rule{0, "*" + e})
			}
		}
		v["filters"] = dbus.MakeVariant([]filter{f})
	}
	return v
}

// chosen reads the portal's answer: a status, 0 for fine, and the addresses of what was chosen.
func chosen(body []any) (string, error) {
	if len(body) != 2 {
		return "", fmt.Errorf("the portal answers with %d values", len(body))
	}
	if status, _ := body[0].(uint32); status != 0 {
		return "", ErrCancelled
	}
	results, _ := body[1].(map[string]dbus.Variant)
	addresses, _ := results["uris"].Value().([]string)
	if len(addresses) == 0 {
		return "", ErrCancelled
	}
	address, err := url.Parse(addresses[0])
	if err != nil || address.Scheme != "file" {
		return "", fmt.Errorf("the portal answers with %q, which is no file", addresses[0])
	}
	return address.Path, nil
}
