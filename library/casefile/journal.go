package casefile

import (
	"errors"
	"fmt"
	"path/filepath"

	"butluc/library"
	"butluc/library/journal"
	"butluc/library/store"
)

// ErrReadOnly says that the case was opened for reading only.
var ErrReadOnly = errors.New("the case is open for reading only")

// headsDir is where the heads of journals are kept, in the user's data folder: outside of the cases.
const headsDir = "journals"

// JournalFiles are where the case's journal is, and where its head is kept.
func (c *Case) JournalFiles() (path, head string) {
	data := c.opts.DataDir
	if data == "" {
		data = store.DefaultDataDir()
	}
	home := c.store.Report().Dir
	if c.store.Report().InMemory { // its database is gone, its journal may be there
		home = filepath.Join(c.dir, library.Sidecar)
	}
	path = filepath.Join(home, journalDir, journal.FileName)
	return path, journal.HeadFile(filepath.Join(data, headsDir), c.store.ID(), path)
}

// Journal opens the case's journal, once; it is closed with the case. A broken one is set aside, and
// setAside is the name that it is kept under. It reads the whole file: not for the UI goroutine.
func (c *Case) Journal() (j *journal.Journal, setAside string, err error) {
	if c.opts.ReadOnly {
		return nil, "", fmt.Errorf("open journal: %w", ErrReadOnly)
	}
	c.journalMu.Lock()
	defer c.journalMu.Unlock()
	if c.journal != nil {
		return c.journal, "", nil
	}
	path, head := c.JournalFiles()
	c.journal, setAside, err = journal.Open(filepath.Dir(path), head)
	return c.journal, setAside, err
}

func (c *Case) closeJournal() error {
	c.journalMu.Lock()
	defer c.journalMu.Unlock()
	if c.journal == nil {
		return nil
	}
	return c.journal.Close()
}

func (c *Case) flushJournal() error {
	c.journalMu.Lock()
	defer c.journalMu.Unlock()
	if c.journal == nil {
		return nil
	}
	return c.journal.Flush()
}
