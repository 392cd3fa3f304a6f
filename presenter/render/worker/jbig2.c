//go:build cgo && (linux || windows)

// jbig2dec 0.20 misreads the header of a segment that refers to five or more others, as text regions with Huffman tables
// of their own do: of the flags that say which of them are still needed, one for each and one for the segment itself (ITU-T
// T.88, 7.2.4), it skips whole bytes only. From there on it waits for data that never comes, and a white page is drawn
// without a word. What MuPDF hands to jbig2dec comes through here (--wrap, in mupdf.go) and leaves without the byte that
// jbig2dec does not count.
#include "mupdf.h"

#include <stdint.h>
#include <string.h>

int __real_jbig2_data_in(void *ctx, const unsigned char *data, size_t size);
int __real_jbig2_complete_page(void *ctx);
void *__real_jbig2_ctx_free(void *ctx);

// The stream that is being read: MuPDF reads one to its end before it begins another.
static struct {
	void *ctx;
	unsigned char head[4096]; // of a segment
	size_t have;              // bytes of it
	uint32_t body;            // bytes of a segment's data that are still to come
	int blind;                // whatever comes is handed on as it is
} stream;

// Fewer bytes behind the last segment are an end of line, or padding.
enum { SHORTEST_HEADER = 11 };

static void begin(void *ctx) {
	stream.ctx = ctx;
	stream.have = 0;
	stream.body = 0;
	stream.blind = 0;
}

static uint32_t word(const unsigned char *p) {
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

// measure finds how long a segment's header is (7.2), as far as that can be told of its first bytes: a longer length than
// have means that as many are needed to tell more. flags is where the flags of retention begin in the long form, and 0 in
// the short.
static size_t measure(const unsigned char *head, size_t have, size_t *flags, uint32_t *references) {
	*flags = 0;
	if (have < 6)
		return 6;
	size_t n = 6;
	*references = head[5] >> 5;
	if (*references == 7) {
		if (have < 9)
			return 9;
		*references = word(head + 5) & 0x1fffffff;
		*flags = 9;
		n = 9 + ((size_t)*references + 8) / 8;
	}
	uint32_t number = word(head);
	n += (size_t)*references * (number <= 256 ? 1 : number <= 65536 ? 2 : 4);
	return n + (head[4] & 0x40 ? 4 : 1) + 4;
}

// count notes a region that white paper would not need: symbols and halftones at all, and a bitmap of more data than
// one row after another like the one above takes (T.88, 7.3).
static void count(int type, uint32_t size) {
	switch (type) {
	case 4: case 6: case 7: case 20: case 22: case 23:
		butluc_marks += size > 32;
		break;
	case 36: case 38: case 39:
		butluc_marks += size > 2048;
		break;
	}
}

// hand_on gives a whole header to jbig2dec.
static int hand_on(size_t flags, uint32_t references) {
	stream.body = word(stream.head + stream.have - 4);
	count(stream.head[4] & 0x3f, stream.body);
	if (stream.body == 0xffffffff) // a length that only the decoder finds
		stream.blind = 1;
	if (flags && (references + 1) % 8 != 0) {
		size_t last = flags + references / 8;
		memmove(stream.head + last, stream.head + last + 1, stream.have - last - 1);
		stream.have--;
	}
	int code = __real_jbig2_data_in(stream.ctx, stream.head, stream.have);
	stream.have = 0;
	return code;
}

static int go_blind(void) {
	stream.blind = 1;
	int code = __real_jbig2_data_in(stream.ctx, stream.head, stream.have);
	stream.have = 0;
	return code;
}

int __wrap_jbig2_data_in(void *ctx, const unsigned char *data, size_t size) {
	int code = 0;
	if (ctx != stream.ctx)
		begin(ctx);
	while (size > 0 && code >= 0) {
		size_t n = 1;
		if (stream.blind || stream.body > 0) {
			n = stream.blind || stream.body > size ? size : stream.body;
			code = __real_jbig2_data_in(ctx, data, n);
			stream.body -= stream.blind ? 0 : (uint32_t)n;
		} else {
			size_t flags;
			uint32_t references = 0;
			stream.head[stream.have++] = *data;
			size_t want = measure(stream.head, stream.have, &flags, &references);
			if (stream.have >= 4 && memcmp(stream.head, "\x97JB2", 4) == 0) // the header of a file, which does not belong here
				code = go_blind();
			else if (want > sizeof stream.head)
				code = go_blind();
			else if (want == stream.have)
				code = hand_on(flags, references);
		}
		data += n;
		size -= n;
	}
	return code;
}

int __wrap_jbig2_complete_page(void *ctx) {
	if (ctx == stream.ctx && !stream.blind && (stream.body > 0 || stream.have >= SHORTEST_HEADER))
		butluc_note('E', "jbig2: the data ends inside a segment: truncated");
	return __real_jbig2_complete_page(ctx);
}

void *__wrap_jbig2_ctx_free(void *ctx) {
	if (ctx == stream.ctx)
		begin(NULL);
	return __real_jbig2_ctx_free(ctx);
}
