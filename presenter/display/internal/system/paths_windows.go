package system

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// The structures of wingdi.h's "connecting and configuring displays", as far as they are read.

type luid struct {
	Low  uint32
	High int32
}

type pathSource struct {
	Adapter luid
	ID      uint32
	_       [2]uint32 // mode index, status
}

type pathTarget struct {
	Adapter    luid
	ID         uint32
	_          uint32 // mode index
	Technology uint32
	_          [7]uint32 // rotation, scaling, refresh (2), order, available, status
}

type path struct {
	Source pathSource
	Target pathTarget
	Flags  uint32
}

// mode is opaque here; it must only have the right size.
type mode [64]byte

type infoHeader struct {
	Type    uint32
	Size    uint32
	Adapter luid
	ID      uint32
}

type sourceName struct {
	infoHeader
	Device [32]uint16
}

type targetName struct {
	infoHeader
	_      [3]uint32 // flags, technology, EDID ids
	_      uint32    // connector instance
	Name   [64]uint16
	Device [128]uint16
}

// target is a monitor by the name that it gives itself.
type target struct {
	name     string
	internal bool // built into the machine
}

// internalTechnology tells whether a monitor that is joined in that way is built into the machine
// (DISPLAYCONFIG_VIDEO_OUTPUT_TECHNOLOGY of wingdi.h).
func internalTechnology(technology uint32) bool {
	const lvds, embeddedDisplayPort, embeddedUDI, internal = 6, 11, 13, 0x80000000
	switch technology {
	case lvds, embeddedDisplayPort, embeddedUDI, internal:
		return true
	}
	return false
}

// activeTargets tells which monitors show each source (\\.\DISPLAY1); two for one source: they mirror each other. Empty
// where Windows will not say (remote desktop, Wine).
func activeTargets() map[string][]target {
	const onlyActive = 2
	var paths, modes uint32
	if status, _, _ := procGetDisplayConfigBufferSizes.Call(onlyActive,
		uintptr(unsafe.Pointer(&paths)), uintptr(unsafe.Pointer(&modes))); status != 0 || paths == 0 {
		return nil
	}
	p, m := make([]path, paths), make([]mode, max(1, modes))
	if status, _, _ := procQueryDisplayConfig.Call(onlyActive,
		uintptr(unsafe.Pointer(&paths)), uintptr(unsafe.Pointer(&p[0])),
		uintptr(unsafe.Pointer(&modes)), uintptr(unsafe.Pointer(&m[0])), 0); status != 0 {
		return nil
	}
	targets := map[string][]target{}
	for _, one := range p[:min(int(paths), len(p))] {
		device, ok := sourceOf(one)
		if !ok {
			continue
		}
		name := targetOf(one)
		if name == "" {
			name = device
		}
		targets[device] = append(targets[device], target{name, internalTechnology(one.Target.Technology)})
	}
	return targets
}

func sourceOf(p path) (string, bool) {
	s := sourceName{infoHeader: infoHeader{Type: 1, Adapter: p.Source.Adapter, ID: p.Source.ID}}
	s.Size = uint32(unsafe.Sizeof(s))
	if status, _, _ := procDisplayConfigGetDeviceInfo.Call(uintptr(unsafe.Pointer(&s))); status != 0 {
		return "", false
	}
	return windows.UTF16ToString(s.Device[:]), true
}

func targetOf(p path) string {
	t := targetName{infoHeader: infoHeader{Type: 2, Adapter: p.Target.Adapter, ID: p.Target.ID}}
	t.Size = uint32(unsafe.Sizeof(t))
	if status, _, _ := procDisplayConfigGetDeviceInfo.Call(uintptr(unsafe.Pointer(&t))); status != 0 {
		return ""
	}
	return windows.UTF16ToString(t.Name[:])
}
