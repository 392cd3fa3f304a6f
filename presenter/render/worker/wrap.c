//go:build cgo && (linux || windows)

// MuPDF's own calls of these functions come here first: the linker is asked for it (--wrap, in mupdf.go), as for libjpeg's
// in jpegwarn.c and jbig2dec's in jbig2.c. What is right about the real ones is left to them.
#include "fonts.h"
#include "try.h"

#include <string.h>

typedef struct pdf_annot pdf_annot;
typedef struct pdf_font_desc pdf_font_desc;
typedef struct pdf_resource_stack pdf_resource_stack;

pdf_obj *pdf_new_name(fz_context *ctx, const char *name);
void pdf_drop_obj(fz_context *ctx, pdf_obj *obj);
pdf_obj *pdf_lookup_resource(fz_context *ctx, pdf_resource_stack *stack, pdf_obj *type, const char *name);
int pdf_annot_type(fz_context *ctx, pdf_annot *annot);
void fz_rethrow(fz_context *ctx);
int fz_unicode_from_glyph_name_strict(const char *name); // 0: none of Adobe's names

const unsigned char *__real_fz_lookup_base14_font(fz_context *ctx, const char *name, int *size);

const unsigned char *__wrap_fz_lookup_base14_font(fz_context *ctx, const char *name, int *size) {
	const unsigned char *data = butluc_font(name, size);
	if (!data && (data = __real_fz_lookup_base14_font(ctx, name, size)))
		butluc_stood_in(data);
	return data;
}

// MuPDF's standard fonts have the letters and signs of Latin-1, Latin Extended-A and Windows-1252, and the ligatures fi and fl.
static int is_latin(int rune) {
	return (rune > 0 && rune < 0x180) || rune == 0x192 || (rune >= 0x2C6 && rune <= 0x2DD) || (rune >= 0x2010 && rune <= 0x2044) ||
		rune == 0x20AC || rune == 0x2122 || rune == 0x2212 || rune == 0xFB01 || rune == 0xFB02;
}

// latin tells whether a font has one byte for each letter, all of them Latin ones.
static int latin(fz_context *ctx, pdf_obj *dict) {
	if (strcmp(pdf_to_name(ctx, pdf_dict_gets(ctx, dict, "Subtype")), "Type0") == 0)
		return 0;
	pdf_obj *differences = pdf_dict_getp(ctx, dict, "Encoding/Differences");
	int n = pdf_array_len(ctx, differences);
	for (int i = 0; i < n; i++) {
		pdf_obj *glyph = pdf_array_get(ctx, differences, i);
		if (pdf_is_name(ctx, glyph) && !is_latin(fz_unicode_from_glyph_name_strict(pdf_to_name(ctx, glyph))))
			return 0;
	}
	return 1;
}

pdf_font_desc *__real_pdf_load_font(fz_context *ctx, pdf_document *doc, void *resources, pdf_obj *dict);

pdf_font_desc *__wrap_pdf_load_font(fz_context *ctx, pdf_document *doc, void *resources, pdf_obj *dict) {
	pdf_font_desc *font = NULL;
	bl_try(ctx) {
		butluc_latin_suffices(latin(ctx, dict));
		font = __real_pdf_load_font(ctx, doc, resources, dict);
	}
	bl_always(ctx)
		butluc_latin_suffices(0);
	bl_catch(ctx)
		fz_rethrow(ctx);
	return font;
}

// Flags of an annotation, and the type of one that MuPDF does not know.
enum { INVISIBLE = 1, UNKNOWN_TYPE = -1 };

int __real_pdf_annot_flags(fz_context *ctx, pdf_annot *annot);

// The flag Invisible is meant for annotations of unknown types (ISO 32000-1, table 165), and a stamp is not less of one for it.
int __wrap_pdf_annot_flags(fz_context *ctx, pdf_annot *annot) {
	int flags = __real_pdf_annot_flags(ctx, annot);
	if (flags & INVISIBLE && pdf_annot_type(ctx, annot) != UNKNOWN_TYPE)
		flags &= ~INVISIBLE;
	return flags;
}

int __real_pdf_is_ocg_hidden(fz_context *ctx, pdf_document *doc, pdf_resource_stack *stack, const char *usage, pdf_obj *ocg);

// Expressions nest to this depth, and have as many parts in all; the standard names no limit.
enum { MAX_DEPTH = 32, MAX_PARTS = 10000 };

// shown evaluates a visibility expression (ISO 32000-1, 8.11.2.2): a group, or an array of And, Or or Not and expressions.
// What is none shows its content. An expression beyond the limits leaves more than MAX_PARTS in parts.
static int shown(fz_context *ctx, pdf_document *doc, pdf_resource_stack *stack, const char *usage, pdf_obj *e, int depth, int *parts) {
	if (depth > MAX_DEPTH)
		*parts = MAX_PARTS;
	if (++*parts > MAX_PARTS)
		return 1;
	if (!pdf_is_array(ctx, e))
		return !__real_pdf_is_ocg_hidden(ctx, doc, stack, usage, e);
	const char *op = pdf_to_name(ctx, pdf_array_get(ctx, e, 0));
	int n = pdf_array_len(ctx, e);
	if (strcmp(op, "Not") == 0)
		return n < 2 || !shown(ctx, doc, stack, usage, pdf_array_get(ctx, e, 1), depth + 1, parts);
	int all = strcmp(op, "And") == 0;
	if (!all && strcmp(op, "Or") != 0)
		return 1;
	for (int i = 1; i < n; i++)
		if (shown(ctx, doc, stack, usage, pdf_array_get(ctx, e, i), depth + 1, parts) != all)
			return !all;
	return n < 2 || all;
}

// MuPDF shows whatever has a visibility expression.
int __wrap_pdf_is_ocg_hidden(fz_context *ctx, pdf_document *doc, pdf_resource_stack *stack, const char *usage, pdf_obj *ocg) {
	pdf_obj *group = ocg;
	if (usage && stack && pdf_is_name(ctx, ocg)) {
		pdf_obj *properties = pdf_new_name(ctx, "Properties");
		group = pdf_lookup_resource(ctx, stack, properties, pdf_to_name(ctx, ocg));
		pdf_drop_obj(ctx, properties);
	}
	pdf_obj *expression = pdf_dict_gets(ctx, group, "VE");
	int parts = 0;
	if (usage && pdf_is_array(ctx, expression))
		return !shown(ctx, doc, stack, usage, expression, 0, &parts) && parts <= MAX_PARTS;
	return __real_pdf_is_ocg_hidden(ctx, doc, stack, usage, ocg);
}
