package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// keepFromStartingABus sees to it that nobody in this process starts a D-Bus daemon. The D-Bus
// library, which asks the desktop about its colours and to stay awake, launches one where the
// session has none, and that daemon stays behind when the program has ended.
func keepFromStartingABus() {
	const address = "DBUS_SESSION_BUS_ADDRESS"
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" || os.Getenv(address) != "" {
		return
	}
	if dir := os.Getenv("XDG_RUNTIME_DIR"); dir != "" {
		if _, err := os.Stat(filepath.Join(dir, "bus")); !errors.Is(err, fs.ErrNotExist) {
			return // a bus is there, and found without an address
		}
	}
	_ = os.Setenv(address, "disabled:")
}
