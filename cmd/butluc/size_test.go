package main_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// What a reader can hold in mind.
const (
	mostMethods  = 40
	mostFields   = 25
	mostLines    = 500 // of a file
	longestLines = 80  // of a function
)

// larger are what may be larger, and why.
var larger = map[string]string{
	"library.Outline":                    "a pure value: each method asks it one thing or makes an edit of it",
	"func assets/sample/gen.sceneSketch": "the sample's drawing, stroke by stroke",
	"presenter/display/displaytest.Rig":  "the harness of the display tests: what a person can do at two screens",
}

// Types, functions and files stay as small as a reader can hold in mind.
func TestNothingGrowsTooLarge(t *testing.T) {
	root := filepath.Join("..", "..")
	methods := map[string]int{}
	blame := func(what string, has, most int, of string) {
		if has > most && larger[what] == "" {
			t.Errorf("%s has %d %s, more than %d", what, has, of, most)
		}
	}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		if ast.IsGenerated(file) {
			return nil
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		folder := filepath.ToSlash(filepath.Dir(name))
		lines := func(n ast.Node) int { return set.Position(n.End()).Line - set.Position(n.Pos()).Line + 1 }
		blame(filepath.ToSlash(name), set.Position(file.FileEnd).Line, mostLines, "lines")
		if strings.HasSuffix(name, "_test.go") { // tables of cases may be long
			return nil
		}
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok {
				if f.Recv != nil {
					methods[folder+"."+receiver(f.Recv.List[0].Type)]++
				}
				blame("func "+folder+"."+f.Name.Name, lines(f), longestLines, "lines")
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			if s, ok := spec.Type.(*ast.StructType); ok {
				blame(folder+"."+spec.Name.Name, s.Fields.NumFields(), mostFields, "fields")
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, has := range methods {
		blame(name, has, mostMethods, "methods")
	}
	if len(methods) < 100 {
		t.Errorf("only %d types with methods were found", len(methods))
	}
}

// receiver is the name of a method's type.
func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return fmt.Sprintf("%T", e)
}
