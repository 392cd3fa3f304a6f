//go:build !windows

package office

import (
	"errors"
	"time"
)

func registered(string) bool { return false }

func export(string, string, string, time.Duration) error {
	return errors.New("make PDF: Microsoft's programs run on Windows")
}
