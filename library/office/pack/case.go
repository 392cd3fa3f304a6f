package pack

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"time"

	"butluc/library/casefile"
	"butluc/library/office/answer"
	"butluc/library/office/identity"
)

// ErrEdited says that an outline was edited since it was submitted.
var ErrEdited = errors.New("the outline was edited since it was submitted")

// OfSubmission are the contents of an open case for the superior that its outline was submitted to: all of it, marked as one to
// be read. from is who submits. It fails with [ErrEdited] where the outline is another than the copy that was submitted last.
func OfSubmission(ctx context.Context, c *casefile.Case, from identity.Card, progress Progress) (Contents, func() error, error) {
	contents, closeIt, err := OfCase(ctx, c, nil, true, progress)
	if err != nil {
		return Contents{}, nil, err
	}
	now := c.Snapshot()
	mark, err := casefile.Review{Number: now.Approval.Number, Outline: now.Approval.SHA256, From: from.Text()}.Encode()
	if err == nil && (now.Approval.Number == 0 || len(now.Outline.Since(now.Approval.Outline)) > 0) {
		err = ErrEdited
	}
	if err != nil {
		return Contents{}, nil, errors.Join(err, closeIt())
	}
	contents.Kind = KindSubmission
	contents.Sources = append(contents.Sources, inMemory(casefile.ReviewPath, mark, now.Approval.At))
	return contents, closeIt, nil
}

// OfAnswer are the contents of a package that brings a superior's answer back. title is the case's.
func OfAnswer(a answer.Signed, title string) Contents {
	return Contents{Kind: KindAnswer, Case: a.Case, Title: title, Sources: []Source{inMemory(AnswerFile, a.Data, a.Time)}}
}

func inMemory(path string, data []byte, at time.Time) Source {
	sum := sha256.Sum256(data)
	return Source{
		File{path, int64(len(data)), hex.EncodeToString(sum[:]), at},
		func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil },
	}
}

// OfCase are the contents of an open case: its files, or those among them that are named or in a folder that is (paths as
// [casefile.Snapshot] has them), and with its study what is known of it: outline, excerpts, journal and carried texts. What is
// not known by its SHA-256 yet is read for it. The caller closes what it is given once the package is written. It may be called
// while a window has the case.
func OfCase(ctx context.Context, c *casefile.Case, only []string, study bool, progress Progress) (Contents, func() error, error) {
	b, err := c.Bundle(ctx, casefile.BundleOptions{Only: only, Study: study}, progress)
	if err != nil {
		return Contents{}, nil, err
	}
	s := c.Snapshot()
	contents := Contents{Kind: KindCase, Case: s.Case.ID, Title: s.Case.Title, Folders: b.Folders, Study: b.Study, Check: b.Check}
	if len(only) > 0 {
		contents.Kind = KindDocuments
	}
	for _, i := range b.Items {
		contents.Sources = append(contents.Sources, Source{File{i.Path, i.Size, i.SHA256, i.Time}, i.Open})
	}
	return contents, b.Close, nil
}
