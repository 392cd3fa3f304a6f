package library

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of what one field may hold, in bytes. They keep an edit small and a foreign file harmless.
const (
	MaxTitle = 4 << 10
	MaxText  = 64 << 10
	maxPath  = 4 << 10
	maxJoin  = 5000 // files of one document
)

var (
	idForm  = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	shaForm = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// invalid is a value that its field may not have.
type invalid struct{ Field, Why string }

func (e *invalid) Error() string        { return strings.TrimPrefix(e.Field+": "+e.Why, ": ") }
func (e *invalid) Is(target error) bool { return target == ErrInvalid }

// reason is the error without the field, for whoever tells the field otherwise.
func (e *invalid) reason() error { return &invalid{Why: e.Why} }

func bad(field, why string, args ...any) error { return &invalid{field, fmt.Sprintf(why, args...)} }

// checks gives the first error of several.
func checks(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func checkID(field string, id ID) error {
	if !idForm.MatchString(string(id)) {
		return bad(field, "%q is no id: 1 to 64 letters, digits, - and _", id)
	}
	return nil
}

func checkRef(field string, id ID) error {
	if id == "" {
		return nil
	}
	return checkID(field, id)
}

func checkRank(rank string) error {
	if !validRank(rank) {
		return bad("rank", "%q is no rank", rank)
	}
	return nil
}

func checkText(field, s string, limit int) error {
	switch {
	case len(s) > limit:
		return bad(field, "longer than %d bytes", limit)
	case !utf8.ValidString(s):
		return bad(field, "not UTF-8")
	case strings.IndexByte(s, 0) >= 0:
		return bad(field, "has a character that is none")
	}
	return nil
}

func checkCode(field, code string, codes []string) error {
	if code != "" && !slices.Contains(codes, code) {
		return bad(field, "%q is none of %s", code, strings.Join(codes, ", "))
	}
	return nil
}

// CheckPath tells why a path can't be one inside a case: it is absolute, of a drive or a network
// share, goes up, or is not written as [EscapePath] writes it.
func CheckPath(p string) error {
	switch {
	case p == "":
		return bad("path", "empty")
	case len(p) > maxPath || !utf8.ValidString(p) || strings.ContainsRune(p, 0):
		return bad("path", "too long, or not text")
	case strings.HasPrefix(p, "/"), strings.HasPrefix(p, `\\`):
		return bad("path", "%q leads out of the case", p)
	case len(p) >= 2 && p[1] == ':' && (p[0]|0x20) >= 'a' && (p[0]|0x20) <= 'z':
		return bad("path", "%q leads out of the case", p)
	}
	for part := range strings.SplitSeq(strings.ReplaceAll(p, `\`, "/"), "/") {
		if part == ".." {
			return bad("path", "%q leads out of the case", p)
		}
	}
	if path.Clean(p) != p || p == "." {
		return bad("path", "%q is not written plainly", p)
	}
	return nil
}

func checkPage(field string, p PageID) error {
	if p.Index < 0 || p.Index >= maxPages {
		return bad(field, "no page %d", p.Index+1)
	}
	if err := CheckPath(p.Path); err != nil {
		return bad(field, "%s", strings.TrimPrefix(err.Error(), "path: "))
	}
	return nil
}

func checkFolio(field, folio string) error {
	if folio == "" {
		return nil
	}
	if f, ok := ParseFolio(folio); !ok || f.IsZero() {
		return bad(field, "%q is no folio", folio)
	}
	return nil
}

// checkStamp is of a folio that a page itself carries.
func checkStamp(folio string) error {
	if folio == NoFolio {
		return nil
	}
	return checkFolio("folio", folio)
}

func (c Cover) check() error {
	if !slices.Contains(CaseKinds, c.Kind) {
		return bad("kind", "%q is no kind of case", c.Kind)
	}
	return checks(CoverTexts.check(c), checkCode("captions", string(c.Captions), []string{string(CaptionFolio), string(CaptionFull)}), c.Stated.check())
}

func (p Person) check() error {
	return checks(checkID("id", p.ID), checkRank(p.Rank), PersonTexts.check(p), checkCode("role", p.Role, Roles))
}

func (p Phase) check() error {
	return checks(checkID("id", p.ID), checkRank(p.Rank), checkRef("code", ID(p.Code)), PhaseTexts.check(p), checkPart(p.Told))
}

func checkPart(p Part) error {
	if p != "" && !slices.Contains(Parts(), p) {
		return bad("part", "%q is none of a hearing", p)
	}
	return nil
}

func (s Scenario) check() error {
	if s.Digit < 0 || s.Digit > 9 {
		return bad("digit", "%d is not 0 to 9", s.Digit)
	}
	return checks(checkID("id", s.ID), checkID("phase", s.Phase), checkRank(s.Rank), ScenarioTexts.check(s),
		checkCode("color", s.Color, Colors))
}

func (s Step) check() error {
	return checks(checkID("id", s.ID), checkID("scenario", s.Scenario), checkRank(s.Rank), StepTexts.check(s),
		checkRef("asks", s.Asks), checkShot(s.Shot))
}

func checkShot(s Shot) error {
	if s.Count > MaxPanes {
		return bad("panes", "more than %d", MaxPanes)
	}
	for i, p := range s.Panes {
		field := fmt.Sprintf("panes[%d]", i)
		if i >= int(s.Count) {
			if p != (Pane{}) {
				return bad(field, "set but not counted")
			}
			continue
		}
		if err := checkPage(field+".page", p.Page); err != nil {
			return err
		}
		if p.View != (Rect{}) && !p.View.Valid() {
			return bad(field+".view", "not on the page")
		}
		if p.Turn > 3 {
			return bad(field+".turn", "%d is not 0 to 3", p.Turn)
		}
		if err := checks(p.Marks.check(field+".marks", false), p.Adjust.check(field+".adjust"), p.Clip.check(field+".clip")); err != nil {
			return err
		}
		if at, _, plays := s.Clip(); !p.Clip.IsZero() {
			switch {
			case plays && at != i:
				return bad(field+".clip", "another pane plays already")
			case p.Page.Index != p.Clip.From:
				return bad(field+".clip", "the pane stands at %d ms, not at the clip's beginning %d", p.Page.Index, p.Clip.From)
			}
		}
		if !p.Live.IsZero() {
			return bad(field+".live", "a step has no live marks")
		}
	}
	if s.Beat != 0 || s.Unmarked {
		return bad("panes", "a step begins at its first beat")
	}
	return nil
}

func (h Heading) check() error {
	return checks(checkPage("first", h.First), HeadingTexts.check(h), checkRef("person", h.Person),
		checkFolio("from", h.FolioFrom), checkFolio("to", h.FolioTo))
}

func (j Join) check() error {
	if len(j.Paths) < 2 || len(j.Paths) > maxJoin {
		return bad("paths", "%d files are no document of several", len(j.Paths))
	}
	seen := map[string]bool{}
	for i, p := range j.Paths {
		if err := CheckPath(p); err != nil {
			return bad(fmt.Sprintf("paths[%d]", i), "%s", strings.TrimPrefix(err.Error(), "path: "))
		}
		if seen[p] {
			return bad(fmt.Sprintf("paths[%d]", i), "%q is there twice", p)
		}
		seen[p] = true
	}
	return checks(checkID("id", j.ID), JoinTexts.check(j))
}

func (n PageNote) check() error {
	switch n.Flag {
	case FlagNone, FlagKey, FlagContradiction, FlagVerify:
	default:
		return bad("flag", "%q is no flag", n.Flag)
	}
	if n.Turn > 3 {
		return bad("turn", "%d is not 0 to 3", n.Turn)
	}
	return checks(checkPage("page", n.Page), PageNoteTexts.check(n),
		checkCode("restricted", n.Restricted, Restrictions), checkStamp(n.Folio), n.Marks.check("marks", true))
}

func (s Source) check() error {
	if !shaForm.MatchString(s.SHA256) {
		return bad("sha256", "%q is none", s.SHA256)
	}
	return CheckPath(s.Path)
}
