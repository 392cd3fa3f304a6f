package library_test

import (
	"testing"

	"butluc/library"
	"butluc/library/librarytest"
)

func at(path string, index int) library.PageID { return library.PageID{Path: path, Index: index} }

func exhibit(path, sha string, pages int, kind library.Kind) library.File {
	return librarytest.Exhibit(path, sha, pages, kind)
}

func apply(t testing.TB, o library.Outline, edits ...func(library.Outline) library.Edit) library.Outline {
	t.Helper()
	return librarytest.Apply(t, o, edits...)
}
