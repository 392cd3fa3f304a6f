package casefile

import "butluc/library"

// HashFirst takes the fingerprints of these files before those of all others, at full speed: the court sees them, or is
// about to. Files whose SHA-256 is known cost nothing, and reading that is stopped does not stop this.
func (c *Case) HashFirst(paths ...string) {
	if c.opts.NoHash {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, path := range paths {
		i, ok := c.index[path]
		if !ok || c.files[i].SHA256 != "" || c.files[i].Size == 0 || c.hashing[path] || c.ctx.Err() != nil {
			continue
		}
		c.hashing[path] = true
		f := c.files[i]
		c.wg.Go(func() { c.hash(f) })
	}
}

// HoldHashing lets the fingerprints of large files wait, or go on.
func (c *Case) HoldHashing(held bool) { c.reader.HoldHashing(held) }

// hash takes the fingerprint of one file.
func (c *Case) hash(f library.File) {
	sum, err := c.reader.Fingerprint(c.ctx, f)
	c.mu.Lock()
	delete(c.hashing, f.Path)
	i, ok := c.index[f.Path]
	if err != nil || !ok || c.files[i].Size != f.Size || !c.files[i].ModTime.Equal(f.ModTime) || c.files[i].SHA256 == sum {
		c.mu.Unlock()
		if err != nil && c.ctx.Err() == nil {
			c.opts.Log.Warn("casefile: fingerprint", "path", f.Path, "err", err)
		}
		return
	}
	f = c.files[i]
	f.SHA256 = sum
	c.setFile(i, f)
	c.mu.Unlock()
	c.keep(c.store.PutFiles(f))
	c.touch()
}
