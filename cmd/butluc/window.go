package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"butluc/app"
	"butluc/app/session"
	"butluc/app/words"
	"butluc/library"
	"butluc/presenter/clip"
	"butluc/presenter/display"
	"butluc/presenter/render"
)

func init() { runtime.LockOSThread() } // the window system wants the main thread

// window opens the window, on a case where one is named, by its folder or a file of it.
func window(args []string) error {
	f := newFlags("butluc")
	named, err := parse(f, args, 0, 1)
	if err != nil {
		return err
	}
	dir := ""
	if len(named) == 1 {
		dir = named[0]
		if _, err := os.Stat(dir); err != nil {
			return misuse{fmt.Errorf("%q is neither a verb nor a case folder, nor a file of one", dir)}
		}
	}
	return openWindow(dir, false)
}

func openWindow(dir string, sample bool) error {
	// Without a display the toolkit panics. A Mac always has one, and can't be asked.
	if _, err := display.Describe(); err != nil && runtime.GOOS != "darwin" {
		return fmt.Errorf("%s (%w)", words.T("doctor.need-display"), err)
	}
	startNoBus()
	leaveConsole()
	cases, err := loadShelf()
	if err != nil {
		return err
	}
	cache, removeCache, noCache := cacheOrTemporary()
	defer removeCache()
	notice, end := watchCrashes()
	if noCache != nil {
		notice = strings.TrimSpace(notice + " " + words.T("cli.no-cache", "why", noCache))
	}
	err = app.Run(app.Options{
		Session: session.Options{
			NewRenderer: newRenderer,
			NewPlayer: func(report func(clip.Report)) session.Player {
				return clip.New(clip.Options{Report: report})
			},
			OpenCase:  opener(cache),
			Rendition: renditionIn(cache),
			Shelf:     cases,
			Program:   version, Renderer: rendererVersions(),
			WriteSample: sampleInData,
		},
		Case: dir, Sample: sample, Version: version, Notice: notice,
	})
	end() // not deferred: a panic must find the file
	return err
}

// watchCrashes keeps what the program logs for the report of a crash, and tells of the one before. Where
// that can't be, the program runs without.
func watchCrashes() (notice string, end func()) {
	log := func(w io.Writer) {
		slog.SetDefault(slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelInfo})))
	}
	log(os.Stderr)
	dir, err := crashDir()
	if err != nil {
		slog.Warn("keep crash reports", "err", err)
		return "", func() {}
	}
	if report := keepReports(dir, time.Now()); report != "" {
		notice = words.T("notice.crashed", "file", report)
	}
	r, err := beginRun(dir)
	if err != nil {
		slog.Warn("keep crash reports", "err", err)
		return notice, func() {}
	}
	log(r)
	return notice, r.end
}

// startNoBus sees to it that no message bus is started where the session has none: the D-Bus library
// would start a daemon that outlives the program, another with each run. What the bus is for, to keep
// the machine awake and to follow the desktop's look, the program can do without or by other ways.
func startNoBus() {
	const address = "DBUS_SESSION_BUS_ADDRESS"
	if runtime.GOOS != "linux" || os.Getenv(address) != "" && os.Getenv(address) != "autolaunch:" {
		return
	}
	for _, name := range []string{"bus", "dbus-session"} {
		if _, err := os.Stat(fmt.Sprintf("/run/user/%d/%s", os.Getuid(), name)); err == nil {
			return
		}
	}
	_ = os.Setenv(address, "none:") // it fails for names that are none
}

// renditionIn finds the PDFs that were made of Office files.
func renditionIn(cache string) func(library.Case, library.File) render.Source {
	return func(c library.Case, f library.File) render.Source {
		return sourceOf(c.Path, renditions(cache, c.Path), f)
	}
}

// rendererVersions names what draws the pages, for the journal: a frame made again is compared with it.
func rendererVersions() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	var names []string
	for _, d := range info.Deps {
		switch d.Path {
		case "github.com/gen2brain/go-fitz", "github.com/disintegration/imaging", "golang.org/x/image", "github.com/gen2brain/heic":
			names = append(names, path.Base(d.Path)+" "+d.Version)
		}
	}
	return strings.Join(names, ", ")
}
