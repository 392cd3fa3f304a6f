package cli

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"butluc/library"
	"butluc/library/journal"
)

// damageFile damages one of our own files.
func (r *round) damageFile(file string, older []byte) {
	b, err := os.ReadFile(file)
	r.must(err)
	d := fileDamages[r.random.IntN(len(fileDamages))]
	now := d.do(r.random, bytes.Clone(b), older)
	r.note("%s: %s", filepath.Base(file), d.name)
	if now == nil {
		r.must(os.Remove(file))
		return
	}
	r.must(os.WriteFile(file, now, 0o600))
}

// fileDamages are what disks, sticks, synchronizers and people do to a file; nil: it is gone.
var fileDamages = []struct {
	name string
	do   func(random *rand.Rand, b, older []byte) []byte
}{
	{"bytes flipped", func(random *rand.Rand, b, _ []byte) []byte {
		at := random.IntN(len(b))
		for i := at; i < len(b) && i < at+4; i++ {
			b[i] ^= 0xff
		}
		return b
	}},
	{"a bit flipped", func(random *rand.Rand, b, _ []byte) []byte {
		b[random.IntN(len(b))] ^= 1 << random.IntN(8)
		return b
	}},
	{"cut", func(random *rand.Rand, b, _ []byte) []byte { return b[:random.IntN(len(b))] }},
	{"cut by little", func(random *rand.Rand, b, _ []byte) []byte { return b[:len(b)-min(len(b), 1+random.IntN(200))] }},
	{"a page of zeros", func(random *rand.Rand, b, _ []byte) []byte {
		at := random.IntN(1+len(b)/4096) * 4096
		clear(b[min(at, len(b)):min(at+4096, len(b))])
		return b
	}},
	{"two pages swapped", func(random *rand.Rand, b, _ []byte) []byte {
		x, y := random.IntN(1+len(b)/4096)*4096, random.IntN(1+len(b)/4096)*4096
		if max(x, y)+4096 > len(b) {
			return b[:len(b)/2]
		}
		page := bytes.Clone(b[x : x+4096])
		copy(b[x:], b[y:y+4096])
		copy(b[y:], page)
		return b
	}},
	{"rubbish", func(random *rand.Rand, b, _ []byte) []byte {
		for i := range b {
			b[i] = byte(random.IntN(256))
		}
		return b
	}},
	{"rubbish behind it", func(random *rand.Rand, b, _ []byte) []byte {
		for range 1 + random.IntN(5000) {
			b = append(b, byte(random.IntN(256)))
		}
		return b
	}},
	{"zeros behind it", func(random *rand.Rand, b, _ []byte) []byte { return append(b, make([]byte, 1+random.IntN(8192))...) }},
	{"empty", func(*rand.Rand, []byte, []byte) []byte { return []byte{} }},
	{"gone", func(*rand.Rand, []byte, []byte) []byte { return nil }},
	{"as it was before", func(_ *rand.Rand, b, older []byte) []byte {
		if older == nil {
			return b[:len(b)/2]
		}
		return older
	}},
}

// damages damages what the program knows of a case, and asks its verbs: with the log of edits nothing may be missing, and
// without it nothing may be missing without a word.
func (l *laboratory) damages() func(*round) {
	var w *worked
	var older []byte
	return func(r *round) {
		if w == nil || r.number%15 == 0 {
			w = r.newWorked(filepath.Join(r.base, fmt.Sprint("damaged-", r.number)))
			for i := range 3 {
				if i == 2 { // before the last that was done
					older, _ = os.ReadFile(filepath.Join(w.dir, library.Sidecar, "case.db"))
				}
				e := r.edit(w)
				e.ready()
				e.goOn(3 + r.random.IntN(20))
				if i < 2 && r.random.IntN(2) == 0 {
					e.kill() // the last may be in the log alone, which no damage may touch then
				} else {
					e.quit()
				}
			}
			w.verify(r) // and settles what it is
		}
		dir := filepath.Join(r.dir, "case")
		r.must(os.CopyFS(dir, os.DirFS(w.dir)))
		home := filepath.Join(dir, library.Sidecar)
		d := r.damageSome(home, older)
		r.faults++
		if !d.log && !d.copies && r.random.IntN(3) == 0 {
			r.workOn(dir, w)
			return
		}
		r.askDamaged(dir, w, d.db && (d.log || d.copies))
	}
}

// workOn has a person go on with a damaged case, of which nothing is missing.
func (r *round) workOn(dir string, w *worked) {
	there := &worked{dir: dir, states: []string{w.states[w.has]}, submitted: map[int]string{}}
	for range 1 + r.random.IntN(2) {
		e := r.edit(there)
		e.ready()
		e.goOn(1 + r.random.IntN(8))
		if r.random.IntN(2) == 0 {
			e.kill()
		} else {
			e.quit()
		}
	}
	there.verify(r)
}

// damaged is what of a case was.
type damaged struct{ db, log, copies bool }

// damageSome damages the database, or others of the files.
func (r *round) damageSome(home string, older []byte) damaged {
	db, head := filepath.Join(home, "case.db"), filepath.Join(home, "head")
	logs, _ := filepath.Glob(filepath.Join(home, "edits", "*.log"))
	copies, _ := filepath.Glob(filepath.Join(home, "case.db.copy-*"))
	slices.Sort(logs)
	slices.Sort(copies)
	one := func(list []string) {
		if len(list) > 0 {
			r.damageFile(list[r.random.IntN(len(list))], nil)
		}
	}
	switch n := r.random.IntN(20); {
	case n < 10:
		r.damageFile(db, older)
		return damaged{db: true}
	case n < 12:
		r.damageFile(db, older)
		r.damageFile(head, nil)
		return damaged{db: true}
	case n == 12:
		r.damageFile(head, nil)
		return damaged{}
	case n == 13:
		one(logs)
		return damaged{log: true}
	case n == 14:
		one(copies)
		return damaged{copies: true}
	case n == 15:
		r.damageFile(db, older)
		for _, c := range copies {
			r.damageFile(c, nil)
		}
		return damaged{db: true, copies: true}
	case n == 16:
		r.damageFile(db, older)
		one(copies)
		return damaged{db: true, copies: true}
	}
	r.damageFile(db, older)
	one(logs)
	return damaged{db: true, log: true}
}

var numberOf = regexp.MustCompile(`^(\d{6})-`)

// askDamaged asks the verbs what a damaged case says. more: the log or the copies are damaged besides, so that something
// may be missing, of which they tell.
func (r *round) askDamaged(dir string, w *worked, more bool) {
	want := w.states[w.has]
	told := func(who string, a answer, found string) {
		switch {
		case found != want && a.status == exitFine:
			r.find(foundSilent, "%s: exit status 0, and %s for %s: %s", who, found, want, a.errs)
		case found != want && strings.TrimSpace(a.errs) == "":
			r.find(foundSilent, "%s: not a word of %s for %s", who, found, want)
		case found != want && !more:
			r.find(foundLost, "%s: %s for %s, though the log is whole: %s", who, found, want, a.errs)
		}
	}
	export := func(who string) (found string) {
		file := filepath.Join(r.dir, "outline.json")
		a := r.verb("outline", dir, "export", file)
		b, err := os.ReadFile(file)
		_ = os.Remove(file)
		if err != nil {
			b = []byte("{}")
		}
		found = stateIn(b)
		told(who, a, found)
		return found
	}
	export("export")
	if r.random.IntN(2) == 0 {
		return
	}
	// Somebody submits it, perhaps from a copy, and what is there afterwards is what is said to be there.
	last := 0
	for n := range w.submitted {
		last = max(last, n)
	}
	args := []string{"outline", dir, "submit"}
	if more && r.random.IntN(2) == 0 {
		args = append(args, "--from-copy")
	}
	before := len(r.submittedIn(dir))
	a := r.verb(args...)
	if numbers := r.submittedIn(dir); len(numbers) > before && len(numbers) != len(slices.Compact(slices.Sorted(slices.Values(numbers)))) {
		r.find(foundSilent, "a number was given twice: %v", numbers)
	}
	if len(args) == 3 {
		export("export after submit")
		if a.status == exitFine && before < last {
			r.find(foundLost, "%d copies that were submitted are there, of %d", before, last)
		}
	}
}

// submittedIn are the numbers of the submitted copies in a case.
func (r *round) submittedIn(dir string) (numbers []int) {
	entries, _ := os.ReadDir(filepath.Join(dir, library.Sidecar, "submitted"))
	for _, e := range entries {
		if m := numberOf.FindStringSubmatch(e.Name()); m != nil {
			n, _ := strconv.Atoi(m[1])
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// damageJournal damages the journal, which tells of it, now and after the program went on with it. What the program keeps
// elsewhere, to tell by, goes by the case's place: the case stays where it is.
func damageJournal(r *round) {
	w := r.newWorked(filepath.Join(r.dir, "case"))
	e := r.edit(w)
	e.ready()
	e.goOn(7 + r.random.IntN(6))
	e.quit()
	file := filepath.Join(w.dir, library.Sidecar, "journal", journal.FileName)
	was, err := os.ReadFile(file)
	r.must(err)
	r.damageFile(file, nil)
	r.faults++
	now, err := os.ReadFile(file)
	if bytes.Equal(now, was) && err == nil {
		return // zeros where there were some
	}
	if a := r.verb("journal", w.dir, "verify"); a.status == exitFine {
		r.find(foundSilent, "the journal was damaged: %s", a.out)
	}
	r.verb("journal", w.dir, "print")
	if r.random.IntN(2) == 0 {
		return
	}
	e = r.edit(w)
	e.ready()
	e.goOn(4)
	e.quit()
	a := r.verb("journal", w.dir, "verify")
	if after, _ := os.ReadFile(file); a.status == exitFine && !bytes.HasPrefix(after, was) {
		r.find(foundSilent, "going on covered what was done to the journal: %s", a.out)
	}
}
