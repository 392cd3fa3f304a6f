package child

import (
	"os/exec"
	"strconv"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// fence is a job that the child is in, with its children: they end when the job's handle is closed, be it by
// the end of this process.
type fence struct {
	cmd *exec.Cmd
	job windows.Handle // 0 where there is none
}

func newFence(cmd *exec.Cmd) *fence {
	f := &fence{cmd: cmd}
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_NO_WINDOW} // no console flashes up
	cmd.Cancel = f.kill
	return f
}

// hold puts the child into its job. It has done next to nothing yet; without a job, it is limited by the
// deadline of the caller alone.
func (f *fence) hold(l Limits) {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return
	}
	limits := windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{}
	limits.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | windows.JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION
	if l.Memory > 0 {
		limits.JobMemoryLimit = uintptr(l.Memory)
		limits.BasicLimitInformation.LimitFlags |= windows.JOB_OBJECT_LIMIT_JOB_MEMORY
	}
	if l.Idle {
		limits.BasicLimitInformation.PriorityClass = windows.IDLE_PRIORITY_CLASS
		limits.BasicLimitInformation.LimitFlags |= windows.JOB_OBJECT_LIMIT_PRIORITY_CLASS
	}
	_, err = windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation,
		uintptr(unsafe.Pointer(&limits)), uint32(unsafe.Sizeof(limits)))
	if err == nil {
		err = f.enter(job)
	}
	if err != nil {
		_ = windows.CloseHandle(job)
		return
	}
	f.job = job
}

func (f *fence) enter(job windows.Handle) error {
	process, err := windows.OpenProcess(windows.PROCESS_SET_QUOTA|windows.PROCESS_TERMINATE, false, uint32(f.cmd.Process.Pid))
	if err != nil {
		return err
	}
	defer windows.CloseHandle(process) //nolint:errcheck // the job has the process now, or has not
	return windows.AssignProcessToJobObject(job, process)
}

// kill is called by a goroutine of cmd's, which may be before hold: then the child has no children yet that
// taskkill would miss.
func (f *fence) kill() error {
	kill := exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(f.cmd.Process.Pid))
	kill.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_NO_WINDOW}
	if kill.Run() == nil {
		return nil
	}
	return f.cmd.Process.Kill()
}

// close ends what the program left behind.
func (f *fence) close() {
	if f.job != 0 {
		_ = windows.CloseHandle(f.job)
	}
}
