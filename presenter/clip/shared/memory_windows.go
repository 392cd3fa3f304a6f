package shared

import (
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// create makes memory of the paging file: it has no name by which another could open it, is gone with the
// last process that has it, and cannot change its size.
func create(cmd *exec.Cmd, size int) (mem []byte, free func(), name string, err error) {
	inherited := windows.SecurityAttributes{Length: uint32(unsafe.Sizeof(windows.SecurityAttributes{})), InheritHandle: 1}
	handle, err := windows.CreateFileMapping(windows.InvalidHandle, &inherited, windows.PAGE_READWRITE,
		uint32(uint64(size)>>32), uint32(size), nil)
	if err != nil {
		return nil, nil, "", fmt.Errorf("create: %w", err)
	}
	mem, unmap, err := view(handle, size)
	if err != nil {
		_ = windows.CloseHandle(handle)
		return nil, nil, "", err
	}
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	// Go's children inherit the handles that they are told, and no others.
	cmd.SysProcAttr.AdditionalInheritedHandles = append(cmd.SysProcAttr.AdditionalInheritedHandles, syscall.Handle(handle))
	free = func() {
		unmap()
		_ = windows.CloseHandle(handle)
	}
	return mem, free, fmt.Sprintf("handle:%d", handle), nil
}

// attach maps what was inherited, under the number that it has in the parent too, and closes it.
func attach(name string, size int) (mem []byte, free func(), err error) {
	number, ok := strings.CutPrefix(name, "handle:")
	handle, err := strconv.ParseUint(number, 10, 64)
	if !ok || err != nil {
		return nil, nil, errors.New("not a handle")
	}
	defer windows.CloseHandle(windows.Handle(handle)) //nolint:errcheck // the view keeps the mapping
	return view(windows.Handle(handle), size)
}

// view maps the first size bytes; it fails where there are not so many.
func view(handle windows.Handle, size int) (mem []byte, unmap func(), err error) {
	at, err := windows.MapViewOfFile(handle, windows.FILE_MAP_READ|windows.FILE_MAP_WRITE, 0, 0, uintptr(size))
	if err != nil {
		return nil, nil, fmt.Errorf("map: %w", err)
	}
	// Through a pointer to the address, because vet takes a plain conversion for arithmetic.
	mem = unsafe.Slice(*(**byte)(unsafe.Pointer(&at)), size)
	return mem, func() { _ = windows.UnmapViewOfFile(at) }, nil
}
