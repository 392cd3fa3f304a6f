//go:build cgo

package worker

// #include "fonts.h"
import "C"

import (
	"sync"
	"unsafe"

	"github.com/go-fonts/liberation/liberationmonobold"
	"github.com/go-fonts/liberation/liberationmonobolditalic"
	"github.com/go-fonts/liberation/liberationmonoitalic"
	"github.com/go-fonts/liberation/liberationmonoregular"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansbolditalic"
	"github.com/go-fonts/liberation/liberationsansitalic"
	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
)

// standIns are the fonts for text that a file names and does not bring, each as regular, bold, italic, and bold italic.
// MuPDF's own lack the letters of U+1EA0 to U+1EF9, half of the Vietnamese ones. The Liberation fonts have them all, are as
// wide as Arial, Times New Roman and Courier New, letter by letter, and are free (SIL Open Font License 1.1). All twelve
// are 4.4 MB.
var standIns = [C.BL_FAMILIES][C.BL_STYLES][]byte{
	C.BL_COURIER: {
		liberationmonoregular.TTF, liberationmonobold.TTF, liberationmonoitalic.TTF, liberationmonobolditalic.TTF,
	},
	C.BL_HELVETICA: {
		liberationsansregular.TTF, liberationsansbold.TTF, liberationsansitalic.TTF, liberationsansbolditalic.TTF,
	},
	C.BL_TIMES: {
		liberationserifregular.TTF, liberationserifbold.TTF, liberationserifitalic.TTF, liberationserifbolditalic.TTF,
	},
}

// lendFonts lends the fonts to MuPDF, once. They are part of the program's file and never moved.
var lendFonts = sync.OnceFunc(func() {
	for family, styles := range standIns {
		for style, font := range styles {
			C.butluc_set_font(C.int(family), C.int(style), (*C.uchar)(unsafe.Pointer(unsafe.SliceData(font))), C.size_t(len(font)))
		}
	}
})
