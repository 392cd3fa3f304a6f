//go:build !linux && !windows

package shared

import (
	"errors"
	"os/exec"
)

func create(*exec.Cmd, int) (mem []byte, free func(), name string, err error) {
	return nil, nil, "", errors.ErrUnsupported
}

func attach(string, int) (mem []byte, free func(), err error) {
	return nil, nil, errors.ErrUnsupported
}
