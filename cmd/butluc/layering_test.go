package main_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// listed is what go list tells of a package.
type listed struct {
	ImportPath                          string
	Imports, Deps                       []string
	TestImports, XTestImports, CgoFiles []string
}

const module = "butluc/"

// Arrows run one way: a package may use its own layer and those before it. assets is a leaf that
// everybody may use and that uses nobody.
var layers = []string{"library", "presenter", "app", "cmd"}

// fences keep what is outside of the program in the one place that knows how to handle it.
var fences = []struct {
	outside string
	inside  []string
	why     string
}{
	{"fyne.io/", []string{"app/ui", "cmd"}, "the core knows no window toolkit"},
	{"github.com/go-gl/", []string{"presenter/display"}, "GLFW and OpenGL belong to the court window"},
	{"go.etcd.io/bbolt", []string{"library/store"}, "one goroutine owns the database"},
	{"github.com/blevesearch/", []string{"library/search"}, "the index of words is asked through one package"},
	{"github.com/gen2brain/go-fitz", []string{"presenter/render/worker"}, "MuPDF runs in the child process alone"},
	{"github.com/ebitengine/purego", []string{"presenter/clip/mpv", "presenter/render/worker/heif"}, "libmpv and libheif are called in one place each"},
	{"butluc/presenter/clip/mpv", []string{"presenter/clip/player", "presenter/clip/cliptest", "presenter/render/worker", "app/cli"}, "recordings of strangers are decoded in child processes"},
	{"filippo.io/age", []string{"library/office"}, "what is encrypted, and to whom, is decided in one place"},
	{"github.com/zalando/go-keyring", []string{"library/office/identity"}, "the system's keyring is asked in one place"},
	{"net/http", []string{"library/office/place"}, "the program connects to the store that a person named alone"},
	{"github.com/minio/", []string{"library/office/place"}, "S3 is spoken in one place"},
	{"github.com/smallstep/pkcs7", []string{"library/signature"}, "what a signature says is told in one place"},
	{"github.com/digitorus/pdf", []string{"library/signature/pades"}, "a PDF's objects are read to sign it alone"},
	{"github.com/miekg/pkcs11", []string{"library/signature/token", "library/signature/tokentest"}, "a token's library is loaded in one place"},
	{"github.com/tailscale/certstore", []string{"library/signature/token"}, "Windows' certificates are opened in one place"},
	{"butluc/library/signature/token", []string{"library/signature/signing", "app/console/label"}, "a token's library runs in a child process"},
	{"github.com/studio-b12/gowebdav", []string{"library/office/place"}, "WebDAV is spoken in one place"},
}

// unreachable are roots that a folder of packages may not depend on by any way round.
var unreachable = map[string][]string{
	"library":     {"fyne.io/", "github.com/go-gl/", "github.com/gen2brain/go-fitz"},
	"presenter":   {"fyne.io/"},
	"app/console": {"fyne.io/", "butluc/app/ui", "butluc/app/cli"},
	"app/i18n":    {"fyne.io/"}, "app/keys": {"fyne.io/"}, "app/album": {"fyne.io/"}, "app/report": {"fyne.io/"}, "app/table": {"fyne.io/"},
	"assets": {"fyne.io/", "github.com/go-gl/", "github.com/gen2brain/go-fitz", "go.etcd.io/bbolt"},
}

// pure are packages of values and decisions, and what they must do without.
var pure = map[string][]string{
	"library": {"os", "os/exec", "net", "io/fs", "syscall"}, "library/folios": {"os", "os/exec", "net", "io/fs", "syscall"},
	"presenter": {"os", "os/exec", "net", "io/fs", "sync", "syscall"},
}

func TestTheWallsHold(t *testing.T) {
	for _, system := range []string{"linux", "windows"} {
		packages := list(t, system)
		if len(packages) < 3 {
			t.Fatalf("go list tells of %d packages only", len(packages))
		}
		for _, b := range breaches(packages) {
			t.Errorf("%s: %s", system, b)
		}
	}
}

// Each wall is tried with a package that breaks through it.
func TestTheWallsCanFail(t *testing.T) {
	for name, p := range map[string]listed{
		"upward":          {ImportPath: "butluc/library/intake", Imports: []string{"butluc/presenter"}},
		"upward to app":   {ImportPath: "butluc/presenter/render", Imports: []string{"butluc/app/keys"}},
		"upward in tests": {ImportPath: "butluc/presenter", XTestImports: []string{"butluc/app/ui/shell"}},
		"roundabout":      {ImportPath: "butluc/library", Deps: []string{"butluc/assets", "butluc/app/ui/shell"}},
		"leaf":            {ImportPath: "butluc/assets", Imports: []string{"butluc/library"}},
		"window toolkit":  {ImportPath: "butluc/presenter/compose", Imports: []string{"fyne.io/fyne/v2/canvas"}},
		"console":         {ImportPath: "butluc/app/console", Deps: []string{"fyne.io/fyne/v2"}},
		"a room":          {ImportPath: "butluc/app/console/study", Deps: []string{"butluc/app/ui/prepare"}},
		"a verb":          {ImportPath: "butluc/app/console/exchange", Deps: []string{"butluc/app/cli"}},
		"the whole":       {ImportPath: "butluc/app/console/consoletest", Deps: []string{"butluc/app/console"}},
		"OpenGL":          {ImportPath: "butluc/app/ui/shell", Imports: []string{"github.com/go-gl/glfw/v3.4/glfw"}},
		"database":        {ImportPath: "butluc/library/casefile", Imports: []string{"go.etcd.io/bbolt"}},
		"index":           {ImportPath: "butluc/app/ui/find", Imports: []string{"github.com/blevesearch/bleve/v2"}},
		"MuPDF":           {ImportPath: "butluc/presenter/render", Imports: []string{"github.com/gen2brain/go-fitz"}},
		"MuPDF from afar": {ImportPath: "butluc/library/intake", Deps: []string{"github.com/gen2brain/go-fitz"}},
		"libmpv by hand":  {ImportPath: "butluc/presenter/clip/player", Imports: []string{"github.com/ebitengine/purego"}},
		"libmpv here":     {ImportPath: "butluc/presenter/clip", Imports: []string{"butluc/presenter/clip/mpv"}},
		"encryption":      {ImportPath: "butluc/app/console/exchange", Imports: []string{"filippo.io/age"}},
		"keyring":         {ImportPath: "butluc/app/cli", Imports: []string{"github.com/zalando/go-keyring"}},
		"network":         {ImportPath: "butluc/cmd/butluc", Imports: []string{"net/http"}},
		"S3":              {ImportPath: "butluc/library/office/store", Imports: []string{"github.com/minio/minio-go/v7"}},
		"CMS":             {ImportPath: "butluc/app/cli", Imports: []string{"github.com/smallstep/pkcs7"}},
		"PDF objects":     {ImportPath: "butluc/library/signature", Imports: []string{"github.com/digitorus/pdf"}},
		"tokens":          {ImportPath: "butluc/library/signature/signing", Imports: []string{"github.com/miekg/pkcs11"}},
		"a token here":    {ImportPath: "butluc/app/console/exchange", Imports: []string{"butluc/library/signature/token"}},
		"WebDAV":          {ImportPath: "butluc/app/console", Imports: []string{"github.com/studio-b12/gowebdav"}},
		"files":           {ImportPath: "butluc/library", Imports: []string{"os"}},
		"files of folios": {ImportPath: "butluc/library/folios", Imports: []string{"os"}},
		"locks":           {ImportPath: "butluc/presenter", Imports: []string{"sync"}},
		"cgo":             {ImportPath: "butluc/presenter/compose", CgoFiles: []string{"mark.go"}},
		"no layer":        {ImportPath: "butluc/common"},
	} {
		if len(breaches([]listed{p})) == 0 {
			t.Errorf("%s: nobody minds %+v", name, p)
		}
	}
	fine := listed{
		ImportPath: "butluc/app/ui/trial",
		Imports:    []string{"butluc/presenter", "butluc/library", "butluc/assets", "fyne.io/fyne/v2", "os"},
		Deps:       []string{"go.etcd.io/bbolt", "net/http"},
	}
	if b := breaches([]listed{fine}); len(b) > 0 {
		t.Errorf("a package that breaks no wall is blamed: %v", b)
	}
}

func breaches(packages []listed) []string {
	var found []string
	for _, p := range packages {
		own := strings.TrimPrefix(p.ImportPath, module)
		blame := func(other, why string) {
			found = append(found, p.ImportPath+" must not reach "+other+": "+why)
		}
		layer := layerOf(own)
		if layer < 0 && !within(own, "assets") {
			blame("anything", "it is in no layer")
		}
		tests := append(slices.Clone(p.TestImports), p.XTestImports...)
		if within(own, "assets") {
			tests = nil // tests hold the texts against the values that they are for
		}
		for _, other := range slices.Concat(p.Imports, p.Deps, tests) {
			target, ours := strings.CutPrefix(other, module)
			switch {
			case !ours || other == p.ImportPath:
			case within(own, "assets"):
				if !within(target, "assets") {
					blame(other, "assets is a leaf")
				}
			case layerOf(target) > layer:
				blame(other, "arrows run "+strings.Join(layers, " <- "))
			}
		}
		for _, f := range fences {
			for _, other := range p.Imports {
				if under(other, f.outside) && !slices.ContainsFunc(f.inside, func(in string) bool { return within(own, in) }) {
					blame(other, f.why)
				}
			}
		}
		for folder, outside := range unreachable {
			for _, other := range p.Deps {
				if within(own, folder) && slices.ContainsFunc(outside, func(root string) bool { return under(other, root) }) {
					blame(other, "by no way round")
				}
			}
		}
		if strings.HasPrefix(own, "app/console/") && slices.Contains(p.Deps, module+"app/console") {
			blame(module+"app/console", "a part does not know the whole")
		}
		for _, other := range p.Imports {
			if slices.Contains(pure[own], other) {
				blame(other, "it is pure")
			}
		}
		if len(p.CgoFiles) > 0 && own != "presenter/render/worker" {
			blame("C", "the render worker has the only cgo of ours")
		}
	}
	return found
}

// layerOf is the place of a package in layers, -1 for none.
func layerOf(own string) int {
	root, _, _ := strings.Cut(own, "/")
	return slices.Index(layers, root)
}

func within(own, folder string) bool { return own == folder || strings.HasPrefix(own, folder+"/") }

// under tells whether other is root or in it; a root may end in a slash.
func under(other, root string) bool {
	return other == root || strings.HasPrefix(other, strings.TrimSuffix(root, "/")+"/")
}

func list(t *testing.T, system string) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-e", "-tags", "x11 nodynamic no_animations",
		"-json=ImportPath,Imports,Deps,TestImports,XTestImports,CgoFiles", "./...")
	cmd.Dir = filepath.Join("..", "..")
	cmd.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=1")
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("list packages for %s: %v\n%s", system, err, &complaints)
	}
	var packages []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			return packages
		}
		if err != nil {
			t.Fatalf("read list of packages: %v", err)
		}
		packages = append(packages, p)
	}
}
