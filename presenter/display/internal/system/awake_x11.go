//go:build linux || freebsd || netbsd || openbsd

package system

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/jezek/xgb"
	"github.com/jezek/xgb/screensaver"
)

// patience bounds each question to a D-Bus service that may be hanging.
const patience = 3 * time.Second

func wakers() []waker {
	return []waker{suspendXScreenSaver, inhibitScreenSaver, inhibitSleep}
}

// suspendXScreenSaver stops the X server's own screen saver and power saving for as long as the
// connection lives, so that even a crash of ours sets it free again.
func suspendXScreenSaver(string) (func(), error) {
	if os.Getenv("DISPLAY") == "" {
		return nil, ErrUnsupported
	}
	conn, err := xgb.NewConn()
	if err != nil {
		return nil, fmt.Errorf("connect to the X server: %w", err)
	}
	if err := speak(conn, "MIT-SCREEN-SAVER"); err != nil {
		conn.Close()
		return nil, fmt.Errorf("reach the X screen saver: %w", err)
	}
	// Suspend is of version 1.1; the server wants to hear that we know it.
	if _, err := screensaver.QueryVersion(conn, 1, 1).Reply(); err != nil {
		conn.Close()
		return nil, fmt.Errorf("reach the X screen saver: %w", err)
	}
	if err := screensaver.SuspendChecked(conn, 1).Check(); err != nil {
		conn.Close()
		return nil, fmt.Errorf("suspend the X screen saver: %w", err)
	}
	return conn.Close, nil
}

// inhibitScreenSaver asks the desktop (GNOME, KDE, Xfce, Cinnamon) not to blank or lock.
func inhibitScreenSaver(reason string) (func(), error) {
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		return nil, fmt.Errorf("reach the desktop's bus: %w", err)
	}
	var cookie uint32
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	saver := conn.Object("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver")
	err = saver.CallWithContext(ctx, "org.freedesktop.ScreenSaver.Inhibit", 0, "Butluc", reason).Store(&cookie)
	if err != nil {
		_ = conn.Close()
		return nil, fmt.Errorf("ask the desktop not to blank: %w", err)
	}
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		saver.CallWithContext(ctx, "org.freedesktop.ScreenSaver.UnInhibit", 0, cookie)
		_ = conn.Close()
	}, nil
}

// inhibitSleep asks logind not to send an idle machine to sleep. The lock is a file descriptor:
// it goes with us.
func inhibitSleep(reason string) (func(), error) {
	conn, err := dbus.ConnectSystemBus()
	if err != nil {
		return nil, fmt.Errorf("reach the system's bus: %w", err)
	}
	defer func() { _ = conn.Close() }()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var lock dbus.UnixFD
	err = conn.Object("org.freedesktop.login1", "/org/freedesktop/login1").
		CallWithContext(ctx, "org.freedesktop.login1.Manager.Inhibit", 0, "idle:sleep", "Butluc", reason, "block").
		Store(&lock)
	if err != nil {
		return nil, fmt.Errorf("ask logind not to sleep: %w", err)
	}
	var file io.Closer = os.NewFile(uintptr(lock), "logind inhibitor")
	return func() { _ = file.Close() }, nil
}
