package keys

import (
	"slices"

	"butluc/library"
)

// SheetGroup is a heading of a room's screen on F1's page, and its rows: an action each, or two and more that belong together.
type SheetGroup struct {
	Group Group
	Rows  [][]Action
}

// Sheet is a room's screen on F1's page, in two columns: what one needs there first. All other keys are in the whole table.
func Sheet(room Room) [2][]SheetGroup {
	one := func(g Group, actions ...Action) SheetGroup {
		s := SheetGroup{Group: g}
		for _, a := range actions {
			s.Rows = append(s.Rows, []Action{a})
		}
		return s
	}
	and := func(s SheetGroup, rows ...[]Action) SheetGroup {
		s.Rows = append(s.Rows, rows...)
		return s
	}
	window := one(GroupWindow, Help, Walk, Close, OpenFolder, GoShelf, GoPrepare, GoTrial, GoStudy, Language, Theme, Leave)
	switch room {
	case Shelf:
		return [2][]SheetGroup{
			{and(one(GroupShelf, OpenChosen, Resume, FindCase, SortCases), []Action{RowUp, RowDown}, []Action{RowFirst, RowLast}, []Action{SectionBack, SectionNext})},
			{window},
		}
	case Study:
		return [2][]SheetGroup{
			{and(one(GroupExcerpts, OtherPane, Filter, OpenExcerpt, WriteText, SideAccuses, SideClears, SideNone, Prove, PickExcerpt, Contradict, IntoOutline, StepBeside, Cite),
				[]Action{RowUp, RowDown}, []Action{Undo, Redo})},
			{and(one(GroupMatters, NewMatter, Delete), []Action{RaiseMatter, LowerMatter}, []Action{OutdentMatter, IndentMatter}), one(GroupWindow, Help, Walk, Close, GoShelf, GoPrepare, GoTrial, Language, Theme, Leave)},
		}
	case Trial:
		return [2][]SheetGroup{
			{
				one(GroupCourt, Start, Next, Back, Take, Blank, PlayOrNext, Note, End),
				and(one(GroupPreview, CallUp, Find, FindStep, Scenario, Return), []Action{PageBack, PageNext}),
			},
			{
				and(SheetGroup{Group: GroupLive}, []Action{LivePageBack, LivePageNext}, []Action{LiveWhole}, []Action{LiveZoomIn, LiveZoomOut}, []Action{LiveUp, LiveDown}),
				one(GroupDraw, ToolPointer, ToolOf(library.MarkHighlight), ToolHand, ClearLive, HideMarks, KeepLive),
				one(GroupWindow, OtherPane, Close, GoPrepare),
			},
		}
	default:
		return [2][]SheetGroup{
			{
				and(one(GroupStudy, Quote, BeginDocument, Join, HidePage, FolioTable, FoldEvidence, FoldOutline), []Action{PageBack, PageNext},
					[]Action{ExhibitBack, ExhibitNext}, []Action{Whole}, []Action{ZoomIn, ZoomOut}, []Action{TurnLeft, TurnRight}),
				one(GroupPreview, CallUp, Find, FindStep),
			},
			{
				and(one(GroupOutline, OtherPane, AddPage, AddBeside, KeepView, Write, NewStep, NewScenario), []Action{Raise, Lower}, []Action{Undo, Redo}),
				one(GroupMarks, ToolOf(library.MarkHighlight), MarkPick),
				one(GroupCourt, StartHere),
			},
		}
	}
}

// ChordsIn are the chords of an action in a room, in Prepare those of its outline, its marks and its excerpts as well.
func ChordsIn(room Room, a Action) (chords []Chord) {
	if room == Prepare {
		room |= Outline | Marks | Excerpt
	}
	for _, b := range Table {
		if b.Action != a || b.Rooms&room == 0 {
			continue
		}
		for _, c := range b.Chords {
			if !slices.Contains(chords, c) {
				chords = append(chords, c)
			}
		}
	}
	return chords
}
