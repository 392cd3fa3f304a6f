package casefile

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"butluc/library"
	"butluc/library/intake"
)

// bigCase is a folder of n small files in volumes of 100.
func bigCase(b testing.TB, n int) string {
	b.Helper()
	dir := filepath.Join(b.TempDir(), "case")
	for i := range n {
		if i%100 == 0 {
			if err := os.MkdirAll(filepath.Join(dir, fmt.Sprintf("Tập %02d - Biên bản", i/100)), 0o755); err != nil {
				b.Fatal(err)
			}
		}
		name := fmt.Sprintf("Tập %02d - Biên bản/BL %d-%d Biên bản hỏi cung bị can.pdf", i/100, 2*i+1, 2*i+2)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(pdf+strings.Repeat("x", i%100)), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	return dir
}

// BenchmarkCase opens a case of 2,000 files: until a known case is usable, until the folder was
// walked again, until a new case is listed and wholly read, each beside what walking the folder
// with filepath.WalkDir takes in the same run.
func BenchmarkCase(b *testing.B) {
	dir := bigCase(b, 2000)
	o := Options{Inspector: &fake{dir: dir}, NoWatch: true, Eager: true, DataDir: b.TempDir()}
	walk := func(b *testing.B) {
		files := 0
		err := filepath.WalkDir(dir, func(_ string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				_, err = d.Info()
				files++
			}
			return err
		})
		if err != nil || files < 2000 {
			b.Fatal(files, err)
		}
	}
	openCase := func(b *testing.B, o Options) *Case {
		c, err := Open(b.Context(), dir, o)
		if err != nil {
			b.Fatal(err)
		}
		return c
	}
	wait := func(b *testing.B, c *Case, s intake.Stage) {
		if err := c.WaitFor(b.Context(), s); err != nil {
			b.Fatal(err)
		}
		if n := len(c.Snapshot().Exhibits); n != 2000 {
			b.Fatal(n)
		}
	}
	shut := func(b *testing.B, c *Case) {
		if err := c.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("walkdir", func(b *testing.B) {
		for b.Loop() {
			walk(b)
		}
	})
	for name, stage := range map[string]intake.Stage{"new/listed": intake.StageList, "new/read": intake.StageDone} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				c := openCase(b, o)
				wait(b, c, stage)
				b.StopTimer()
				shut(b, c)
				if err := os.RemoveAll(filepath.Join(dir, library.Sidecar)); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
		})
	}
	c := openCase(b, o)
	wait(b, c, intake.StageDone)
	shut(b, c)
	known := o
	known.Paused = true
	b.Run("known/usable", func(b *testing.B) {
		for b.Loop() {
			c := openCase(b, known)
			if n := len(c.Snapshot().Exhibits); n != 2000 {
				b.Fatal(n)
			}
			b.StopTimer()
			shut(b, c)
			b.StartTimer()
		}
	})
	b.Run("known/read", func(b *testing.B) {
		for b.Loop() {
			c := openCase(b, o)
			wait(b, c, intake.StageDone)
			b.StopTimer()
			shut(b, c)
			b.StartTimer()
		}
	})
}

func BenchmarkSnapshotWhileReading(b *testing.B) {
	dir := bigCase(b, 10)
	c := open(b, dir, Options{NoWatch: true, NoHash: true})
	await(b, c)
	files := make([]library.File, 10_000)
	for i := range files {
		files[i] = library.File{Path: fmt.Sprintf("%d/BL %d Biên bản.pdf", i/100, i), Kind: library.KindPDF}
	}
	c.relist(files)
	for i := 0; b.Loop(); i++ {
		f := files[i%len(files)]
		f.Pages = i + 1
		c.refresh(f)
		c.Snapshot()
	}
}
