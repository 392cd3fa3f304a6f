package machine

import (
	"errors"
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Free is how many bytes can still be written to the disk that a folder is on.
func Free(dir string) (uint64, error) {
	name, err := windows.UTF16PtrFromString(dir)
	var free uint64
	if err == nil {
		err = windows.GetDiskFreeSpaceEx(name, &free, nil, nil)
	}
	if err != nil {
		return 0, fmt.Errorf("ask for free disk of %s: %w", dir, err)
	}
	return free, nil
}

// Full tells whether something could not be written because there is no room left on the disk, or none for this user.
func Full(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL) ||
		errors.Is(err, windows.ERROR_DISK_QUOTA_EXCEEDED)
}

var getSystemPowerStatus = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetSystemPowerStatus")

// PowerNow is where the machine has its power from; Unknown where nothing tells.
func PowerNow() Power {
	// SYSTEM_POWER_STATUS (winbase.h): ACLineStatus is 0 offline, 1 online, 255 unknown.
	var status struct {
		ACLineStatus, BatteryFlag, BatteryLifePercent, SystemStatusFlag byte
		BatteryLifeTime, BatteryFullLifeTime                            uint32
	}
	if ok, _, _ := getSystemPowerStatus.Call(uintptr(unsafe.Pointer(&status))); ok == 0 {
		return Unknown
	}
	switch status.ACLineStatus {
	case 0:
		return Battery
	case 1:
		return Mains
	}
	return Unknown
}
