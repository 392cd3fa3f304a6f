package machine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/godbus/dbus/v5"
	"golang.org/x/sys/unix"
)

// urgentNice is the nice value in a trial: a thread gets about nine times the processor that one of 0 gets
// (sched_prio_to_weight of the kernel), and is woken before it.
const urgentNice = -10

// busPatience bounds the question to a service that may be hanging.
const busPatience = 3 * time.Second

// SetUrgent puts the main thread of a process of ours before other programs, or back among them. It may take seconds. Where a
// user may not do that, as by default, RealtimeKit is asked (https://github.com/heftig/rtkit), which lets whoever sits at
// the machine.
func SetUrgent(pid int, urgent bool) error {
	nice := 0
	if urgent {
		nice = urgentNice
	}
	err := setNice(pid, nice)
	if urgent && errors.Is(err, unix.EACCES) {
		err = askRealtimeKit(pid, nice)
	}
	if err != nil {
		return fmt.Errorf("set priority of process %d: %w", pid, err)
	}
	return nil
}

// setNice changes the main thread, which is the one that draws, in the window as in a worker. Others of the window's do what
// can wait, and would come before the window system, which has to bring the picture to the screen.
func setNice(pid, nice int) error {
	if err := unix.Setpriority(unix.PRIO_PROCESS, pid, nice); err != nil {
		return err
	}
	// The scheduler shares the processors out among sessions first, and heeds nice values within one only, see autogroup in
	// sched(7). Where it does not, or the user may not, the file is not there or refuses.
	_ = os.WriteFile(fmt.Sprintf("/proc/%d/autogroup", pid), []byte(strconv.Itoa(nice)), 0)
	return nil
}

func askRealtimeKit(pid, nice int) error {
	ctx, cancel := context.WithTimeout(context.Background(), busPatience)
	defer cancel()
	bus, err := dbus.ConnectSystemBus(dbus.WithContext(ctx))
	if err != nil {
		return fmt.Errorf("reach the system's bus: %w", err)
	}
	defer func() { _ = bus.Close() }() // it was asked
	kit := bus.Object("org.freedesktop.RealtimeKit1", "/org/freedesktop/RealtimeKit1")
	return kit.CallWithContext(ctx, "org.freedesktop.RealtimeKit1.MakeThreadHighPriorityWithPID", 0, uint64(pid), uint64(pid), int32(nice)).Err
}
