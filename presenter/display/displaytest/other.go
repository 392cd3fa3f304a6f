//go:build !linux

// Package displaytest gives a test two screens of its own; here there are none to be had.
package displaytest
