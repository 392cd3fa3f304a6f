// MuPDF 1.28's devices and the text that reaches them: its device.h, text.h and font.h as far as they are read here. A
// test compares sizes and offsets with go-fitz's headers.
#ifndef BUTLUC_DEVICE_H
#define BUTLUC_DEVICE_H

#include "stext.h"

// What is only handed on.
typedef struct bl_buffer bl_buffer;
typedef struct bl_path bl_path;
typedef struct bl_shade bl_shade;
typedef struct bl_image bl_image;
typedef struct bl_colorspace bl_colorspace;
typedef struct bl_stroke bl_stroke;

typedef struct {
	unsigned char ri, bp, op, opm;
} bl_color_params; // fz_color_params

typedef struct {
	int         refs;
	char        name[32], family[32];
	bl_buffer  *buffer;
} bl_font; // the beginning of fz_font

typedef struct {
	float x, y, adv;
	int   gid, ucs, cid;
} bl_text_item;

typedef struct bl_text_span {
	fz_font   *font;
	bl_matrix  trm;
	unsigned   bits; // of its direction and language
	int        len, cap;
	bl_text_item *items;
	struct bl_text_span *next;
} bl_text_span;

typedef struct {
	int refs;
	bl_text_span *head, *tail;
} bl_text;

enum { BL_DONT_DECODE_IMAGES = 4 }; // of the hints

typedef struct bl_device {
	int refs, hints, flags;

	void (*close_device)(fz_context *, struct bl_device *);
	void (*drop_device)(fz_context *, struct bl_device *);

	void (*fill_path)(fz_context *, struct bl_device *, const bl_path *, int even_odd, bl_matrix, bl_colorspace *,
		const float *color, float alpha, bl_color_params);
	void (*stroke_path)(fz_context *, struct bl_device *, const bl_path *, const bl_stroke *, bl_matrix, bl_colorspace *,
		const float *color, float alpha, bl_color_params);
	void (*clip_path)(fz_context *, struct bl_device *, const bl_path *, int even_odd, bl_matrix, bl_rect scissor);
	void (*clip_stroke_path)(fz_context *, struct bl_device *, const bl_path *, const bl_stroke *, bl_matrix, bl_rect scissor);

	void (*fill_text)(fz_context *, struct bl_device *, const bl_text *, bl_matrix, bl_colorspace *,
		const float *color, float alpha, bl_color_params);
	void (*stroke_text)(fz_context *, struct bl_device *, const bl_text *, const bl_stroke *, bl_matrix, bl_colorspace *,
		const float *color, float alpha, bl_color_params);
	void (*clip_text)(fz_context *, struct bl_device *, const bl_text *, bl_matrix, bl_rect scissor);
	void (*clip_stroke_text)(fz_context *, struct bl_device *, const bl_text *, const bl_stroke *, bl_matrix, bl_rect scissor);
	void (*ignore_text)(fz_context *, struct bl_device *, const bl_text *, bl_matrix);

	void (*fill_shade)(fz_context *, struct bl_device *, bl_shade *, bl_matrix, float alpha, bl_color_params);
	void (*fill_image)(fz_context *, struct bl_device *, bl_image *, bl_matrix, float alpha, bl_color_params);
	void (*fill_image_mask)(fz_context *, struct bl_device *, bl_image *, bl_matrix, bl_colorspace *,
		const float *color, float alpha, bl_color_params);
} bl_device; // the beginning of fz_device

// butluc_watch makes a device for drawing say of each letter whose font is missing, and missing in what stands in for it too.
void butluc_watch(bl_device *dev);

// butluc_new_measure makes a device that finds out whether a page that is run on it paints with anything but white inside
// area: letters, lines, areas or shades, of at least a pixel and under no picture and no white. Pictures themselves are not
// looked at: a white one is the back of a scanned sheet. One such device is used at a time.
bl_device *butluc_new_measure(fz_context *ctx, bl_rect area);

// butluc_measured is what the last such device found.
int butluc_measured(void);

#endif
