package main_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A test that sleeps, or has a deadline of its own, fails where the machine is slow and wastes time where it is fast:
// tests wait by library/eventually, by channels, or in a bubble of testing/synctest. These have a reason not to.
var mayWait = map[string]string{
	"app/cli/torture_edit_test.go":               "a program that is to be killed at any moment takes its time",
	"app/cli/torture_kill_linux_test.go":         "kills come at random moments",
	"app/cli/torture_linux_test.go":              "an answer that does not come is what the laboratory looks for",
	"app/crash/crash_test.go":                    "a date, which nobody waits for",
	"cmd/butluc/clip_display_test.go":            "speed is measured",
	"cmd/butluc/marks_speed_display_test.go":     "speed is measured",
	"cmd/butluc/peers_display_test.go":           "speed is measured",
	"cmd/butluc/speed_display_test.go":           "speed is measured",
	"cmd/butluc/screens_display_test.go":         "a window manager moves a window when it likes, and tells nobody that it does not",
	"library/casefile/life_test.go":              "a case is closed, and changed, at other moments of its reading each time",
	"library/casefile/outline_test.go":           "a child is killed at a random moment, and sleeps until then",
	"library/intake/office/office_test.go":       "a child sleeps until it is killed",
	"library/internal/child/child_test.go":       "a child sleeps until it is killed, by the end of its time",
	"library/journal/disk_test.go":               "a child is killed at a random moment",
	"library/search/ocr/ocr_test.go":             "a child sleeps until it is killed, by the end of its time",
	"library/store/damage_test.go":               "a child is killed at a random moment",
	"library/store/log_test.go":                  "a child is killed at a random moment",
	"presenter/clip/clip_linux_test.go":          "a play is begun at about the moment at which a child is ended",
	"presenter/clip/mpv/broken_test.go":          "a recording that is never answered for is what the test looks for",
	"presenter/clip/mpv/close_test.go":           "a file is closed at a random moment",
	"presenter/clip/player/player_linux_test.go": "a play is silenced at a random moment",
	"presenter/display/displaytest/hand.go":      "a hand takes its time: a program must have heard of a key before the next comes",
	"presenter/display/displaytest/server.go":    "a program that does not end when it is told to is killed; what must not happen is looked for while a time lasts",
	"presenter/display/helper_display_test.go":   "the loop of a window runs sixty times a second",
	"presenter/render/fake_test.go":              "a worker swells slowly enough to be noticed",
	"presenter/render/main_test.go":              "a program that is to be killed looks for its worker",
}

// clocks are the functions by which real time passes.
var clocks = map[string][]string{
	"time":    {"Sleep", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick"},
	"context": {"WithTimeout", "WithTimeoutCause", "WithDeadline", "WithDeadlineCause"},
}

// testing packages are those whose code runs in tests only.
var testPackage = regexp.MustCompile(`/[a-z]+test/[^/]+\.go$`)

func TestNoTestWaitsForRealTime(t *testing.T) {
	root := filepath.Join("..", "..")
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(root, path)
		if name = filepath.ToSlash(name); !strings.HasSuffix(name, "_test.go") && !testPackage.MatchString(name) {
			return nil
		}
		code, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if at := waits(t, name, code); len(at) > 0 {
			found[name] = at
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, at := range found {
		if mayWait[name] == "" {
			t.Errorf("%s waits for real time, without a reason: %v", name, at)
		}
	}
	for name := range mayWait {
		if found[name] == nil {
			t.Errorf("%s waits no more: its reason can go", name)
		}
	}
}

func TestWaitsAreFound(t *testing.T) {
	const code = `package x
func f() {
	time.Sleep(1)
	select { case <-time.After(1): }
	for end := time.Now().Add(1); ; { _ = end }
	context.WithTimeout(ctx, 1)
	synctest.Test(t, func(t *testing.T) { time.Sleep(1) })
	time.Since(time.Now())
}`
	want := []string{"3: time.Sleep", "4: time.After", "5: time.Now().Add", "6: context.WithTimeout"}
	if got := waits(t, "x_test.go", []byte(code)); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// waits are the places of a file, "line: function", where real time passes: not those in a bubble, whose time is none.
func waits(t *testing.T, name string, code []byte) (at []string) {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, code, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		called := calledName(call.Fun)
		pkg, function, _ := strings.Cut(called, ".")
		switch {
		case called == "synctest.Test":
			return false
		case slices.Contains(clocks[pkg], function), called == "time.Now().Add":
			at = append(at, fmt.Sprintf("%d: %s", files.Position(call.Pos()).Line, called))
		}
		return true
	})
	return at
}

// calledName is what a call names, as a.b or a.b().c; "" for anything else.
func calledName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return calledName(e.X) + "." + e.Sel.Name
	case *ast.CallExpr:
		return calledName(e.Fun) + "()"
	}
	return ""
}
