package system

import "testing"

func TestKeepAwakeAsksWindows(t *testing.T) {
	told := make(chan error, 1)
	release := KeepAwake("test", func(err error) { told <- err })
	if err := <-told; err != nil {
		t.Fatal(err)
	}
	set := kernel32.NewProc("SetThreadExecutionState")
	if set.Find() != nil {
		t.Fatal("Windows has no such call")
	}
	release()
	release()
}
