// Package portable makes names that every system can write out of the names that strangers gave to files.
package portable

import (
	"path/filepath"
	"strings"
)

// Path is a stranger's name for a file, its parts between "/", as a path inside of a folder, as any system can write it; "" where it leads out of it.
func Path(name string) string {
	if strings.HasPrefix(name, "/") || strings.HasPrefix(name, `\`) || len(name) > 1 && name[1] == ':' {
		return ""
	}
	var parts []string
	for part := range strings.SplitSeq(name, "/") {
		switch part {
		case "", ".":
			continue
		case "..":
			return ""
		}
		parts = append(parts, writable(part))
	}
	path := filepath.Join(parts...)
	if !filepath.IsLocal(path) {
		return ""
	}
	return path
}

// writable is a part of a name without what Windows refuses: evidence is carried from machine to machine. See "Naming Files,
// Paths, and Namespaces" in Microsoft's documentation.
func writable(part string) string {
	part = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"|?*\`, r) {
			return '_'
		}
		return r
	}, part)
	if end := strings.TrimRight(part, ". "); end != part {
		part = end + "_"
	}
	base, _, _ := strings.Cut(strings.ToUpper(part), ".")
	base = strings.NewReplacer("¹", "1", "²", "2", "³", "3").Replace(strings.TrimRight(base, " "))
	switch base {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
		"LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9":
		part = "_" + part
	}
	return part
}
