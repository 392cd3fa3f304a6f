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

// butluc_transfers tells whether the resources of a page have a transfer function that changes colours (ISO 32000-1,
// 10.5). MuPDF applies none.
int butluc_transfers(fz_context *ctx, pdf_obj *resources);

#endif
