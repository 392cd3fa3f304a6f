//go:build cgo

#include "device.h"
#include "fonts.h"
#include "try.h"

// The version whose headers these declarations were made from.
#define MUPDF_VERSION "1.28.0"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined(__GLIBC__) || defined(__linux__)
#include <malloc.h>
#endif

typedef bl_device fz_device;
typedef bl_buffer fz_buffer;
typedef bl_colorspace fz_colorspace;
typedef bl_color_params fz_color_params;
typedef struct fz_pixmap fz_pixmap;
typedef struct fz_separations fz_separations;
typedef struct fz_default_colorspaces fz_default_colorspaces;
typedef void (fz_message_cb)(void *user, const char *message);

typedef struct {
	int abort;
	int progress;
	size_t progress_max;
	int errors;
	int incomplete;
} fz_cookie;

enum { FZ_COLORSPACE_RGB = 2 }; // of fz_colorspace_type

extern const bl_matrix fz_identity;
extern const fz_color_params fz_default_color_params;

fz_context *fz_new_context_imp(const void *alloc, const void *locks, size_t max_store, const char *version);
void fz_drop_context(fz_context *ctx);
void fz_set_error_callback(fz_context *ctx, fz_message_cb *cb, void *user);
void fz_set_warning_callback(fz_context *ctx, fz_message_cb *cb, void *user);
void fz_flush_warnings(fz_context *ctx);
typedef fz_font *(fz_load_system_font_fn)(fz_context *ctx, const char *name, int bold, int italic, int exact);
typedef fz_font *(fz_load_system_cjk_font_fn)(fz_context *ctx, const char *name, int ordering, int serif);
typedef fz_font *(fz_load_system_fallback_font_fn)(fz_context *ctx, int script, int language, int serif, int bold, int italic);
void fz_install_load_system_font_funcs(fz_context *ctx, fz_load_system_font_fn *f,
	fz_load_system_cjk_font_fn *cjk, fz_load_system_fallback_font_fn *fallback);
fz_font *fz_new_font_from_memory(fz_context *ctx, const char *name, const unsigned char *data, int len, int index, int glyph_bbox);
void fz_set_graphics_min_line_width(fz_context *ctx, float width);
void fz_empty_store(fz_context *ctx);
int fz_count_pages(fz_context *ctx, fz_document *doc);
int fz_authenticate_password(fz_context *ctx, fz_document *doc, const char *password);
fz_page *fz_load_page(fz_context *ctx, fz_document *doc, int number);
void fz_drop_page(fz_context *ctx, fz_page *page);
bl_rect fz_bound_page(fz_context *ctx, fz_page *page);
fz_colorspace *fz_device_rgb(fz_context *ctx);
fz_pixmap *fz_new_pixmap_with_data(fz_context *ctx, fz_colorspace *cs, int w, int h,
	fz_separations *seps, int alpha, int stride, unsigned char *samples);
void fz_drop_pixmap(fz_context *ctx, fz_pixmap *pix);
unsigned char *fz_pixmap_samples(fz_context *ctx, const fz_pixmap *pix);
int fz_pixmap_stride(fz_context *ctx, const fz_pixmap *pix);
fz_pixmap *fz_convert_pixmap(fz_context *ctx, const fz_pixmap *pix, fz_colorspace *to, fz_colorspace *proof,
	fz_default_colorspaces *defaults, fz_color_params params, int keep_alpha);
fz_colorspace *fz_new_icc_colorspace(fz_context *ctx, int type, int flags, const char *name, fz_buffer *profile);
void fz_drop_colorspace(fz_context *ctx, fz_colorspace *cs);
fz_buffer *fz_new_buffer_from_copied_data(fz_context *ctx, const unsigned char *data, size_t size);
void fz_drop_buffer(fz_context *ctx, fz_buffer *buf);
fz_device *fz_new_draw_device(fz_context *ctx, bl_matrix transform, fz_pixmap *dest);
void fz_close_device(fz_context *ctx, fz_device *dev);
void fz_drop_device(fz_context *ctx, fz_device *dev);
void fz_run_page(fz_context *ctx, fz_page *page, fz_device *dev, bl_matrix transform, fz_cookie *cookie);
bl_stext_page *fz_new_stext_page(fz_context *ctx, bl_rect mediabox);
void fz_drop_stext_page(fz_context *ctx, bl_stext_page *text);
fz_device *fz_new_stext_device(fz_context *ctx, bl_stext_page *text, const bl_stext_options *options);
bl_rect fz_rect_from_quad(bl_quad q);
float fz_font_ascender(fz_context *ctx, fz_font *font);
float fz_font_descender(fz_context *ctx, fz_font *font);
pdf_document *pdf_document_from_fz_document(fz_context *ctx, fz_document *doc);
pdf_page *pdf_page_from_fz_page(fz_context *ctx, fz_page *page);
pdf_obj *pdf_page_resources(fz_context *ctx, pdf_page *page);
int pdf_was_repaired(fz_context *ctx, pdf_document *doc);

bl_notes butluc_notes;
int butluc_marks;

void butluc_note(char kind, const char *message) {
	bl_notes *n = &butluc_notes;
	size_t len = strlen(message);
	if (len > 500)
		len = 500;
	if (n->used + len + 2 > sizeof n->text) {
		n->dropped++;
		return;
	}
	n->text[n->used++] = kind;
	for (size_t i = 0; i < len; i++) {
		char c = message[i];
		n->text[n->used++] = c == '\n' || c == '\r' ? ' ' : c;
	}
	n->text[n->used++] = '\n';
}

static void note_warning(void *user, const char *message) { (void)user; butluc_note('W', message); }
static void note_error(void *user, const char *message) { (void)user; butluc_note('E', message); }

void butluc_listen(fz_context *ctx) {
	fz_set_warning_callback(ctx, note_warning, NULL);
	fz_set_error_callback(ctx, note_error, NULL);
}

// named_font goes by the name of a font, where the file's flags may call Times New Roman a font without serifs. For
// other fonts MuPDF goes by the flags.
static fz_font *named_font(fz_context *ctx, const char *name, int bold, int italic, int exact) {
	(void)exact;
	int size;
	const unsigned char *data = butluc_font_named(name, bold, italic, &size);
	return data ? fz_new_font_from_memory(ctx, name, data, size, 0, 1) : NULL;
}

// Letters of scripts that a font for Latin ones lacks. MuPDF asks for each script once.
static fz_font *fallback_font(fz_context *ctx, int script, int language, int serif, int bold, int italic) {
	(void)script, (void)language;
	int size;
	const unsigned char *data = butluc_font_named(serif ? "Times" : "Helvetica", bold, italic, &size);
	return data ? fz_new_font_from_memory(ctx, "fallback", data, size, 0, 1) : NULL;
}

void butluc_prepare(fz_context *ctx) {
	butluc_listen(ctx);
	fz_install_load_system_font_funcs(ctx, named_font, NULL, fallback_font);
	fz_set_graphics_min_line_width(ctx, 1);
}

int butluc_check(void) {
	// MuPDF itself refuses a context to those who were compiled against another version.
	fz_context *ctx = fz_new_context_imp(NULL, NULL, 1 << 20, MUPDF_VERSION);
	if (!ctx)
		return 0;
	fz_drop_context(ctx);
	return 1;
}

int butluc_count(fz_context *ctx, fz_document *doc, int *pages) {
	bl_try(ctx) {
		*pages = fz_count_pages(ctx, doc);
	}
	bl_catch(ctx) {
		fz_report_error(ctx);
		return -1;
	}
	return 0;
}

int butluc_authenticate(fz_context *ctx, fz_document *doc, const char *password, int *accepted) {
	bl_try(ctx) {
		*accepted = fz_authenticate_password(ctx, doc, password);
	}
	bl_catch(ctx) {
		fz_report_error(ctx);
		return -1;
	}
	return 0;
}

int butluc_repaired(fz_context *ctx, fz_document *doc, int *repaired) {
	bl_try(ctx) {
		pdf_document *pdf = pdf_document_from_fz_document(ctx, doc);
		*repaired = pdf ? pdf_was_repaired(ctx, pdf) : 0;
	}
	bl_catch(ctx) {
		fz_report_error(ctx);
		return -1;
	}
	return 0;
}

int butluc_load(fz_context *ctx, fz_document *doc, int number, fz_page **page, bl_rect *bounds) {
	// volatile: the value must survive the jump out of fz_bound_page.
	fz_page *volatile p = NULL;
	bl_try(ctx) {
		p = fz_load_page(ctx, doc, number);
		*bounds = fz_bound_page(ctx, p);
	}
	bl_catch(ctx) {
		fz_drop_page(ctx, p);
		fz_report_error(ctx);
		return -1;
	}
	*page = p;
	return 0;
}

// note_unsupported says what the page has and MuPDF does not know, without a word of its own.
static void note_unsupported(fz_context *ctx, fz_page *page) {
	pdf_page *pdf = pdf_page_from_fz_page(ctx, page);
	if (pdf && butluc_transfers(ctx, pdf_page_resources(ctx, pdf)))
		butluc_note('E', "unsupported: a transfer function");
}

int butluc_draw(fz_context *ctx, fz_page *page, bl_matrix ctm, int w, int h,
	unsigned char *samples, int *errors) {
	fz_cookie cookie;
	fz_pixmap *volatile pix = NULL;
	fz_device *volatile dev = NULL;
	volatile int failed = 0;

	memset(&cookie, 0, sizeof cookie);
	memset(samples, 0xff, (size_t)w * h * 4);
	bl_try(ctx) {
		pix = fz_new_pixmap_with_data(ctx, fz_device_rgb(ctx), w, h, NULL, 1, w * 4, samples);
		dev = fz_new_draw_device(ctx, fz_identity, pix);
		butluc_watch(dev);
		fz_run_page(ctx, page, dev, ctm, &cookie);
		fz_close_device(ctx, dev);
		note_unsupported(ctx, page);
	}
	bl_always(ctx) {
		fz_drop_device(ctx, dev);
		fz_drop_pixmap(ctx, pix);
	}
	bl_catch(ctx) {
		fz_report_error(ctx);
		failed = -1;
	}
	*errors = cookie.errors + cookie.incomplete;
	return failed;
}

int butluc_paints(fz_context *ctx, fz_page *page, bl_matrix ctm, int w, int h) {
	fz_cookie cookie;
	fz_device *volatile dev = NULL;
	volatile int paints = 0;

	memset(&cookie, 0, sizeof cookie);
	bl_try(ctx) {
		dev = butluc_new_measure(ctx, (bl_rect){ 0, 0, w, h });
		fz_run_page(ctx, page, dev, ctm, &cookie);
		fz_close_device(ctx, dev);
		paints = butluc_measured();
	}
	bl_always(ctx) {
		fz_drop_device(ctx, dev);
	}
	bl_catch(ctx) {
		fz_report_error(ctx);
	}
	return paints;
}

int butluc_to_srgb(const unsigned char *profile, size_t size, unsigned char *samples, int w, int h) {
	fz_context *ctx = fz_new_context_imp(NULL, NULL, 1 << 20, MUPDF_VERSION);
	fz_buffer *volatile data = NULL;
	fz_colorspace *volatile from = NULL;
	fz_pixmap *volatile pix = NULL, *volatile out = NULL;
	volatile int failed = 0;

	if (!ctx)
		return -1;
	butluc_listen(ctx);
	bl_try(ctx) {
		data = fz_new_buffer_from_copied_data(ctx, profile, size);
		from = fz_new_icc_colorspace(ctx, FZ_COLORSPACE_RGB, 0, NULL, data);
		pix = fz_new_pixmap_with_data(ctx, from, w, h, NULL, 1, w * 4, samples);
		out = fz_convert_pixmap(ctx, pix, fz_device_rgb(ctx), NULL, NULL, fz_default_color_params, 1);
		const unsigned char *src = fz_pixmap_samples(ctx, out);
		for (int y = 0; y < h; y++)
			memcpy(samples + (size_t)y * w * 4, src + (size_t)y * fz_pixmap_stride(ctx, out), (size_t)w * 4);
	}
	bl_always(ctx) {
		fz_drop_pixmap(ctx, out);
		fz_drop_pixmap(ctx, pix);
		fz_drop_colorspace(ctx, from);
		fz_drop_buffer(ctx, data);
	}
	bl_catch(ctx) {
		fz_report_error(ctx);
		failed = -1;
	}
	fz_drop_context(ctx);
	return failed;
}

// letter_box is as high as the font says that its lines are, so that words of other letters are equally
// high, and at least as high as the glyph: stacked accents stand out of many a font's lines, and the
// font of recognised scans has glyphs without a height.
static bl_rect letter_box(fz_context *ctx, const bl_line *line, const bl_char *ch) {
	bl_rect box = fz_rect_from_quad(ch->quad);
	if (line->wmode)
		return box;
	float heights[2] = { fz_font_ascender(ctx, ch->font), fz_font_descender(ctx, ch->font) };
	for (int i = 0; i < 4; i++) {
		float up = heights[i & 1] * ch->size;
		float x = ch->origin.x + up * line->dir.y;
		float y = ch->origin.y - up * line->dir.x;
		if (i & 2) { // at the letter's end
			x += ch->quad.lr.x - ch->quad.ll.x;
			y += ch->quad.lr.y - ch->quad.ll.y;
		}
		box.x0 = fminf(box.x0, x);
		box.y0 = fminf(box.y0, y);
		box.x1 = fmaxf(box.x1, x);
		box.y1 = fmaxf(box.y1, y);
	}
	return box;
}

// The page that text is read of, for the functions that its device calls.
static bl_ground *ground;
static bl_rect ground_bounds;

// font_number is the place of a font among the names, which it is added to.
static int font_number(const fz_font *f) {
	const char *name = ((const bl_font *)f)->name;
	for (int i = 0; i < BL_FONTS; i++) {
		if (i > 0 && !*ground->fonts[i])
			snprintf(ground->fonts[i], sizeof ground->fonts[i], "%s", name);
		if (strncmp(ground->fonts[i], name, sizeof ground->fonts[i] - 1) == 0)
			return i;
	}
	return 0;
}

// cover marks the cells of the grid whose middle a picture lies over: the unit square under ctm.
static void cover(bl_matrix m) {
	float w = ground_bounds.x1 - ground_bounds.x0, h = ground_bounds.y1 - ground_bounds.y0;
	float x0 = (m.e + fminf(m.a, 0) + fminf(m.c, 0) - ground_bounds.x0) / w * BL_GRID, x1 = x0 + (fabsf(m.a) + fabsf(m.c)) / w * BL_GRID;
	float y0 = (m.f + fminf(m.b, 0) + fminf(m.d, 0) - ground_bounds.y0) / h * BL_GRID, y1 = y0 + (fabsf(m.b) + fabsf(m.d)) / h * BL_GRID;
	for (int y = 0; y < BL_GRID; y++)
		for (int x = 0; x < BL_GRID; x++)
			if (x + 0.5f >= x0 && x + 0.5f <= x1 && y + 0.5f >= y0 && y + 0.5f <= y1)
				ground->pictures[y][x] = 1;
}

static void ground_image(fz_context *ctx, fz_device *dev, bl_image *image, bl_matrix ctm, float alpha, fz_color_params params) {
	(void)ctx, (void)dev, (void)image, (void)alpha, (void)params;
	cover(ctm);
}

static void ground_mask(fz_context *ctx, fz_device *dev, bl_image *image, bl_matrix ctm, fz_colorspace *cs, const float *color,
	float alpha, fz_color_params params) {
	(void)ctx, (void)dev, (void)image, (void)cs, (void)color, (void)alpha, (void)params;
	cover(ctm);
}

// gather walks the lines that run along the page's edges, give or take 11 degrees. It counts up to max
// letters, and writes them to out unless that is NULL.
static int gather(fz_context *ctx, const bl_stext_page *text, int max, bl_letter *out) {
	int n = 0, lines = 0;
	for (const bl_block *block = text->first_block; block; block = block->next) {
		if (block->type != BL_BLOCK_TEXT)
			continue;
		for (const bl_line *line = block->u.t.first_line; line; line = line->next) {
			if (fminf(fabsf(line->dir.x), fabsf(line->dir.y)) > 0.2f)
				continue;
			for (const bl_char *ch = line->first_char; ch; ch = ch->next, n++) {
				if (n == max)
					return n;
				if (out)
					out[n] = (bl_letter){ ch->c, lines, font_number(ch->font), ch->size, letter_box(ctx, line, ch) };
			}
			lines++;
		}
	}
	return n;
}

int butluc_letters(fz_context *ctx, fz_page *page, bl_rect bounds, int max, bl_letter **letters, int *count, bl_ground *on) {
	// ActualText is not asked for: it says what is read aloud, not which glyph is which letter, and
	// would heap up a sentence's letters where its last glyph stands.
	bl_stext_options options = {
		.flags = BL_STEXT_CLIP | BL_STEXT_ACCURATE_BBOXES | BL_STEXT_IGNORE_ACTUALTEXT, .scale = 1,
	};
	fz_cookie cookie;
	bl_stext_page *volatile text = NULL;
	fz_device *volatile dev = NULL;
	volatile int failed = 0;

	*letters = NULL;
	*count = 0;
	memset(on, 0, sizeof *on);
	ground = on;
	ground_bounds = bounds;
	memset(&cookie, 0, sizeof cookie);
	bl_try(ctx) {
		text = fz_new_stext_page(ctx, bounds);
		dev = fz_new_stext_device(ctx, text, &options);
		dev->hints &= ~BL_DONT_DECODE_IMAGES; // or it is not told of them; what it is told decodes none
		dev->fill_image = ground_image;
		dev->fill_image_mask = ground_mask;
		fz_run_page(ctx, page, dev, fz_identity, &cookie);
		fz_close_device(ctx, dev);
		int n = gather(ctx, text, max, NULL);
		if (n > 0) {
			*letters = calloc(n, sizeof **letters);
			if (*letters)
				*count = gather(ctx, text, n, *letters);
			else {
				butluc_note('E', "calloc of letters failed");
				failed = -1;
			}
		}
	}
	bl_always(ctx) {
		fz_drop_device(ctx, dev);
		fz_drop_stext_page(ctx, text);
	}
	bl_catch(ctx) {
		fz_report_error(ctx);
		failed = -1;
	}
	return failed;
}

void butluc_drop_page(fz_context *ctx, fz_page *page) { fz_drop_page(ctx, page); }
void butluc_flush(fz_context *ctx) { fz_flush_warnings(ctx); }
void butluc_empty_store(fz_context *ctx) { fz_empty_store(ctx); }

void butluc_tune_malloc(void) {
#if defined(__GLIBC__)
	// The default threshold grows with use up to 32 MB, and what is below it stays in the heap.
	mallopt(M_MMAP_THRESHOLD, 512 << 10);
	mallopt(M_TRIM_THRESHOLD, 1 << 20);
	mallopt(M_ARENA_MAX, 1);
#endif
}

void butluc_trim(void) {
#if defined(__GLIBC__)
	malloc_trim(0);
#endif
}
