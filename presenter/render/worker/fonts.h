// The fonts that stand in where a file brings none of its own.
#ifndef BUTLUC_FONTS_H
#define BUTLUC_FONTS_H

#include <stddef.h>

// The families, and in each the style as the sum of its bits, of the standard fonts for text (ISO 32000-1, 9.6.2.2).
enum { BL_COURIER, BL_HELVETICA, BL_TIMES, BL_FAMILIES };
enum { BL_BOLD = 1, BL_ITALIC = 2, BL_STYLES = 4 };

// butluc_set_font makes data stand in for one of the standard fonts. It must stay where it is for as long as the process runs.
void butluc_set_font(int family, int style, const unsigned char *data, size_t size);

// butluc_stands_in tells whether a font that begins at data is one that stands in, and none that a file brought.
int butluc_stands_in(const unsigned char *data);

// butluc_latin_suffices says whether what is asked for from now on has no letters but those of MuPDF's own standard fonts.
// Then none stands in for these: the page looks as everywhere else.
void butluc_latin_suffices(int suffices);

// butluc_font finds what stands in for a standard font by its PostScript name, or returns NULL.
const unsigned char *butluc_font(const char *name, int *size);

// butluc_font_named finds what stands in for a font whose name tells its family, or returns NULL. bold and italic are what is
// known beside the name.
const unsigned char *butluc_font_named(const char *name, int bold, int italic, int *size);

// butluc_stood_in remembers that data stood in for a font that butluc_font has none for.
void butluc_stood_in(const unsigned char *data);

#endif
