package assets

import (
	"embed"
	"path"
	"slices"
	"strings"
)

//go:embed icons/*.svg
var icons embed.FS

//go:embed icon.png
var appIcon []byte

// AppIcon is the program's icon, a PNG of 512 by 512 pixels. The bytes are shared: don't write.
func AppIcon() []byte { return appIcon }

// Icon is a drawing of the window by its name, "shelf": an SVG of 24 by 24 of black paths, so that
// a theme can tint it. It is nil for a name that is not one of [IconNames].
func Icon(name string) []byte {
	svg, err := icons.ReadFile(path.Join("icons", name+".svg"))
	if err != nil {
		return nil
	}
	return svg
}

// IconNames are the names that [Icon] knows, sorted.
func IconNames() []string {
	entries, err := icons.ReadDir("icons")
	if err != nil {
		panic(err) // embedded
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".svg"))
	}
	slices.Sort(names)
	return names
}
