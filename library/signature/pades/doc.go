// Package pades signs PDFs: PAdES baseline level B-B (ETSI EN 319 142-1), a signature over the whole file, appended to it as an
// incremental update (ISO 32000-2, 7.5.6) so that what was there, and who signed it before, stays byte for byte.
//
// The file's objects are read by github.com/digitorus/pdf (BSD-3-Clause); the message is made here, because the libraries that
// make one (smallstep/pkcs7, digitorus/pkcs7) write the attribute signing-time, which PAdES forbids, and because
// digitorus/pdfsign writes the catalog anew without its direct dictionaries escaped, the older form adbe.pkcs7.detached, and
// takes net/http with it. What is written is verified by package signature, and by poppler's pdfsig in the tests.
//
// The time is this machine's, in /M: no time stamping authority is asked, nothing is.
package pades
