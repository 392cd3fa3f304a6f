package render

import (
	"bytes"
	"fmt"
	"os"
)

var pageSize = int64(os.Getpagesize())

// mappedFree is how many bytes of mapped files and of the program itself are not counted: the system takes them back when
// it needs them. A worker gives them back itself; one that does not is one that swells.
const mappedFree = 512 << 20

// ownMemory is how many bytes of memory a process holds that is its own, and of mapped files what goes beyond mappedFree.
// 0 when it can't be told.
func ownMemory(pid int) int64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	var size, resident, shared int64
	if _, err := fmt.Fscan(bytes.NewReader(raw), &size, &resident, &shared); err != nil {
		return 0
	}
	return (resident-shared)*pageSize + max(0, shared*pageSize-mappedFree)
}
