// Package assets holds what is embedded in the program: the words of its languages, its icons and
// a sample case. It is a leaf: it imports nothing of the program and no toolkit, so that every
// layer, and the headless verbs too, may use it.
package assets
