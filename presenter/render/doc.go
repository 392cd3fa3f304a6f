// Package render turns pages of evidence into pictures, in worker processes, most wanted first.
//
// A [Renderer] is made once for an open case and closed with it. The window tells it what it would
// like to have ([Renderer.Wish]: one list for each [Lane], replaced as a whole whenever the wishes
// change) and looks for it with [Renderer.Cached]; [Options.OnDone] tells when to look again. Code
// without a window uses [Renderer.Render], which waits. [Renderer.Inspect] and [Renderer.Text]
// serve the reading of a case, [Renderer.Lines] the marking of a page.
//
// There is no order of arrival: whenever a worker is free, it takes what matters most at that
// moment. Work for [LaneBackground] never takes the last free worker; on a machine that has no processors beside the workers'
// nothing else is begun for a moment while a picture for [LaneCourt] is drawn; and when the court waits
// while all workers are busy with less, the longest of those is thrown out after a second. A file
// that crashes, hangs or swells a worker costs that page and that worker, never the program; the
// [Error] names it.
//
// # Memory
//
// Pictures are raw pixels in Go's heap, in a cache that is counted in bytes ([Options.CacheBytes]).
// Go's collector lets the heap grow by its GC percentage over what is live, and at the default of
// 100 a full cache may take twice its budget. Pixels hold no pointers, so collecting costs little:
// a program that makes a Renderer should call debug.SetGCPercent(25), or debug.SetMemoryLimit with
// the cache's budget and some 150 MB for the rest. Workers' memory is their own, see
// [Options.MemoryLimit]. A picture comes in memory that worker and program share, and is copied out of it at once: what the
// worker does to it afterwards is seen nowhere.
package render
