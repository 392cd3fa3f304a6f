package casefile

import "golang.org/x/sys/windows"

// drives are those that this machine has, but for A: and B:, which may be floppies: "C:".
func drives() (list []string) {
	has, err := windows.GetLogicalDrives()
	if err != nil {
		return nil
	}
	for i := 2; i < 26; i++ {
		if has&(1<<i) != 0 {
			list = append(list, string(rune('A'+i))+":")
		}
	}
	return list
}
