//go:build cgo

#include "fonts.h"

#include <string.h>

static struct {
	const unsigned char *data;
	size_t size;
} fonts[BL_FAMILIES][BL_STYLES];

// MuPDF's own, as far as they were asked for; it has fourteen.
static const unsigned char *others[16];

static int latin;

void butluc_latin_suffices(int suffices) {
	latin = suffices;
}

void butluc_set_font(int family, int style, const unsigned char *data, size_t size) {
	fonts[family][style].data = data;
	fonts[family][style].size = size;
}

static const char *const families[BL_FAMILIES] = { "Courier", "Helvetica", "Times" };

static const unsigned char *find(int family, const char *name, int bold, int italic, int *size) {
	int style = (bold || strstr(name, "Bold") ? BL_BOLD : 0) +
		(italic || strstr(name, "Oblique") || strstr(name, "Italic") ? BL_ITALIC : 0);
	if (fonts[family][style].data)
		*size = (int)fonts[family][style].size;
	return fonts[family][style].data;
}

const unsigned char *butluc_font(const char *name, int *size) {
	if (latin)
		return NULL;
	for (int f = 0; f < BL_FAMILIES; f++) {
		size_t n = strlen(families[f]);
		if (strncmp(name, families[f], n) == 0 && (name[n] == 0 || name[n] == '-'))
			return find(f, name, 0, 0, size);
	}
	return NULL;
}

const unsigned char *butluc_font_named(const char *name, int bold, int italic, int *size) {
	if (latin)
		return NULL;
	for (int f = 0; f < BL_FAMILIES; f++)
		if (strstr(name, families[f]))
			return find(f, name, bold, italic, size);
	return strstr(name, "Arial") ? find(BL_HELVETICA, name, bold, italic, size) : NULL;
}

void butluc_stood_in(const unsigned char *data) {
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		if (others[i] == data)
			return;
		if (!others[i]) {
			others[i] = data;
			return;
		}
	}
}

int butluc_stands_in(const unsigned char *data) {
	for (int f = 0; f < BL_FAMILIES; f++)
		for (int s = 0; s < BL_STYLES; s++)
			if (data && fonts[f][s].data == data)
				return 1;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (data && others[i] == data)
			return 1;
	return 0;
}
