//go:build cgo && (linux || windows)

// MuPDF throws away what libjpeg warns of ("bad Huffman code", "premature end of data segment"),
// and a scan with a damaged middle is then drawn as if all was well. The linker is asked
// (--wrap, in mupdf.go) to send MuPDF's calls of jpeg_std_error here, and the method
// that libjpeg calls for each warning is replaced by one that takes note of it first.
#include "mupdf.h"

struct jpeg_common;

// The head of libjpeg's struct jpeg_error_mgr, the same in every version since 1991.
struct jpeg_errors {
	void (*error_exit)(struct jpeg_common *);
	void (*emit_message)(struct jpeg_common *, int level);
	void (*output_message)(struct jpeg_common *);
	void (*format_message)(struct jpeg_common *, char *buffer);
};

struct jpeg_common {
	struct jpeg_errors *err;
};

struct jpeg_errors *__real_jpeg_std_error(struct jpeg_errors *err);

static void (*emit_before)(struct jpeg_common *, int);

static void emit_and_note(struct jpeg_common *image, int level) {
	if (level < 0) { // a warning: the data is corrupt; else a trace message
		char message[256]; // libjpeg asks for 200
		image->err->format_message(image, message);
		butluc_note('J', message);
	}
	emit_before(image, level);
}

struct jpeg_errors *__wrap_jpeg_std_error(struct jpeg_errors *err) {
	struct jpeg_errors *made = __real_jpeg_std_error(err);
	emit_before = made->emit_message;
	made->emit_message = emit_and_note;
	return made;
}
