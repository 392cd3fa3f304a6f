package mpv

// Late counts a frame that nobody asked for.
func (f *File) Late() { f.renderer.frames.Add(1) }

// Heard is libmpv's number of the sound that is heard.
func (f *File) Heard() string { return f.track }

// Duration is its length in milliseconds, as the file says; 0 where it does not.
func (r *recording) Duration() int { return r.duration }
