package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"

	"butluc/app/cli"
	"butluc/app/console"
	"butluc/app/console/clips"
	"butluc/app/console/office"
	"butluc/app/console/recorder"
	"butluc/app/crash"
	"butluc/app/i18n"
	"butluc/app/terminal"
	"butluc/app/ui/shell"
	"butluc/app/wiring"
	"butluc/library/trace"
	"butluc/presenter/clip"
	"butluc/presenter/display"
)

func init() { runtime.LockOSThread() } // the window system wants the main thread

// window opens the window.
func window(in i18n.Catalogue, o cli.Opening) (err error) {
	// Without a display the toolkit panics. A Mac always has one, and can't be asked.
	if _, err := display.Describe(); err != nil && runtime.GOOS != "darwin" {
		return fmt.Errorf("%s (%w)", in.T("doctor.need-display"), err)
	}
	display.StartNoBus()
	terminal.Leave()
	cases, err := wiring.LoadSettings()
	if err != nil {
		return err
	}
	traced, err := openTrace(o.Trace)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, traced.Close()) }()
	cache, removeCache, noCache := wiring.Cache()
	defer removeCache()
	notice, end := crash.Watch(in, version)
	if home := settle(); home != "" {
		notice = strings.TrimSpace(notice + " " + in.T("cli.portable", "dir", home))
	}
	if noCache != nil {
		notice = strings.TrimSpace(notice + " " + in.T("cli.no-cache", "why", noCache))
	}
	sealing, err := wiring.Sealing(cache)
	if err != nil {
		return err
	}
	stores, err := officeOptions(cache)
	if err != nil {
		return err
	}
	err = shell.Run(shell.Options{
		Session: console.Options{
			NewRenderer: wiring.NewTracedRenderer(traced),
			Trace:       traced,
			NewPlayer: func(report func(clip.Report)) clips.Player {
				return clip.New(clip.Options{Report: report})
			},
			OpenCase:    wiring.Opener(cache),
			Rendition:   wiring.RenditionsIn(cache),
			Shelf:       cases,
			Language:    in.Language(),
			Versions:    recorder.Versions{Program: version, Renderer: wiring.RendererVersions()},
			Sealing:     sealing,
			WriteSample: wiring.SampleInData,
			Office:      stores,
			Provenance:  wiring.Provenance(cache),
		},
		Case: o.Case, Sample: o.Sample, Version: version, Notice: notice,
	})
	end() // not deferred: a panic must find the file
	return err
}

// officeOptions are what the office's store works with.
func officeOptions(cache string) (office.Options, error) {
	home, err := wiring.IdentityHome()
	if err != nil {
		return office.Options{}, err
	}
	stores, err := wiring.Stores()
	return office.Options{Home: home, Stores: stores, Cache: cache, Fetched: wiring.FetchedOptions}, err
}

// openTrace begins a trace in a file; without a name there is none.
func openTrace(name string) (*trace.Trace, error) {
	if name == "" {
		return nil, nil
	}
	file, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("open trace: %w", err)
	}
	return trace.New(file), nil
}
