package display

import (
	"testing"

	"github.com/go-gl/glfw/v3.4/glfw"
)

func TestKeysHaveTheirNamesOnEveryLayout(t *testing.T) {
	for _, c := range []struct {
		layout string
		key    glfw.Key // its place on the American layout
		label  string   // what the layout prints on it
		want   string
	}{
		{"American", glfw.KeyB, "b", "B"},
		{"American", glfw.Key4, "4", "4"},
		{"American", glfw.KeyPeriod, ".", "."},
		{"Vietnamese", glfw.Key4, "ô", "4"},
		{"Vietnamese", glfw.Key8, "", "8"}, // an accent that waits for its letter
		{"Vietnamese", glfw.Key0, "đ", "0"},
		{"Vietnamese", glfw.KeyLeftBracket, "ư", "["},
		{"French", glfw.Key1, "&", "1"},
		{"French", glfw.KeyQ, "a", "A"},
		{"French", glfw.KeySemicolon, "m", "M"},
		{"French", glfw.KeyPeriod, ":", "."}, // where a clicker's black key is
		{"Dvorak", glfw.KeyN, "b", "B"},
		{"Russian", glfw.KeyB, "и", "B"},
		{"Russian", glfw.KeyPeriod, "ю", "."},
		{"Russian", glfw.Key7, "7", "7"},
		{"any", glfw.KeyPageDown, "", "Next"},
		{"any", glfw.KeyKP5, "5", "5"},
		{"any", glfw.KeyWorld1, "<", ""},
	} {
		if got := keyLabelled(c.key, func() string { return c.label }); got != c.want {
			t.Errorf("%s: the key with %q is %q, want %q", c.layout, c.label, got, c.want)
		}
	}
}
