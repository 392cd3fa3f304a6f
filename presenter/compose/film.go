package compose

import (
	"image"
)

// Film changes a moving picture of the sheet as [Compose] would: what is redacted is painted over, and it is adjusted.
// Other marks belong to a moment, and are not drawn on what moves. The picture shows all of the sheet's View.
func (s Sheet) Film(picture *image.RGBA) {
	page := surface{picture, picture.Rect, picture.Rect, MapOf(picture.Rect, s.View, s.Turn)}
	page.redact(sound(s.Marks))
	adjust(picture, picture.Rect, s.Adjust)
}

// Plain tells whether Film leaves pictures as they are.
func (s Sheet) Plain() bool {
	for _, m := range s.Marks {
		if m.Kind.Hides() {
			return false
		}
	}
	return s.Adjust.IsZero()
}
