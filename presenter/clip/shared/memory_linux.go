package shared

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// create makes memory that is no file's: nobody else can open it, and it is gone with the last process that
// has it. It is sealed, for what one process cuts off is the end of the other that reads it (SIGBUS).
func create(cmd *exec.Cmd, size int) (mem []byte, free func(), name string, err error) {
	const flags = unix.MFD_CLOEXEC | unix.MFD_ALLOW_SEALING
	fd, err := unix.MemfdCreate("butluc-clip", flags|unix.MFD_NOEXEC_SEAL)
	if errors.Is(err, unix.EINVAL) { // Linux before 6.3, which does not ask for it either
		fd, err = unix.MemfdCreate("butluc-clip", flags)
	}
	if err != nil {
		return nil, nil, "", fmt.Errorf("create: %w", err)
	}
	file := os.NewFile(uintptr(fd), "butluc-clip")
	if err := file.Truncate(int64(size)); err != nil {
		file.Close()
		return nil, nil, "", fmt.Errorf("give it a size: %w", err)
	}
	if _, err := unix.FcntlInt(file.Fd(), unix.F_ADD_SEALS, unix.F_SEAL_SHRINK|unix.F_SEAL_GROW|unix.F_SEAL_SEAL); err != nil {
		file.Close()
		return nil, nil, "", fmt.Errorf("seal: %w", err)
	}
	mem, err = unix.Mmap(fd, 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		file.Close()
		return nil, nil, "", fmt.Errorf("map: %w", err)
	}
	cmd.ExtraFiles = append(cmd.ExtraFiles, file)
	free = func() {
		_ = unix.Munmap(mem)
		file.Close()
	}
	return mem, free, fmt.Sprintf("fd:%d", 2+len(cmd.ExtraFiles)), nil
}

// attach maps what was inherited and closes it, lest it be handed on to the child's own children.
func attach(name string, size int) (mem []byte, free func(), err error) {
	number, ok := strings.CutPrefix(name, "fd:")
	fd, err := strconv.Atoi(number)
	if !ok || err != nil {
		return nil, nil, errors.New("not a file descriptor")
	}
	file := os.NewFile(uintptr(fd), name)
	if file == nil {
		return nil, nil, errors.New("not a file descriptor")
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, nil, err
	}
	if info.Size() != int64(size) {
		return nil, nil, fmt.Errorf("it has %d bytes, not %d", info.Size(), size)
	}
	mem, err = unix.Mmap(fd, 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return nil, nil, fmt.Errorf("map: %w", err)
	}
	return mem, func() { _ = unix.Munmap(mem) }, nil
}
