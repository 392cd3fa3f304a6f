package render

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

var getProcessMemoryInfo = windows.NewLazySystemDLL("kernel32.dll").NewProc("K32GetProcessMemoryInfo")

// memoryCounters is PROCESS_MEMORY_COUNTERS_EX.
type memoryCounters struct {
	size                       uint32
	pageFaults                 uint32
	peakWorkingSet, workingSet uintptr
	quotas                     [4]uintptr
	pagefile, peakPagefile     uintptr
	private                    uintptr
}

// ownMemory is how many bytes of memory a process holds that is its own: what it has committed,
// mapped files not among it. 0 when it can't be told.
func ownMemory(pid int) int64 {
	process, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(pid))
	if err != nil {
		return 0
	}
	defer windows.CloseHandle(process) //nolint:errcheck // it was only looked through
	counters := memoryCounters{size: uint32(unsafe.Sizeof(memoryCounters{}))}
	if told, _, _ := getProcessMemoryInfo.Call(uintptr(process), uintptr(unsafe.Pointer(&counters)), uintptr(counters.size)); told == 0 {
		return 0
	}
	return int64(counters.private)
}
