//go:build cgo

#include "device.h"
#include "try.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

pdf_document *pdf_document_from_fz_document(fz_context *ctx, fz_document *doc);
pdf_obj *pdf_trailer(fz_context *ctx, pdf_document *doc);
pdf_obj *pdf_load_name_tree(fz_context *ctx, pdf_document *doc, pdf_obj *which);
pdf_obj *pdf_new_name(fz_context *ctx, const char *name);
void pdf_drop_obj(fz_context *ctx, pdf_obj *obj);
bl_buffer *pdf_load_stream(fz_context *ctx, pdf_obj *ref);
size_t fz_buffer_storage(fz_context *ctx, bl_buffer *buf, unsigned char **data);
void fz_drop_buffer(fz_context *ctx, bl_buffer *buf);
int64_t pdf_to_int64(fz_context *ctx, pdf_obj *obj);
const char *pdf_to_text_string(fz_context *ctx, pdf_obj *obj);

// named tells whether a crypt filter leaves what it is for as it is, as one that is not named does.
static int identity(fz_context *ctx, pdf_obj *encrypt, const char *key) {
	const char *name = pdf_to_name(ctx, pdf_dict_gets(ctx, encrypt, key));
	return *name == 0 || strcmp(name, "Identity") == 0;
}

int butluc_form(fz_context *ctx, fz_document *doc, bl_form *form) {
	memset(form, 0, sizeof *form);
	bl_try(ctx) {
		pdf_document *pdf = pdf_document_from_fz_document(ctx, doc);
		if (pdf) {
			pdf_obj *trailer = pdf_trailer(ctx, pdf), *root = pdf_dict_gets(ctx, trailer, "Root");
			pdf_obj *fields = pdf_dict_getp(ctx, root, "AcroForm/Fields");
			// A form that has fields too is drawn by them.
			form->form = pdf_dict_getp(ctx, root, "AcroForm/XFA") != NULL &&
				(pdf_to_bool(ctx, pdf_dict_gets(ctx, root, "NeedsRendering")) || pdf_array_len(ctx, fields) == 0);
			form->portfolio = pdf_is_dict(ctx, pdf_dict_gets(ctx, root, "Collection"));
			pdf_obj *encrypt = pdf_dict_gets(ctx, trailer, "Encrypt");
			form->open = pdf_is_dict(ctx, encrypt) && pdf_to_int64(ctx, pdf_dict_gets(ctx, encrypt, "V")) >= 4 &&
				identity(ctx, encrypt, "StmF") && identity(ctx, encrypt, "StrF");
		}
	}
	bl_catch(ctx) {
		fz_report_error(ctx);
		return -1;
	}
	return 0;
}

// take_name copies the last part of a path, of whichever system it is.
static void take_name(char *out, size_t room, const char *path) {
	for (const char *p = path; *p; p++)
		if ((*p == '/' || *p == '\\') && p[1])
			path = p + 1;
	size_t n = strlen(path);
	if (n >= room)
		for (n = room - 1; n > 0 && ((unsigned char)path[n] & 0xc0) == 0x80;)
			n--;
	memcpy(out, path, n);
	out[n] = 0;
}

// file_of is the stream of an attached file, or NULL for what is kept elsewhere.
static pdf_obj *file_of(fz_context *ctx, pdf_obj *spec) {
	pdf_obj *file = pdf_dict_getp(ctx, spec, "EF/UF");
	return file ? file : pdf_dict_getp(ctx, spec, "EF/F");
}

int butluc_attachment(fz_context *ctx, fz_document *doc, int index, unsigned char **data, size_t *size) {
	pdf_obj *volatile key = NULL, *volatile tree = NULL;
	bl_buffer *volatile buffer = NULL;
	volatile int failed = -1;

	*data = NULL;
	*size = 0;
	bl_try(ctx) {
		key = pdf_new_name(ctx, "EmbeddedFiles");
		tree = pdf_load_name_tree(ctx, pdf_document_from_fz_document(ctx, doc), key);
		int n = 0;
		for (int i = 0; i < pdf_dict_len(ctx, tree); i++) {
			pdf_obj *file = file_of(ctx, pdf_dict_get_val(ctx, tree, i));
			if (!file || n++ < index)
				continue;
			unsigned char *bytes;
			buffer = pdf_load_stream(ctx, file);
			*size = fz_buffer_storage(ctx, buffer, &bytes);
			*data = malloc(*size + 1);
			if (*data) {
				memcpy(*data, bytes, *size);
				failed = 0;
			} else
				butluc_note('E', "malloc of an attachment failed");
			break;
		}
	}
	bl_always(ctx) {
		fz_drop_buffer(ctx, buffer);
		pdf_drop_obj(ctx, tree);
		pdf_drop_obj(ctx, key);
	}
	bl_catch(ctx) {
		fz_report_error(ctx);
		failed = -1;
	}
	return failed;
}

int butluc_attachments(fz_context *ctx, fz_document *doc, int max, bl_attachment *list, int *count) {
	pdf_obj *volatile key = NULL, *volatile tree = NULL;
	volatile int failed = 0, n = 0;

	bl_try(ctx) {
		pdf_document *pdf = pdf_document_from_fz_document(ctx, doc);
		if (pdf) {
			key = pdf_new_name(ctx, "EmbeddedFiles");
			tree = pdf_load_name_tree(ctx, pdf, key);
			for (int i = 0; i < pdf_dict_len(ctx, tree) && n < max; i++) {
				pdf_obj *spec = pdf_dict_get_val(ctx, tree, i), *file = file_of(ctx, spec);
				if (!file)
					continue;
				pdf_obj *name = pdf_dict_gets(ctx, spec, "UF"), *size = pdf_dict_getp(ctx, file, "Params/Size");
				if (!name)
					name = pdf_dict_gets(ctx, spec, "F");
				take_name(list[n].name, sizeof list[n].name, pdf_to_text_string(ctx, name));
				list[n].size = size ? pdf_to_int64(ctx, size) : -1;
				n++;
			}
		}
	}
	bl_always(ctx) {
		pdf_drop_obj(ctx, tree);
		pdf_drop_obj(ctx, key);
	}
	bl_catch(ctx) {
		fz_report_error(ctx);
		failed = -1;
	}
	*count = n;
	return failed;
}
