package pack

import (
	"context"

	"butluc/library/casefile"
)

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
