package provenance

import (
	"path/filepath"
	"strings"

	"butluc/library"
)

// inCase is a file's path in the case, as [library.File] has it; of a file elsewhere its name.
func inCase(file, dir string) string {
	rel, err := filepath.Rel(dir, file)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		rel = filepath.Base(file)
	}
	return library.EscapePath(filepath.ToSlash(rel))
}
