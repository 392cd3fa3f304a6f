package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"butluc/app/i18n"
	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
)

// TestPhrasesOfAScannedCase reads a case of scans by OCR and looks for phrases that stand on one page of it alone: the
// goals are that this page comes first for 95 of 100, and for 90 without accents. The case and its truth are
// what a maker of cases wrote: pages as {"file", "page", "text"}, in CASE.truth.json.
func TestPhrasesOfAScannedCase(t *testing.T) {
	dir := os.Getenv("BUTLUC_BENCH_SCANS")
	if dir == "" {
		t.Skip("set BUTLUC_BENCH_SCANS to a case of scans with CASE.truth.json beside it; a page takes a second")
	}
	data, err := os.ReadFile(filepath.Clean(dir) + ".truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var truth []struct {
		File, Text string
		Page       int
	}
	if err := json.Unmarshal(data, &truth); err != nil {
		t.Fatal(err)
	}
	r := wiring.NewRenderer(nil)
	defer r.Close()
	c, err := readCase(t.Context(), newTerminal(i18n.In("vi"), io.Discard, io.Discard), dir, r, func(o *casefile.Options) {
		if err := wiring.WithText(t.Context(), o, t.TempDir(), r, dir, true); err != nil {
			t.Fatal(err)
		}
		o.Prover = nil
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}()
	if why := c.OCRMissing(); why != nil {
		t.Skipf("there is nothing to read scans with: %v", why)
	}
	if err := c.WaitText(t.Context()); err != nil {
		t.Fatal(err)
	}

	const words, phrases = 6, 200
	joined := make([]string, len(truth))
	for i, p := range truth {
		joined[i] = " " + strings.Join(strings.Fields(p.Text), " ") + " "
	}
	random := rand.New(rand.NewPCG(7, 7))
	first, plain, asked := 0, 0, 0
	for asked < phrases {
		i := random.IntN(len(truth))
		all := strings.Fields(truth[i].Text)
		if len(all) < words {
			continue
		}
		at := random.IntN(len(all) - words + 1)
		phrase := strings.Join(all[at:at+words], " ")
		on := 0
		for _, text := range joined {
			if strings.Contains(text, " "+phrase+" ") {
				on++
			}
		}
		if on != 1 {
			continue
		}
		asked++
		for typed, count := range map[string]*int{phrase: &first, library.Fold(phrase) + " ": &plain} {
			found, err := c.Find(t.Context(), typed, 3)
			if err != nil {
				t.Fatal(err)
			}
			if len(found.Pages) > 0 && strings.HasSuffix(found.Pages[0].Page.Path, filepath.ToSlash(truth[i].File)) && found.Pages[0].Page.Index == truth[i].Page-1 {
				*count++
			} else {
				t.Logf("%q is on %s#%d, first is %+v", typed, truth[i].File, truth[i].Page, found.Pages)
			}
		}
	}
	fmt.Printf("of %d phrases on one of %d scanned pages: %d first, without accents %d\n", asked, len(truth), first, plain)
	if first*100 < asked*95 || plain*100 < asked*90 {
		t.Errorf("%d and %d of %d come first, of 100 at least 95 and 90", first, plain, asked)
	}
}
