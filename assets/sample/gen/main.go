// Command gen writes the program's icon and the sample case: sample.zip, an invented criminal case in
// Vietnamese, as an office would have scanned it, and outline.json, what its Kiểm sát viên prepared. It writes the same bytes each time: letters, noise and dates are
// its own, and nothing comes from the system. (Another release of Go may compress pictures
// otherwise; then generate anew.)
package main

import (
	"archive/zip"
	"bytes"
	"embed"
	"flag"
	"fmt"
	"os"
	"time"
)

//go:embed text/*.txt
var texts embed.FS

// item is one file of the sample case.
type item struct {
	path string
	data []byte
}

func main() {
	out := flag.String("o", "sample.zip", "where to write the sample case")
	icon := flag.String("icon", "icon.png", "where to write the program's icon")
	outline := flag.String("outline", "outline.json", "where to write the sample case's outline")
	flag.Parse()
	err := write(*out, *outline)
	if err == nil {
		err = os.WriteFile(*icon, pngBytes(appIcon()), 0o644) //nolint:gosec // read by everybody who builds
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func write(out, outline string) error {
	items := sampleCase()
	data, err := pack(items)
	if err != nil {
		return err
	}
	prepared, err := sampleOutline(items)
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, data, 0o644); err != nil { //nolint:gosec // read by everybody who builds
		return fmt.Errorf("write sample case: %w", err)
	}
	if err := os.WriteFile(outline, prepared, 0o644); err != nil { //nolint:gosec // the same
		return fmt.Errorf("write sample outline: %w", err)
	}
	return nil
}

// pack stores the files without compressing them: they are pictures already.
func pack(items []item) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, it := range items {
		w, err := z.CreateHeader(&zip.FileHeader{
			Name:     it.path,
			Method:   zip.Store,
			Modified: time.Date(2025, 11, 24, 8, 0, 0, 0, time.UTC),
		})
		if err == nil {
			_, err = w.Write(it.data)
		}
		if err != nil {
			return nil, fmt.Errorf("pack %s: %w", it.path, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("pack sample case: %w", err)
	}
	return b.Bytes(), nil
}

// text is one of the files in text/.
func text(name string) document {
	raw, err := texts.ReadFile("text/" + name + ".txt")
	if err != nil {
		panic(fmt.Errorf("read text %s: %w", name, err))
	}
	return parse(name, string(raw))
}
