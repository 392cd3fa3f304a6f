package store

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"butluc/library/eventually"
	"butluc/library/office/identity"
	"butluc/library/office/place"
	"butluc/library/office/place/placetest"
)

// TestPublishUntilKilled is the process that is killed: the test binary, begun once more, with where it publishes and as whom in the
// environment. It publishes revision after revision, and writes down which were acknowledged.
func TestPublishUntilKilled(t *testing.T) {
	to := os.Getenv("BUTLUC_PUBLISH_TO")
	if to == "" {
		t.Skip("is the child of TestAKilledProcessLosesNothing")
	}
	me, err := identity.FromSecret(os.Getenv("BUTLUC_SECRET"), identity.Person{Name: "Hòa", Office: "VKSND"}, false, time.Unix(0, 0))
	must(t, err)
	clock := time.Date(2026, 4, 1, 8, 0, 0, 0, time.UTC)
	p := &person{t: t, me: me, clock: &clock, server: placetest.Server{
		Address: place.Address(to), Account: place.Account{User: os.Getenv("BUTLUC_USER"), Password: os.Getenv("BUTLUC_PASSWORD")},
	}}
	acknowledged, err := os.OpenFile(os.Getenv("BUTLUC_ACKNOWLEDGED"), os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o600)
	must(t, err)
	c, err := p.look()
	must(t, err)
	last := c.Heads[len(c.Heads)-1]
	p.base, p.vault, p.files = []string{last.ID}, c.Vault(), map[string]string{}
	for n := len(c.Revisions); ; n++ {
		p.outline = fmt.Sprint("đề cương ", n)
		for i := range 5 {
			p.files[fmt.Sprintf("%d/%d.pdf", n, i)] = strings.Repeat(fmt.Sprint(n, i), 2000)
		}
		done := p.publish()
		_, err := fmt.Fprintln(acknowledged, done.Revision.ID)
		must(t, err)
		must(t, acknowledged.Sync())
	}
}

// A process is killed at any moment of publishing: the store opens, what was acknowledged is there, and the next one goes on.
func TestAKilledProcessLosesNothing(t *testing.T) {
	kills, err := strconv.Atoi(os.Getenv("BUTLUC_KILLS"))
	if err != nil {
		kills = 4
	}
	placetest.Each(t, func(t *testing.T, s placetest.Server) {
		o := newOffice(t, s)
		o.hoa.publish()
		list := filepath.Join(t.TempDir(), "acknowledged")
		r := rand.New(rand.NewPCG(20, 94))
		for kill := range kills {
			cmd := exec.Command(os.Args[0], "-test.run", "^TestPublishUntilKilled$", "-test.timeout", "1h")
			cmd.Env = append(os.Environ(), "BUTLUC_PUBLISH_TO="+string(s.Address), "BUTLUC_USER="+s.Account.User, "BUTLUC_PASSWORD="+s.Account.Password,
				"BUTLUC_SECRET="+o.hoa.me.Secret(), "BUTLUC_ACKNOWLEDGED="+list)
			var said bytes.Buffer
			cmd.Stdout, cmd.Stderr = &said, &said
			must(t, cmd.Start())
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait() }()
			// Some writes later, wherever that is: the files of half-written ones count.
			more := count(s.Dir) + 1 + r.IntN(40)
			eventually.So(t, "some writes", func() bool { return count(s.Dir) >= more || len(ended) > 0 })
			_ = cmd.Process.Kill()
			<-ended //nolint:errcheck // it was killed
			if t.Failed() || strings.Contains(said.String(), "FAIL") {
				t.Fatalf("kill %d: the process ended by itself: %s", kill, said.String())
			}
			checkAcknowledged(t, o, list, kill)
		}
		if c, err := o.minh.look(); err != nil || len(c.Revisions) <= kills/2 {
			t.Errorf("after %d kills there are %d revisions, %v: too few to prove anything", kills, len(c.Revisions), err)
		}
		o.minh.fetch()
	})
}

func checkAcknowledged(t *testing.T, o *office, list string, kill int) {
	t.Helper()
	c, err := o.minh.look()
	if err != nil || c.Damaged > 0 || len(c.Heads) != 1 {
		t.Fatalf("kill %d: %d newest, %d damaged, %v", kill, len(c.Heads), c.Damaged, err)
	}
	data, err := os.ReadFile(list)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, id := range strings.Fields(string(data)) {
		r, ok := c.Revision(id)
		if !ok || r.Standing != Counts || !c.Before(id, c.Heads[0].ID) {
			t.Fatalf("kill %d: revision %s was acknowledged, and is gone", kill, id)
		}
	}
	if _, err := o.minh.open().Evidence(t.Context(), c, c.Heads[0]); err != nil {
		t.Fatalf("kill %d: %v", kill, err)
	}
}

// count is how many files a server has.
func count(dir string) (n int) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return nil // what goes while it is listed
	})
	return n
}
