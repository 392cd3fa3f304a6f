package casefile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"butluc/library"
)

// Folder is the case folder that a path belongs to, absolute: the path itself where it is a folder; of a file the nearest
// folder above it that holds a case, else the nearest of those that are known as cases, else the folder that it is in.
// file is what is left of the path, as [library.File] has it; "" for the folder itself. A case on a stick is found under
// the letter that the stick has by now.
func Folder(name string, known []string) (dir, file string, err error) {
	name, err = filepath.Abs(name)
	if err != nil {
		return "", "", fmt.Errorf("find case: %w", err)
	}
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		if moved := onAnotherDrive(name, drives()); moved != "" {
			name = moved
			info, err = os.Stat(name)
		}
	}
	if err != nil {
		return "", "", fmt.Errorf("find case: %w", err)
	}
	if info.IsDir() {
		return name, "", nil
	}
	dir = caseAbove(name, known)
	rel, err := filepath.Rel(dir, name)
	if err != nil {
		return "", "", fmt.Errorf("find case: %w", err)
	}
	return dir, library.EscapePath(filepath.ToSlash(rel)), nil
}

// onAnotherDrive is the case of the same name on another drive, "" where there is none.
func onAnotherDrive(name string, drives []string) string {
	rest := name[len(filepath.VolumeName(name)):]
	for _, drive := range drives {
		moved := drive + rest
		if info, err := os.Stat(filepath.Join(moved, library.Sidecar)); err == nil && info.IsDir() {
			return moved
		}
	}
	return ""
}

func caseAbove(file string, known []string) string {
	in := filepath.Dir(file)
	for dir := in; ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(filepath.Join(dir, library.Sidecar)); err == nil && info.IsDir() {
			return dir
		}
		if dir == filepath.Dir(dir) {
			break
		}
	}
	nearest := in
	found := false
	for _, k := range known {
		if strings.HasPrefix(file, filepath.Clean(k)+string(filepath.Separator)) && (!found || len(k) > len(nearest)) {
			nearest, found = filepath.Clean(k), true
		}
	}
	return nearest
}
