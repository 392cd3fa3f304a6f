// Package machine asks the laptop what a hearing needs of it: room on the disk, mains power, and processors before others.
package machine

// Power is where the machine has its power from.
type Power int

// The powers.
const (
	Unknown Power = iota
	Mains
	Battery
)
