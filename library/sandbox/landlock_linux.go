package sandbox

import (
	"os"
	"path/filepath"

	"github.com/landlock-lsm/go-landlock/landlock"
)

// restrict closes the file system but for rules, TCP, the signals and abstract sockets of others, as far as the kernel's
// Landlock goes.
func restrict(rules ...landlock.Rule) error { return landlock.V11.BestEffort().Restrict(rules...) }

// rulesOf is what a kind needs besides what it is told.
func rulesOf(k Kind) []landlock.Rule {
	switch k {
	case Play:
		return append(libraries(), soundSystem()...)
	case Convert, Recognize:
		return append(libraries(), programs()...)
	default:
		return libraries()
	}
}

// libraries are where the system keeps what libmpv is made of, which is loaded when a recording is met first.
func libraries() []landlock.Rule {
	return []landlock.Rule{
		landlock.RODirs("/usr", "/lib", "/lib64", "/etc/alternatives").IgnoreIfMissing(),
		landlock.ROFiles("/etc/ld.so.cache").IgnoreIfMissing(),
	}
}

// soundSystem is what clients of PipeWire and PulseAudio read. A path that is not absolute is none.
func soundSystem() []landlock.Rule {
	rules := []landlock.Rule{
		landlock.RODirs("/etc/pulse", "/etc/pipewire", "/etc/alsa", "/proc/self", "/sys/devices/system/cpu").IgnoreIfMissing(),
		landlock.ROFiles("/etc/asound.conf", "/etc/machine-id", "/etc/localtime", "/proc/cpuinfo", "/proc/meminfo", "/dev/null").IgnoreIfMissing(),
	}
	for _, dir := range []string{
		within("XDG_RUNTIME_DIR", "pulse"), within("PULSE_RUNTIME_PATH", ""), within("HOME", ".config/pulse"), within("HOME", ".config/pipewire"),
	} {
		if dir != "" {
			rules = append(rules, landlock.RODirs(dir).IgnoreIfMissing())
		}
	}
	for _, file := range []string{within("HOME", ".pulse-cookie"), within("PULSE_COOKIE", "")} {
		if file != "" {
			rules = append(rules, landlock.ROFiles(file).IgnoreIfMissing())
		}
	}
	return rules
}

// within is a path beneath a folder of the environment's, "" where that names none.
func within(variable, path string) string {
	dir := os.Getenv(variable)
	if !filepath.IsAbs(dir) {
		return ""
	}
	return filepath.Join(dir, path)
}

// programs is what programs of others read before they do anything.
func programs() []landlock.Rule {
	return []landlock.Rule{
		landlock.RODirs("/bin", "/sbin", "/lib32", "/libx32", "/opt", "/etc/fonts", "/etc/libreoffice", "/var/lib/libreoffice", "/var/spool/libreoffice", "/var/cache/fontconfig",
			"/proc/self", "/sys/devices/system/cpu").IgnoreIfMissing(),
		landlock.ROFiles("/etc/passwd", "/etc/group", "/etc/nsswitch.conf", "/etc/localtime", "/etc/locale.alias", "/etc/papersize",
			"/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/dev/urandom", "/dev/random", "/dev/zero").IgnoreIfMissing(),
		landlock.RWFiles("/dev/null").IgnoreIfMissing(),
	}
}
