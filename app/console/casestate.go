package console

import (
	"context"
	"time"

	"butluc/library"
	"butluc/library/casefile"
	"butluc/presenter"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// caseState is what is known of one case. It is replaced whole when another is opened, so that nothing of one case is
// taken for the next one's: pages of two cases have the same paths more often than not. It belongs to the UI goroutine.
type caseState struct {
	file     *casefile.Case // nil while no case is open
	snapshot casefile.Snapshot
	places   map[string]int // path → exhibit
	stop     context.CancelFunc
	pages    []library.PageID

	index      *library.Index
	indexed    []library.Exhibit  // what index is of
	docs       []library.Document // as they are cut and joined; nil once something changed
	docsOf     library.Outline
	now        *library.PagesNow // of nowOf in nowIn
	nowOf      library.Outline
	nowIn      *library.Index
	renditions map[string]render.Source // of Office files, by path
	run        []presenter.Cue          // the outline's steps, else pages
	projector  *projector.Projector
	current    library.Pane // looked at in Prepare
	step       library.ID   // selected in the outline, "" for none
	numbers    map[library.ID]string
	numbered   library.Outline         // what numbers is of
	guards     Guards                  // those that are turned off
	grounds    map[library.Shot]string // on which statements were taken in this trial
	statements map[[2]string]bool      // documents that are statements, or not, by title and path
	cameTo     int                     // the stage's At as it was noted last
	since      time.Time               // when the case was opened
	wanted     string                  // a file to look at once it is listed, "" for none
	seen       map[string]bool         // cues of the run that the court saw in this trial
	typed      library.PageID          // what the digits typed so far would call
	candidate  library.PageID          // the same, once it is likely meant: to be made ahead
	highest    int                     // folio of the case; the number of its pages where it has none
	thumbs     []render.Request        // newest first
	studying   studying
	live       live
	livePane   int  // of Program, that keys move
	liveApart  bool // panes move one by one
	pair       library.Shot // that is looked at instead of the one page; zero for none
	drawn      int // steps made in this trial of what was drawn
	find       finding
	parting    parting
	seek       seeking
	texts      texts
	pane       int // of the chosen step that was looked at last
	notice     Notice
	log        log
	kept       *place // of the running trial
	unfinished *place // of one that was cut off; nil where none was
}

// forgetCase is as if no case had been open.
func (s *Session) forgetCase() {
	s.caseState = caseState{log: log{session: s}, renditions: map[string]render.Source{}}
	s.mu.Lock()
	s.answers = answers{aspects: map[sheet]float64{}}
	s.mu.Unlock()
}
