// What the worker needs of MuPDF beyond go-fitz: the functions that go-fitz links and does not
// offer. go-fitz's headers are not on another package's include path, so the dozen functions are
// declared here, as in MuPDF 1.28; butluc_check compares the version before the first of them runs.
#ifndef BUTLUC_MUPDF_H
#define BUTLUC_MUPDF_H

#include <stddef.h>

typedef struct fz_context fz_context;
typedef struct fz_document fz_document;
typedef struct fz_page fz_page;

typedef struct { float x0, y0, x1, y1; } bl_rect;        // fz_rect
typedef struct { float a, b, c, d, e, f; } bl_matrix;    // fz_matrix

// What MuPDF said while it worked: messages in order, each ended by '\n', the first letter 'W' for
// a warning, 'E' for an error that was swallowed, 'J' for a warning of the JPEG decoder. When the
// room is used up, later messages are only counted.
typedef struct {
	char   text[32768];
	size_t used;
	int    dropped;
} bl_notes;

extern bl_notes butluc_notes;

void butluc_note(char kind, const char *message);

// butluc_marks counts the parts of bilevel pictures that were read and hold more than white.
extern int butluc_marks;

// butluc_listen sends the context's warnings and errors to butluc_notes.
void butluc_listen(fz_context *ctx);

// butluc_prepare makes a context ready for a document: it listens, fonts that the file lacks are stood in for (see
// fonts.h), and no line is drawn thinner than a pixel, which would leave hairlines of plans nearly white.
void butluc_prepare(fz_context *ctx);

// butluc_check returns 1 when the linked MuPDF is the one that the declarations were made from.
int butluc_check(void);

// Each of these returns 0, or -1 after an exception whose message was noted.
int butluc_count(fz_context *ctx, fz_document *doc, int *pages);
int butluc_authenticate(fz_context *ctx, fz_document *doc, const char *password, int *accepted);
int butluc_repaired(fz_context *ctx, fz_document *doc, int *repaired);
int butluc_load(fz_context *ctx, fz_document *doc, int number, fz_page **page, bl_rect *bounds);

// butluc_draw draws contents, annotations, stamps and form fields of a page onto white: w×h pixels
// of red, green, blue, alpha into samples. errors is MuPDF's count of what it could not draw.
int butluc_draw(fz_context *ctx, fz_page *page, bl_matrix ctm, int w, int h,
	unsigned char *samples, int *errors);

// butluc_paints tells whether there should be anything but white in a picture of w×h pixels: whether the page paints letters,
// lines, areas or shades there. Its pictures are not looked at.
int butluc_paints(fz_context *ctx, fz_page *page, bl_matrix ctm, int w, int h);

// butluc_to_srgb changes w×h opaque pixels of red, green, blue, alpha from the colours of an ICC profile to sRGB. It
// returns -1, with the pixels as they were, for a profile that is broken or not of RGB.
int butluc_to_srgb(const unsigned char *profile, size_t size, unsigned char *samples, int w, int h);

// A letter of a page's text; lines are counted from 0.
typedef struct {
	int     rune;
	int     line;
	int     font; // its place among the names of the page's fonts
	float   size; // of the type, in points
	bl_rect box;
} bl_letter;

// What stands on a page besides its letters.
enum { BL_FONTS = 64, BL_GRID = 32 };

typedef struct {
	char          fonts[BL_FONTS][32];        // names; the first is empty, and of all fonts that found no room
	unsigned char pictures[BL_GRID][BL_GRID]; // of a grid over the page, row by row, where pictures are
} bl_ground;

// butluc_letters finds the letters of a page, in lines that run along its edges: as many as there are, at most
// max. bounds are the page's. letters are the caller's to free, and NULL when there are none.
int butluc_letters(fz_context *ctx, fz_page *page, bl_rect bounds, int max, bl_letter **letters, int *count, bl_ground *ground);

void butluc_drop_page(fz_context *ctx, fz_page *page);
void butluc_flush(fz_context *ctx);
void butluc_empty_store(fz_context *ctx);

// Memory: large blocks are mapped one by one, so that freeing them gives them back at once.
void butluc_tune_malloc(void);
void butluc_trim(void);

#endif
