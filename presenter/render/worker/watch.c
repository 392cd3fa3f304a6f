//go:build cgo

#include "device.h"
#include "fonts.h"

#include <stdio.h>
#include <string.h>

size_t fz_buffer_storage(fz_context *ctx, bl_buffer *buf, unsigned char **data);

// What the device for drawing does with text itself: the same for all of its kind.
static bl_device drawing;

static int visible(int rune) {
	return rune > 0x20 && rune != 0x7f && rune != 0xa0 && rune != 0xad && // spaces, and hyphens that are shown at an end only
		!(rune >= 0x2000 && rune <= 0x200f) && !(rune >= 0x2028 && rune <= 0x202f) &&
		!(rune >= 0x2060 && rune <= 0x206f) && rune != 0x3000 && rune != 0xfeff;
}

// old tells whether a font's name is of one that draws Vietnamese letters for the codes of others, see viettext.ByFont: in
// what stands in for it they are those others.
static int old(const char *name) {
	static const char *const families[] = { ".Vn", "VNI-", "VPS" };
	if (strlen(name) > 7 && name[6] == '+')
		name += 7;
	for (size_t i = 0; i < sizeof families / sizeof *families; i++)
		if (strncmp(name, families[i], strlen(families[i])) == 0)
			return 1;
	return 0;
}

// look notes the first letter of each stretch of text that has no glyph. Glyph 0 of a font that the file brought is its own
// affair: some mean it.
static void look(fz_context *ctx, const bl_text *text) {
	for (const bl_text_span *span = text->head; span; span = span->next) {
		const bl_font *font = (const bl_font *)span->font;
		unsigned char *data = NULL;
		if (!font->buffer)
			continue;
		fz_buffer_storage(ctx, font->buffer, &data);
		if (!butluc_stands_in(data))
			continue;
		for (int i = 0; i < span->len; i++) {
			int rune = span->items[i].ucs;
			if (!visible(rune) || (span->items[i].gid != 0 && !(rune > 0x7f && old(font->name))))
				continue;
			char message[96];
			snprintf(message, sizeof message, "missing glyph U+%04X of font %s", rune, font->name);
			butluc_note('E', message);
			break;
		}
	}
}

static void fill_text(fz_context *ctx, bl_device *dev, const bl_text *text, bl_matrix ctm, bl_colorspace *cs,
	const float *color, float alpha, bl_color_params params) {
	look(ctx, text);
	drawing.fill_text(ctx, dev, text, ctm, cs, color, alpha, params);
}

static void stroke_text(fz_context *ctx, bl_device *dev, const bl_text *text, const bl_stroke *stroke, bl_matrix ctm,
	bl_colorspace *cs, const float *color, float alpha, bl_color_params params) {
	look(ctx, text);
	drawing.stroke_text(ctx, dev, text, stroke, ctm, cs, color, alpha, params);
}

static void clip_text(fz_context *ctx, bl_device *dev, const bl_text *text, bl_matrix ctm, bl_rect scissor) {
	look(ctx, text);
	drawing.clip_text(ctx, dev, text, ctm, scissor);
}

void butluc_watch(bl_device *dev) {
	drawing = *dev;
	dev->fill_text = fill_text;
	dev->stroke_text = stroke_text;
	dev->clip_text = clip_text;
}

extern const bl_rect fz_empty_rect;
bl_device *fz_new_bbox_device(fz_context *ctx, bl_rect *rect);
bl_colorspace *fz_device_rgb(fz_context *ctx);
void fz_convert_color(fz_context *ctx, bl_colorspace *from, const float *color, bl_colorspace *to, float *out,
	bl_colorspace *is, bl_color_params params);

// The device that measures what is painted, one thing after another.
static struct {
	bl_device itself; // as MuPDF made it
	bl_rect   thing, area;
	int       paints;
} measure;

// seen tells whether paint can be told from white paper.
static int seen(fz_context *ctx, bl_colorspace *cs, const float *color, float alpha, bl_color_params params) {
	float rgb[3] = { 0, 0, 0 };
	if (cs)
		fz_convert_color(ctx, cs, color, fz_device_rgb(ctx), rgb, NULL, params);
	float darkest = rgb[0] < rgb[1] ? rgb[0] : rgb[1];
	darkest = darkest < rgb[2] ? darkest : rgb[2];
	return (1 - darkest) * alpha > 0.05f;
}

static void begin(void) { measure.thing = fz_empty_rect; }

// end counts a thing of at least a pixel inside the area.
static void end(void) {
	const bl_rect *t = &measure.thing, *a = &measure.area;
	float w = (t->x1 < a->x1 ? t->x1 : a->x1) - (t->x0 > a->x0 ? t->x0 : a->x0);
	float h = (t->y1 < a->y1 ? t->y1 : a->y1) - (t->y0 > a->y0 ? t->y0 : a->y0);
	if (w >= 1 && h >= 1)
		measure.paints = 1;
}

static void measure_path(fz_context *ctx, bl_device *dev, const bl_path *path, int even_odd, bl_matrix ctm,
	bl_colorspace *cs, const float *color, float alpha, bl_color_params params) {
	if (!seen(ctx, cs, color, alpha, params)) {
		measure.paints = 0; // what was painted before may be beneath
		return;
	}
	begin();
	measure.itself.fill_path(ctx, dev, path, even_odd, ctm, cs, color, alpha, params);
	end();
}

static void measure_stroke(fz_context *ctx, bl_device *dev, const bl_path *path, const bl_stroke *stroke, bl_matrix ctm,
	bl_colorspace *cs, const float *color, float alpha, bl_color_params params) {
	if (!seen(ctx, cs, color, alpha, params))
		return;
	begin();
	measure.itself.stroke_path(ctx, dev, path, stroke, ctm, cs, color, alpha, params);
	end();
}

static void measure_text(fz_context *ctx, bl_device *dev, const bl_text *text, bl_matrix ctm, bl_colorspace *cs,
	const float *color, float alpha, bl_color_params params) {
	int letters = 0;
	for (const bl_text_span *span = text->head; span; span = span->next)
		for (int i = 0; i < span->len; i++)
			letters += visible(span->items[i].ucs);
	if (!letters || !seen(ctx, cs, color, alpha, params))
		return;
	begin();
	measure.itself.fill_text(ctx, dev, text, ctm, cs, color, alpha, params);
	end();
}

static void measure_shade(fz_context *ctx, bl_device *dev, bl_shade *shade, bl_matrix ctm, float alpha, bl_color_params params) {
	if (alpha < 0.05f)
		return;
	begin();
	measure.itself.fill_shade(ctx, dev, shade, ctm, alpha, params);
	end();
}

// measure_image: what was painted before may be beneath, as the text that was recognised in a scan is.
static void measure_image(fz_context *ctx, bl_device *dev, bl_image *image, bl_matrix ctm, float alpha, bl_color_params params) {
	(void)ctx, (void)dev, (void)image, (void)ctm, (void)alpha, (void)params;
	measure.paints = 0;
}

bl_device *butluc_new_measure(fz_context *ctx, bl_rect area) {
	bl_device *dev = fz_new_bbox_device(ctx, &measure.thing);
	measure.area = area;
	measure.paints = 0;
	measure.itself = *dev;
	dev->fill_path = measure_path;
	dev->stroke_path = measure_stroke;
	dev->fill_text = measure_text;
	dev->stroke_text = NULL;
	dev->fill_shade = measure_shade;
	dev->fill_image = measure_image;
	dev->fill_image_mask = NULL;
	return dev;
}

int butluc_measured(void) { return measure.paints; }
