package casefile

import (
	"context"
	"errors"
	"slices"

	"butluc/library"
	"butluc/library/intake"
)

// read is the goroutine that makes passes, one after another, as they are asked for.
func (c *Case) read() {
	for {
		select {
		case <-c.ctx.Done():
			return
		case <-c.trigger:
		}
		for c.pass() {
		}
	}
}

// pass makes one pass, if one is due, and tells whether to look again.
func (c *Case) pass() bool {
	ctx, cancel := context.WithCancel(c.ctx)
	defer cancel()
	c.mu.Lock()
	if c.paused || c.done == c.wanted || ctx.Err() != nil {
		c.mu.Unlock()
		return false
	}
	c.running, c.stopPass = c.wanted, cancel
	c.progress = intake.Progress{Stage: intake.StageList}
	clear(c.reset)
	known := make(map[string]library.File, len(c.files))
	for _, f := range c.files {
		known[f.Path] = f
	}
	c.mu.Unlock()

	err := c.reader.Read(ctx, known, c.learn)

	c.mu.Lock()
	if ctx.Err() == nil {
		c.done, c.err = c.running, err
		if err != nil {
			c.opts.Log.Warn("casefile: read", "case", c.dir, "err", err)
			c.progress = intake.Progress{}
		}
	}
	c.noteSources()
	c.running, c.stopPass, c.snapshot = 0, nil, nil
	c.move()
	n := len(c.files)
	c.mu.Unlock()
	c.notifier.signal(n)
	c.texts.stir()
	return true
}

// move wakes those who wait for reading, under mu.
func (c *Case) move() {
	close(c.moved)
	c.moved = make(chan struct{})
}

// Rescan looks for changes on disk. Only what changed is read.
func (c *Case) Rescan() {
	c.mu.Lock()
	c.want()
	c.mu.Unlock()
	c.touch()
}

// Update reads a file anew although it did not change: a password was given, a crash was bad luck.
func (c *Case) Update(path string) {
	c.mu.Lock()
	i, ok := c.index[path]
	if ok {
		f := c.files[i]
		f.Pages, f.Duration, f.Tracks, f.Fault, f.Incomplete, f.Proved, f.Rendition = 0, 0, library.Tracks{}, library.Fault{}, nil, false, ""
		f.Attached = nil
		if !f.Kind.Pages() {
			f.Kind = library.KindUnknown // recognised anew
		}
		c.setFile(i, f)
		c.reset[path] = true
		c.want()
	}
	c.mu.Unlock()
	c.touch()
}

// want asks for a pass, under mu. A running one is cut short, but not while it counts pages: files
// being copied in would otherwise start it again and again.
func (c *Case) want() {
	if c.done == c.wanted || c.running == c.wanted { // else one is due already
		c.wanted++
	}
	if c.running != 0 && c.progress.Stage >= intake.StageHash {
		c.stopPass()
	}
	select {
	case c.trigger <- struct{}{}:
	default:
	}
}

// StopReading stops reading until [Case.ResumeReading]; what is known stays.
func (c *Case) StopReading() {
	c.mu.Lock()
	c.paused = true
	if c.stopPass != nil {
		c.stopPass()
	}
	c.move()
	c.mu.Unlock()
	c.touch()
}

// ResumeReading goes on where reading was stopped.
func (c *Case) ResumeReading() {
	c.mu.Lock()
	c.paused = false
	c.want()
	c.mu.Unlock()
	c.touch()
}

// Wait returns when everything is read and fingerprinted, with the reason when the folder could
// not be read.
func (c *Case) Wait(ctx context.Context) error { return c.WaitFor(ctx, intake.StageDone) }

// WaitFor returns when the stage is behind: after StageInspect all pages are counted. It asks of
// the passes that are wanted now; when one is due it waits for that.
func (c *Case) WaitFor(ctx context.Context, stage intake.Stage) error {
	for {
		c.mu.Lock()
		moved, err, paused := c.moved, c.err, c.paused
		done := c.done == c.wanted
		passed := c.running == c.wanted && c.progress.Stage > stage
		c.mu.Unlock()
		switch {
		case done:
			return err
		case passed:
			return nil
		case paused:
			return ErrStopped
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		case <-c.ctx.Done():
			return ErrClosed
		}
	}
}

// learn takes the news of a pass.
func (c *Case) learn(e intake.Event) {
	switch {
	case e.Listed != nil:
		c.relist(e.Listed)
	case e.Changed != nil:
		c.refresh(*e.Changed)
	case e.Progress != nil:
		c.mu.Lock()
		if c.progress.Stage != e.Progress.Stage {
			c.move()
		}
		c.progress = *e.Progress
		if c.running != c.wanted && c.progress.Stage >= intake.StageHash {
			c.stopPass() // see want
		}
		c.mu.Unlock()
	}
	c.touch()
}

// relist takes the list of a walk.
func (c *Case) relist(list []library.File) {
	var changed []library.File
	var removed []string
	exhibits := make([]library.Exhibit, len(list))
	c.mu.Lock()
	kept := 0
	for i, f := range list {
		at, ok := c.index[f.Path]
		if ok {
			kept++
			list[i] = c.merge(c.files[at], f)
			if equal(c.files[at], list[i]) {
				exhibits[i] = c.exhibits[at] // reading its name again takes microseconds, of many
				continue
			}
		}
		changed = append(changed, list[i])
		exhibits[i] = library.NewExhibit(list[i])
	}
	if kept < len(c.files) {
		listed := make(map[string]bool, len(list))
		for _, f := range list {
			listed[f.Path] = true
		}
		for _, f := range c.files {
			if !listed[f.Path] {
				removed = append(removed, f.Path)
			}
		}
	}
	if len(changed) > 0 || len(removed) > 0 {
		c.setFiles(list, exhibits)
	}
	c.mu.Unlock()
	c.keep(errors.Join(c.store.RemoveFiles(removed...), c.store.PutFiles(changed...)))
}

// refresh takes what was learned of one file.
func (c *Case) refresh(f library.File) {
	c.mu.Lock()
	i, ok := c.index[f.Path]
	if !ok || c.reset[f.Path] {
		c.mu.Unlock()
		return
	}
	f = c.merge(c.files[i], f)
	if equal(c.files[i], f) {
		c.mu.Unlock()
		return
	}
	c.setFile(i, f)
	c.mu.Unlock()
	c.keep(c.store.PutFiles(f))
}

// merge is news with what renders found meanwhile in the same bytes, under mu.
func (c *Case) merge(have, news library.File) library.File {
	if c.reset[news.Path] {
		return have
	}
	if have.Size == news.Size && have.ModTime.Equal(news.ModTime) && news.SHA256 == "" {
		news.SHA256 = have.SHA256
	}
	if have.Size != news.Size || !have.ModTime.Equal(news.ModTime) || have.ReadBy != news.ReadBy {
		return news // of other bytes, or found by other eyes
	}
	for _, i := range have.Incomplete {
		if news.Has(i) {
			news = news.WithIncomplete(i)
		}
	}
	return news
}

func equal(a, b library.File) bool {
	return a.Path == b.Path && a.Size == b.Size && a.ModTime.Equal(b.ModTime) && a.Kind == b.Kind &&
		a.Pages == b.Pages && a.Duration == b.Duration && a.Tracks == b.Tracks && a.SHA256 == b.SHA256 && a.Fault == b.Fault && a.Proved == b.Proved &&
		a.Rendition == b.Rendition && a.ReadBy == b.ReadBy && slices.Equal(a.Incomplete, b.Incomplete) && slices.Equal(a.Attached, b.Attached)
}
