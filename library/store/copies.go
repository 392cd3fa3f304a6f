package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"butluc/library/internal/atomicfile"
	"butluc/library/store/editlog"
)

const (
	copyPrefix = dbName + ".copy-"
	editsName  = "edits" // the log's folder

	// copyEvery is how much time of work lies between copies at most, and maxLog how many bytes of it.
	copyEvery = 5 * time.Minute
	maxLog    = 4 << 20

	// Of the copies the newest are kept, the newest of each of the last hours that have one, and of each day.
	recentCopies = 3
	hourlyCopies = 3
	dailyCopies  = 3
)

func editsOf(home string) string { return filepath.Join(home, editsName) }

// copyOf is a rotating copy of the database.
type copyOf struct {
	path    string
	time    time.Time
	segment int // of the log of edits, from which on it continues this copy; 0 for copies from before there was a log
}

// copies lists the rotating copies, newest first.
func copies(home string) []copyOf {
	entries, _ := os.ReadDir(home)
	var list []copyOf
	for _, e := range entries {
		if c, ok := parseCopy(e.Name()); ok && e.Type().IsRegular() {
			c.path = filepath.Join(home, e.Name())
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b copyOf) int {
		if a.segment != b.segment { // whatever the clock was
			return b.segment - a.segment
		}
		return b.time.Compare(a.time)
	})
	return list
}

// copyName is "case.db.copy-20060102-150405-s12", or without its end in old cases.
func copyName(at time.Time, segment int) string {
	return copyPrefix + stamp(at) + "-s" + strconv.Itoa(segment)
}

func parseCopy(name string) (c copyOf, ok bool) {
	at, ok := strings.CutPrefix(name, copyPrefix)
	if !ok {
		return c, false
	}
	at, number, numbered := strings.Cut(at, "-s")
	if numbered {
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 {
			return c, false
		}
		c.segment = n
	}
	var err error
	c.time, err = time.ParseInLocation("20060102-150405", at, time.Local)
	return c, err == nil
}

// spent gives the copies that need not be kept, of a list from the newest to the oldest.
func spent(list []copyOf) []copyOf {
	keep := map[string]bool{}
	for _, rule := range []struct {
		count int
		span  string // copies of the same span count as one
	}{{recentCopies, ""}, {hourlyCopies, "2006010215"}, {dailyCopies, "20060102"}} {
		seen := map[string]bool{}
		for _, c := range list {
			span := c.path
			if rule.span != "" {
				span = c.time.Format(rule.span)
			}
			if !seen[span] && len(seen) < rule.count {
				seen[span], keep[c.path] = true, true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(list), func(c copyOf) bool { return keep[c.path] })
}

// numbered lists the copies that the log of edits continues.
func (o *owner) numbered() []copyOf {
	return slices.DeleteFunc(copies(o.report.Dir), func(c copyOf) bool { return c.segment == 0 })
}

// copyDue tells whether a copy is to be made now.
func (o *owner) copyDue() bool {
	switch now := o.opts.now(); {
	case o.copied != nil: // one is being made
		return false
	case o.refused:
		return now.Sub(o.lastCopy) >= copyEvery
	case o.gap, o.log != nil && o.log.Size() > maxLog:
		return true
	default: // a clock that was set back would otherwise stop copies until it caught up
		age := now.Sub(o.lastCopy)
		return o.changed && (age < 0 || age >= copyEvery)
	}
}

// beginLog starts a segment of the log of edits at a state that the database is in, or is about to leave.
func (o *owner) beginLog(at editlog.State) error {
	if o.log != nil {
		_ = o.log.Close() // every entry is synced
		o.log = nil
	}
	above := 0
	if have := copies(o.report.Dir); len(have) > 0 {
		above = have[0].segment
	}
	var err error
	o.log, err = editlog.BeginThrough(editsOf(o.report.Dir), at, above, o.opts.now(), func(w io.Writer) io.Writer {
		return refusing{w, func() error { return o.opts.refuses(placeLog) }}
	})
	return err
}

// startCopy begins to make a copy of all records, the database's as it is, on a goroutine of its own: to write and to
// check it takes time on a slow stick, in which edits must be kept. Its outcome comes through o.copied.
func (o *owner) startCopy(all map[key][]byte, at editlog.State) {
	now := o.opts.now()
	o.lastCopy, o.changed = now, false
	if err := o.beginLog(at); err != nil {
		o.copyFailed(err)
		return
	}
	o.gap = false
	path := filepath.Join(o.report.Dir, copyName(now, o.log.Number))
	command, refuses := o.opts.CheckCommand, o.opts.refuses
	o.copied = make(chan error, 1)
	go func() {
		debug.SetPanicOnFault(true)
		o.copied <- makeCopy(path, all, command, refuses)
	}()
}

// makeCopy writes a copy from the records in memory, so that no damage of the database gets into it, and checks it
// before it has its name.
func makeCopy(path string, all map[key][]byte, command []string, refuses func(string) error) error {
	temp := filepath.Join(filepath.Dir(path), dbName+".new-"+strings.TrimPrefix(filepath.Base(path), dbName+"."))
	_ = os.Remove(temp)
	defer os.Remove(temp)
	if err := create(temp, all, func() error { return refuses(placeCopy) }); err != nil {
		return err
	}
	if err := check(command, temp); err != nil && !errors.As(err, new(*cannotCheck)) {
		return fmt.Errorf("check the copy: %w", err)
	}
	return atomicfile.Rename(temp, path)
}

// copyDone takes the outcome of a copy: with one more, older ones and what of the log led up to them can go.
func (o *owner) copyDone(err error) {
	o.copied = nil
	if err != nil {
		o.copyFailed(err)
		return
	}
	o.refused = false
	for _, old := range spent(copies(o.report.Dir)) {
		_ = os.Remove(old.path)
	}
	if have := o.numbered(); len(have) > 0 {
		editlog.Prune(editsOf(o.report.Dir), have[min(recentCopies, len(have))-1].segment)
	}
}

// copyFailed logs only: the database itself is well. A disk that refuses is asked again after a while, not at every
// commit.
func (o *owner) copyFailed(err error) {
	o.refused, o.gap, o.changed = true, true, true
	o.opts.Log.Warn("store: copy not made", "err", err)
}

// awaitCopy waits for the copy that is being made, if one is.
func (o *owner) awaitCopy() {
	if o.copied != nil {
		o.copyDone(<-o.copied)
	}
}
