package main_test

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// changing are the package-level variables that may change while the program runs, and why. Whatever else a package
// declares stands as it was initialized: there is one of it for all windows, cases and tests at once, and nobody hands it
// to those who depend on it.
var changing = map[string]string{
	"library.collators":         "a pool: what it holds is made anew where it is empty",
	"presenter/compose.brushes": "a pool: what it holds is made anew where it is empty",

	"presenter/clip/mpv.players": "C wakes a player by its number alone: numbers are those of the process",
	"presenter/clip/mpv.lastID":  "the numbers of the players",
	"presenter/clip/mpv.wakeup":  "C's way into wake, of which there may be one: Load makes it",
	"presenter/clip/mpv.logLock": "FFmpeg has one log in a process",

	"presenter/display.shared":                     "one line to the window system for the odd question of the process, which has one screen to ask of",
	"presenter/display/internal/system.tables":     "xgb's tables of events are the process's, and filled once",
	"presenter/display/internal/system.enumerated": "the system calls back with a number for where its answers go",

	"presenter/clip/cliptest.folder":   "for tests: clips are made once in a process",
	"presenter/clip/cliptest.made":     "for tests: clips are made once in a process",
	"presenter/clip/cliptest.decoded":  "for tests: clips are decoded once in a process",
	"presenter/clip/cliptest.encoders": "for tests: ffmpeg is asked once in a process",
}

// called are packages whose variables of functions are those of a C library, found by their names when it is loaded, before
// any of them is called.
var called = []string{"presenter/clip/mpv"}

// A package-level variable is not assigned, nothing is stored into it, and its address is not taken, in tests neither. What
// an init function does counts as its initializer.
func TestNoPackageHasStateOfItsOwn(t *testing.T) {
	house := readHouse(t, filepath.Join("..", ".."))
	changed := house.changed()
	for name, where := range changed {
		if changing[name] == "" {
			t.Errorf("%s is changed at %s", name, strings.Join(where, ", "))
		}
	}
	for name := range changing {
		if changed[name] == nil {
			t.Errorf("%s changes no more", name)
		}
	}
	if len(house.packages) < 50 {
		t.Errorf("only %d packages were read", len(house.packages))
	}
}

// Each way of changing a variable is found, and what only looks like one is not.
func TestChangesOfPackagesStateAreFound(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("one/one.go", `package one
import ("errors"; "sync"; "sync/atomic"; "slices")
type box struct { n int; in struct{ list []int } }
func (b *box) grow() { b.n++ }
func (b box) size() int { return b.n }
func changedIn(p *int) {}
var assigned, counted, addressed, ranged, Elsewhere, InTest int
var table, deleted, cleared = map[string]int{}, map[string]int{}, map[string]int{}
var list, sorted, copied = []int{2, 1}, []int{2, 1}, []int{2, 1}
var inside, grown box
var behind = &box{}
var lock sync.Mutex
var held atomic.Pointer[box]
var group struct { sync.Mutex; n int }
var ErrFixed = errors.New("fixed")
var once = sync.OnceValue(func() int { n := 1; n = 2; return n })
var fixed, early, shadowed = map[string]int{"a": 1}, 0, 0
var kept box
var given int
var takers = []*int{&given}
func init() { early = 1 }
func use(shadowed int) {
	assigned = 1
	counted++
	changedIn(&addressed)
	for ranged = range 3 {}
	table["a"] = 1
	delete(deleted, "a")
	clear(cleared)
	list[0] = 1
	slices.Sort(sorted)
	copy(copied, list)
	inside.in.list[0] = 1
	grown.grow()
	behind.n = 1
	shadowed = 2
	fixed := map[string]int{}
	fixed["a"] = kept.size() + once() + early
	_ = ErrFixed
}
`)
	write("two/two.go", "package two\nimport \"butluc/one\"\nfunc use() { one.Elsewhere = 1 }\n")
	write("one/one_test.go", "package one_test\nimport \"butluc/one\"\nvar own int\nfunc use() { one.InTest = 1; own = 2 }\n")
	want := []string{
		"one.Elsewhere", "one.InTest", "one.addressed", "one.assigned", "one.behind", "one.cleared", "one.copied", "one.counted", "one.deleted",
		"one.given", "one.group", "one.grown", "one.held", "one.inside", "one.list", "one.lock", "one.ranged", "one.sorted", "one.table",
	}
	if got := slices.Sorted(maps.Keys(readHouse(t, root).changed())); !slices.Equal(got, want) {
		t.Errorf("changed are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// house is the source of all packages below a folder, of all systems, with what each name in it stands for.
type house struct {
	root     string
	files    *token.FileSet
	info     types.Info
	packages map[string]*types.Package // by import path
	syntax   []*ast.File
	outside  map[string]*types.Package
}

func readHouse(t *testing.T, root string) *house {
	t.Helper()
	h := &house{
		root: root, files: token.NewFileSet(), packages: map[string]*types.Package{}, outside: map[string]*types.Package{},
		info: types.Info{Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}},
	}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		folder, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		_, err = h.Import(module + filepath.ToSlash(folder))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// Import implements [types.Importer]. Of packages that are not ours nothing is known: whose names are used matters here, not
// of which types they are.
func (h *house) Import(path string) (*types.Package, error) {
	folder, ours := strings.CutPrefix(path, module)
	if !ours {
		if h.outside[path] == nil {
			h.outside[path] = types.NewPackage(path, path[strings.LastIndex(path, "/")+1:])
			h.outside[path].MarkComplete()
		}
		return h.outside[path], nil
	}
	if p := h.packages[path]; p != nil {
		return p, nil
	}
	names, err := filepath.Glob(filepath.Join(h.root, filepath.FromSlash(folder), "*.go"))
	if err != nil || len(names) == 0 {
		return nil, err
	}
	var own, others []*ast.File // its files and the tests in it, and the tests beside it
	for _, name := range names {
		file, err := parser.ParseFile(h.files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		h.syntax = append(h.syntax, file)
		if strings.HasSuffix(file.Name.Name, "_test") {
			others = append(others, file)
		} else {
			own = append(own, file)
		}
	}
	config := types.Config{Importer: h, FakeImportC: true, Error: func(error) {}, Sizes: types.SizesFor("gc", build.Default.GOARCH)}
	h.packages[path], _ = config.Check(path, h.files, own, &h.info) // what is said twice, for two systems, and what comes
	_, _ = config.Check(path+"_test", h.files, others, &h.info)     // from outside are errors: they don't matter
	return h.packages[path], nil
}

// changed are the variables that are changed, by package and name, and where.
func (h *house) changed() map[string][]string {
	found := map[string][]string{}
	add := func(e ast.Expr) {
		if v := h.variable(e); v != nil {
			folder := strings.TrimPrefix(v.Pkg().Path(), module)
			if _, ok := v.Type().(*types.Signature); ok && slices.Contains(called, folder) {
				return
			}
			name := folder + "." + v.Name()
			at := h.files.Position(e.Pos())
			found[name] = append(found[name], fmt.Sprintf("%s:%d", filepath.Base(at.Filename), at.Line))
		}
	}
	for _, file := range h.syntax {
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv != nil || d.Name.Name != "init" {
					ast.Inspect(d, func(n ast.Node) bool { h.changes(n, add); return true })
				}
			case *ast.GenDecl:
				ast.Inspect(d, func(n ast.Node) bool {
					if f, ok := n.(*ast.FuncLit); ok {
						ast.Inspect(f, func(n ast.Node) bool { h.changes(n, add); return true })
						return false
					}
					if by, ok := n.(*ast.UnaryExpr); ok {
						h.changes(by, add) // who has its address may change it
					}
					if spec, ok := n.(*ast.ValueSpec); ok && d.Tok == token.VAR && holdsLock(spec) {
						for _, name := range spec.Names {
							add(name)
						}
					}
					return true
				})
			}
		}
	}
	return found
}

// holdsLock tells whether a variable is, or has, what is there to be changed by several goroutines.
func holdsLock(spec *ast.ValueSpec) (holds bool) {
	if spec.Type == nil && len(spec.Values) == 0 {
		return false
	}
	look := func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok {
			return false
		}
		if s, ok := n.(*ast.SelectorExpr); ok {
			if p, ok := s.X.(*ast.Ident); ok {
				holds = holds || p.Name == "atomic" || p.Name == "sync" && !strings.HasPrefix(s.Sel.Name, "Once")
				holds = holds || p.Name == "sync" && s.Sel.Name == "Once"
			}
		}
		return true
	}
	if spec.Type != nil {
		ast.Inspect(spec.Type, look)
	}
	for _, v := range spec.Values {
		ast.Inspect(v, look)
	}
	return holds
}

// changes hands to add what a node changes.
func (h *house) changes(n ast.Node, add func(ast.Expr)) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			for _, e := range n.Lhs {
				add(e)
			}
		}
	case *ast.IncDecStmt:
		add(n.X)
	case *ast.RangeStmt:
		if n.Tok == token.ASSIGN {
			add(n.Key)
			if n.Value != nil {
				add(n.Value)
			}
		}
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			add(n.X)
		}
	case *ast.CallExpr:
		h.callChanges(n, add)
	}
}

// callChanges hands to add what a call changes: what a built-in function or a sort is given, and what a method takes by its
// address.
func (h *house) callChanges(call *ast.CallExpr, add func(ast.Expr)) {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		if slices.Contains([]string{"delete", "clear", "copy"}, f.Name) && len(call.Args) > 0 {
			add(call.Args[0])
		}
	case *ast.SelectorExpr:
		if p, ok := f.X.(*ast.Ident); ok && len(call.Args) > 0 {
			if name, ok := h.info.Uses[p].(*types.PkgName); ok {
				path := name.Imported().Path()
				if (path == "slices" || path == "sort") && (strings.HasPrefix(f.Sel.Name, "Sort") || f.Sel.Name == "Reverse" || f.Sel.Name == "Slice") ||
					path == "maps" && f.Sel.Name == "Copy" {
					add(call.Args[0])
				}
			}
		}
		if s := h.info.Selections[f]; s != nil && s.Kind() == types.MethodVal {
			_, byAddress := s.Obj().Type().(*types.Signature).Recv().Type().(*types.Pointer)
			if _, pointer := s.Recv().(*types.Pointer); byAddress && !pointer {
				add(f.X)
			}
		}
	}
}

// variable is the package-level variable of ours that an expression is, or is a part of; nil for none. Those of tests are
// the tests' own.
func (h *house) variable(e ast.Expr) *types.Var {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return h.variable(e.X)
	case *ast.IndexExpr:
		return h.variable(e.X)
	case *ast.SliceExpr:
		return h.variable(e.X)
	case *ast.StarExpr:
		return h.variable(e.X)
	case *ast.SelectorExpr:
		if v := h.variable(e.X); v != nil {
			return v
		}
		return h.variable(e.Sel)
	case *ast.Ident:
		o := h.info.Uses[e]
		if o == nil {
			o = h.info.Defs[e]
		}
		v, ok := o.(*types.Var)
		if !ok || v.Pkg() == nil || v.Parent() != v.Pkg().Scope() || !strings.HasPrefix(v.Pkg().Path(), module) ||
			strings.HasSuffix(h.files.Position(v.Pos()).Filename, "_test.go") {
			return nil
		}
		return v
	}
	return nil
}
