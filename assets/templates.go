package assets

import (
	"embed"
	"path"
)

//go:embed templates/*.json
var templates embed.FS

// Template is the outline that a new one of this kind of case starts from, in the form that
// outlines are exported in. nil where there is none.
func Template(kind string) []byte {
	raw, err := templates.ReadFile(path.Join("templates", kind+".json"))
	if err != nil {
		return nil
	}
	return raw
}
