package casefile

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"

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

// caseJournal is the case's journal once it is open.
type caseJournal struct {
	c       *Case
	mu      sync.Mutex // held while it is opened
	journal *journal.Journal
}

// Journal opens the case's journal, once; it is closed with the case. A broken one is set aside, and
// setAside is the name that it is kept under. It reads the whole file: not for the UI goroutine.
func (j *caseJournal) Journal() (opened *journal.Journal, setAside string, err error) {
	if j.c.opts.ReadOnly {
		return nil, "", fmt.Errorf("open journal: %w", ErrReadOnly)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.journal != nil {
		return j.journal, "", nil
	}
	path, head := j.c.JournalFiles()
	j.journal, setAside, err = journal.Open(filepath.Dir(path), head)
	return j.journal, setAside, err
}

func (j *caseJournal) closeJournal() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.journal == nil {
		return nil
	}
	return j.journal.Close()
}

func (j *caseJournal) flushJournal() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.journal == nil {
		return nil
	}
	return j.journal.Flush()
}
