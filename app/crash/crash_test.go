package crash

import (
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// crashLoudly is a run of the window that logs, and then crashes on another goroutine.
func crashLoudly() {
	r, err := beginRun(os.Args[2], "test")
	if err != nil {
		fmt.Println(err)
		os.Exit(3)
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(r, nil)))
	for range 4000 { // more than a report keeps
		slog.Info("an early line", "of", strings.Repeat("words ", 10))
	}
	slog.Info("the last line")
	go func() { panic("the program's own fault") }()
	select {}
}

// TestMain makes of the test binary the program that crashes, too.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "crash" {
		crashLoudly()
		return
	}
	os.Exit(m.Run())
}

func TestACrashIsReportedOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "crashes")
	cmd := exec.Command(os.Args[0], "crash", dir)
	if err := cmd.Run(); err == nil || cmd.ProcessState.ExitCode() == 3 {
		t.Fatalf("the run did not crash: %v", err)
	}
	report := keepReports(dir, time.Now())
	if report == "" {
		t.Fatal("the crash is not noticed")
	}
	b, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"the last line", "panic: the program's own fault", "crashLoudly"} {
		if !strings.Contains(string(b), want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	if len(b) > 2*maxLog {
		t.Errorf("the report has %d bytes", len(b))
	}
	if again := keepReports(dir, time.Now()); again != "" {
		t.Errorf("the crash is told of twice: %s", again)
	}
}

func TestARunThatEndsInOrderLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	r, err := beginRun(dir, "test")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(r, "time=… level=ERROR msg=\"goroutine 1 of a log line\"")
	if report := keepReports(dir, time.Now()); report != "" {
		t.Errorf("a run under way is taken for a crash: %s", report)
	}
	r.end()
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%d files are left", len(left))
	}
}

func TestOldReportsGo(t *testing.T) {
	dir := t.TempDir()
	for i := range maxReports + 3 {
		name := filepath.Join(dir, fmt.Sprintf("%s20260102-1504%02d-7.txt", reportPrefix, i))
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	killed := filepath.Join(dir, runPrefix+"20260102-150405-8.txt")
	if err := os.WriteFile(killed, []byte("butluc\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	keepReports(dir, time.Now().Add(2*forgetRuns))
	if got := named(dir, reportPrefix); len(got) != maxReports || !strings.Contains(got[0], "150403") {
		t.Errorf("kept %d reports, the oldest %s", len(got), got[0])
	}
	if _, err := os.Stat(killed); err == nil {
		t.Error("the file of a killed run stays for ever")
	}
}
