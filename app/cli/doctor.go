package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"butluc/app/console/label"
	"butluc/app/crash"
	"butluc/app/i18n"
	"butluc/app/wiring"
	"butluc/library/intake/office"
	"butluc/library/sandbox"
	"butluc/library/search/ocr"
	"butluc/library/shelf"
	"butluc/library/store"
	"butluc/presenter/clip/mpv"
	"butluc/presenter/display"
	"butluc/presenter/render/worker/heif"
)

// check is one line of the doctor's report.
type check struct {
	Name  string `json:"name"`  // stable, for scripts
	Fine  bool   `json:"fine"`  // false: Need says what to do
	Value string `json:"value"` // what was found
	Need  string `json:"need,omitempty"`
	must  bool   // without it the program can't present
	want  bool   // a hearing wants it; its Need is the one thing to do
}

// doctor tells what the machine has of what the program wants.
func doctor(args []string, out *terminal) error {
	f := newFlags("doctor")
	asJSON := f.Bool("json", false, "print JSON")
	if _, err := parse(out.in, f, args, 0, 0); err != nil {
		return err
	}
	checks := append(append(screenChecks(out.in), toolChecks(out.in)...), sandboxChecks(out.in)...)
	checks = append(checks, folderChecks(out.in)...)
	if dir := out.program.Portable; dir != "" {
		checks = append(checks, check{Name: "portable", Fine: true, Value: dir})
	}
	todo := toDo(checks)
	var err error
	if *asJSON {
		e := json.NewEncoder(out)
		e.SetIndent("", " ")
		err = e.Encode(map[string]any{"version": out.program.Version, "checks": checks, "ready": todo == "", "todo": todo})
	} else {
		_, err = fmt.Fprintln(out, "butluc", out.program.Version)
		for _, c := range checks {
			sign := "✓"
			if !c.Fine {
				sign = "!"
			}
			fmt.Fprintf(out, "%s %-28s %s\n", sign, out.in.T("doctor."+c.Name), c.Value)
			if c.Need != "" {
				fmt.Fprintf(out, "  → %s\n", c.Need)
			}
		}
		last := out.in.T("doctor.ready")
		if todo != "" {
			last = out.in.T("doctor.todo", "what", todo)
		}
		fmt.Fprintf(out, "\n%s\n", last)
	}
	for _, c := range checks {
		if c.must && !c.Fine && err == nil {
			return errFindings
		}
	}
	return err
}

// toDo is the one thing to do before a hearing, "" where there is none: what the program can't present without first, then
// what a hearing wants.
func toDo(checks []check) string {
	for _, first := range []bool{true, false} {
		for _, c := range checks {
			if !c.Fine && c.Need != "" && (c.must || !first && c.want) {
				return c.Need
			}
		}
	}
	return ""
}

func screenChecks(in i18n.Catalogue) []check {
	layout, err := display.Describe()
	if err != nil {
		return []check{{Name: "screens", Value: err.Error(), Need: in.T("doctor.need-display"), must: true}}
	}
	var checks []check
	for _, s := range layout.Screens {
		c := check{Name: "screen", Fine: true, Value: fmt.Sprintf("%s %d×%d +%d+%d", s.Name, s.W, s.H, s.X, s.Y)}
		checks = append(checks, c)
	}
	court := check{Name: "court", Fine: len(layout.Screens) > 1 && !layout.Mirrored, Value: in.T("doctor.court-ready"), want: true}
	switch {
	case layout.Mirrored:
		court.Value, court.Need = in.T("lamp.mirrored"), in.T("error.extend")
	case !court.Fine:
		court.Value, court.Need = in.T("lamp.none"), in.T("doctor.need-court")
	}
	checks = append(checks, court)
	gl, err := display.GL()
	if err != nil {
		return append(checks, check{Name: "gl", Value: err.Error(), Need: in.T("doctor.need-gl"), must: true})
	}
	return append(checks, check{Name: "gl", Fine: true, Value: gl, must: true})
}

// toolChecks looks for programs that make more possible; without them all else works.
func toolChecks(in i18n.Catalogue) []check {
	libreOffice := check{Name: "libreoffice", Fine: true, Value: office.Find()}
	if own := office.FindMicrosoft(); libreOffice.Value == "" && len(own) > 0 {
		libreOffice.Value = "Microsoft " + strings.Join(own, ", ")
	}
	if libreOffice.Value == "" {
		libreOffice.Fine = false
		libreOffice.Value, libreOffice.Need = in.T("doctor.missing"), in.T("doctor.need-libreoffice")
	}
	return []check{playerCheck(in), pictureCheck(in), libreOffice, tesseractCheck(in), {Name: "fonts", Fine: true, Value: in.T("doctor.fonts-inside")}}
}

// playerCheck tells what recordings are played with. That loads it into this process, which opens nobody's files and is
// about to end; the program itself does so in its children only.
func playerCheck(in i18n.Catalogue) check {
	found, err := mpv.Version()
	if err != nil {
		return check{Name: "libmpv", Value: in.T("doctor.missing"), Need: in.T("doctor.need-libmpv"), want: true}
	}
	return check{Name: "libmpv", Fine: true, Value: found}
}

// pictureCheck tells what decodes photographs of phones.
func pictureCheck(in i18n.Catalogue) check {
	c := check{Name: "libheif", Fine: true, Value: heif.System()}
	if c.Value == "" {
		c.Fine, c.Value, c.Need = false, in.T("doctor.missing"), in.T("doctor.need-libheif")
	}
	return c
}

// tesseractCheck tells what scans are read with.
func tesseractCheck(in i18n.Catalogue) check {
	engine, err := ocr.Find(context.Background())
	c := check{Name: "tesseract", Fine: err == nil, Value: in.T("doctor.missing"), Need: label.Tesseract(in, err)}
	if engine != nil {
		c.Value = fmt.Sprintf("%s %s (%s)", engine.Path, engine.Version, strings.Join(engine.Languages, ", "))
	} else if err != nil && c.Need == "" {
		c.Value = err.Error()
	}
	return c
}

// sandboxChecks tell what keeps the processes that read files of strangers from the rest of this machine, and what does not.
func sandboxChecks(in i18n.Catalogue) []check {
	var checks []check
	for _, k := range sandbox.Kinds() {
		report := sandbox.Look(k)
		c := check{Name: "sandbox-" + k.String(), Fine: len(report.Gaps) == 0, Value: strings.Join(report.Parts, ", ")}
		if c.Value == "" {
			c.Value = in.T("doctor.missing")
		}
		var needs []string
		for _, gap := range report.Gaps {
			needs = append(needs, in.T("doctor.gap-"+string(gap)))
		}
		c.Need = strings.Join(needs, " ")
		checks = append(checks, c)
	}
	return checks
}

func folderChecks(in i18n.Catalogue) []check {
	var checks []check
	for _, folder := range []struct {
		name string
		dir  func() (string, error)
	}{{"settings", shelf.DefaultDir}, {"data", dataDir}, {"cache", wiring.CacheDir}, {"crashes", crash.Dir}} {
		c := check{Name: folder.name, must: true}
		dir, err := folder.dir()
		if err == nil {
			c.Value = dir
			err = wiring.Writable(dir)
		}
		if err != nil {
			c.Value, c.Need = err.Error(), in.T("doctor.need-folder")
		}
		c.Fine = err == nil
		checks = append(checks, c)
	}
	return checks
}

// dataDir has the signature of its neighbours.
func dataDir() (string, error) { return store.DefaultDataDir(), nil }
