package mpv

// Late counts a frame that nobody asked for.
func (f *File) Late() { f.renderer.frames.Add(1) }
