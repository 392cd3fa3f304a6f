//go:build !linux && !windows

package machine

import "errors"

// SetUrgent is for Linux and Windows.
func SetUrgent(int, bool) error { return errors.ErrUnsupported }
