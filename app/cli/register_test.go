package cli

import (
	"os"

	"github.com/rogpeppe/go-internal/testscript"

	"butluc/app/registry"
	"butluc/library/office/register/registertest"
)

// makeOffice: office FILE.xlsx. The register of an invented office, as another office would send it.
func makeOffice(ts *testscript.TestScript, _ bool, args []string) {
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(registry.WriteWorkbook(f, registertest.Cases(), "2022-12-31"))
	ts.Check(f.Close())
}
