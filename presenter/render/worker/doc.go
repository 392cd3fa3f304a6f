// Package worker is the child process that opens evidence: PDF and most pictures by MuPDF through
// go-fitz, the rest by Go's decoders. It is the only package of the program that uses cgo for
// that, and the only one that hostile bytes reach.
//
// [Main] answers one request at a time, on one thread, until its input ends. It keeps a few
// documents open between requests. What it can't survive (an abort inside MuPDF, a file that
// shrinks while it is mapped) ends the process; the renderer sees that, blames the file and starts
// another. The fence around it is in fence_*.go: it opens files only to read, only beneath the
// folder that its first request named, knows no network and starts nothing.
package worker
