// Package office makes PDFs of Office files with LibreOffice, where that is installed, so that a
// court can be shown them with their line breaks where the author put them.
//
// LibreOffice never sees the case folder: it would leave a lock file there, and a document may name any file of the
// user's to be shown in it. It runs in a sandbox with a copy, has a profile of its own that is thrown away after, no
// macros, no links that are brought up to date, a proxy that leads nowhere, a deadline; and it is killed with its children.
// What a spreadsheet has of other files stays as it was saved. Where no sandbox keeps it from other files (Windows, Linux
// without Landlock), a document that names any is not converted.
package office

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"butluc/library"
	"butluc/library/intake"
	"butluc/library/internal/child"
	"butluc/library/sandbox"
)

// Find gives LibreOffice's program, "" where it is not installed.
func Find() string {
	for _, name := range []string{"soffice", "libreoffice"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	places := []string{"/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice"}
	switch runtime.GOOS {
	case "windows":
		places = nil
		for _, v := range []string{"ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"} {
			if dir := os.Getenv(v); dir != "" {
				places = append(places, filepath.Join(dir, "LibreOffice", "program", "soffice.exe"))
			}
		}
	case "darwin":
		places = []string{"/Applications/LibreOffice.app/Contents/MacOS/soffice"}
	}
	for _, p := range places {
		if info, err := os.Stat(p); err == nil && info.Mode().IsRegular() {
			return p
		}
	}
	return ""
}

const (
	defaultDeadline = 2 * time.Minute
	maxSource       = 256 << 20 // bytes; larger ones are spreadsheets that nobody shows
)

// Converter is an intake.Converter. One conversion at a time: LibreOffice is heavy.
type Converter struct {
	Program   string   // from [Find]; "" where Microsoft's make the PDF
	Microsoft []string // the program's own child, with [MicrosoftVerb]; asked where Program is ""
	CacheDir  string   // the case's; PDFs are kept there as SHA-256 of the original + ".pdf"
	Deadline  time.Duration

	open bool // for tests: nothing keeps LibreOffice from other files
}

// errOpen says that a document names files of the user's, and that nothing would keep LibreOffice from them.
var errOpen = errors.New("it names files outside, from which nothing keeps LibreOffice here")

// mayFetch tells whether LibreOffice could show other files of the user's on this machine.
func (c *Converter) mayFetch() bool {
	return c.open || slices.Contains(sandbox.Look(sandbox.Convert).Gaps, sandbox.OpenFiles)
}

// Convert makes a PDF of f and gives its name in CacheDir. A PDF made before is used again.
func (c *Converter) Convert(ctx context.Context, f library.File, open func() (*os.File, error)) (intake.Rendition, error) {
	made, err := c.convert(ctx, f, open)
	if err != nil {
		return intake.Rendition{}, fmt.Errorf("convert %s: %w", f.Path, err)
	}
	return made, nil
}

func (c *Converter) convert(ctx context.Context, f library.File, open func() (*os.File, error)) (made intake.Rendition, err error) {
	if err := os.MkdirAll(c.CacheDir, 0o700); err != nil {
		return made, err
	}
	work, err := os.MkdirTemp(c.CacheDir, "office-*")
	if err != nil {
		return made, err
	}
	defer func() { _ = os.RemoveAll(work) }() // what stays is in the cache, which may be deleted any time
	source := filepath.Join(work, "source"+ending(f.Path))
	sum, err := fetch(source, open)
	if err != nil {
		return made, err
	}
	doc, err := os.ReadFile(source)
	if err != nil {
		return made, err
	}
	made.Name, made.Outside = sum+".pdf", namesOutside(doc)
	if made.Outside && c.mayFetch() {
		return made, errOpen
	}
	if info, err := os.Stat(filepath.Join(c.CacheDir, made.Name)); err == nil && info.Size() > 0 {
		return made, nil
	}
	if err := c.run(ctx, work, source); err != nil {
		return made, err
	}
	if err := os.Rename(filepath.Join(work, "source.pdf"), filepath.Join(c.CacheDir, made.Name)); err != nil {
		return made, fmt.Errorf("no PDF came out: %w", err)
	}
	return made, nil
}

// fetch copies the original and gives its SHA-256.
func fetch(to string, open func() (*os.File, error)) (sum string, err error) {
	in, err := open()
	if err != nil {
		return "", err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(out, h), io.LimitReader(in, maxSource+1))
	if closeErr := out.Close(); err == nil {
		err = closeErr
	}
	if err == nil && n > maxSource {
		err = errors.New("too large to convert")
	}
	return hex.EncodeToString(h.Sum(nil)), err
}

// ending gives the file's ending, which helps LibreOffice choose its filter, where it is a plain one.
func ending(p string) string {
	ext := strings.ToLower(path.Ext(p))
	plain := func(r rune) bool { return r >= 'a' && r <= 'z' }
	if len(ext) < 3 || len(ext) > 5 || strings.TrimFunc(ext[1:], plain) != "" {
		return ""
	}
	return ext
}

func (c *Converter) run(ctx context.Context, work, source string) error {
	deadline := c.Deadline
	if deadline == 0 {
		deadline = defaultDeadline
	}
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	var cmd *exec.Cmd
	var err error
	if c.Program == "" {
		cmd = c.microsoftCommand(ctx, work, source, deadline)
	} else if cmd, err = c.libreOffice(ctx, work, source); err != nil {
		return err
	}
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.WaitDelay = 5 * time.Second // for children that keep the pipes
	err = child.Run(cmd, child.Limits{})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		line, _, _ := strings.Cut(strings.TrimSpace(said.String()), "\n")
		return fmt.Errorf("%w: %s", err, line)
	}
	return nil
}

// libreOffice is LibreOffice in its sandbox, with a profile of its own.
func (c *Converter) libreOffice(ctx context.Context, work, source string) (*exec.Cmd, error) {
	profile := filepath.Join(work, "profile")
	if err := os.MkdirAll(filepath.Join(profile, "user"), 0o700); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(profile, "user", "registrymodifications.xcu"), []byte(settings), 0o600); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, c.Program,
		"-env:UserInstallation="+fileURL(profile), "--headless", "--nologo", "--nodefault", "--norestore", "--nolockcheck",
		"--convert-to", "pdf", "--outdir", work, source)
	cmd.Dir, cmd.Env = work, environment(work)
	if err := sandbox.Wrap(cmd, sandbox.Convert, sandbox.Paths{Read: []string{installation(c.Program)}, Write: []string{work}}); err != nil {
		return nil, err
	}
	return cmd, nil
}

// installation is the folder that LibreOffice is in, whose folder program has the program, which a link may lead to.
func installation(program string) string {
	if real, err := filepath.EvalSymlinks(program); err == nil {
		program = real
	}
	dir := filepath.Dir(program)
	if filepath.Base(dir) == "program" {
		return filepath.Dir(dir)
	}
	return dir
}

// environment is what LibreOffice needs to start, and nothing that tells of this user.
func environment(work string) []string {
	env := []string{"HOME=" + work, "TMPDIR=" + work, "TMP=" + work, "TEMP=" + work, "LANG=C.UTF-8"}
	for _, name := range []string{"PATH", "SystemRoot", "SystemDrive", "windir", "ProgramFiles", "ProgramData"} {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return env
}

func fileURL(p string) string {
	p = filepath.ToSlash(p)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // C:/…
	}
	return (&url.URL{Scheme: "file", Path: p}).String()
}

// settings: no macros, no active content, no linked files, links never brought up to date (2), nothing computed anew when
// a spreadsheet is opened (1), and a proxy that nobody listens on, so that a document cannot call home.
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
`
