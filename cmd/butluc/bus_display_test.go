//go:build display && linux

package main

import (
	"os"
	"path/filepath"
	"testing"

	"butluc/assets"
	"butluc/presenter/display/displaytest"
)

// No process is left: where the session has no message bus, none is started, for it would stay.
func TestNoMessageBusIsStarted(t *testing.T) {
	p := &program{Rig: displaytest.Start(t), t: t, dir: filepath.Join(t.TempDir(), "Vụ án mẫu")}
	if err := assets.WriteSample(p.dir); err != nil {
		t.Fatal(err)
	}
	fake := t.TempDir()
	started := filepath.Join(fake, "started")
	launcher := "#!/bin/sh\n: >" + started + "\nexit 1\n"
	if err := os.WriteFile(filepath.Join(fake, "dbus-launch"), []byte(launcher), 0o700); err != nil {
		t.Fatal(err)
	}
	p.home = append(homeIn(t.TempDir()), "DBUS_SESSION_BUS_ADDRESS=", "PATH="+fake+":"+os.Getenv("PATH"))
	p.start()
	p.startTrial()
	p.Tap("Next")
	p.courtSees(p.expect("1", 1920, 1080), "BL 1")
	if _, err := os.Stat(started); err == nil {
		t.Error("the program started a message bus")
	}
}
