//go:build cgo

#include "pdf.h"

#include <math.h>
#include <string.h>

typedef struct fz_function fz_function;

fz_function *pdf_load_function(fz_context *ctx, pdf_obj *dict, int in, int out);
void fz_eval_function(fz_context *ctx, fz_function *func, const float *in, int inlen, float *out, int outlen);
void fz_drop_function(fz_context *ctx, fz_function *func);

// Resources nest to this depth, and this many objects are looked at: a page that is odder than that has other worries.
enum { MAX_DEPTH = 8, MAX_OBJECTS = 4000 };

// bends tells whether a function changes a component, by as much as can be seen.
static int bends(fz_context *ctx, pdf_obj *obj) {
	if (!pdf_is_dict(ctx, obj))
		return 0; // a name: Identity, Default
	int changes = 0;
	fz_function *f = pdf_load_function(ctx, obj, 1, 1);
	for (int i = 0; i <= 8; i++) {
		float in = i / 8.0f, out = in;
		fz_eval_function(ctx, f, &in, 1, &out, 1);
		changes |= fabsf(out - in) > 0.03f;
	}
	fz_drop_function(ctx, f);
	return changes;
}

// transfers looks at a graphics state. TR2 goes before TR.
static int transfers(fz_context *ctx, pdf_obj *state) {
	pdf_obj *tr = pdf_dict_gets(ctx, state, "TR2");
	if (!tr)
		tr = pdf_dict_gets(ctx, state, "TR");
	if (!pdf_is_array(ctx, tr))
		return bends(ctx, tr);
	for (int i = 0; i < pdf_array_len(ctx, tr) && i < 4; i++)
		if (bends(ctx, pdf_array_get(ctx, tr, i)))
			return 1;
	return 0;
}

static int survey(fz_context *ctx, pdf_obj *resources, int depth, int *left) {
	if (depth > MAX_DEPTH || !pdf_is_dict(ctx, resources))
		return 0;
	pdf_obj *states = pdf_dict_gets(ctx, resources, "ExtGState");
	for (int i = 0; i < pdf_dict_len(ctx, states) && --*left > 0; i++)
		if (transfers(ctx, pdf_dict_get_val(ctx, states, i)))
			return 1;
	static const char *const holders[] = { "XObject", "Pattern" };
	for (int h = 0; h < 2; h++) {
		pdf_obj *all = pdf_dict_gets(ctx, resources, holders[h]);
		for (int i = 0; i < pdf_dict_len(ctx, all) && --*left > 0; i++)
			if (survey(ctx, pdf_dict_gets(ctx, pdf_dict_get_val(ctx, all, i), "Resources"), depth + 1, left))
				return 1;
	}
	return 0;
}

int butluc_transfers(fz_context *ctx, pdf_obj *resources) {
	int left = MAX_OBJECTS;
	return survey(ctx, resources, 0, &left);
}
