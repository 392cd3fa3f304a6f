package render

import (
	"bytes"
	"fmt"
	"os"
)

var pageSize = int64(os.Getpagesize())

// ownMemory is how many bytes of memory a process holds that is its own: resident pages but for
// those of mapped files, which the system takes back when it needs them. 0 when it can't be told.
func ownMemory(pid int) int64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	var size, resident, shared int64
	if _, err := fmt.Fscan(bytes.NewReader(raw), &size, &resident, &shared); err != nil {
		return 0
	}
	return (resident - shared) * pageSize
}
