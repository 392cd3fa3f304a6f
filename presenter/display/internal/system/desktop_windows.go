package system

import (
	"errors"
	"fmt"
	"os/exec"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	kernel32 = windows.NewLazySystemDLL("kernel32.dll")
	user32   = windows.NewLazySystemDLL("user32.dll")
	gdi32    = windows.NewLazySystemDLL("gdi32.dll")
	shcore   = windows.NewLazySystemDLL("shcore.dll")

	procEnumDisplayMonitors         = user32.NewProc("EnumDisplayMonitors")
	procGetMonitorInfo              = user32.NewProc("GetMonitorInfoW")
	procEnumDisplaySettings         = user32.NewProc("EnumDisplaySettingsW")
	procGetDisplayConfigBufferSizes = user32.NewProc("GetDisplayConfigBufferSizes")
	procQueryDisplayConfig          = user32.NewProc("QueryDisplayConfig")
	procDisplayConfigGetDeviceInfo  = user32.NewProc("DisplayConfigGetDeviceInfo")
	procClientToScreen              = user32.NewProc("ClientToScreen")
	procGetClientRect               = user32.NewProc("GetClientRect")
	procIsWindowVisible             = user32.NewProc("IsWindowVisible")
	procIsZoomed                    = user32.NewProc("IsZoomed")
	procShowWindow                  = user32.NewProc("ShowWindow")
	procIsIconic                    = user32.NewProc("IsIconic")
	procGetWindowRect               = user32.NewProc("GetWindowRect")
	procSetWindowPos                = user32.NewProc("SetWindowPos")
	procShowWindowAsync             = user32.NewProc("ShowWindowAsync")
	procCreateDC                    = gdi32.NewProc("CreateDCW")
	procDeleteDC                    = gdi32.NewProc("DeleteDC")
	procGetDeviceCaps               = gdi32.NewProc("GetDeviceCaps")
	procGetDpiForMonitor            = shcore.NewProc("GetDpiForMonitor")
)

// Desktop has nothing to hold on Windows: every question is a call.
type Desktop struct{}

// Open never fails on Windows.
func Open() (*Desktop, error) { return &Desktop{}, nil }

// Alive is always true.
func (*Desktop) Alive() bool { return true }

// Close does nothing.
func (*Desktop) Close() {}

// Wait passes the time, but looks four times a second: Windows tells only threads that have a
// window of changes, and GLFW's callback has told the UI goroutine by then.
func (*Desktop) Wait(longest time.Duration, stop <-chan struct{}) bool {
	select {
	case <-time.After(min(longest, time.Second/4)):
	case <-stop:
	}
	return true
}

// Follow does nothing: Wait is short.
func (*Desktop) Follow(uintptr) error { return nil }

// Unmanage does nothing: an undecorated window on Windows stays where it is put.
func (*Desktop) Unmanage(uintptr) error { return nil }

type rect struct{ Left, Top, Right, Bottom int32 }

type monitorInfo struct {
	Size    uint32
	Monitor rect
	Work    rect
	Flags   uint32
	Device  [32]uint16
}

type area struct {
	monitor uintptr
	info    monitorInfo
}

// Layout lists the screens. A screen that mirrors another has no monitor handle of its own, only
// an active path from the same source, so the paths are asked, too.
func (*Desktop) Layout() (Layout, error) {
	areas, err := areas()
	if err != nil {
		return Layout{}, fmt.Errorf("list screens: %w", err)
	}
	targets := activeTargets()
	var screens []Screen
	for _, a := range areas {
		device := windows.UTF16ToString(a.info.Device[:])
		s := Screen{
			Name: device,
			X:    int(a.info.Monitor.Left), Y: int(a.info.Monitor.Top),
			W:       int(a.info.Monitor.Right - a.info.Monitor.Left),
			H:       int(a.info.Monitor.Bottom - a.info.Monitor.Top),
			Primary: a.info.Flags&1 != 0, // MONITORINFOF_PRIMARY
			Scale:   monitorScale(a.monitor), Refresh: refreshOf(&a.info.Device),
		}
		s.MMW, s.MMH = millimetres(&a.info.Device)
		shown := targets[device]
		if len(shown) == 0 {
			shown = []target{{name: device}}
		}
		for _, t := range shown {
			s.Name, s.Internal = t.name, t.internal
			screens = append(screens, s)
		}
	}
	return NewLayout(screens), nil
}

// collect receives EnumDisplayMonitors' answers; callbacks are never freed, so there is one. The
// list to fill goes through the call's own parameter.
var collect = syscall.NewCallback(func(monitor, _, _, list uintptr) uintptr {
	a := area{monitor: monitor}
	a.info.Size = uint32(unsafe.Sizeof(a.info))
	if ok, _, _ := procGetMonitorInfo.Call(monitor, uintptr(unsafe.Pointer(&a.info))); ok != 0 {
		enumerated[list] = append(enumerated[list], a)
	}
	return 1
})

var (
	enumerated = map[uintptr][]area{}
	enumTurn   = make(chan struct{}, 1)
)

func areas() ([]area, error) {
	enumTurn <- struct{}{}
	defer func() { <-enumTurn }()
	const list = 1
	delete(enumerated, list)
	ok, _, err := procEnumDisplayMonitors.Call(0, 0, collect, list)
	found := enumerated[list]
	if ok == 0 {
		return nil, fmt.Errorf("enumerate monitors: %w", err)
	}
	if len(found) == 0 {
		return nil, errors.New("enumerate monitors: there are none")
	}
	return found, nil
}

func monitorScale(monitor uintptr) float32 {
	if procGetDpiForMonitor.Find() != nil { // Windows 7
		return 1
	}
	var x, y uint32
	if status, _, _ := procGetDpiForMonitor.Call(monitor, 0, uintptr(unsafe.Pointer(&x)), uintptr(unsafe.Pointer(&y))); status != 0 || x == 0 {
		return 1
	}
	return float32(x) / 96
}

func millimetres(device *[32]uint16) (w, h int) {
	display, err := windows.UTF16PtrFromString("DISPLAY")
	if err != nil {
		return 0, 0
	}
	dc, _, _ := procCreateDC.Call(uintptr(unsafe.Pointer(display)), uintptr(unsafe.Pointer(&device[0])), 0, 0)
	if dc == 0 {
		return 0, 0
	}
	const horzSize, vertSize = 4, 6
	mmw, _, _ := procGetDeviceCaps.Call(dc, horzSize)
	mmh, _, _ := procGetDeviceCaps.Call(dc, vertSize)
	_, _, _ = procDeleteDC.Call(dc)
	return int(int32(mmw)), int(int32(mmh))
}

// devMode is DEVMODEW as displays use it.
type devMode struct {
	_                [32]uint16 // device name
	_, _             uint16
	Size             uint16
	_                uint16
	_                uint32
	_                [16]byte // position, orientation, fixed output
	_                [5]int16
	_                [32]uint16 // form name
	_                uint16
	_, _, _, _       uint32 // bits, width, height, flags
	DisplayFrequency uint32
	_                [8]uint32
}

func refreshOf(device *[32]uint16) int {
	mode := devMode{Size: uint16(unsafe.Sizeof(devMode{}))}
	const current = 0xFFFFFFFF // ENUM_CURRENT_SETTINGS
	ok, _, _ := procEnumDisplaySettings.Call(uintptr(unsafe.Pointer(&device[0])), current, uintptr(unsafe.Pointer(&mode)))
	if ok == 0 || mode.DisplayFrequency <= 1 { // 0 and 1 mean "the hardware's default"
		return 0
	}
	return int(mode.DisplayFrequency)
}

// Window tells where a window's inside is and whether it can be seen.
func (*Desktop) Window(handle uintptr) (Place, error) {
	var r rect
	if ok, _, err := procGetClientRect.Call(handle, uintptr(unsafe.Pointer(&r))); ok == 0 {
		return Place{}, fmt.Errorf("ask for the window's size: %w", err)
	}
	var corner struct{ X, Y int32 }
	if ok, _, err := procClientToScreen.Call(handle, uintptr(unsafe.Pointer(&corner))); ok == 0 {
		return Place{}, fmt.Errorf("ask for the window's place: %w", err)
	}
	visible, _, _ := procIsWindowVisible.Call(handle)
	iconic, _, _ := procIsIconic.Call(handle)
	return Place{
		X: int(corner.X), Y: int(corner.Y), W: int(r.Right - r.Left), H: int(r.Bottom - r.Top),
		Visible: visible != 0 && iconic == 0,
	}, nil
}

// HideWindow takes a window off the screen without waiting for the thread that owns it.
func (*Desktop) HideWindow(handle uintptr) error {
	const swHide = 0
	// What comes back says whether it was visible, not whether it worked.
	_, _, _ = procShowWindowAsync.Call(handle, swHide)
	return nil
}

// MoveWindow moves a window so that its inside's corner is at x, y. One that fills its screen fills the other.
func (d *Desktop) MoveWindow(handle uintptr, x, y int) error {
	if zoomed, _, _ := procIsZoomed.Call(handle); zoomed != 0 {
		const maximize, restore = 3, 9
		_, _, _ = procShowWindow.Call(handle, restore)
		defer func() { _, _, _ = procShowWindow.Call(handle, maximize) }()
	}
	inside, err := d.Window(handle)
	if err != nil {
		return err
	}
	var frame rect
	if ok, _, err := procGetWindowRect.Call(handle, uintptr(unsafe.Pointer(&frame))); ok == 0 {
		return fmt.Errorf("ask for the window's frame: %w", err)
	}
	x, y = x-(inside.X-int(frame.Left)), y-(inside.Y-int(frame.Top))
	const noSize, noZOrder, noActivate, async = 0x0001, 0x0004, 0x0010, 0x4000
	ok, _, err := procSetWindowPos.Call(handle, 0, uintptr(x), uintptr(y), 0, 0, noSize|noZOrder|noActivate|async)
	if ok == 0 {
		return fmt.Errorf("ask for another place: %w", err)
	}
	return nil
}

// Extend gives each screen a part of the desktop of its own, as Win+P does.
func Extend() error {
	if err := exec.Command("DisplaySwitch.exe", "/extend").Run(); err != nil {
		return fmt.Errorf("extend the desktop: %w", err)
	}
	return nil
}
