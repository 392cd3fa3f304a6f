package widgets

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/container"
)

// Splits are the places of a room's dividers, as one text to remember.
type Splits []*container.Split

// String is the dividers' places, 0 to 1, in order.
func (s Splits) String() string {
	parts := make([]string, len(s))
	for i, split := range s {
		parts[i] = fmt.Sprintf("%.3f", split.Offset)
	}
	return strings.Join(parts, " ")
}

// Restore puts the dividers where a text of String's says; one that is none leaves them.
func (s Splits) Restore(text string) {
	parts := strings.Fields(text)
	if len(parts) != len(s) {
		return
	}
	for i, split := range s {
		if at, err := strconv.ParseFloat(parts[i], 64); err == nil && at > 0.02 && at < 0.98 {
			split.SetOffset(at)
		}
	}
}
