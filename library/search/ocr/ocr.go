// Package ocr reads the text of page pictures with Tesseract, where that is installed: a child process for
// each picture, in a sandbox, behind all else that the machine does. The picture goes in and the words come out through
// pipes; nothing is written to disk.
package ocr

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"butluc/library/internal/child"
	"butluc/library/sandbox"
)

var (
	// ErrMissing says that Tesseract is not installed.
	ErrMissing = errors.New("no Tesseract is installed")
	// ErrLanguage says that Tesseract has no Vietnamese: the file vie.traineddata is missing.
	ErrLanguage = errors.New("the installed Tesseract has no Vietnamese")
)

// Language is the one that cannot be done without, as Tesseract calls it.
const Language = "vie"

// What helps where it is installed: English, and telling how a page lies.
const (
	english     = "eng"
	orientation = "osd"
)

// Engine is an installed Tesseract. It may be used from any goroutine.
type Engine struct {
	Path      string
	Version   string   // "5.3.0"
	Languages []string // that it has, sorted: "eng", "osd", "vie"

	deadline time.Duration // 0: readWithin
}

// bundled is the folder beside the program that has what came with it on Windows: Tesseract, and its languages in tessdata.
const bundled = "runtime"

const (
	askWithin = 10 * time.Second
	// readWithin is how long a page may take: a dense one takes five seconds where nothing else runs.
	readWithin = 3 * time.Minute
	// memoryLimit is ten times what an A4 page at our size takes.
	memoryLimit = 1 << 30 // bytes
	maxSaid     = 64 << 10
)

// Find looks for Tesseract on this system and asks what it has. It fails with [ErrMissing], with
// [ErrLanguage], beside which the engine tells where it is, or with why Tesseract does not run.
func Find(ctx context.Context) (*Engine, error) {
	path := find()
	if path == "" {
		return nil, ErrMissing
	}
	return Open(ctx, path)
}

// Open is [Find] for the program at path.
func Open(ctx context.Context, path string) (*Engine, error) {
	version, err := ask(ctx, path, "--version")
	if err != nil {
		return nil, fmt.Errorf("ask %s for its version: %w", path, err)
	}
	languages, err := ask(ctx, path, "--list-langs")
	if err != nil {
		return nil, fmt.Errorf("ask %s for its languages: %w", path, err)
	}
	e := &Engine{Path: path, Version: parseVersion(version), Languages: parseLanguages(languages)}
	if !e.has(Language) {
		return e, ErrLanguage
	}
	return e, nil
}

func (e *Engine) has(language string) bool { return slices.Contains(e.Languages, language) }

// find gives Tesseract's program, "" where it is in none of the usual places.
func find() string {
	var places []string
	if runtime.GOOS == "windows" {
		if own, err := os.Executable(); err == nil {
			places = append(places, filepath.Join(filepath.Dir(own), bundled, "tesseract.exe"), filepath.Join(filepath.Dir(own), "tesseract", "tesseract.exe"))
		}
	}
	if p, err := exec.LookPath("tesseract"); err == nil {
		places = append(places, p)
	}
	switch runtime.GOOS {
	case "windows": // the installer does not put it on PATH
		for _, place := range [][2]string{
			{"ProgramFiles", ""}, {"ProgramW6432", ""}, {"LocalAppData", "Programs"}, {"ProgramFiles(x86)", ""},
		} {
			if dir := os.Getenv(place[0]); dir != "" {
				places = append(places, filepath.Join(dir, place[1], "Tesseract-OCR", "tesseract.exe"))
			}
		}
	case "darwin": // a program that was started from the Dock has a short PATH
		places = append(places, "/opt/homebrew/bin/tesseract", "/usr/local/bin/tesseract", "/opt/local/bin/tesseract")
	}
	for _, p := range places {
		if info, err := os.Stat(p); err == nil && info.Mode().IsRegular() {
			return p
		}
	}
	return ""
}

func ask(ctx context.Context, path, what string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	out := limited{most: maxSaid}
	cmd := command(ctx, path, what)
	cmd.Stdout, cmd.Stderr = &out, &out // versions before 4 tell it to the latter
	err := run(cmd, child.Limits{Memory: memoryLimit})
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return string(out.kept), err
}

// run runs Tesseract in its sandbox: it reads its own folders and those of its languages.
func run(cmd *exec.Cmd, l child.Limits) error {
	program := cmd.Path
	if real, err := filepath.EvalSymlinks(program); err == nil {
		program = real
	}
	own := filepath.Dir(program)
	read := []string{own, filepath.Join(own, "..", "share", "tessdata"), filepath.Join(own, "..", "lib")}
	if data := os.Getenv("TESSDATA_PREFIX"); filepath.IsAbs(data) {
		read = append(read, data)
	}
	if err := sandbox.Wrap(cmd, sandbox.Recognize, sandbox.Paths{Read: read}); err != nil {
		return err
	}
	return child.Run(cmd, l)
}

// command is Tesseract without anything that tells of this user, on one processor.
func command(ctx context.Context, path string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = []string{"OMP_THREAD_LIMIT=1", "LC_ALL=C"}
	for _, name := range []string{"PATH", "TESSDATA_PREFIX", "SystemRoot", "SystemDrive", "windir"} {
		if v, ok := os.LookupEnv(name); ok {
			cmd.Env = append(cmd.Env, name+"="+v)
		}
	}
	if runtime.GOOS != "windows" {
		cmd.Dir = "/" // it keeps no USB stick from being taken out
	} else if dir := filepath.Dir(path); filepath.Base(dir) == bundled {
		// It takes names in the letters of the system's code page alone, and the user may be called Diễm: so its languages
		// have a name without the folders above.
		cmd.Dir = dir
		cmd.Env = append(cmd.Env, "TESSDATA_PREFIX=tessdata")
	}
	cmd.WaitDelay = 5 * time.Second // for children that keep the pipes
	return cmd
}

// parseVersion takes "5.3.0" out of "tesseract 5.3.0" or "tesseract v5.3.0.20221214".
func parseVersion(said string) string {
	line, _, _ := strings.Cut(said, "\n")
	fields := strings.Fields(line)
	if len(fields) < 2 {
		return ""
	}
	return strings.TrimPrefix(fields[1], "v")
}

// parseLanguages takes the names below the headline.
func parseLanguages(said string) []string {
	var list []string
	for line := range strings.Lines(said) {
		if name := strings.TrimSpace(line); name != "" && !strings.ContainsAny(name, " :") {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

// errTooMuch ends a program that says more than anybody wants to hear.
var errTooMuch = errors.New("it said too much")

// limited keeps what is written to it, up to a limit. (Of a bytes.Buffer it would have ReadFrom, which copying
// prefers to Write.)
type limited struct {
	kept []byte
	most int  // bytes
	over bool // more came
}

func (l *limited) Write(b []byte) (int, error) {
	if len(l.kept)+len(b) > l.most {
		l.over = true
		return 0, errTooMuch
	}
	l.kept = append(l.kept, b...)
	return len(b), nil
}
