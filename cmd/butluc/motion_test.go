package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Nothing moves by itself, for who can't bear it and for the court: the toolkit's animations are built out, and no room has one of
// its own.
func TestNothingMovesByItself(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join("..", "..", "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	tags := regexp.MustCompile(`(?m)^\w*TAGS\w*\s*[:?]?=.*$`).FindAllString(string(makefile), -1)
	if len(tags) == 0 {
		t.Fatal("the Makefile has no tags")
	}
	for _, line := range tags {
		if strings.Contains(line, "nodynamic") && !strings.Contains(line, "no_animations") {
			t.Errorf("a build with the toolkit's animations: %s", line)
		}
	}
	moves := regexp.MustCompile(`\b(fyne\.NewAnimation|canvas\.New\w*Animation|widget\.New(ProgressBarInfinite|Activity)|fyne\.Animation)\b`)
	looked := 0
	err = filepath.WalkDir(filepath.Join("..", "..", "app"), func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		looked++
		source, err := os.ReadFile(path)
		if found := moves.Find(source); found != nil {
			t.Errorf("%s: %s", path, found)
		}
		return err
	})
	if err != nil || looked < 100 {
		t.Errorf("%d files looked at, %v", looked, err)
	}
}
