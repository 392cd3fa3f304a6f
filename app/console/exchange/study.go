package exchange

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"butluc/presenter/print"
)

// StudyPaper is a paper of the study.
type StudyPaper string

// The papers; each has a name under the key "study." + its name.
const (
	TablePaper    StudyPaper = "table"    // the excerpts by document
	EvidencePaper StudyPaper = "evidence" // the matters with what proves them
	TimelinePaper StudyPaper = "timeline" // what happened when
	ClosingPaper  StudyPaper = "closing"  // the closing speech
)

// StudyPapers are all papers in the order in which they are offered.
var StudyPapers = []StudyPaper{TablePaper, EvidencePaper, TimelinePaper, ClosingPaper}

// PaperDirSetting remembers where the last paper was written.
const PaperDirSetting = "print.dir"

// PaperDir is where papers are written until a person says otherwise: where the last one was, else beside the case's folder.
func (ex *Exchange) PaperDir() string {
	dir := ex.settings.Remembered(PaperDirSetting)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return filepath.Dir(ex.dossier.Latest().Case.Path)
	}
	return dir
}

// PrintStudy writes a paper of the study into a file of the form that its ending names, PDF or DOCX.
func (ex *Exchange) PrintStudy(p StudyPaper, file string) {
	snapshot, ok := ex.dossier.Snapshot()
	if !ok {
		return
	}
	closing := print.Closing{Outline: snapshot.Outline, Exhibits: snapshot.Exhibits}
	ex.jobs.Save("print.name", "print.failed", file, func(_ context.Context, w io.Writer, _ func(done, total int64)) error {
		if p == ClosingPaper {
			return closing.Write(w, formatOf(file))
		}
		return print.Excerpts{Outline: snapshot.Outline, Exhibits: snapshot.Exhibits, Kind: print.StudyKind(p)}.Write(w, formatOf(file))
	}, func(file string) string {
		told := ex.printed(file)
		if lost := closing.Lost(); p == ClosingPaper && lost > 0 {
			told += " " + ex.lang.T("closing.lost", "count", lost)
		}
		return told
	})
}
