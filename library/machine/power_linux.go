package machine

import (
	"os"
	"path/filepath"
	"strings"
)

// supplies is where Linux lists power supplies: one folder each, with its type, and "online" of those
// from the mains (kernel documentation, ABI/testing/sysfs-class-power).
const supplies = "/sys/class/power_supply"

// PowerNow is where the machine has its power from; Unknown where nothing tells, as in a desktop.
func PowerNow() Power { return powerIn(supplies) }

func powerIn(dir string) Power {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return Unknown
	}
	read := func(name, file string) string {
		data, _ := os.ReadFile(filepath.Join(dir, name, file))
		return strings.TrimSpace(string(data))
	}
	power := Unknown
	for _, e := range entries {
		switch read(e.Name(), "type") {
		case "Mains", "USB":
			if read(e.Name(), "online") == "1" {
				return Mains
			}
		case "Battery":
			if read(e.Name(), "scope") != "Device" { // a mouse has one, too
				power = Battery
			}
		}
	}
	return power
}
