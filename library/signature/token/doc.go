// Package token signs with a key that stays elsewhere: on a USB token or a card, by the library that came with it (PKCS#11 v2.40,
// a .so or .dll that the user names), by way of github.com/miekg/pkcs11 (BSD-3-Clause), which loads it; or by a certificate in the
// user's store of Windows, where a driver puts those of its token, by way of github.com/tailscale/certstore (MIT), which calls
// crypt32 and ncrypt without C.
//
// That library is code of others in this process: only a child of the program opens a token, see library/signature/signing.
package token
