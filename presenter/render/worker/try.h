// MuPDF's exceptions: its own macros, as in its context.h and system.h.
#ifndef BUTLUC_TRY_H
#define BUTLUC_TRY_H

#include <setjmp.h>

#include "pdf.h"

void *fz_push_try(fz_context *ctx);
int fz_do_try(fz_context *ctx);
int fz_do_always(fz_context *ctx);
int fz_do_catch(fz_context *ctx);
void fz_report_error(fz_context *ctx);

#if defined(_WIN32)
#define bl_setjmp(env) setjmp(*(jmp_buf *)(env))
#else
#define bl_setjmp(env) sigsetjmp(*(sigjmp_buf *)(env), 0)
#endif
#define bl_try(ctx) if (!bl_setjmp(fz_push_try(ctx))) if (fz_do_try(ctx)) do
#define bl_always(ctx) while (0); if (fz_do_always(ctx)) do
#define bl_catch(ctx) while (0); if (fz_do_catch(ctx))

#endif
