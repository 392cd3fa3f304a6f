package casefile

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"butluc/library"
	"butluc/library/internal/plain"
)

// What belongs to the superior's answers lies beside the database: answers, each as it was signed, go wherever the case goes;
// the mark of a case that is here to be read, and what a superior wrote and did not sign yet, stay.
const (
	answersDir = "answers"
	reviewName = "review.json"
	draftName  = "answer-draft.json"

	reviewVersion = 1
	maxAnswers    = 2_000
	maxAnswer     = 16 << 20 // bytes
)

// ErrReview says that a case is here to be read by a superior: nothing of it is edited.
var ErrReview = errors.New("the case is here to be read")

// Review marks a case that somebody submitted to a superior, on the superior's machine: it is read and answered, not edited.
type Review struct {
	Version int    `json:"version"`
	Number  int    `json:"number"`          // of the submission
	Outline string `json:"sha256"`          // of the submitted copy
	From    string `json:"from"`            // the card of who submitted it
	Store   string `json:"store,omitempty"` // the id of the store that it came from; "" for a package
}

// ReviewPath is the mark's file in a case folder, by [library.EscapePath].
const ReviewPath = library.Sidecar + "/" + reviewName

// Encode writes the mark as its file has it.
func (r Review) Encode() ([]byte, error) {
	r.Version = reviewVersion
	return json.Marshal(r)
}

// openReview reads the mark and the answers that lie beside the database. What can't be read is left out and logged.
func (h *sharing) openReview() {
	home := h.c.Home()
	if data, err := plain.ReadOwn(filepath.Join(home, reviewName), 1<<20); err == nil {
		r := Review{}
		if err := json.Unmarshal(data, &r); err != nil || r.Version < 1 {
			h.c.opts.Log.Error("casefile: read review", "case", h.c.dir, "err", err)
		}
		h.c.review = &r // a mark that can't be read still means that the case is not to be edited
	}
	entries, _ := os.ReadDir(filepath.Join(home, answersDir))
	for _, e := range entries {
		if len(h.c.answers) == maxAnswers || !strings.HasSuffix(e.Name(), ".json") {
			continue
		}
		data, err := plain.ReadOwn(filepath.Join(home, answersDir, e.Name()), maxAnswer)
		if err != nil {
			h.c.opts.Log.Error("casefile: read answer", "case", h.c.dir, "name", e.Name(), "err", err)
			continue
		}
		h.c.answers = append(h.c.answers, data)
	}
}

// BeginReview marks the case as one that is here to be read.
func (h *sharing) BeginReview(r Review) error {
	data, err := r.Encode()
	if err == nil {
		err = h.write(reviewName, data)
	}
	if err != nil {
		return fmt.Errorf("mark case for reading: %w", err)
	}
	h.c.mu.Lock()
	h.c.review, h.c.snapshot = &r, nil
	h.c.mu.Unlock()
	h.c.touch()
	return nil
}

// TakeAnswer keeps a superior's answer as it was signed. id names it; one that is here is not written again.
func (h *sharing) TakeAnswer(id string, data []byte) error {
	name := path.Join(answersDir, filepath.Base(id)+".json")
	if _, err := os.Lstat(filepath.Join(h.c.Home(), filepath.FromSlash(name))); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Join(h.c.Home(), answersDir), 0o755); err != nil { //nolint:gosec // as the case folder is
		return fmt.Errorf("keep answer: %w", err)
	}
	if err := h.write(name, data); err != nil {
		return fmt.Errorf("keep answer: %w", err)
	}
	h.c.mu.Lock()
	h.c.answers = append(h.c.answers[:len(h.c.answers):len(h.c.answers)], data)
	h.c.snapshot = nil
	h.c.mu.Unlock()
	h.c.touch()
	return nil
}

// Submitted are the copies of the outline that were submitted, in their order. Those that can't be read are told of in the error.
func (h *sharing) Submitted() ([]library.Approval, error) { return h.c.store.Approvals() }

// Draft is what a superior wrote and did not sign yet; nil for nothing.
func (h *sharing) Draft() ([]byte, error) {
	data, err := plain.ReadOwn(filepath.Join(h.c.Home(), draftName), maxAnswer)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// KeepDraft keeps it; nil takes it away.
func (h *sharing) KeepDraft(data []byte) error {
	if data == nil {
		if err := os.Remove(filepath.Join(h.c.Home(), draftName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("drop draft: %w", err)
		}
		return nil
	}
	return h.write(draftName, data)
}

func (h *sharing) write(name string, data []byte) error {
	return WriteFile(filepath.Join(h.c.Home(), filepath.FromSlash(name)), func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// mayEdit fails with [ErrReview] for a case that is here to be read, under mu.
func (d *editing) mayEdit() error {
	if d.c.review != nil {
		return fmt.Errorf("edit outline: %w", ErrReview)
	}
	return nil
}
