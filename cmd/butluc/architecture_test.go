package main_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// ARCHITECTURE.md names packages and tests that are there: it can't be true of another house.
func TestTheArchitectureIsThisOne(t *testing.T) {
	root := filepath.Join("..", "..")
	text, err := os.ReadFile(filepath.Join(root, "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]bool{}
	declared := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)`)
	err = filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		code, err := os.ReadFile(path)
		for _, m := range declared.FindAllSubmatch(code, -1) {
			tests[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`\b(?:Test|Fuzz)[A-Z]\w+`).FindAllString(string(text), -1)
	if len(named) < 20 {
		t.Errorf("it names %d tests", len(named))
	}
	for _, name := range named {
		if !tests[name] {
			t.Errorf("there is no %s", name)
		}
	}
	rooms, err := filepath.Glob(filepath.Join(root, "app", "console", "*", "*.go"))
	if err != nil || len(rooms) < 20 {
		t.Errorf("app/console has %d files in packages below it, %v", len(rooms), err)
	}
	for _, file := range rooms {
		name := filepath.Base(filepath.Dir(file))
		if name != "consoletest" && !strings.Contains(string(text), "`"+name+"`") && !strings.Contains(string(text), "`app/console/"+name+"`") {
			t.Errorf("it does not name app/console/%s", name)
		}
	}
	folders := regexp.MustCompile("`((?:cmd|app|presenter|library|assets)(?:/[a-z]+)*)`").FindAllStringSubmatch(string(text), -1)
	for _, m := range folders {
		if found, _ := filepath.Glob(filepath.Join(root, m[1], "*.go")); len(found) == 0 {
			t.Errorf("there is no package %s", m[1])
		}
	}
}
