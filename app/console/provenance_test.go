package console

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"butluc/app/console/provenance"
	"butluc/app/console/readiness"
	"butluc/library"
	"butluc/library/signature"
	"butluc/library/signature/pades"
	"butluc/library/signature/signaturetest"
)

const md5OfNothing = "d41d8cd98f00b204e9800998ecf8427e"

// verdict waits for what is known of a file's stated hash.
func (w *harness) verdict(path string, want library.HashVerdict) {
	w.t.Helper()
	w.until("the hash to be "+string(want), func() bool { return w.Readiness.Provenance.Known().Hashes[path].Verdict == want })
}

func hasLine(lines []readiness.Line, good bool, words string) bool {
	return slices.ContainsFunc(lines, func(l readiness.Line) bool { return l.Good == good && strings.Contains(l.Text, words) })
}

// A file that differs from what the biên bản states stands amber in the check until a person says why; undo takes that back.
func TestAStatedHashIsComparedUntilAPersonSaysWhy(t *testing.T) {
	w := openHarness(t, folderOf(t, map[string][]byte{"BL 1.jpg": jpegOf(t, 40, 20, false)}), nil)
	w.SetLanguage("en")
	closeHarness(t, w)
	if w.Readiness.Provenance.State("BL 1.jpg", "no hash", "") {
		t.Error("a text that is no hash is taken for one")
	}
	w.Readiness.Provenance.State("BL 1.jpg", md5OfNothing, "Record of seizure, BL 12")
	w.verdict("BL 1.jpg", library.HashDiffers)
	if lines := w.ready(); !hasLine(lines, false, "hash differs") {
		t.Errorf("the check says %+v", lines)
	}
	w.Readiness.Provenance.Excuse("BL 1.jpg", "copied anew", "Lê Thục Quyên", time.Date(2026, 3, 14, 8, 30, 0, 0, time.UTC))
	w.verdict("BL 1.jpg", library.HashExcused)
	s, _ := w.Readiness.Provenance.Stated("BL 1.jpg")
	if s.By != "Lê Thục Quyên" || s.At != "2026-03-14T08:30:00Z" || s.Origin != "Record of seizure, BL 12" {
		t.Errorf("%+v", s)
	}
	if lines := w.ready(); hasLine(lines, false, "hash differs") {
		t.Errorf("after the reason was told, the check says %+v", lines)
	}
	w.Edits.Undo()
	w.verdict("BL 1.jpg", library.HashDiffers)
	w.Readiness.Provenance.State("BL 1.jpg", w.Readiness.Provenance.Known().Hashes["BL 1.jpg"].Own.MD5, "")
	w.verdict("BL 1.jpg", library.HashSame)
	if lines := w.ready(); !hasLine(lines, true, "1 file has the hash") {
		t.Errorf("of a file that is as stated, the check says %+v", lines)
	}
}

func TestHashesAreReadFromAListBesideTheFile(t *testing.T) {
	dir := folderOf(t, map[string][]byte{"BL 1.jpg": jpegOf(t, 40, 20, false), "sums.md5": []byte(md5OfNothing + " *BL 1.jpg\n")})
	w := openHarness(t, dir, nil)
	closeHarness(t, w)
	w.Readiness.Provenance.ReadList(filepath.Join(dir, "sums.md5"))
	w.verdict("BL 1.jpg", library.HashDiffers)
	if s, _ := w.Readiness.Provenance.Stated("BL 1.jpg"); s.Origin != "sums.md5" {
		t.Errorf("%+v", s)
	}
}

// What was changed after it was signed is told in the check, where it is shown.
func TestASignedFileThatWasChangedIsToldBeforeTheHearing(t *testing.T) {
	a := signaturetest.NewAuthority(t, "CA")
	signed := signaturetest.Sign(t, signaturetest.PDF("but luc", 0, false), a.Person(t, "An", signaturetest.RSA(t)), pades.Options{})
	changed := bytes.Replace(signed, []byte("but luc"), []byte("but luk"), 1)
	dir := folderOf(t, map[string][]byte{"BL 1.pdf": signed, "BL 2.pdf": changed, "BL 3.pdf": changed})
	w := openHarness(t, folderOf(t, map[string][]byte{"BL 1.pdf": signed}), nil)
	w.SetLanguage("en")
	closeHarness(t, w)
	certificates := t.TempDir()
	w.opt.Provenance = provenance.Options{Certificates: certificates, Signatures: func(string) (*signature.Survey, error) {
		return &signature.Survey{Reader: signature.Reader{Command: []string{os.Args[0], signature.Verb}, Roots: certificates}}, nil
	}}
	w.Open(dir)
	w.until("who signed to be known", func() bool { return len(w.Readiness.Provenance.Known().Signatures) == 3 })
	if s := w.Readiness.Provenance.Known().Signatures["BL 1.pdf"].Signatures[0]; !s.Intact || s.Trusted || s.Name != "An" {
		t.Errorf("%+v", s)
	}
	source := t.TempDir()
	a.Install(t, source)
	w.Readiness.Provenance.Install(filepath.Join(source, "authority.crt"))
	w.until("the chain to be known", func() bool { return w.Readiness.Provenance.Known().Signatures["BL 1.pdf"].Signatures[0].Trusted })
	w.Edits.Edit(w.Dossier.Outline().AddPhase(library.Phase{ID: "p", Title: "Xét hỏi"}, library.Place{}))
	w.Edits.Edit(w.Dossier.Outline().AddScenario(library.Scenario{ID: "s0", Title: "Một"}, library.Place{Parent: "p"}))
	w.prepared(library.ShotOf(library.PageID{Path: "BL 1.pdf"}, library.PageID{Path: "BL 2.pdf"}))
	lines := w.ready()
	told := func(name string) bool {
		return slices.ContainsFunc(lines, func(l readiness.Line) bool { return !l.Good && strings.Contains(l.Text, name+": changed after") })
	}
	if told("BL 1") || !told("BL 2") || told("BL 3") {
		t.Errorf("the check says %+v", lines)
	}
}
