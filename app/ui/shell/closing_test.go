package shell

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"butluc/app/console/exchange"
	"butluc/app/keys"
	"butluc/library"
)

// The closing speech is drafted, written, cited in and made into steps by keys alone; on paper its citations are folios.
func TestTheClosingIsWrittenByKeys(t *testing.T) {
	w := newConsole(t)
	accuses, clears := w.excerpted()
	outline := func() library.Outline { return w.session.Dossier.Outline() }
	speech := w.session.Excerpts.Closing()
	w.do(keys.GoStudy)
	w.key("Home", "L") // the first excerpt, in a new paragraph
	p, ok := speech.Chosen()
	if !ok || len(p.Cites.List()) != 1 || p.Cites.List()[0].Excerpt != accuses.ID {
		t.Fatalf("after L the paragraph is %+v", p)
	}
	w.key("Tab", "Tab", "Tab", "Return") // to the speech, and into the text
	w.typed(" Bị cáo nhận tội.")
	w.key("Escape")
	if p, _ = speech.Chosen(); p.Text != "[1] Bị cáo nhận tội." {
		t.Errorf("typed: %q", p.Text)
	}
	w.key("L")
	w.typed("roi quan")
	w.key("Return", "Escape")
	if p, _ = speech.Chosen(); p.Text != "[1] Bị cáo nhận tội [2]." || p.Cites.List()[1].Excerpt != clears.ID {
		t.Errorf("cited: %q, %+v", p.Text, p.Cites.List())
	}
	w.key("Insert")
	w.typed("Kính thưa Hội đồng xét xử.")
	w.key("Escape")
	hands["the console"](w, keyEvent(keys.Chord{Mods: keys.Alt, Key: "Up"}))
	w.pump()
	if list := outline().Paragraphs(); len(list) != 2 || list[1].ID != p.ID {
		t.Fatalf("moved up: %+v", list)
	}
	steps := outline().Count(library.TableSteps)
	w.do(keys.IntoOutline)
	phases := outline().Phases()
	last := phases[slices.IndexFunc(phases, func(p library.Phase) bool { return p.Part() == library.PartClosing })]
	scenarios := outline().Scenarios(last.ID)
	made := outline().Steps(scenarios[len(scenarios)-1].ID)
	if outline().Count(library.TableSteps) != steps+2 || len(made) != 2 || !strings.Contains(made[0].Say, "Bị cáo nhận tội (BL") {
		t.Errorf("%d steps: %+v", len(made), made)
	}
	w.do(keys.Undo)
	if outline().Count(library.TableSteps) != steps {
		t.Error("the steps can't be taken back in one go")
	}
	w.key("Delete")
	if outline().Count(library.TableParagraphs) != 1 {
		t.Error("the paragraph is still there")
	}
}

// A citation whose excerpt was deleted is told once the speech is put on paper.
func TestALostCitationIsTold(t *testing.T) {
	w := newConsole(t)
	accuses, _ := w.excerpted()
	w.do(keys.GoStudy)
	w.key("Home", "L", "Delete")
	if _, there := w.session.Dossier.Outline().Excerpt(accuses.ID); there {
		t.Fatal("the excerpt is still there")
	}
	w.key("Tab", "Tab", "Tab")
	dir := t.TempDir()
	w.session.Settings.Remember(exchange.PaperDirSetting, dir)
	file := filepath.Join(dir, "luận tội.pdf")
	w.session.Exchange.PrintStudy(exchange.ClosingPaper, file)
	w.until("written, and told", func() bool {
		_, err := os.Stat(file)
		return err == nil && strings.Contains(w.session.Notices.Now().Text, "không còn trích cứu")
	})
}
