// Package token signs with a key that stays on a token: a USB token or a card, by the library that came with it (PKCS#11 v2.40,
// a .so or .dll that the user names), by way of github.com/miekg/pkcs11 (BSD-3-Clause), which loads it.
//
// That library is code of others in this process: only a child of the program opens a token, see library/signature/signing.
package token
