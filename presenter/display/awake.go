package display

import "butluc/presenter/display/internal/system"

// KeepAwake keeps the machine from sleeping and the screens from blanking until release is
// called, with reason shown where the system tells people why. It never blocks: the asking is done
// on a goroutine of its own, which tells report (may be nil) once how it went: nil when at least
// one of the system's ways worked. release may be called more than once, from anywhere.
func KeepAwake(reason string, report func(error)) (release func()) {
	return system.KeepAwake(reason, report)
}
