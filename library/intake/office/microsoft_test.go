package office

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// Where Microsoft's programs make the PDF, the program's own child has them do it, behind the same interface.
func TestMicrosoftsMakeThePDF(t *testing.T) {
	c := &Converter{Microsoft: []string{os.Args[0], MicrosoftVerb}, CacheDir: t.TempDir(), open: runtime.GOOS == "windows"}
	name, err := convert(t.Context(), t, c, "đơn")
	if err != nil {
		t.Fatal(err)
	}
	if made, err := os.ReadFile(filepath.Join(c.CacheDir, name)); err != nil || string(made) != "%PDF-1.4 of đơn" {
		t.Errorf("%q, %v", made, err)
	}
	if _, err := convert(t.Context(), t, c, "fails"); err == nil || !strings.Contains(err.Error(), "could not be loaded") {
		t.Errorf("a child that fails: %v", err)
	}
	c.Deadline = time.Millisecond
	if _, err := convert(t.Context(), t, c, "hangs"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a child that hangs: %v", err)
	}
}

// Which of them opens a file is told by its ending, and a child that is asked for anything else says so.
func TestWhichOfMicrosoftsOpensAFile(t *testing.T) {
	for name, want := range map[string]string{
		"Đơn.docx": "Word.Application", "BẢN KÊ.XLS": "Excel.Application", "a.pptx": "PowerPoint.Application", "a.exe": "", "a": "",
	} {
		if got := microsoftOf(name); got != want {
			t.Errorf("%s is opened by %q, want %q", name, got, want)
		}
	}
	if err := MicrosoftMain([]string{"a.exe", "a.pdf", "10"}); err == nil || !strings.Contains(err.Error(), "a.exe") {
		t.Errorf("of a program: %v", err)
	}
	if err := MicrosoftMain([]string{"a.docx"}); err == nil {
		t.Error("too few words are taken")
	}
}
