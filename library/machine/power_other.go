//go:build !linux && !windows

package machine

// PowerNow is where the machine has its power from; Unknown where nothing tells.
func PowerNow() Power { return Unknown }
