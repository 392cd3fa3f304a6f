// The objects of a PDF: MuPDF's functions for reading them, as far as they are called here, and what is found out by them.
#ifndef BUTLUC_PDF_H
#define BUTLUC_PDF_H

#include "mupdf.h"

typedef struct pdf_obj pdf_obj;
typedef struct pdf_document pdf_document;
typedef struct pdf_page pdf_page;

// None of these throws for an object that is missing or of another type: that is as empty.
int pdf_is_name(fz_context *ctx, pdf_obj *obj);
int pdf_is_array(fz_context *ctx, pdf_obj *obj);
int pdf_is_dict(fz_context *ctx, pdf_obj *obj);
int pdf_to_bool(fz_context *ctx, pdf_obj *obj);
const char *pdf_to_name(fz_context *ctx, pdf_obj *obj);
int pdf_array_len(fz_context *ctx, pdf_obj *array);
pdf_obj *pdf_array_get(fz_context *ctx, pdf_obj *array, int i);
int pdf_dict_len(fz_context *ctx, pdf_obj *dict);
pdf_obj *pdf_dict_get_val(fz_context *ctx, pdf_obj *dict, int i);
pdf_obj *pdf_dict_gets(fz_context *ctx, pdf_obj *dict, const char *key);
pdf_obj *pdf_dict_getp(fz_context *ctx, pdf_obj *dict, const char *path);

// What a whole PDF is besides pages.
typedef struct {
	int form;      // its contents are an XFA form, and its page asks to wait for them (ISO 32000-1, 12.7.8, NeedsRendering)
	int portfolio; // its documents are attached to it, and its page is a cover (12.3.5, Collection)
	int open;      // if it is encrypted, only what is attached is (7.6.5, AuthEvent)
} bl_form;

// butluc_form finds out about a whole PDF; of another document, nothing. It returns 0, or -1 after an exception.
int butluc_form(fz_context *ctx, fz_document *doc, bl_form *form);

// A file that is attached to a PDF.
typedef struct {
	char      name[256]; // UTF-8, as the file says, without a folder; cut at a rune
	long long size;      // in bytes as the file says, or -1
} bl_attachment;

// butluc_attachments lists up to max files that are attached to a whole PDF (7.11.4), in the order of their keys.
int butluc_attachments(fz_context *ctx, fz_document *doc, int max, bl_attachment *list, int *count);

// butluc_attachment reads a file that is attached, by its place in that list. data is the caller's to free.
int butluc_attachment(fz_context *ctx, fz_document *doc, int index, unsigned char **data, size_t *size);

// butluc_transfers tells whether the resources of a page have a transfer function that changes colours (ISO 32000-1,
// 10.5). MuPDF applies none.
int butluc_transfers(fz_context *ctx, pdf_obj *resources);

#endif
