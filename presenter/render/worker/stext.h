// How MuPDF 1.28 keeps the text of a page: its structured-text.h as far as it is read here. A test
// compares sizes and offsets with go-fitz's headers.
#ifndef BUTLUC_STEXT_H
#define BUTLUC_STEXT_H

#include <stdint.h>

#include "mupdf.h"

enum {
	BL_STEXT_CLIP = 64,
	BL_STEXT_ACCURATE_BBOXES = 512,
	BL_STEXT_IGNORE_ACTUALTEXT = 2048,

	BL_BLOCK_TEXT = 0
};

typedef struct { float x, y; } bl_point;                   // fz_point
typedef struct { bl_point ul, ur, ll, lr; } bl_quad;       // fz_quad
typedef struct fz_font fz_font;

typedef struct {
	int     flags;
	float   scale;
	bl_rect clip;
} bl_stext_options;

typedef struct bl_char {
	int      c;
	uint16_t bidi, flags;
	uint32_t argb;
	bl_point origin;
	bl_quad  quad;
	float    size;
	fz_font *font;
	struct bl_char *next;
} bl_char;

typedef struct bl_line {
	uint8_t  wmode, flags;
	bl_point dir;
	bl_rect  bbox;
	bl_char *first_char, *last_char;
	struct bl_line *prev, *next;
} bl_line;

typedef struct bl_block {
	int     type, id;
	bl_rect bbox;
	union {
		struct { bl_line *first_line, *last_line; int flags; } t;
		struct { bl_matrix transform; void *image; } i; // the largest
	} u;
	struct bl_block *prev, *next;
} bl_block;

typedef struct {
	int       refs;
	void     *pool;
	bl_rect   mediabox;
	bl_block *first_block;
} bl_stext_page; // its beginning

#endif
