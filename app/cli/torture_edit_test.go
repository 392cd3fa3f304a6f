package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strconv"
	"time"

	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/journal"
	"butluc/library/librarytest"
)

// editUntilKilled is the child of the fault laboratory, which is killed: it opens a case as the window does, edits its
// outline at random, and says what it wants ("wants") and what is on the disk ("has"). It ends in order with its input.
func editUntilKilled() {
	r := wiring.NewRenderer(nil)
	cache, err := wiring.CacheDir()
	var opt casefile.Options
	if err == nil {
		opt, err = wiring.CaseOptions(cache, r, os.Args[2])
	}
	var c *casefile.Case
	if err == nil {
		c, err = casefile.Open(context.Background(), os.Args[2], opt)
	}
	if err != nil {
		fmt.Println("error", err)
		os.Exit(exitFindings)
	}
	if c.Doubtful() {
		fmt.Printf("doubtful %+v\n", c.Snapshot().Notices)
		c.GoOn()
	}
	fmt.Println("ready", stateOf(c.Snapshot().Outline))
	over := make(chan struct{})
	go func() { _, _ = io.Copy(io.Discard, os.Stdin); close(over) }()
	seed, _ := strconv.ParseUint(os.Args[3], 10, 64)
	e := editing{c: c, random: rand.New(rand.NewPCG(seed, 5))}
	for {
		select {
		case <-over:
			err := c.Close()
			r.Close()
			fmt.Println("end", err)
			os.Exit(exitFine)
		default:
			e.next()
		}
	}
}

// editing is a person at work.
type editing struct {
	c       *casefile.Case
	random  *rand.Rand
	journal *journal.Journal
	count   int
}

func (e *editing) next() {
	o := e.c.Snapshot().Outline
	edit := librarytest.Edit(e.random, o)
	next, err := o.Apply(edit)
	if err != nil || next == o {
		return
	}
	fmt.Println("wants", stateOf(next))
	if err := e.c.Edit(edit); err != nil {
		fmt.Println("error", err)
		os.Exit(exitFindings)
	}
	if err := e.c.Flush(); err != nil { // it stays in memory, and is tried again
		fmt.Println("refused", err)
		time.Sleep(5 * time.Millisecond)
		return
	}
	fmt.Println("has", stateOf(next))
	e.count++
	if e.count%3 == 0 {
		e.record()
	}
	if e.count%17 == 0 {
		e.submit()
	}
}

// record writes into the journal.
func (e *editing) record() {
	if e.journal == nil {
		var err error
		if e.journal, _, err = e.c.Journal(); err != nil {
			fmt.Println("refused", err)
			return
		}
	}
	e.journal.Append(journal.Entry{Kind: journal.KindBlack}, nil)
	n := e.journal.Append(journal.Entry{Kind: journal.KindNote, Note: &journal.Note{}, Text: fmt.Sprint("câu trả lời ", e.count)}, nil)
	if err := e.journal.Flush(); err != nil {
		fmt.Println("refused", err)
		return
	}
	fmt.Println("noted", n)
}

// submit submits the outline, and says which number it has.
func (e *editing) submit() {
	switch a, err := e.c.Submit(); {
	case err == nil:
		fmt.Println("submitted", a.Number, a.SHA256)
	case !errors.Is(err, library.ErrInvalid): // without steps there is nothing to submit
		fmt.Println("refused", err)
	}
}

// stateOf names what an outline says. The fingerprints of files are noted as they become known, and are no edits.
func stateOf(o library.Outline) string {
	b, err := library.EncodeOutline(o)
	if err != nil {
		return "none"
	}
	return stateIn(b)
}

func stateIn(exported []byte) string {
	var all map[string]any
	if err := json.Unmarshal(exported, &all); err != nil {
		return "none"
	}
	delete(all, "sources")
	b, _ := json.Marshal(all) // what came from JSON goes into it
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}
