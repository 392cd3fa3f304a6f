package digest_test

import (
	"crypto/md5"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"butluc/library"
	"butluc/library/digest"
)

func sums(data string) library.Hashes {
	m, s, l := md5.Sum([]byte(data)), sha256.Sum256([]byte(data)), sha512.Sum512([]byte(data))
	return library.Hashes{MD5: hex.EncodeToString(m[:]), SHA256: hex.EncodeToString(s[:]), SHA512: hex.EncodeToString(l[:])}
}

func TestFilesAreComparedWithWhatIsStated(t *testing.T) {
	dir, cache := t.TempDir(), filepath.Join(t.TempDir(), "hashes", "case.json")
	var files []library.File
	var stated []library.StatedHash
	add := func(name, content string, of library.Hashes) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, library.File{Path: name, Size: int64(len(content)), SHA256: sums(content).SHA256})
		stated = append(stated, library.StatedHash{First: library.PageID{Path: name}, Hashes: of})
	}
	large := strings.Repeat("phim ", 500000)
	add("same.mp4", large, library.Hashes{MD5: sums(large).MD5, SHA512: sums(large).SHA512})
	add("differs.mp4", "b", library.Hashes{MD5: sums("c").MD5})
	add("known.mp4", "d", library.Hashes{SHA256: sums("d").SHA256})
	stated = append(stated, library.StatedHash{First: library.PageID{Path: "gone.mp4"}, Hashes: library.Hashes{MD5: sums("x").MD5}})
	want := map[string]library.HashVerdict{
		"same.mp4": library.HashSame, "differs.mp4": library.HashDiffers, "known.mp4": library.HashSame, "gone.mp4": library.HashUnknown,
	}
	read := int64(0)
	for n, least := range []int64{int64(len(large)) + 1, 0} { // what was taken once is not taken again
		read = 0
		got, err := (&digest.Comparer{Cache: cache}).Run(t.Context(), dir, files, stated, func(done, _ int64) { read = done })
		if err != nil || read != least {
			t.Errorf("%d: %d bytes were read, want %d: %v", n, read, least, err)
		}
		for path, verdict := range want {
			if got[path].Verdict != verdict {
				t.Errorf("%d: %s: %+v", n, path, got[path])
			}
		}
	}
}

// A file that is another by now than the one whose SHA-256 was taken is not taken for it.
func TestAChangedFileStaysUnknown(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a"), []byte("y"), 0o600); err != nil {
		t.Fatal(err)
	}
	files := []library.File{{Path: "a", Size: 1, SHA256: sums("x").SHA256}}
	stated := []library.StatedHash{{First: library.PageID{Path: "a"}, Hashes: library.Hashes{MD5: sums("y").MD5}}}
	got, err := (&digest.Comparer{}).Run(t.Context(), dir, files, stated, nil)
	if err != nil || got["a"].Verdict != library.HashUnknown {
		t.Errorf("%+v, %v", got, err)
	}
}
