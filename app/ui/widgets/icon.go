package widgets

import (
	"fyne.io/fyne/v2"

	"butluc/assets"
)

// Icon is one of the program's icons by name, nil for a name that is none.
func Icon(name string) fyne.Resource {
	if data := assets.Icon(name); data != nil {
		return fyne.NewStaticResource(name+".svg", data)
	}
	return nil
}
