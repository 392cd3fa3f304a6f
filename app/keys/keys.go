// Package keys is the one table of keys, from which the handlers and F1's page are made.
//
// Keys have Fyne's names, which the court window uses too: a clicker goes to whichever window has
// the focus. A held key acts once, unless its binding says that it repeats; repeats never reach the
// court.
package keys

import (
	"fmt"
	"slices"
	"strings"

	"butluc/app/i18n"
)

// Mods are the modifier keys held.
type Mods uint8

// The modifiers.
const (
	Shift Mods = 1 << iota
	Ctrl
	Alt
)

// Chord is a key with the modifiers held.
type Chord struct {
	Mods Mods
	Key  string
}

// Room says where a binding holds.
type Room uint8

// The rooms.
const (
	Shelf Room = 1 << iota
	Prepare
	Trial
	Outline // Prepare's outline while it has the keys; what it doesn't bind is Prepare's
	Marks   // Prepare's page while a mark is picked or a tool is in hand
	Any     = Shelf | Prepare | Trial
)

// Action is what a key does, by name.
type Action string

// The actions; each has a sentence under "key." + action.
const (
	Help              Action = "help"
	GoShelf           Action = "go-shelf"
	GoPrepare         Action = "go-prepare"
	GoTrial           Action = "go-trial"
	OpenFolder        Action = "open-folder"
	Find              Action = "find"
	Filter            Action = "filter"
	CallUp            Action = "call-up"
	Close             Action = "close"
	Language          Action = "language"
	Theme             Action = "theme"
	Leave             Action = "leave"
	Start             Action = "start"
	StartHere         Action = "start-here"
	End               Action = "end"
	CourtOff          Action = "court-off"
	Next              Action = "next"
	Back              Action = "back"
	Take              Action = "take"
	Blank             Action = "blank"
	Return            Action = "return"
	PageNext          Action = "page-next"
	PageBack          Action = "page-back"
	LivePageNext      Action = "live-page-next"
	LivePageBack      Action = "live-page-back"
	RunFirst          Action = "run-first"
	RunLast           Action = "run-last"
	Whole             Action = "whole"
	LiveWhole         Action = "live-whole"
	Down              Action = "down"
	Up                Action = "up"
	LiveDown          Action = "live-down"
	LiveUp            Action = "live-up"
	ZoomIn            Action = "zoom-in"
	ZoomOut           Action = "zoom-out"
	ZoomOne           Action = "zoom-one"
	LiveZoomIn        Action = "live-zoom-in"
	LiveZoomOut       Action = "live-zoom-out"
	PanLeft           Action = "pan-left"
	PanRight          Action = "pan-right"
	PanUp             Action = "pan-up"
	PanDown           Action = "pan-down"
	LivePanLeft       Action = "live-pan-left"
	LivePanRight      Action = "live-pan-right"
	LivePanUp         Action = "live-pan-up"
	LivePanDown       Action = "live-pan-down"
	TurnRight         Action = "turn-right"
	TurnLeft          Action = "turn-left"
	ExhibitNext       Action = "exhibit-next"
	ExhibitBack       Action = "exhibit-back"
	BeginDocument     Action = "begin-document"
	HidePage          Action = "hide-page"
	Join              Action = "join"
	FolioTable        Action = "folio-table"
	NumberPages       Action = "number-pages"
	FlagKey           Action = "flag-key"
	FlagContradiction Action = "flag-contradiction"
	FlagVerify        Action = "flag-verify"
	OtherPane         Action = "other-pane"
	ToggleSingle      Action = "toggle-single"
	Note              Action = "note"
	FindStep          Action = "find-step"
	Scenario          Action = "scenario" // of the digit pressed
	Undo              Action = "undo"
	Redo              Action = "redo"
	AddPage           Action = "add-page"
	AddBeside         Action = "add-beside"
	KeepView          Action = "keep-view"
	RowUp             Action = "row-up"
	RowDown           Action = "row-down"
	RowUpMore         Action = "row-up-more"
	RowDownMore       Action = "row-down-more"
	RowFirst          Action = "row-first"
	RowLast           Action = "row-last"
	Fold              Action = "fold"
	Unfold            Action = "unfold"
	PickAll           Action = "pick-all"
	Write             Action = "write"
	NewStep           Action = "new-step"
	NewScenario       Action = "new-scenario"
	NewPhase          Action = "new-phase"
	Raise             Action = "raise"
	Lower             Action = "lower"
	Delete            Action = "delete"
	Copy              Action = "copy"
	Cut               Action = "cut"
	Paste             Action = "paste"
	Duplicate         Action = "duplicate"
	ToolHighlight     Action = "tool-highlight"
	ToolBox           Action = "tool-box"
	ToolEllipse       Action = "tool-ellipse"
	ToolArrow         Action = "tool-arrow"
	ToolLine          Action = "tool-line"
	ToolPen           Action = "tool-pen"
	ToolText          Action = "tool-text"
	ToolSpotlight     Action = "tool-spotlight"
	ToolCallout       Action = "tool-callout"
	ToolRedaction     Action = "tool-redaction"
	ToolPointer       Action = "tool-pointer"
	ToolHand          Action = "tool-hand"
	MarkPick          Action = "mark-pick"
	MarkPickBack      Action = "mark-pick-back"
	MarkPlace         Action = "mark-place"
	MarkLeft          Action = "mark-left"
	MarkRight         Action = "mark-right"
	MarkUp            Action = "mark-up"
	MarkDown          Action = "mark-down"
	MarkNarrower      Action = "mark-narrower"
	MarkWider         Action = "mark-wider"
	MarkLower         Action = "mark-lower"
	MarkTaller        Action = "mark-taller"
	MarkThinner       Action = "mark-thinner"
	MarkThicker       Action = "mark-thicker"
	MarkColor         Action = "mark-color"
	MarkSooner        Action = "mark-sooner"
	MarkLater         Action = "mark-later"
	MarkFront         Action = "mark-front"
	MarkBack          Action = "mark-back"
	MarkOwner         Action = "mark-owner"
	PushBeside        Action = "push-beside"
	ReplacePane       Action = "replace-pane"
	ClearLive         Action = "clear-live"
	HideMarks         Action = "hide-marks"
	KeepLive          Action = "keep-live"
	Together          Action = "together"
	NextPane          Action = "next-pane"
	PlayOrNext        Action = "play-or-next"
	Replay            Action = "replay"
	FrameNext         Action = "frame-next"
	FrameBack         Action = "frame-back"
	ContextNext       Action = "context-next"
	ContextBack       Action = "context-back"
	Louder            Action = "louder"
	Quieter           Action = "quieter"
	Mute              Action = "mute"
	SecondNext        Action = "second-next"
	SecondBack        Action = "second-back"
	TenNext           Action = "ten-next"
	TenBack           Action = "ten-back"
	MarkIn            Action = "mark-in"
	MarkOut           Action = "mark-out"
	ClearPart         Action = "clear-part"
	KeepPassage       Action = "keep-passage"
	Audition          Action = "audition"
	AddStill          Action = "add-still"
	Tie               Action = "tie"
)

// Group is a heading of F1's page; each has a text under "keys." + group.
type Group string

// The groups, in the order of F1's page.
const (
	GroupCourt   Group = "court"
	GroupClip    Group = "clip"
	GroupPreview Group = "preview"
	GroupLive    Group = "live"
	GroupStudy   Group = "study"
	GroupPassage Group = "passage"
	GroupOutline Group = "outline"
	GroupMarks   Group = "marks"
	GroupDraw    Group = "draw"
	GroupWindow  Group = "window"
)

// Binding says which chords do an action, and in which rooms.
type Binding struct {
	Action  Action
	Group   Group
	Rooms   Room
	Repeats bool // a held key goes on; only for what never changes the court's page
	Chords  []Chord
}

func on(keys ...string) []Chord { return with(0, keys...) }
func with(mods Mods, keys ...string) []Chord { // one chord a key
	chords := make([]Chord, len(keys))
	for i, k := range keys {
		chords[i] = Chord{mods, k}
	}
	return chords
}

// Table is all bindings. Backspace is in none: UniKey sends Backspaces as it composes.
var Table = []Binding{
	{Start, GroupCourt, Prepare | Trial, false, on("F5")},
	{StartHere, GroupCourt, Prepare | Trial, false, with(Shift, "F5")},
	{Next, GroupCourt, Trial, false, on("Next", "Right")},
	{PlayOrNext, GroupCourt, Trial, false, on("Space")},
	{Back, GroupCourt, Trial, false, on("Prior", "Left")},
	{Take, GroupCourt, Trial, false, on("Return", "KP_Enter")},
	{Blank, GroupCourt, Any, false, append(on("B", "."), Chord{Ctrl, "."})}, // the last while a text is typed
	{ToggleSingle, GroupCourt, Trial, false, on("F8")},
	{Note, GroupWindow, Trial, false, on("N")},
	{End, GroupCourt, Trial, false, with(Ctrl|Shift, "E")},
	{CourtOff, GroupCourt, Any, false, with(Ctrl|Shift, "T")},

	{Replay, GroupClip, Trial, false, with(Ctrl, "R")},
	{FrameNext, GroupClip, Trial, false, with(Ctrl, "Right")},
	{FrameBack, GroupClip, Trial, false, with(Ctrl, "Left")},
	{ContextNext, GroupClip, Trial, false, with(Ctrl|Shift, "Right")},
	{ContextBack, GroupClip, Trial, false, with(Ctrl|Shift, "Left")},
	{Louder, GroupClip, Trial, false, with(Ctrl, "Up")},
	{Quieter, GroupClip, Trial, false, with(Ctrl, "Down")},
	{Mute, GroupClip, Trial, false, on("M")},

	{CallUp, GroupPreview, Prepare | Trial, false, with(Ctrl, "G")},
	{Find, GroupPreview, Prepare | Trial, false, with(Ctrl, "F")},
	{Filter, GroupPreview, Prepare | Trial, false, with(Ctrl|Shift, "F")},
	{FindStep, GroupPreview, Prepare | Trial, false, append(with(Ctrl, "K"), Chord{0, "/"})},
	{Scenario, GroupPreview, Prepare | Trial, false, with(Alt, "1", "2", "3", "4", "5", "6", "7", "8", "9")},
	{Return, GroupPreview, Trial, false, on("R")},
	{PageNext, GroupPreview, Trial, false, with(Ctrl, "Next")},
	{PageBack, GroupPreview, Trial, false, with(Ctrl, "Prior")},
	{RunFirst, GroupPreview, Trial, false, on("Home")},
	{RunLast, GroupPreview, Trial, false, on("End")},

	{PageNext, GroupStudy, Prepare, true, on("Next", "Right", "Space")},
	{PageBack, GroupStudy, Prepare, true, on("Prior", "Left")},
	{ExhibitNext, GroupStudy, Prepare, true, with(Ctrl, "Down", "Next")},
	{ExhibitBack, GroupStudy, Prepare, true, with(Ctrl, "Up", "Prior")},
	{Whole, GroupStudy, Prepare | Trial, false, on("Z")},
	{Down, GroupStudy, Prepare | Trial, true, on("Down")},
	{Up, GroupStudy, Prepare | Trial, true, on("Up")},
	{ZoomIn, GroupStudy, Prepare | Trial, true, append(on("+", "="), Chord{Shift, "="})},
	{ZoomOut, GroupStudy, Prepare | Trial, true, on("-")},
	{ZoomOne, GroupStudy, Prepare, false, on("0")},
	{PanLeft, GroupStudy, Prepare | Trial, true, with(Alt, "Left")},
	{PanRight, GroupStudy, Prepare | Trial, true, with(Alt, "Right")},
	{PanUp, GroupStudy, Prepare | Trial, true, with(Alt, "Up")},
	{PanDown, GroupStudy, Prepare | Trial, true, with(Alt, "Down")},
	{TurnRight, GroupStudy, Prepare | Trial, false, on("]")},
	{TurnLeft, GroupStudy, Prepare | Trial, false, on("[")},

	{BeginDocument, GroupStudy, Prepare, false, on("D")},
	{Join, GroupStudy, Prepare, false, on("J")},
	{HidePage, GroupStudy, Prepare, false, on("H")},
	{FolioTable, GroupStudy, Prepare, false, with(Ctrl, "B")},
	{NumberPages, GroupStudy, Prepare, false, with(Ctrl|Shift, "B")},
	{FlagKey, GroupStudy, Prepare, false, on("K")},
	{FlagContradiction, GroupStudy, Prepare, false, on("M")},
	{FlagVerify, GroupStudy, Prepare, false, on("V")},

	{Audition, GroupPassage, Prepare, false, with(Ctrl, "Space")},
	{FrameNext, GroupPassage, Prepare, true, with(Ctrl, "Right")},
	{FrameBack, GroupPassage, Prepare, true, with(Ctrl, "Left")},
	{SecondNext, GroupPassage, Prepare, true, with(Shift, "Right")},
	{SecondBack, GroupPassage, Prepare, true, with(Shift, "Left")},
	{TenNext, GroupPassage, Prepare, true, with(Ctrl|Shift, "Right")},
	{TenBack, GroupPassage, Prepare, true, with(Ctrl|Shift, "Left")},
	{MarkIn, GroupPassage, Prepare, false, on("I")},
	{MarkOut, GroupPassage, Prepare, false, with(Shift, "I")},
	{ClearPart, GroupPassage, Prepare, false, on("X")},
	{KeepPassage, GroupPassage, Prepare, false, with(Ctrl, "S")},
	{AddStill, GroupPassage, Prepare, false, with(Shift, "Return", "KP_Enter")},
	{Tie, GroupPassage, Prepare, false, with(Ctrl, "J")},

	{OtherPane, GroupOutline, Prepare | Trial, false, on("Tab")},
	{AddPage, GroupOutline, Prepare, false, with(Ctrl, "Return", "KP_Enter")},
	{AddBeside, GroupOutline, Prepare | Trial, false, with(Ctrl|Shift, "Return", "KP_Enter")},
	{ReplacePane, GroupOutline, Prepare, false, with(Alt, "Return", "KP_Enter")},
	{PushBeside, GroupOutline, Prepare, false, with(Alt|Shift, "Return", "KP_Enter")},
	{KeepView, GroupOutline, Prepare, false, on("G")},
	{Write, GroupOutline, Outline, false, on("Return", "KP_Enter", "F2")},
	{NewStep, GroupOutline, Outline, false, on("Insert")},
	{NewScenario, GroupOutline, Prepare, false, with(Ctrl, "N")},
	{NewPhase, GroupOutline, Prepare, false, with(Ctrl|Shift, "N")},
	{RowUp, GroupOutline, Outline, true, on("Up")},
	{RowDown, GroupOutline, Outline, true, on("Down")},
	{RowUpMore, GroupOutline, Outline, true, with(Shift, "Up")},
	{RowDownMore, GroupOutline, Outline, true, with(Shift, "Down")},
	{RowFirst, GroupOutline, Outline, false, on("Home")},
	{RowLast, GroupOutline, Outline, false, on("End")},
	{Fold, GroupOutline, Outline, true, on("Left")},
	{Unfold, GroupOutline, Outline, true, on("Right")},
	{PickAll, GroupOutline, Outline, false, with(Ctrl, "A")},
	{Raise, GroupOutline, Outline, true, with(Alt, "Up")},
	{Lower, GroupOutline, Outline, true, with(Alt, "Down")},
	{Copy, GroupOutline, Outline, false, with(Ctrl, "C")},
	{Cut, GroupOutline, Outline, false, with(Ctrl, "X")},
	{Paste, GroupOutline, Outline, false, with(Ctrl, "V")},
	{Duplicate, GroupOutline, Outline, false, with(Ctrl, "D")},
	{Delete, GroupOutline, Outline, false, on("Delete")},
	{Undo, GroupOutline, Prepare, true, with(Ctrl, "Z")},
	{Redo, GroupOutline, Prepare, true, append(with(Ctrl|Shift, "Z"), Chord{Ctrl, "Y"})},

	{ToolHighlight, GroupMarks, Prepare | Trial, false, on("T")},
	{ToolBox, GroupMarks, Prepare | Trial, false, on("O")},
	{ToolEllipse, GroupMarks, Prepare | Trial, false, on("E")},
	{ToolArrow, GroupMarks, Prepare | Trial, false, on("A")},
	{ToolLine, GroupMarks, Prepare | Trial, false, on("L")},
	{ToolPen, GroupMarks, Prepare | Trial, false, on("P")},
	{ToolText, GroupMarks, Prepare, false, on("W")},
	{ToolSpotlight, GroupMarks, Prepare | Trial, false, on("S")},
	{ToolCallout, GroupMarks, Prepare | Trial, false, on("C")},
	{ToolRedaction, GroupMarks, Prepare, false, on("U")},
	{ToolPointer, GroupDraw, Trial, false, on("I")},
	{ToolHand, GroupDraw, Trial, false, on("G")},
	{ClearLive, GroupDraw, Trial, false, on("X")},
	{HideMarks, GroupDraw, Trial, false, on("H")},
	{KeepLive, GroupDraw, Trial, false, on("K")},
	{Together, GroupDraw, Trial, false, on("Y")},
	{NextPane, GroupDraw, Trial, false, on(",")},

	{MarkPlace, GroupMarks, Marks, false, on("Return", "KP_Enter")},
	{MarkPick, GroupMarks, Prepare, false, on("F")},
	{MarkPick, GroupMarks, Marks, false, on("Next", "F")},
	{MarkPickBack, GroupMarks, Marks, false, on("Prior")},
	{MarkLeft, GroupMarks, Marks, true, on("Left")},
	{MarkRight, GroupMarks, Marks, true, on("Right")},
	{MarkUp, GroupMarks, Marks, true, on("Up")},
	{MarkDown, GroupMarks, Marks, true, on("Down")},
	{MarkNarrower, GroupMarks, Marks, true, with(Shift, "Left")},
	{MarkWider, GroupMarks, Marks, true, with(Shift, "Right")},
	{MarkLower, GroupMarks, Marks, true, with(Shift, "Up")},
	{MarkTaller, GroupMarks, Marks, true, with(Shift, "Down")},
	{MarkThinner, GroupMarks, Marks, true, on("-")},
	{MarkThicker, GroupMarks, Marks, true, append(on("+", "="), Chord{Shift, "="})},
	{MarkColor, GroupMarks, Marks, false, on("Q")},
	{MarkSooner, GroupMarks, Marks, false, on(",")},
	{MarkLater, GroupMarks, Marks, false, on(".")},
	{MarkFront, GroupMarks, Marks, false, on("Home")},
	{MarkBack, GroupMarks, Marks, false, on("End")},
	{MarkOwner, GroupMarks, Marks, false, on("Y")},
	{Duplicate, GroupMarks, Marks, false, with(Ctrl, "D")},
	{Delete, GroupMarks, Marks, false, on("Delete")},

	{LivePageNext, GroupLive, Trial, false, with(Ctrl|Shift, "Next")},
	{LivePageBack, GroupLive, Trial, false, with(Ctrl|Shift, "Prior")},
	{LiveWhole, GroupLive, Trial, false, with(Shift, "Z")},
	{LiveDown, GroupLive, Trial, false, with(Shift, "Down")},
	{LiveUp, GroupLive, Trial, false, with(Shift, "Up")},
	{LiveZoomIn, GroupLive, Trial, false, append(with(Ctrl|Shift, "=", "+"), Chord{Shift, "+"})},
	{LiveZoomOut, GroupLive, Trial, false, with(Shift, "-")},
	{LivePanLeft, GroupLive, Trial, false, with(Alt|Shift, "Left")},
	{LivePanRight, GroupLive, Trial, false, with(Alt|Shift, "Right")},
	{LivePanUp, GroupLive, Trial, false, with(Alt|Shift, "Up")},
	{LivePanDown, GroupLive, Trial, false, with(Alt|Shift, "Down")},

	{GoShelf, GroupWindow, Any, false, with(Ctrl, "1")},
	{GoPrepare, GroupWindow, Any, false, with(Ctrl, "2")},
	{GoTrial, GroupWindow, Any, false, with(Ctrl, "3")},
	{OpenFolder, GroupWindow, Shelf | Prepare, false, with(Ctrl, "O")},
	{Close, GroupWindow, Any, false, on("Escape")},
	{Language, GroupWindow, Any, false, with(Ctrl, "L")},
	{Theme, GroupWindow, Any, false, with(Ctrl, "T")},
	{Help, GroupWindow, Any, false, on("F1")},
	{Leave, GroupWindow, Any, false, with(Ctrl, "Q")},
}

// names are keys that people call otherwise than Fyne.
var names = map[string]string{
	"PageDown": "Next", "PageUp": "Prior", "Enter": "Return", "Esc": "Escape", "Del": "Delete", "Ins": "Insert",
	"←": "Left", "→": "Right", "↑": "Up", "↓": "Down",
}

// Parse reads a chord as it stands on F1's page in English: "PageDown", "Ctrl+G", "Shift+Z", "B", "7".
func Parse(text string) (Chord, error) {
	var c Chord
	rest := text
	for _, m := range []struct {
		name string
		mod  Mods
	}{{"Ctrl+", Ctrl}, {"Alt+", Alt}, {"Shift+", Shift}} {
		if after, ok := strings.CutPrefix(rest, m.name); ok && after != "" {
			c.Mods, rest = c.Mods|m.mod, after
		}
	}
	c.Key = rest
	if name, ok := names[rest]; ok {
		c.Key = name
	}
	if len(c.Key) == 1 {
		c.Key = strings.ToUpper(c.Key)
		return c, nil
	}
	for _, b := range Table {
		for _, own := range b.Chords {
			if own.Key == c.Key {
				return c, nil
			}
		}
	}
	return Chord{}, fmt.Errorf("%q is no key", text)
}

// Lookup finds what a chord does in a room.
func Lookup(room Room, c Chord) (Binding, bool) {
	for _, b := range Table {
		if b.Rooms&room == 0 {
			continue
		}
		for _, own := range b.Chords {
			if own == c {
				return b, true
			}
		}
	}
	return Binding{}, false
}

// Does tells whether a chord does an action in any room.
func (c Chord) Does(a Action) bool {
	return slices.ContainsFunc(Table, func(b Binding) bool { return b.Action == a && slices.Contains(b.Chords, c) })
}

// Hint is the first chord of an action in a room, for buttons; "" where it has none.
func Hint(room Room, a Action) string {
	for _, b := range Table {
		if b.Action == a && b.Rooms&room != 0 && len(b.Chords) > 0 {
			return b.Chords[0].String()
		}
	}
	return ""
}

// String is the chord as a person reads it, in the language in use.
func (c Chord) String() string {
	var parts []string
	for _, m := range []struct {
		mod  Mods
		name string
	}{{Ctrl, "Ctrl"}, {Alt, "Alt"}, {Shift, "Shift"}} {
		if c.Mods&m.mod != 0 {
			parts = append(parts, m.name)
		}
	}
	name := c.Key
	switch c.Key {
	case "Next":
		name = "PageDown"
	case "Prior":
		name = "PageUp"
	case "Return", "KP_Enter":
		name = "Enter"
	case "Left":
		name = i18n.T("key-name.left")
	case "Right":
		name = i18n.T("key-name.right")
	case "Up":
		name = i18n.T("key-name.up")
	case "Down":
		name = i18n.T("key-name.down")
	case "Escape":
		name = "Esc"
	case "Space":
		name = i18n.T("key-name.space")
	case "Delete":
		name = "Del"
	case "Insert":
		name = "Ins"
	}
	return strings.Join(append(parts, name), "+")
}

// Text is what the action does, in the language in use.
func (a Action) Text() string { return i18n.T("key." + string(a)) }
