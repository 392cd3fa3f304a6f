//go:build display && linux

package main

// How fast the program is beside the toolkit's own floor: run by make bench alone.
