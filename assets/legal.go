package assets

import (
	"embed"
	"path"
)

//go:embed legal/*.json
var legal embed.FS

// Legal is data on the words of the courts: "parts" of a hearing, "statements" among documents, "requests" to show
// something. nil where there is none of the name.
func Legal(name string) []byte {
	raw, err := legal.ReadFile(path.Join("legal", name+".json"))
	if err != nil {
		return nil
	}
	return raw
}
