package intake

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/windows"

	"butluc/library"
)

// hold opens a file as a program does that lets nobody else in, until the function it returns is called.
func hold(t *testing.T, path string) (release func()) {
	t.Helper()
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		t.Fatal(err)
	}
	const nobody = 0
	h, err := windows.CreateFile(name, windows.GENERIC_READ|windows.GENERIC_WRITE, nobody, nil, windows.OPEN_EXISTING, 0, 0)
	if err != nil {
		t.Fatalf("hold %s: %v", path, err)
	}
	return func() { _ = windows.CloseHandle(h) }
}

// A file that another program keeps for itself says so and costs itself alone; let go, it is read.
func TestAFileThatAnotherProgramHolds(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "free.pdf", "%PDF-1.4")
	release := hold(t, write(t, dir, "held.pdf", "%PDF-1.4"))
	r := &Reader{Root: dir, Inspector: pages(1), Eager: true}
	got := read(t, r, nil)
	if f := got.files["held.pdf"]; f.Fault.Code != library.FaultUnreadable || f.Fault.Detail == "" || f.SHA256 != "" {
		t.Errorf("held: %+v", f)
	}
	if f := got.files["free.pdf"]; f.SHA256 == "" || f.Fault.Code != library.FaultNone {
		t.Errorf("beside it: %+v", f)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if sum, err := sumAnew(t.Context(), root, "held.pdf", func(int) {}); err == nil {
		t.Errorf("the SHA-256 of a held file is %s", sum)
	}
	release()
	got = read(t, r, got.files)
	if f := got.files["held.pdf"]; f.SHA256 == "" || f.Pages != 1 || f.Fault.Code != library.FaultNone {
		t.Errorf("let go: %+v", f)
	}
}

// Evidence that is being read can be renamed and deleted by its owner.
func TestReadingKeepsNobodyFromRenaming(t *testing.T) {
	dir := t.TempDir()
	path := write(t, dir, "a.pdf", "%PDF-1.4")
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	f, err := open(root, library.File{Path: "a.pdf", Size: info.Size(), ModTime: info.ModTime()}, seam{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	other := filepath.Join(dir, "b.pdf")
	if err := os.Rename(path, other); err != nil {
		t.Errorf("rename while it is read: %v", err)
	}
	if err := os.Remove(other); err != nil {
		t.Errorf("delete while it is read: %v", err)
	}
}

// Names that Windows keeps for devices, and names that its own programs can't write, come from other systems. Each is
// in the list, none hangs, and what lies beside them is read.
func TestNamesThatWindowsReserves(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "plain.pdf", "%PDF-1.4")
	write(t, dir, "dot.pdf", "%PDF-1.4 another")
	for _, name := range []string{"aux.pdf", "CON", "dot.pdf.", "space.pdf "} {
		whole, err := windows.UTF16PtrFromString(`\\?\` + dir + `\` + name)
		if err != nil {
			t.Fatal(err)
		}
		h, err := windows.CreateFile(whole, windows.GENERIC_WRITE, 0, nil, windows.CREATE_NEW, 0, 0)
		if err != nil {
			t.Fatalf("make %q: %v", name, err)
		}
		if _, err := windows.Write(h, []byte("%PDF-1.4")); err != nil {
			t.Fatal(err)
		}
		_ = windows.CloseHandle(h)
		defer func() { _ = windows.DeleteFile(whole) }() // the test's own cleaning can't
	}
	got := read(t, &Reader{Root: dir, Inspector: pages(1), Eager: true}, nil)
	if len(got.files) != 6 || got.files["plain.pdf"].SHA256 == "" {
		t.Errorf("the list has %+v", got.files)
	}
	if f := got.files["dot.pdf."]; f.SHA256 != "" {
		t.Errorf("one file was taken for another: %+v", f)
	}
	for name, f := range got.files {
		if f.SHA256 == "" && f.Fault.Code == library.FaultNone {
			t.Errorf("%q was not read, and nothing says why: %+v", name, f)
		}
	}
}

// Large and small letters are the same to Windows: a file has one entry, by the name it has now.
func TestAFileRenamedInItsLettersAlone(t *testing.T) {
	dir := t.TempDir()
	path := write(t, dir, "Bút lục 1.pdf", "%PDF-1.4")
	r := &Reader{Root: dir, Inspector: pages(1), Eager: true}
	known := read(t, r, nil).files
	third := filepath.Join(dir, "third") // Wine leaves a name alone that only changes its letters
	if err := errors.Join(os.Rename(path, third), os.Rename(third, filepath.Join(dir, "BÚT LỤC 1.PDF"))); err != nil {
		t.Fatal(err)
	}
	got := read(t, r, known)
	if f, ok := got.files["BÚT LỤC 1.PDF"]; len(got.files) != 1 || !ok || f.SHA256 != known["Bút lục 1.pdf"].SHA256 {
		t.Errorf("the list has %+v", got.files)
	}
}

// The forms in which Windows names a folder on a disk or on another computer all open it.
func TestFolderByWindowsNames(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.pdf", "%PDF-1.4")
	share := `\\localhost\` + dir[:1] + `$` + dir[2:]
	roots := []string{dir, `\\?\` + dir, filepath.ToSlash(dir)}
	if _, err := os.Stat(share); err == nil {
		roots = append(roots, share)
	} else {
		t.Logf("not tried by the name of a share: %v", err)
	}
	for _, root := range roots {
		if got := read(t, &Reader{Root: root}, nil); len(got.files) != 1 {
			t.Errorf("%s: %v", root, got.files)
		}
	}
}
