package assets

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
)

//go:embed translations/*.json
var translations embed.FS

// Languages are those that [Catalogue] has, the program's first language first.
var Languages = []string{"vi", "en"}

// Catalogue is the text of a language by key, with placeholders such as {name} still in it. The
// map is the caller's own. It is nil for a language that is not one of [Languages].
func Catalogue(lang string) map[string]string {
	raw, err := translations.ReadFile(path.Join("translations", lang+".json"))
	if err != nil {
		return nil
	}
	texts := map[string]string{}
	if err := json.Unmarshal(raw, &texts); err != nil {
		// The file is part of the program and a test reads it.
		panic(fmt.Errorf("read texts of %s: %w", lang, err))
	}
	return texts
}
