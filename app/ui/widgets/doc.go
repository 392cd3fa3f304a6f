// Package widgets has the window's own widgets: buttons that never take the keyboard, pictures shown
// at exactly the device's pixels, the page with zoom, rows of evidence, thumbnails.
//
// They belong to the UI goroutine, like all of Fyne. Work over a few milliseconds (shrinking a
// picture) is done on a goroutine and comes back through fyne.Do, asking on arrival whether it is
// still wanted.
package widgets
