// Package album makes again what stood on the court screen, from the case and the journal, and compares it with what the
// journal says of its pixels: for paper ([Album]) and to verify a journal ([Maker]).
package album
