package sandbox

import (
	"io"
	"unsafe"

	"golang.org/x/sys/windows"
)

// commitLimit is all the memory that the process may commit: what it begins with, a picture of
// 64 million pixels, and as much again to decode it. The program watches besides and acts earlier;
// this holds when a file takes it all between two looks.
const commitLimit = 1<<30 + 128<<20

// Output changes nothing: nothing in this process prints to standard output here.
func Output(out io.Writer) (io.Writer, error) { return out, nil }

// Limit takes away what a process of this kind never needs. The sound system listens to one of low integrity: browsers
// play from such.
func Limit(k Kind) {
	_ = enterJob(k)
	_ = lowerIntegrity()
}

// Around does nothing: the process reads with the user's rights, and opens evidence through os.Root.
func Around(string, Kind) {}

// enterJob puts the process into a job of its own: memory limited, no child processes, and for one that draws no clipboard,
// no windows of others, and no box that waits for a click when it crashes. The handle stays open, since
// the job lives as long as it.
func enterJob(k Kind) error {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return err
	}
	limits := windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{ProcessMemoryLimit: commitLimit}
	limits.BasicLimitInformation.ActiveProcessLimit = 1
	limits.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_PROCESS_MEMORY |
		windows.JOB_OBJECT_LIMIT_ACTIVE_PROCESS | windows.JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION
	if _, err := windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation,
		uintptr(unsafe.Pointer(&limits)), uint32(unsafe.Sizeof(limits))); err != nil {
		return err
	}
	if k == Play {
		return windows.AssignProcessToJobObject(job, windows.CurrentProcess())
	}
	screen := windows.JOBOBJECT_BASIC_UI_RESTRICTIONS{UIRestrictionsClass: windows.JOB_OBJECT_UILIMIT_DESKTOP |
		windows.JOB_OBJECT_UILIMIT_DISPLAYSETTINGS | windows.JOB_OBJECT_UILIMIT_EXITWINDOWS |
		windows.JOB_OBJECT_UILIMIT_GLOBALATOMS | windows.JOB_OBJECT_UILIMIT_HANDLES |
		windows.JOB_OBJECT_UILIMIT_READCLIPBOARD | windows.JOB_OBJECT_UILIMIT_SYSTEMPARAMETERS |
		windows.JOB_OBJECT_UILIMIT_WRITECLIPBOARD}
	if _, err := windows.SetInformationJobObject(job, windows.JobObjectBasicUIRestrictions,
		uintptr(unsafe.Pointer(&screen)), uint32(unsafe.Sizeof(screen))); err != nil {
		return err
	}
	return windows.AssignProcessToJobObject(job, windows.CurrentProcess())
}

// lowerIntegrity lets the process write nowhere but in the few folders that Windows keeps for such
// processes; reading stays as it is.
func lowerIntegrity() error {
	var token windows.Token
	err := windows.OpenProcessToken(windows.CurrentProcess(), windows.TOKEN_ADJUST_DEFAULT|windows.TOKEN_QUERY, &token)
	if err != nil {
		return err
	}
	defer token.Close() //nolint:errcheck // the process keeps what was set
	low, err := windows.CreateWellKnownSid(windows.WinLowLabelSid)
	if err != nil {
		return err
	}
	label := windows.Tokenmandatorylabel{Label: windows.SIDAndAttributes{Sid: low, Attributes: windows.SE_GROUP_INTEGRITY}}
	return windows.SetTokenInformation(token, windows.TokenIntegrityLevel, (*byte)(unsafe.Pointer(&label)), label.Size())
}

// Look tells what the sandbox of a kind is made of.
func Look(k Kind) Report {
	r := Report{Parts: []string{"job object"}, Gaps: []Gap{OpenFiles, OpenNetwork}}
	if k == Draw || k == Play {
		r.Parts = append(r.Parts, "low integrity")
	}
	return r
}
