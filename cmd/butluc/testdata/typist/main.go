//go:build windows

// Command typist types its argument into the window in front in the way of UniKey: each letter as a whole character of
// Unicode, and for each "<" a Backspace, by which UniKey takes back a letter to write it with its accent.
package main

import (
	"log"
	"os"
	"syscall"
	"time"
	"unsafe"
)

// input is INPUT of winuser.h with a KEYBDINPUT in it, as 64 bits have it: 40 bytes.
type input struct {
	kind  uint32
	_     uint32
	key   uint16 // virtual key
	scan  uint16 // with byUnicode: the character
	flags uint32
	time  uint32
	_     uint32
	extra uintptr
	_     uint64 // a MOUSEINPUT is longer
}

const (
	ofKeyboard   = 1      // INPUT_KEYBOARD
	goesUp       = 0x0002 // KEYEVENTF_KEYUP
	byUnicode    = 0x0004 // KEYEVENTF_UNICODE
	keyBackspace = 0x08   // VK_BACK
)

func main() {
	send := syscall.NewLazyDLL("user32.dll").NewProc("SendInput")
	for _, letter := range os.Args[1] {
		down := input{kind: ofKeyboard, scan: uint16(letter), flags: byUnicode}
		if letter == '<' {
			down = input{kind: ofKeyboard, key: keyBackspace}
		}
		up := down
		up.flags |= goesUp
		stroke := [2]input{down, up}
		if n, _, err := send.Call(2, uintptr(unsafe.Pointer(&stroke)), unsafe.Sizeof(down)); n != 2 {
			log.Fatalf("send %q: %v", letter, err)
		}
		time.Sleep(20 * time.Millisecond) // a quick hand
	}
}
