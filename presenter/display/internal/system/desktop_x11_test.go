//go:build linux || freebsd || netbsd || openbsd

package system

import "testing"

func TestOutputsBuiltIntoTheMachine(t *testing.T) {
	for name, want := range map[string]bool{
		"eDP-1": true, "eDP1": true, "EDP-1-1": true, "LVDS": true, "LVDS-1": true, "DSI-1": true,
		"DP-1": false, "HDMI-A-0": false, "DisplayPort-0": false, "VGA-1": false, "DVI-D-0": false, "DUMMY0": false, "": false,
	} {
		if got := internalOutput(name); got != want {
			t.Errorf("%q is built in: %v", name, got)
		}
	}
}
