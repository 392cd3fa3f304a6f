package display

import (
	"fmt"
	"os"
	"runtime"
)

// StartNoBus sees to it that no message bus is started where the session has none: the D-Bus library
// would start a daemon that outlives the program, another with each run. What the bus is for, to keep
// the machine awake and to follow the desktop's look, the program can do without or by other ways.
func StartNoBus() {
	const address = "DBUS_SESSION_BUS_ADDRESS"
	if runtime.GOOS != "linux" || os.Getenv(address) != "" && os.Getenv(address) != "autolaunch:" {
		return
	}
	for _, name := range []string{"bus", "dbus-session"} {
		if _, err := os.Stat(fmt.Sprintf("/run/user/%d/%s", os.Getuid(), name)); err == nil {
			return
		}
	}
	_ = os.Setenv(address, "none:") // it fails for names that are none
}
