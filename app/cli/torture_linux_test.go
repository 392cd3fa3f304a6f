package cli

import (
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"butluc/library"
)

// finding is what must never come of a fault.
type finding int

// The findings, each a column of the table.
const (
	foundCrash   finding = iota // it ended in the middle of its work, with no word of its own
	foundSignal                 // a signal ended it that nobody sent
	foundPanic                  // what it says, or logs, tells of a panic
	foundHang                   // it did not end, or did not go on
	foundLost                   // what was acknowledged is gone
	foundSilent                 // another state, or another picture, and not a word of it
	foundStatus                 // an exit status that does not fit what was found
	foundEscapes                // what it prints commands the terminal
	foundTouched                // evidence was changed, or a process or half a file was left behind
	findings
)

var headings = [findings]string{"crash", "signal", "panic", "hang", "lost", "silent", "status", "escapes", "touched"}

// experiment is a row of the table: a kind of fault, how often it was made, and what came of it.
type experiment struct {
	name  string
	least int // rounds, whatever the time
	share int // of the time that there is beyond them, in parts
	round func(*round)

	rounds, faults int
	found          [findings]int
	spent          time.Duration
	note           string // why there is nothing to count
}

// laboratory makes faults and counts what comes of them: each count must be zero. What a round does follows from the
// seed, the experiment and the round's number; kills and damages of the database go on with a case for some rounds.
type laboratory struct {
	t      *testing.T
	seed   int
	long   time.Duration // 0: the short form
	butluc string        // the program
	base   string        // the folder of all that it works on
	kept   string        // the folder of what found something; "" while nothing did
	stock  map[string][]byte
}

// round is one try of an experiment.
type round struct {
	*laboratory
	*experiment
	number  int
	random  *rand.Rand
	dir     string   // of its own; kept where something was found
	env     []string // of the programs that it starts
	through []string // the command that starts them, where it is another
	did     []string
	bad     bool
	grown   bool // a list of the document that is forged was made long
}

// patience is after how long something in the long form is taken to hang: far above what the slowest machine needs. The
// short form has none: go test's own end tells of all goroutines.
const patience = 10 * time.Minute

// TestTheFaultLaboratory breaks what the program works on, and the program, in the ways that bad luck and strangers have.
// BUTLUC_TORTURE_TIME is how long ("30m"), BUTLUC_KILLS and BUTLUC_DAMAGES how many there are at least, BUTLUC_CORPUS a
// folder whose files are used besides, BUTLUC_SEED decides; BUTLUC_ROUND ("forged outline 17") makes one round again.
// Without a time it takes seconds.
func TestTheFaultLaboratory(t *testing.T) {
	if testing.Short() {
		t.Skip("the program is a process of its own here: the race detector sees nothing of it")
	}
	l := newLaboratory(t)
	list := []*experiment{
		{name: "kill -9 of the program", least: number(t, "BUTLUC_KILLS", 2), share: 10, round: l.kills()},
		{name: "damaged case.db, log, copies", least: number(t, "BUTLUC_DAMAGES", 4), share: 8, round: l.damages()},
		{name: "kill -9 of workers", least: 1, share: 8, round: killWorkers},
		{name: "kill -9 of the player", least: 1, share: 4, round: l.playerKills()},
		{name: "disk full", least: 1, share: 10, round: fillDisk},
		{name: "damaged journal", least: 1, share: 4, round: damageJournal},
		{name: "forged outline", least: 1, share: 8, round: forgeOutline},
		{name: "forged journal", least: 1, share: 4, round: forgeJournal},
		{name: "forged case.db and log", least: 1, share: 8, round: l.databaseForgeries()},
		{name: "forged template", least: 10, share: 2, round: forgeTemplate},
		{name: "forged table of contents", least: 1, share: 4, round: forgeContents},
		{name: "mutated files: scan, show", least: 1, share: 60, round: breakFiles},
		{name: "mutated Office files", share: 20, round: breakOfficeFiles},
	}
	if again := os.Getenv("BUTLUC_ROUND"); again != "" {
		l.again(list, again)
		return
	}
	for _, e := range list {
		for range e.least {
			l.run(e, e.rounds)
		}
	}
	told := time.Now()
	for end := told.Add(l.long - spentOn(list)); time.Now().Before(end); {
		if time.Since(told) > time.Minute {
			told = time.Now()
			t.Logf("%v are left\n%s", time.Until(end).Round(time.Second), tableOf(list))
		}
		next := slices.MinFunc(list, func(a, b *experiment) int { return int(a.spent)/a.share - int(b.spent)/b.share })
		l.run(next, next.rounds)
	}
	t.Logf("seed %d\n%s", l.seed, tableOf(append(list, l.probes(), l.leftovers())))
}

func spentOn(list []*experiment) (sum time.Duration) {
	for _, e := range list {
		sum += e.spent
		e.spent = 0 // what is left is shared anew
	}
	return sum
}

func newLaboratory(t *testing.T) *laboratory {
	t.Helper()
	long, err := time.ParseDuration(os.Getenv("BUTLUC_TORTURE_TIME"))
	if err != nil && os.Getenv("BUTLUC_TORTURE_TIME") != "" {
		t.Fatal(err)
	}
	l := &laboratory{t: t, seed: number(t, "BUTLUC_SEED", 1), long: long, base: t.TempDir()}
	l.butluc = filepath.Join(l.base, "butluc")
	own, err := os.Executable()
	if err == nil {
		err = copyFile(own, l.butluc) // of a name of its own, by which whoever is left behind is found
	}
	if err != nil {
		t.Fatal(err)
	}
	l.stock = l.specimens()
	return l
}

func copyFile(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o700)
}

// again makes one round again, by its experiment's name and its number.
func (l *laboratory) again(list []*experiment, which string) {
	for _, e := range list {
		var n int
		if rest, ok := strings.CutPrefix(which, e.name+" "); ok {
			if _, err := fmt.Sscan(rest, &n); err != nil {
				l.t.Fatal(err)
			}
			l.run(e, n)
			l.t.Logf("%s", tableOf([]*experiment{e}))
			return
		}
	}
	l.t.Fatalf("no experiment has the round %q", which)
}

// run makes a round of an experiment.
func (l *laboratory) run(e *experiment, n int) {
	name := fnv.New64a()
	_, _ = name.Write([]byte(e.name))
	r := &round{
		laboratory: l, experiment: e, number: n, dir: filepath.Join(l.base, fmt.Sprint("round-", n, "-", len(e.name))),
		random: rand.New(rand.NewPCG(uint64(l.seed), name.Sum64()+uint64(n))), env: append(os.Environ(), at(l.base)...),
	}
	if err := errors.Join(os.MkdirAll(filepath.Join(l.base, "home"), 0o700), os.Mkdir(r.dir, 0o700)); err != nil {
		l.t.Fatal(err)
	}
	began := time.Now()
	e.round(r)
	e.rounds++
	e.spent += time.Since(began)
	if r.bad {
		r.keepAll()
	}
	if err := os.RemoveAll(r.dir); err != nil {
		l.t.Error(err)
	}
}

// find counts a finding.
func (r *round) find(f finding, format string, args ...any) {
	r.experiment.found[f]++
	r.bad = true
	r.t.Errorf("%s, round %d of seed %d: %s: %s\ndone: %s", r.name, r.number, r.seed, headings[f], fmt.Sprintf(format, args...), strings.Join(r.did, " | "))
}

// keepAll keeps what a round worked on, for whoever looks into it.
func (r *round) keepAll() {
	if r.kept == "" {
		var err error
		if r.kept, err = os.MkdirTemp("", "butluc-torture-*"); err != nil {
			r.t.Fatal(err)
		}
		r.laboratory.kept = r.kept
	}
	to := filepath.Join(r.kept, fmt.Sprint(r.name, " ", r.number))
	if err := os.CopyFS(to, os.DirFS(r.dir)); err != nil {
		r.t.Log(err)
	}
	r.t.Logf("kept in %s", to)
}

func (r *round) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatalf("%s, round %d of seed %d: %v", r.name, r.number, r.seed, err)
	}
}

func (r *round) note(format string, args ...any) { r.did = append(r.did, fmt.Sprintf(format, args...)) }

// answer is what a verb said and how it ended.
type answer struct {
	out, errs string
	status    int
}

// verb runs the program, which must end with 0 or 1.
func (r *round) verb(args ...string) answer {
	cmd, ended := r.command(args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	r.must(cmd.Start())
	return ended(cmd.Wait, func() (string, string) { return out.String(), errs.String() })
}

// command prepares a run of the program, and gives what judges it when it is over.
func (r *round) command(args ...string) (cmd *exec.Cmd, judge func(wait func() error, said func() (string, string)) answer) {
	r.note("%s", strings.ReplaceAll(strings.Join(args, " "), r.base, "…"))
	line := slices.Concat(r.through, []string{r.butluc}, args)
	cmd = exec.Command(line[0], line[1:]...)
	cmd.Env = r.env
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return cmd, func(wait func() error, said func() (string, string)) answer {
		late := r.watch(func() { _ = syscall.Kill(cmd.Process.Pid, syscall.SIGQUIT) }, func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) })
		_ = wait() // judged by its state
		var a answer
		a.out, a.errs = said()
		a.status = cmd.ProcessState.ExitCode()
		r.judge(args[0], a, cmd.ProcessState, late())
		return a
	}
}

// watch does things when all patience is over, and tells whether it was.
func (r *round) watch(then ...func()) (late func() bool) {
	if r.long == 0 {
		return func() bool { return false }
	}
	var is atomic.Bool
	var timers []*time.Timer
	for i, do := range then {
		timers = append(timers, time.AfterFunc(patience+time.Duration(i)*30*time.Second, func() { is.Store(true); do() }))
	}
	return func() bool {
		for _, t := range timers {
			t.Stop()
		}
		return is.Load()
	}
}

// judge counts what is wrong with how a verb ended, whatever it was to do.
func (r *round) judge(verb string, a answer, state *os.ProcessState, late bool) {
	how, _ := state.Sys().(syscall.WaitStatus)
	end := func(s string) string { return s[max(0, len(s)-2000):] }
	switch {
	case late:
		r.find(foundHang, "%s: %s", verb, end(a.errs))
	case how.Signaled():
		r.find(foundSignal, "%s: %s: %s", verb, how.Signal(), end(a.errs))
	case saysPanic(a.out + a.errs):
		r.find(foundPanic, "%s: exit status %d: %s", verb, a.status, end(a.errs))
	case a.status != exitFine && a.status != exitFindings:
		r.find(foundStatus, "%s: exit status %d: %s", verb, a.status, end(a.errs))
	case a.status == exitFindings && strings.TrimSpace(a.out+a.errs) == "":
		r.find(foundStatus, "%s: exit status 1, and not a word", verb)
	}
	for _, said := range []string{a.out, a.errs} {
		if at := strings.IndexFunc(strings.NewReplacer("\n", "", "\t", "").Replace(said), library.Acts); at >= 0 {
			r.find(foundEscapes, "%s: %q", verb, end(said))
		}
	}
}

// saysPanic tells whether Go wrote of a panic or a crash.
func saysPanic(s string) bool {
	return strings.Contains(s, "\ngoroutine ") || strings.Contains(s, "panic: ") || strings.Contains(s, "runtime error: ") ||
		strings.Contains(s, "fatal error: ") || strings.Contains(s, "unexpected fault address")
}

// leftovers tells which processes of the program outlived it. They are given the time to end that the machine needs.
func (l *laboratory) leftovers() *experiment {
	e := &experiment{name: "processes left behind", rounds: 1, faults: 1}
	for tries := 0; tries < 600; tries++ {
		e.found[foundTouched] = 0
		exes, _ := filepath.Glob("/proc/[0-9]*/exe")
		for _, link := range exes {
			if to, err := os.Readlink(link); err == nil && strings.HasPrefix(to, l.butluc) {
				e.found[foundTouched]++
			}
		}
		if e.found[foundTouched] == 0 {
			return e
		}
		time.Sleep(100 * time.Millisecond)
	}
	l.t.Errorf("%d processes of the program were left behind", e.found[foundTouched])
	return e
}

// number is what a variable of the environment says.
func number(t *testing.T, name string, usual int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// tableOf is what was counted, a line an experiment.
func tableOf(list []*experiment) string {
	var b bytes.Buffer
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "experiment\trounds\tfaults\t%s\t\n", strings.Join(headings[:], "\t"))
	var rounds, faults int
	var sum [findings]int
	line := func(name string, rounds, faults int, found [findings]int, note string) {
		fmt.Fprintf(w, "%s\t%d\t%d\t", name, rounds, faults)
		for _, n := range found {
			fmt.Fprintf(w, "%d\t", n)
		}
		fmt.Fprintln(w, " "+note)
	}
	for _, e := range list {
		line(e.name, e.rounds, e.faults, e.found, e.note)
		rounds, faults = rounds+e.rounds, faults+e.faults
		for i, n := range e.found {
			sum[i] += n
		}
	}
	line("all", rounds, faults, sum, "")
	_ = w.Flush() // into memory
	return b.String()
}

// probes counts what a process behind a fence tried, by library/sandbox's own test; only in the long form, for make test
// runs that anyway.
func (l *laboratory) probes() *experiment {
	e := &experiment{name: "forbidden system calls"}
	if l.long == 0 {
		e.note = "library/sandbox tries them"
		return e
	}
	out, err := exec.Command("go", "test", "-count=1", "-v", "-run", "^TestWhatIsForbiddenIsRefused$", "butluc/library/sandbox").CombinedOutput()
	for line := range strings.Lines(string(out)) {
		var tried, refused, explained int
		if _, counts, ok := strings.Cut(line, "tried: "); ok {
			if _, err := fmt.Sscanf(counts, "%d, refused %d, explained %d", &tried, &refused, &explained); err == nil {
				e.rounds++
				e.faults += tried
				e.found[foundSilent] += tried - refused - explained
			}
		}
	}
	if err != nil || e.rounds == 0 {
		l.t.Errorf("%v\n%s", err, out)
		e.found[foundCrash]++
	}
	return e
}
