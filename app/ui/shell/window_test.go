package shell

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"butluc/app/keys"
	"butluc/library"
)

// What the foot says is said in the language that a person changed to.
func TestTheNoticeChangesItsLanguage(t *testing.T) {
	w := newConsole(t)
	w.do(keys.Theme)
	key := "theme." + w.session.Settings.Shelf().Settings().Theme
	for range 2 {
		w.do(keys.Language)
		if got, want := w.session.Notices.Now().Text, w.window.session.T(key); got != want {
			t.Errorf("in %q the foot says %q, want %q", w.window.session.Language(), got, want)
		}
	}
	w.session.Notices.TellText("Đã xóa 2 mục.", false)
	w.do(keys.Language)
	if got := w.session.Notices.Now().Text; got != "" {
		t.Errorf("after the language changed the foot says %q still", got)
	}
	w.do(keys.Language)
}

func TestAFileDroppedOnTheWindowIsLookedAt(t *testing.T) {
	w := newConsole(t)
	snapshot, _ := w.session.Dossier.Snapshot()
	want := w.session.Dossier.Pages()[len(w.session.Dossier.Pages())-1].Path
	w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(filepath.Join(snapshot.Case.Path, want))})
	w.until("the file", func() bool { return w.session.Study.Current().Page == library.PageID{Path: want} })
	if now, _ := w.session.Dossier.Snapshot(); now.Case.Path != snapshot.Case.Path {
		t.Errorf("it opened the case %s", now.Case.Path)
	}
}

func TestAJumpFindsTheBeginningsOfWords(t *testing.T) {
	w := newConsole(t)
	for typed, want := range map[string]int{"nhan": 1, "khong nhan toi": 1, "han": 0, "nhan hung": 0} {
		if got := findTargets(w.session, typed); len(got) != want {
			t.Errorf("%q finds %+v, want %d", typed, got, want)
		}
	}
}
