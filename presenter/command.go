package presenter

import "butluc/library"

// Cue is one shot of the run: a page of the file, or a step of the outline.
type Cue struct {
	ID   string       // unique in the run; the same cue keeps it when the run changes
	Shot library.Shot // zero for a step of words only, at which the court keeps what it sees
}

// Command is one thing that a person did, or that the machine reports. The types below are all.
type Command interface{ command() }

type (
	// SetRun replaces the order in which shots follow each other. The place in it is kept by the
	// cue last taken from it. It never changes Program.
	SetRun struct{ Run []Cue }
	// Start begins the trial, black, with the shot at index At of the run in Preview.
	// In a running trial it does nothing: clickers send F5 again and again.
	Start struct{ At int }
	// End ends the trial: Program is empty, and the court screen is black until it is taken away.
	End struct{}
	// Call puts a shot from outside the run into Preview; once it was taken, Preview is the run's
	// next again.
	Call struct{ Shot library.Shot }
	// Jump goes on at the cue with index At: it is the run's next, and in Preview.
	Jump struct{ At int }
	// Return puts the run's next back into Preview; where it is there already, the run goes back to
	// where it was left by the last jump.
	Return struct{}
	// Take makes Preview the Program, whatever it is.
	Take struct{}
	// Next takes Program's next beat, and behind its last the run's next shot.
	Next struct{}
	// Back takes the beat before, and before the first the run's shot before, with all its beats.
	Back struct{}
	// Blank makes the court screen black, and the next time shows again what was shown.
	Blank struct{}
	// Look changes how one pane of Preview is looked at; its page stays.
	Look struct {
		Index int
		Pane  library.Pane
	}
	// LookLive changes how one pane of Program is looked at, or what is drawn on it, or turns it to
	// another page of its file, at once.
	LookLive struct {
		Index int
		Pane  library.Pane
	}
	// HideMarks makes Program show no mark but redactions, and the next time all of them again.
	HideMarks struct{}
	// Clear takes away what was drawn on Program while the court looked.
	Clear struct{}
	// Caution says that a page needs a second key before the court sees it. The first page of a file of
	// which a clip is played stands for all of the clip, and a page with the index [AllPages] for all
	// pages of its file, or all times of a recording.
	Caution struct {
		Page library.PageID
		Why  Reason
	}
	// SetCautions replaces what is known of all pages; what was found to be incomplete stays so.
	SetCautions struct{ Pages map[library.PageID]Reason }
	// GuardStatements turns the guard over statements on or off: it holds only while questions are put.
	GuardStatements struct{ Statements bool }
	// Confirm takes the shot that waits for a second key, also one that needs more than Take: a person
	// said on what ground.
	Confirm struct{}
	// Withdraw takes back what waits for a second key: the next take asks anew. Preview and Program stay.
	Withdraw struct{}
	// Play plays Program's clip from where it stands, at its end from its beginning, or pauses what
	// plays. It plays only while the court sees it.
	Play struct{}
	// Wind puts Program's clip at a time of the recording, in milliseconds. What plays goes on playing
	// from there. It stays within the passage, or with Widen makes the passage as long as that; with Until
	// the passage ends there, if that is later. How long the recording is must be known by who gives the
	// command. Of a black screen nothing is wound.
	Wind struct {
		At    int
		Widen bool
		Until int // in milliseconds
	}
	// Volume makes Program's clip louder or softer, or silent, while it goes on as it is. Percent is
	// 1 to [library.MaxVolume]; 0 means 100, as in [library.Span].
	Volume struct {
		Percent int
		Mute    bool
	}
	// Stopped says that a clip which was told to play came to stand, and where, in milliseconds: because
	// of [Pause], at its end, or because it can't be played. Shot is that of its [PlayClip]. It comes once
	// after each PlayClip, soon after a Pause and also of a player that died, but not where another
	// PlayClip has overtaken it.
	Stopped struct {
		Shot library.Shot
		At   int
	}
	// Painted says that the frame of a shot now stands on the court screen.
	Painted struct{ Shot library.Shot }
	// Failed says that no frame of a shot is to be had.
	Failed struct{ Shot library.Shot }
	// ScreenLost says that the court screen is gone.
	ScreenLost struct{}
	// ScreenFound says that there is a court screen, new or again.
	ScreenFound struct{}
)

func (SetRun) command()          {}
func (Start) command()           {}
func (End) command()             {}
func (Call) command()            {}
func (Jump) command()            {}
func (Return) command()          {}
func (Take) command()            {}
func (Next) command()            {}
func (Back) command()            {}
func (Blank) command()           {}
func (Look) command()            {}
func (LookLive) command()        {}
func (HideMarks) command()       {}
func (Clear) command()           {}
func (Caution) command()         {}
func (SetCautions) command()     {}
func (GuardStatements) command() {}
func (Confirm) command()         {}
func (Withdraw) command()        {}
func (Play) command()            {}
func (Wind) command()            {}
func (Volume) command()          {}
func (Stopped) command()         {}
func (Painted) command()         {}
func (Failed) command()          {}
func (ScreenLost) command()      {}
func (ScreenFound) command()     {}

// AllPages as the index of a page in a caution stands for every page of its file.
const AllPages = -1

// Reason is a set of why a page needs a second key.
type Reason uint8

// NoCaution is no reason.
const NoCaution Reason = 0

// The reasons; each has a sentence in both languages under "caution." + its name.
const (
	Incomplete Reason = 1 << iota // it decoded only in part
	Changed                       // its file changed since it was prepared
	Restricted                    // a person said that it may not be shown to everybody
	Statement                     // of a person present: only [Confirm] takes it (Art. 308 of the Criminal Procedure Code)
)

// Reasons are all of them, the gravest first.
var Reasons = []Reason{Statement, Restricted, Changed, Incomplete}

// Worst is the gravest of the reasons.
func (r Reason) Worst() Reason {
	for _, one := range Reasons {
		if r&one != 0 {
			return one
		}
	}
	return NoCaution
}

// String names a single reason; of several, the gravest.
func (r Reason) String() string {
	return map[Reason]string{
		NoCaution: "none", Incomplete: "incomplete", Changed: "changed", Restricted: "restricted", Statement: "statement",
	}[r.Worst()]
}

// Effect is what must be done after a command, in order.
type Effect interface{ effect() }

type (
	// ShowProgram asks to paint Program's frame as soon as it is whole; until then the old picture stays.
	ShowProgram struct{}
	// ShowBlack asks to paint the court screen black at once.
	ShowBlack struct{}
	// Hide asks to take the court window off every screen at once.
	Hide struct{}
	// Prepare says that Preview, Program or the run moved, so that other frames are wanted.
	Prepare struct{}
	// Ask asks for a second key before the shot is taken.
	Ask struct {
		Shot library.Shot
		Why  Reason
	}
	// PlayClip asks to play the shot's clip from where it stands to its end, in place of what played
	// before. Each picture of it asks [Stage.WantsMoving] before it is painted.
	PlayClip struct{ Shot library.Shot }
	// Pause asks to stop what plays, at once, and to tell where with [Stopped]. It comes before what else
	// a command brings about, and may come where nothing plays any more.
	Pause struct{}
	// Loudness asks to play at another volume, in per cent, or silently. Program and Shown are other
	// shots by then, of the same pixels.
	Loudness struct {
		Volume int
		Mute   bool
	}
	// Tell is a line for the person at the console.
	Tell struct{ What Notice }
)

func (ShowProgram) effect() {}
func (ShowBlack) effect()   {}
func (Hide) effect()        {}
func (Prepare) effect()     {}
func (Ask) effect()         {}
func (PlayClip) effect()    {}
func (Pause) effect()       {}
func (Loudness) effect()    {}
func (Tell) effect()        {}

// Notice is something that the person at the console should know, in a line.
type Notice string

// The notices; each has a sentence in both languages under "notice." + notice.
const (
	AtEnd        Notice = "at-end"        // the run has no next
	AtStart      Notice = "at-start"      // the run has nothing before
	NothingTo    Notice = "nothing"       // Preview is empty
	NothingPlays Notice = "nothing-plays" // the court sees no clip
	TakeFailed   Notice = "take-failed"   // the page could not be drawn; the court keeps the old picture
	ScreenAway   Notice = "screen-away"   // the court screen went; the court sees nothing of ours
	ScreenAgain  Notice = "screen-again"  // it is back, black; one key shows what it showed
)
