//go:build !linux && !windows

package fence

import "io"

// Output changes nothing: nothing in this process prints to standard output.
func Output(out io.Writer) (io.Writer, error) { return out, nil }

// Limit and Around are where a sandbox profile (macOS) would go. Until then the process itself is the only fence there.
func Limit(Kind) {}

// Around does nothing here; see [Limit].
func Around(string, Kind) {}
