package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"os"
	"path/filepath"
	"time"

	"butluc/library/internal/plain"
	"butluc/library/store/editlog"
)

// A head says what was acknowledged last. It is kept beside the database, for a database that is older than it beside a
// log whose last segment is gone has else nothing to tell by; and in the user's data folder, for a case folder that was
// put back from an older copy.
//
// It is written after a commit and never synced: a power cut may leave an older one, which tells less, and never one
// that is ahead of what was acknowledged. A file has two slots, written in turns, so that one is always whole.
type head struct {
	Case      string `json:"case"` // the case's id
	Commit    int    `json:"commit"`
	Mark      string `json:"mark"` // of the commit
	At        int64  `json:"at"`   // seconds since 1970
	Submitted int    `json:"submitted"`
}

const (
	headName   = "head"
	headsName  = "heads" // their folder in the user's data folder
	headPrefix = "butluc head 1 "
	headSlot   = 512 // bytes: a disk writes them at once
	maxHeadID  = 100 // bytes of what names a case, or a commit; those of this program have 26
	// What a stranger's head may say: the next numbers are counted from there.
	maxHeadCommit    = math.MaxInt32 / 2
	maxHeadSubmitted = 1_000_000
)

// encode fills a slot: the prefix, the checksum, JSON, spaces and a line's end.
func (h head) encode() ([]byte, error) {
	b, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	line := fmt.Appendf(nil, "%s%08x %s", headPrefix, crc32.Checksum(b, castagnoli), b)
	if len(line) >= headSlot {
		return nil, fmt.Errorf("keep head: %d bytes", len(line))
	}
	slot := make([]byte, headSlot)
	for i := range slot {
		slot[i] = ' '
	}
	copy(slot, line)
	slot[headSlot-1] = '\n'
	return slot, nil
}

func decodeHead(slot []byte) (h head, ok bool) {
	var sum uint32
	if len(slot) != headSlot || string(slot[:len(headPrefix)]) != headPrefix {
		return h, false
	}
	rest := slot[len(headPrefix):]
	if _, err := fmt.Sscanf(string(rest[:9]), "%08x ", &sum); err != nil {
		return h, false
	}
	end := headSlot - len(headPrefix)
	for end > 9 && (rest[end-1] == ' ' || rest[end-1] == '\n') {
		end--
	}
	text := rest[9:end]
	if crc32.Checksum(text, castagnoli) != sum || json.Unmarshal(text, &h) != nil {
		return head{}, false
	}
	ok = h.Commit > 0 && h.Commit <= maxHeadCommit && h.Submitted >= 0 && h.Submitted <= maxHeadSubmitted &&
		h.Case != "" && len(h.Case) <= maxHeadID && len(h.Mark) <= maxHeadID
	return h, ok
}

// readHeads gives the heads in a file, at most two.
func readHeads(path string) (list []head) {
	b, err := plain.ReadOwn(path, 2*headSlot)
	if err != nil {
		return nil
	}
	for ; len(b) >= headSlot; b = b[headSlot:] {
		if h, ok := decodeHead(b[:headSlot]); ok {
			list = append(list, h)
		}
	}
	return list
}

func headFile(home string) string { return filepath.Join(home, headName) }

// userHeads is what the names of the heads begin with that the user's data folder has of a case folder: different cases
// may lie there in turns, as on sticks.
func userHeads(dataDir, dir string) string {
	return filepath.Join(dataDir, headsName, hashOf(dir)[:16]+"-")
}

// trail is what tells which commits there were, beside the database and its copies.
type trail struct {
	editlog.Chain
	here, user []head
	// cut says that the newest copy names a segment of the log that is not there, nor one after it.
	cut bool
}

// trailIn reads the trail of a case folder whose database is in home: the heads first, for whoever writes now has what
// they tell of in the log already.
func (o *owner) trailIn(home, dir string) trail {
	t := trail{here: readHeads(headFile(home))}
	if o.opts.DataDir != "" {
		others, _ := filepath.Glob(escapeGlob(userHeads(o.opts.DataDir, dir)) + "*")
		for _, path := range others {
			t.user = append(t.user, readHeads(path)...)
		}
	}
	t.Chain = editlog.Read(editsOf(home))
	if have := copies(home); len(have) > 0 {
		t.cut = have[0].segment > t.Last
	}
	return t
}

// beyond gives a head that knows of something else than what led to a state. here: one beside the database does.
func (t trail) beyond(at editlog.State) (h head, here, ok bool) {
	for i, list := range [][]head{t.user, t.here} {
		for _, known := range list {
			if known.Case == at.Case && (known.Commit > at.Commit || known.Commit == at.Commit && known.Mark != at.Mark) {
				h, here, ok = later(h, known), here || i == 1, true
			}
		}
	}
	return h, here, ok
}

// whole tells that nothing is known of beyond a state to which the log led to its end.
func (t trail) whole(at editlog.State) bool {
	if _, _, beyond := t.beyond(at); beyond {
		return false
	}
	return !t.cut || t.newest(at.Case).Case != ""
}

// newest is the head of a case that knows of most.
func (t trail) newest(id string) (h head) {
	for _, list := range [][]head{t.user, t.here} {
		for _, known := range list {
			if known.Case == id {
				h = later(h, known)
			}
		}
	}
	return h
}

func later(a, b head) head {
	if b.Commit > a.Commit {
		a, b = b, a
	}
	a.Submitted = max(a.Submitted, b.Submitted)
	return a
}

// headKeeper writes heads into a file.
type headKeeper struct {
	file *os.File
	slot int64 // the next to be written
}

// keepHeadsIn opens a file of heads, making it with room for both slots: a full disk takes what is written later, too.
func keepHeadsIn(path string) (*headKeeper, error) {
	f, err := plain.OpenOwn(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	k := &headKeeper{file: f}
	var b [2 * headSlot]byte
	n, _ := f.ReadAt(b[:], 0)
	if n < len(b) {
		if _, err := f.WriteAt(b[n:], int64(n)); err != nil {
			_ = f.Close()
			return nil, err
		}
	}
	first, _ := decodeHead(b[:headSlot])
	second, _ := decodeHead(b[headSlot:])
	if first.Commit > second.Commit {
		k.slot = 1
	}
	return k, nil
}

func (k *headKeeper) write(slot []byte) error {
	_, err := k.file.WriteAt(slot, k.slot*headSlot)
	k.slot = 1 - k.slot
	return err
}

// heads are the files in which heads are kept.
type heads []*headKeeper

// openHeads opens the files of heads of a case. Where one can't be written, the other has to do.
func openHeads(home, dir, id string, o Options) (list heads) {
	paths := []string{headFile(home)}
	if o.DataDir != "" {
		if err := os.MkdirAll(filepath.Join(o.DataDir, headsName), 0o700); err == nil {
			paths = append(paths, userHeads(o.DataDir, dir)+hashOf(id)[:16])
		}
	}
	for _, path := range paths {
		k, err := keepHeadsIn(path)
		if err != nil {
			o.Log.Warn("store: head", "err", err)
			continue
		}
		list = append(list, k)
	}
	return list
}

func (list heads) write(h head) error {
	slot, err := h.encode()
	if err != nil {
		return err
	}
	var errs []error
	for _, k := range list {
		errs = append(errs, k.write(slot))
	}
	return errors.Join(errs...)
}

// close ends their keeping, synced, for the stick may be pulled now.
func (list heads) close() {
	for _, k := range list {
		_ = k.file.Sync() // an older one tells less
		_ = k.file.Close()
	}
}

// keepHead notes what was acknowledged. While changes may be missing, the heads go on telling of them.
func (o *owner) keepHead() {
	o.mu.Lock()
	h := head{Case: o.at.Case, Commit: o.at.Commit, Mark: o.at.Mark, At: o.opts.now().Unix(), Submitted: o.submitted}
	doubtful := o.state[bucketMeta][keyDoubt] != nil
	o.mu.Unlock()
	if doubtful || h.Commit == 0 || h.Commit > maxHeadCommit {
		return
	}
	if err := o.heads.write(h); err != nil {
		o.opts.Log.Warn("store: head", "err", err)
	}
}

// at is when what a head tells of was acknowledged.
func (h head) at() time.Time { return time.Unix(h.At, 0) }
