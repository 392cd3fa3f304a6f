package store

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"butluc/library/office/place"
	"butluc/library/office/place/placetest"
)

// BenchmarkStore puts a large case into a store, on each kind of place, and then an edit of its outline, beside cp with age in a
// pipe: BUTLUC_STORE_MB is how large, 512 without it. It tells the seconds, the bytes of the edit both ways, and the memory.
func BenchmarkStore(b *testing.B) {
	mb, err := strconv.Atoi(os.Getenv("BUTLUC_STORE_MB"))
	if err != nil {
		mb = 512
	}
	dir := b.TempDir()
	list := large(b, dir, mb)
	for name, start := range map[string]func(testing.TB) placetest.Server{"folder": placetest.Folder, "webdav": placetest.WebDAV, "s3": placetest.S3} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				o := newOffice(b, start(b))
				pipe := agePipe(b, dir, list)
				runtime.GC()
				peak := uint64(0) // as Go has memory of the system, at each part that is sent
				watch := func(int64, int64) {
					var m runtime.MemStats
					runtime.ReadMemStats(&m)
					peak = max(peak, m.Sys-m.HeapReleased)
				}
				began := time.Now()
				publishLarge(b, o.hoa, dir, list, "đề cương 1", watch)
				first := time.Since(began)
				var m *metered
				o.hoa.wrapped = func(p place.Place) place.Place { m = &metered{Place: p, left: -1}; return m }
				began = time.Now()
				publishLarge(b, o.hoa, dir, list, "đề cương 2", nil)
				edit := time.Since(began)
				b.ReportMetric(first.Seconds(), "first-s")
				b.ReportMetric(pipe.Seconds()/first.Seconds(), "of-age-pipe")
				b.ReportMetric(edit.Seconds()*1000, "edit-ms")
				b.ReportMetric(float64(m.bytes)/1000, "edit-kB")
				b.ReportMetric(float64(peak)/(1<<20), "memory-MB")
			}
		})
	}
}

// large makes a case of random files of 40 MB and a hundred small ones.
func large(b *testing.B, dir string, mb int) (list []File) {
	b.Helper()
	r := rand.NewChaCha8([32]byte{20})
	write := func(name string, size int64) {
		f, err := os.Create(filepath.Join(dir, name))
		must(b, err)
		_, err = io.CopyN(f, r, size)
		must(b, err)
		must(b, f.Close())
		info, err := os.Stat(filepath.Join(dir, name))
		must(b, err)
		list = append(list, File{Path: name, Size: size, ModTime: info.ModTime()})
	}
	for i := range mb / 40 {
		write(fmt.Sprintf("tap-%03d.pdf", i), 40<<20)
	}
	for i := range 100 {
		write(fmt.Sprintf("trang-%03d.jpg", i), 200_000)
	}
	return list
}

func publishLarge(b *testing.B, p *person, dir string, list []File, outline string, told func(done, total int64)) {
	b.Helper()
	s := p.open()
	o := p.order()
	o.Told = told
	o.Files, o.Outline = list, []byte(outline+strings.Repeat(" bước", 20_000))
	o.Open = func(path string) (io.ReadCloser, error) { return os.Open(filepath.Join(dir, path)) }
	done, err := s.Publish(context.Background(), o)
	must(b, err)
	p.vault, p.base = done.Case.Vault(), []string{done.Revision.ID}
}

// agePipe is cp with age in a pipe, synced, of the same files in the same run.
func agePipe(b *testing.B, dir string, list []File) time.Duration {
	b.Helper()
	to := b.TempDir()
	key, err := age.GenerateX25519Identity()
	must(b, err)
	began := time.Now()
	for _, f := range list {
		in, err := os.Open(filepath.Join(dir, f.Path))
		must(b, err)
		out, err := os.Create(filepath.Join(to, f.Path))
		must(b, err)
		w, err := age.Encrypt(out, key.Recipient())
		must(b, err)
		_, err = io.Copy(w, in)
		must(b, err)
		must(b, w.Close())
		must(b, out.Sync())
		must(b, out.Close())
		must(b, in.Close())
	}
	took := time.Since(began)
	must(b, os.RemoveAll(to))
	return took
}
