//go:build cgo && windows

// go-fitz brings MuPDF for Windows as built with mingw-w64 11, whose library has functions that
// version 10, Debian 12's, lacks. They are here for it.
#include <_mingw.h>

#if __MINGW64_VERSION_MAJOR < 11 && defined(__x86_64__)

#include <stdlib.h>
#include <string.h>

// A jump and not a call: setjmp keeps the frame of who asked for it.
__asm__(
	".globl __intrinsic_setjmpex\n"
	"__intrinsic_setjmpex:\n"
	"\tjmp *__imp__setjmpex(%rip)\n");

// The checked functions of _FORTIFY_SOURCE end the process rather than write beyond the room.

void __chk_fail(void) { abort(); }

void *__memcpy_chk(void *to, const void *from, size_t n, size_t room) {
	if (n > room)
		__chk_fail();
	return memcpy(to, from, n);
}

void *__memmove_chk(void *to, const void *from, size_t n, size_t room) {
	if (n > room)
		__chk_fail();
	return memmove(to, from, n);
}

void *__memset_chk(void *to, int value, size_t n, size_t room) {
	if (n > room)
		__chk_fail();
	return memset(to, value, n);
}

char *__strcat_chk(char *to, const char *from, size_t room) {
	if (strlen(to) + strlen(from) >= room)
		__chk_fail();
	return strcat(to, from);
}

#endif
