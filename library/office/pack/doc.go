// Package pack seals a case into a .butluc file, or several, for named people or behind a passphrase, and opens one.
//
// # Format
//
// A package is a stream of bytes: [magic], the header's length (four bytes, big endian), the header (JSON, see [Header]), an
// Ed25519 signature of the header (64 bytes, for the purpose [signed]), then the bytes of all files in the header's order, and
// nothing behind them. The header has every file's size and SHA-256, so the signature holds for all, and who sealed it and
// what it holds is known before the first file is read. A package behind a passphrase may be signed by nobody: its signature is
// zeros, and whoever has the passphrase may have sealed it. Nothing is compressed: scans and recordings hardly shrink, and nothing
// can swell.
//
// The stream is cut into parts, each an age file of its own (https://age-encryption.org/v1), none larger than FAT32 takes:
// X.butluc, X.butluc.002, X.butluc.003. Each part begins with a line that says of which package it is, which number, and where
// in the stream it begins. The first is encrypted to the receivers, or to a passphrase; it has the secret key to which all
// others are encrypted, so that a passphrase is worked out once. Whoever has none of the keys learns how large a package is and
// for how many it is, and no name.
//
// # Life
//
// [Write] seals. Its last act gives the first part its name: before that, there is no file that ends in .butluc. What was
// written when the stick was pulled or the power went is gone on with by the next Write of the same things to the same name.
// [Open] reads the header and knows the sender. [Package.Verify] reads all and writes nothing. [Package.Unpack] does so first
// where nobody did, writes into a folder of its own in the folder that was chosen, each file under another name until its
// SHA-256 was found right, and moves all up in the end; stopped, it goes on where it was.
package pack
