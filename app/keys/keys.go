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
	"butluc/library"
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
	Study
	Excerpt // Prepare's page while an excerpt is at hand
	Any     = Shelf | Prepare | Trial | Study
)

// Action is what a key does, by name.
type Action string

// The actions; each has a sentence under "key." + action.
const (
	Help              Action = "help"
	Walk              Action = "walk"
	GoShelf           Action = "go-shelf"
	GoPrepare         Action = "go-prepare"
	GoTrial           Action = "go-trial"
	GoStudy           Action = "go-study"
	OpenFolder        Action = "open-folder"
	OpenChosen        Action = "open-chosen"
	Resume            Action = "resume"
	FindCase          Action = "find-case"
	SortCases         Action = "sort-cases"
	EditCase          Action = "edit-case"
	AddCase           Action = "add-case"
	RemoveCase        Action = "remove-case"
	KindOfCases       Action = "kind-of-cases"
	Agenda            Action = "agenda"
	MoreOfRegister    Action = "more-of-register"
	CaseMenu          Action = "case-menu"
	PackCase          Action = "pack-case"
	OpenPackage       Action = "open-package"
	WhoAmI            Action = "who-am-i"
	Opinions          Action = "opinions"
	LookStore         Action = "look-store"
	PublishCase       Action = "publish-case"
	UpdateCase        Action = "update-case"
	StoreMenu         Action = "store-menu"
	SectionNext       Action = "section-next"
	SectionBack       Action = "section-back"
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
	FoldEvidence      Action = "fold-evidence"
	FoldOutline       Action = "fold-outline"
	ToggleSingle      Action = "toggle-single"
	Note              Action = "note"
	Consent           Action = "consent"
	Refuse            Action = "refuse"
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
	ToolSpotlight     Action = "tool-spotlight"
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
	NextFilm          Action = "next-film"
	NextSound         Action = "next-sound"
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
	Quote             Action = "quote"
	WriteText         Action = "write-text"
	SideAccuses       Action = "side-accuses"
	SideClears        Action = "side-clears"
	SideNone          Action = "side-none"
	Prove             Action = "prove"
	Transcript        Action = "transcript"
	StampLine         Action = "stamp-line"
	IntoOutline       Action = "into-outline"
	Cite              Action = "cite"
	OpenExcerpt       Action = "open-excerpt"
	PickExcerpt       Action = "pick-excerpt"
	Contradict        Action = "contradict"
	StepBeside        Action = "step-beside"
	ToAccusing        Action = "to-accusing"
	ToClearing        Action = "to-clearing"
	NewMatter         Action = "new-matter"
	RaiseMatter       Action = "raise-matter"
	LowerMatter       Action = "lower-matter"
	OutdentMatter     Action = "outdent-matter"
	IndentMatter      Action = "indent-matter"
)

// toolPrefix begins the name of an action that takes a mark's tool in hand.
const toolPrefix = "tool-"

// ToolOf takes the tool for a kind of mark in hand.
func ToolOf(kind library.MarkKind) Action { return Action(toolPrefix + string(kind)) }

// MarkOf is the kind of mark whose tool an action takes in hand; ok is false where it takes none.
func MarkOf(a Action) (kind library.MarkKind, ok bool) {
	kind = library.MarkKind(strings.TrimPrefix(string(a), toolPrefix))
	_, ok = kind.Traits()
	return kind, ok && a == ToolOf(kind)
}

// Group is a heading of F1's page; each has a text under "keys." + group.
type Group string

// The groups, in the order of F1's page.
const (
	GroupCourt    Group = "court"
	GroupClip     Group = "clip"
	GroupPreview  Group = "preview"
	GroupLive     Group = "live"
	GroupStudy    Group = "study"
	GroupPassage  Group = "passage"
	GroupOutline  Group = "outline"
	GroupExcerpts Group = "excerpts"
	GroupMatters  Group = "matters"
	GroupMarks    Group = "marks"
	GroupDraw     Group = "draw"
	GroupWindow   Group = "window"
	GroupShelf    Group = "shelf"
)

// Owner is whose an action is: the one place that does it. In another room it may be another's, as a page is turned in
// Prepare and in what the court is to see next.
type Owner uint8

// The owners.
const (
	OfWindow   Owner = 1 << iota // the window's, whichever room it shows
	OfCourt                      // the session's: what the court sees, and what it is to see next
	OfPrepare                    // Prepare's
	OfOutline                    // the outline's, while it has the keys
	OfMarks                      // the marks' on Prepare's page
	OfTrial                      // the Trial room's
	OfShelf                      // the Shelf's
	OfExcerpts                   // the excerpts': those of the room of the study, and of the one at hand in Prepare
)

// serves are the rooms that an owner acts in.
var serves = map[Owner]Room{
	OfWindow: Any, OfCourt: Any, OfPrepare: Prepare, OfOutline: Outline, OfMarks: Prepare | Marks, OfTrial: Trial, OfShelf: Shelf,
	OfExcerpts: Study | Excerpt,
}

// Binding says which chords do an action, in which rooms, and whose it is there.
type Binding struct {
	Action  Action
	Group   Group
	Rooms   Room
	Owners  Owner
	Repeats bool // a held key goes on; only for what never changes the court's page
	Chords  []Chord
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

// Owner is whose the action is in one of the binding's rooms.
func (b Binding) Owner(room Room) Owner {
	own := [...]Owner{OfWindow, OfOutline, OfMarks, OfPrepare, OfTrial, OfShelf, OfExcerpts, OfCourt}
	i := slices.IndexFunc(own[:], func(o Owner) bool { return b.Owners&o != 0 && serves[o]&room != 0 })
	if i < 0 {
		return 0
	}
	return own[i]
}

// OwnerIn is whose an action is that is done in a room, by a key or otherwise. Where it has no key there it is the window's,
// or the room's own: 0.
func OwnerIn(room Room, a Action) Owner {
	var owner Owner
	for _, b := range Table {
		switch {
		case b.Action != a:
		case b.Rooms&room != 0:
			return b.Owner(room)
		case b.Owners == OfWindow:
			owner = OfWindow
		}
	}
	return owner
}

// Does tells whether a chord does an action in any room.
func (c Chord) Does(a Action) bool {
	return slices.ContainsFunc(Table, func(b Binding) bool { return b.Action == a && slices.Contains(b.Chords, c) })
}

// Hint is the first chord of an action in a room, for buttons; "" where it has none.
func Hint(in i18n.Catalogue, room Room, a Action) string {
	for _, b := range Table {
		if b.Action == a && b.Rooms&room != 0 && len(b.Chords) > 0 {
			return b.Chords[0].Text(in)
		}
	}
	return ""
}

// Text is the chord as a person reads it.
func (c Chord) Text(in i18n.Catalogue) string {
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
		name = in.T("key-name.left")
	case "Right":
		name = in.T("key-name.right")
	case "Up":
		name = in.T("key-name.up")
	case "Down":
		name = in.T("key-name.down")
	case "Escape":
		name = "Esc"
	case "Space":
		name = in.T("key-name.space")
	case "Delete":
		name = "Del"
	case "Insert":
		name = "Ins"
	}
	return strings.Join(append(parts, name), "+")
}

// Text is what the action does.
func (a Action) Text(in i18n.Catalogue) string { return in.T("key." + string(a)) }
