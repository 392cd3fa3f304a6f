// Package signature tells who signed a PDF, when, how much of it, and whether it was changed since.
//
// A signature of a PDF (ISO 32000-2, 12.8) names the bytes that it covers by their places in the file, /ByteRange, and lies
// as one hexadecimal string in the gap between them. So it can be found and checked without reading the objects of the
// PDF, which are a stranger's: [Read] looks for /ByteRange in the bytes, takes the message (CMS, RFC 5652; by
// github.com/smallstep/pkcs7, MIT) out of the gap, and hashes what the range names. That works on a PDF that is encrypted,
// that no reader can repair, or that is larger than memory; and where a later revision dropped a signature from the form,
// it is told all the same. What can't be told this way: which page a signature is seen on.
//
// # Trust
//
// A chain ends in one of the certificates that the office put in a folder ([LoadRoots]), or is not known; none comes with the
// program or from the system. It is looked at as of the time stamp (RFC 3161) where one is there whose own chain is known,
// otherwise as of the time that the signer wrote. Nothing is asked over a network: not whether a certificate was revoked
// (CRL, OCSP), not the time. So "known" says who vouched for the signer, and not that nobody took it back.
//
// # Strangers' files
//
// [Main] is a child of the program that reads one file from its standard input behind library/sandbox; [Reader] starts it
// with a deadline. What crashes or hangs it costs that file.
package signature
