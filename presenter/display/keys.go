package display

import (
	"errors"

	"github.com/go-gl/glfw/v3.4/glfw"
)

// Mods are the modifier keys held during a key press. The bits are those of fyne.KeyModifier.
type Mods int

// The modifiers that are told apart, left and right alike.
const (
	Shift Mods = 1 << iota
	Ctrl
	Alt
	Super
)

// KeyEvent is a key pressed while the court window, or the console, had the keyboard. A typed character comes as
// an event of its own, after the key's: Rune set and Name empty, as Fyne splits them too.
type KeyEvent struct {
	Name   string // the key in Fyne's spelling (fyne.KeyName): "Next", "Prior", "Return", "Space", "B", "."
	Rune   rune
	Mods   Mods
	Repeat bool // the key is being held; never let this reach the court
	Keypad bool // a digit of the keypad: it is meant only if its character comes, else NumLock is off
}

// FirstRefusal offers what is typed in a window of the toolkit's to first, before the toolkit hears of it; what first
// takes, the toolkit never sees. inContext runs a function with the window's OpenGL context current, by which the window is
// found. For the UI goroutine, once the window stands.
func FirstRefusal(inContext func(func()), first func(KeyEvent) (taken bool)) error {
	var win *glfw.Window
	inContext(func() { win = glfw.GetCurrentContext() })
	if win == nil {
		return errors.New("listen to the console's keys: it has no context")
	}
	var nextKey glfw.KeyCallback
	nextKey = win.SetKeyCallback(func(w *glfw.Window, key glfw.Key, scancode int, action glfw.Action, mods glfw.ModifierKey) {
		if action == glfw.Release || !first(keyEvent(key, scancode, action, mods)) {
			nextKey(w, key, scancode, action, mods)
		}
	})
	var nextChar glfw.CharCallback
	nextChar = win.SetCharCallback(func(w *glfw.Window, char rune) {
		if !first(KeyEvent{Rune: char}) {
			nextChar(w, char)
		}
	})
	return nil
}

func keyEvent(key glfw.Key, scancode int, action glfw.Action, mods glfw.ModifierKey) KeyEvent {
	const known = Shift | Ctrl | Alt | Super
	return KeyEvent{
		Name: keyName(key, scancode), Mods: Mods(mods) & known, Repeat: action == glfw.Repeat,
		Keypad: key >= glfw.KeyKP0 && key <= glfw.KeyKP9,
	}
}

// named are the keys whose name does not depend on the keyboard's layout.
var named = map[glfw.Key]string{
	glfw.KeyEscape: "Escape", glfw.KeyEnter: "Return", glfw.KeyTab: "Tab",
	glfw.KeyBackspace: "BackSpace", glfw.KeyInsert: "Insert", glfw.KeyDelete: "Delete",
	glfw.KeyRight: "Right", glfw.KeyLeft: "Left", glfw.KeyDown: "Down", glfw.KeyUp: "Up",
	glfw.KeyPageUp: "Prior", glfw.KeyPageDown: "Next", glfw.KeyHome: "Home", glfw.KeyEnd: "End",
	glfw.KeySpace: "Space", glfw.KeyKPEnter: "KP_Enter",
	glfw.KeyLeftShift: "LeftShift", glfw.KeyRightShift: "RightShift",
	glfw.KeyLeftControl: "LeftControl", glfw.KeyRightControl: "RightControl",
	glfw.KeyLeftAlt: "LeftAlt", glfw.KeyRightAlt: "RightAlt",
	glfw.KeyLeftSuper: "LeftSuper", glfw.KeyRightSuper: "RightSuper",
	glfw.KeyMenu: "Menu", glfw.KeyPrintScreen: "PrintScreen", glfw.KeyCapsLock: "CapsLock",
	glfw.KeyF1: "F1", glfw.KeyF2: "F2", glfw.KeyF3: "F3", glfw.KeyF4: "F4", glfw.KeyF5: "F5",
	glfw.KeyF6: "F6", glfw.KeyF7: "F7", glfw.KeyF8: "F8", glfw.KeyF9: "F9", glfw.KeyF10: "F10",
	glfw.KeyF11: "F11", glfw.KeyF12: "F12",
}

// placed are the signs of a key by its place, as GLFW names places by the American layout. Letters are their own names.
var placed = map[glfw.Key]string{
	glfw.KeyPeriod: ".", glfw.KeyComma: ",", glfw.KeySlash: "/", glfw.KeyMinus: "-", glfw.KeyEqual: "=", glfw.KeySemicolon: ";",
	glfw.KeyApostrophe: "'", glfw.KeyBackslash: "\\", glfw.KeyGraveAccent: "`", glfw.KeyLeftBracket: "[", glfw.KeyRightBracket: "]",
}

// keyName spells a key as Fyne does, "" where Fyne has no name for it. Digits go by the key, for the layouts
// "Vietnamese" and "French" have other characters in that row. Letters and signs go by what the layout prints on the
// key, and where that is no Latin letter and no such sign, as on a Russian keyboard, by the key's place.
func keyName(key glfw.Key, scancode int) string {
	return keyLabelled(key, func() string { return printable(key, scancode) })
}

func keyLabelled(key glfw.Key, label func() string) string {
	switch {
	case key >= glfw.Key0 && key <= glfw.Key9:
		return string(rune('0' + key - glfw.Key0))
	case key >= glfw.KeyKP0 && key <= glfw.KeyKP9:
		return string(rune('0' + key - glfw.KeyKP0))
	}
	if name, ok := named[key]; ok {
		return name
	}
	if name := printed(label()); name != "" {
		return name
	}
	if key >= glfw.KeyA && key <= glfw.KeyZ {
		return string(rune('A' + key - glfw.KeyA))
	}
	return placed[key]
}

// printed turns what the layout prints on a key into Fyne's name.
func printed(s string) string {
	if len(s) != 1 {
		return ""
	}
	switch c := s[0]; {
	case c >= 'a' && c <= 'z':
		return string(rune(c - 'a' + 'A'))
	case c == '[' || c == ']' || c == '\\' || c == '\'' || c == ',' || c == '-' || c == '.' ||
		c == '/' || c == '*' || c == '`' || c == ';' || c == '+' || c == '=':
		return s
	}
	return ""
}

// printable is GLFW's name, which panics on keys that a broken keyboard invents.
func printable(key glfw.Key, scancode int) (name string) {
	defer func() {
		if recover() != nil {
			name = ""
		}
	}()
	return glfw.GetKeyName(key, scancode)
}
