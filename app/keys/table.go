package keys

import "butluc/library"

func on(keys ...string) []Chord { return with(0, keys...) }
func with(mods Mods, keys ...string) []Chord { // one chord a key
	chords := make([]Chord, len(keys))
	for i, k := range keys {
		chords[i] = Chord{mods, k}
	}
	return chords
}

// Table is all bindings. Backspace is in none: UniKey sends Backspaces as it composes.
var Table = append(tools(library.MarkTable), own...)

// tools are the keys that take the tools of marks in hand.
func tools(marks []library.MarkTraits) []Binding {
	var bindings []Binding
	for _, t := range marks {
		b := Binding{ToolOf(t.Kind), GroupMarks, Prepare, OfMarks, false, on(t.Key)}
		if t.Live != library.LiveNone {
			b.Rooms, b.Owners = Prepare|Trial, OfMarks|OfTrial
		}
		bindings = append(bindings, b)
	}
	return bindings
}

// own are all other bindings.
var own = []Binding{
	{Start, GroupCourt, Prepare | Trial, OfWindow, false, on("F5")},
	{StartHere, GroupCourt, Prepare | Trial, OfWindow, false, with(Shift, "F5")},
	{Next, GroupCourt, Trial, OfCourt, false, on("Next", "Right")},
	{PlayOrNext, GroupCourt, Trial, OfCourt, false, on("Space")},
	{Back, GroupCourt, Trial, OfCourt, false, on("Prior", "Left")},
	{Take, GroupCourt, Trial, OfCourt, false, on("Return", "KP_Enter")},
	{Blank, GroupCourt, Any, OfCourt, false, append(on("B", "."), Chord{Ctrl, "."})}, // the last while a text is typed
	{ToggleSingle, GroupCourt, Trial, OfCourt, false, on("F8")},
	{Note, GroupWindow, Trial, OfWindow, false, on("N")},
	{End, GroupCourt, Trial, OfWindow, false, with(Ctrl|Shift, "E")},
	{CourtOff, GroupCourt, Any, OfWindow, false, with(Ctrl|Shift, "T")},

	{Replay, GroupClip, Trial, OfCourt, false, with(Ctrl, "R")},
	{FrameNext, GroupClip, Trial, OfCourt, false, with(Ctrl, "Right")},
	{FrameBack, GroupClip, Trial, OfCourt, false, with(Ctrl, "Left")},
	{ContextNext, GroupClip, Trial, OfCourt, false, with(Ctrl|Shift, "Right")},
	{ContextBack, GroupClip, Trial, OfCourt, false, with(Ctrl|Shift, "Left")},
	{Louder, GroupClip, Trial, OfCourt, false, with(Ctrl, "Up")},
	{Quieter, GroupClip, Trial, OfCourt, false, with(Ctrl, "Down")},
	{Mute, GroupClip, Trial, OfCourt, false, on("M")},
	{NextFilm, GroupClip, Prepare | Trial, OfPrepare | OfCourt, false, with(Ctrl, "H")},
	{NextSound, GroupClip, Prepare | Trial, OfPrepare | OfCourt, false, with(Ctrl, "M")},

	{CallUp, GroupPreview, Prepare | Trial, OfWindow, false, with(Ctrl, "G")},
	{Find, GroupPreview, Prepare | Trial, OfPrepare | OfTrial, false, with(Ctrl, "F")},
	{Filter, GroupPreview, Prepare | Trial, OfPrepare | OfTrial, false, with(Ctrl|Shift, "F")},
	{FindStep, GroupPreview, Prepare | Trial, OfWindow, false, append(with(Ctrl, "K"), Chord{0, "/"})},
	{Scenario, GroupPreview, Prepare | Trial, OfCourt, false, with(Alt, "1", "2", "3", "4", "5", "6", "7", "8", "9")},
	{Return, GroupPreview, Trial, OfCourt, false, on("R")},
	{PageNext, GroupPreview, Trial, OfCourt, false, with(Ctrl, "Next")},
	{PageBack, GroupPreview, Trial, OfCourt, false, with(Ctrl, "Prior")},
	{RunFirst, GroupPreview, Trial, OfCourt, false, on("Home")},
	{RunLast, GroupPreview, Trial, OfCourt, false, on("End")},

	{PageNext, GroupStudy, Prepare, OfPrepare, true, on("Next", "Right", "Space")},
	{PageBack, GroupStudy, Prepare, OfPrepare, true, on("Prior", "Left")},
	{ExhibitNext, GroupStudy, Prepare, OfPrepare, true, with(Ctrl, "Down", "Next")},
	{ExhibitBack, GroupStudy, Prepare, OfPrepare, true, with(Ctrl, "Up", "Prior")},
	{Whole, GroupStudy, Prepare | Trial, OfPrepare | OfCourt, false, on("Z")},
	{Down, GroupStudy, Prepare | Trial, OfPrepare | OfCourt, true, on("Down")},
	{Up, GroupStudy, Prepare | Trial, OfPrepare | OfCourt, true, on("Up")},
	{ZoomIn, GroupStudy, Prepare | Trial, OfPrepare | OfCourt, true, append(on("+", "="), Chord{Shift, "="})},
	{ZoomOut, GroupStudy, Prepare | Trial, OfPrepare | OfCourt, true, on("-")},
	{ZoomOne, GroupStudy, Prepare, OfPrepare, false, on("0")},
	{PanLeft, GroupStudy, Prepare | Trial, OfPrepare | OfCourt, true, with(Alt, "Left")},
	{PanRight, GroupStudy, Prepare | Trial, OfPrepare | OfCourt, true, with(Alt, "Right")},
	{PanUp, GroupStudy, Prepare | Trial, OfPrepare | OfCourt, true, with(Alt, "Up")},
	{PanDown, GroupStudy, Prepare | Trial, OfPrepare | OfCourt, true, with(Alt, "Down")},
	{TurnRight, GroupStudy, Prepare | Trial, OfPrepare | OfCourt, false, on("]")},
	{TurnLeft, GroupStudy, Prepare | Trial, OfPrepare | OfCourt, false, on("[")},

	{BeginDocument, GroupStudy, Prepare, OfPrepare, false, on("D")},
	{Join, GroupStudy, Prepare, OfPrepare, false, on("J")},
	{HidePage, GroupStudy, Prepare, OfPrepare, false, on("H")},
	{FolioTable, GroupStudy, Prepare, OfPrepare, false, with(Ctrl, "B")},
	{NumberPages, GroupStudy, Prepare, OfPrepare, false, with(Ctrl|Shift, "B")},
	{FlagKey, GroupStudy, Prepare, OfPrepare, false, on("K")},
	{FlagContradiction, GroupStudy, Prepare, OfPrepare, false, on("M")},
	{FlagVerify, GroupStudy, Prepare, OfPrepare, false, on("V")},
	{FoldEvidence, GroupStudy, Prepare, OfPrepare, false, on("F6")},
	{FoldOutline, GroupStudy, Prepare, OfPrepare, false, on("F7")},

	{Audition, GroupPassage, Prepare, OfPrepare, false, with(Ctrl, "Space")},
	{FrameNext, GroupPassage, Prepare, OfPrepare, true, with(Ctrl, "Right")},
	{FrameBack, GroupPassage, Prepare, OfPrepare, true, with(Ctrl, "Left")},
	{SecondNext, GroupPassage, Prepare, OfPrepare, true, with(Shift, "Right")},
	{SecondBack, GroupPassage, Prepare, OfPrepare, true, with(Shift, "Left")},
	{TenNext, GroupPassage, Prepare, OfPrepare, true, with(Ctrl|Shift, "Right")},
	{TenBack, GroupPassage, Prepare, OfPrepare, true, with(Ctrl|Shift, "Left")},
	{MarkIn, GroupPassage, Prepare, OfPrepare, false, on("I")},
	{MarkOut, GroupPassage, Prepare, OfPrepare, false, with(Shift, "I")},
	{ClearPart, GroupPassage, Prepare, OfPrepare, false, on("X")},
	{KeepPassage, GroupPassage, Prepare, OfPrepare, false, with(Ctrl, "S")},
	{AddStill, GroupPassage, Prepare, OfPrepare, false, with(Shift, "Return", "KP_Enter")},
	{Tie, GroupPassage, Prepare, OfPrepare, false, with(Ctrl, "J")},

	{OtherPane, GroupOutline, Prepare | Trial, OfPrepare | OfTrial, false, on("Tab")},
	{AddPage, GroupOutline, Prepare, OfPrepare, false, with(Ctrl, "Return", "KP_Enter")},
	{AddBeside, GroupOutline, Prepare | Trial, OfPrepare | OfCourt, false, with(Ctrl|Shift, "Return", "KP_Enter")},
	{ReplacePane, GroupOutline, Prepare, OfPrepare, false, with(Alt, "Return", "KP_Enter")},
	{PushBeside, GroupOutline, Prepare, OfPrepare, false, with(Alt|Shift, "Return", "KP_Enter")},
	{KeepView, GroupOutline, Prepare, OfPrepare, false, on("G")},
	{Write, GroupOutline, Outline, OfOutline, false, on("Return", "KP_Enter", "F2")},
	{NewStep, GroupOutline, Outline, OfOutline, false, on("Insert")},
	{NewScenario, GroupOutline, Prepare, OfPrepare, false, with(Ctrl, "N")},
	{NewPhase, GroupOutline, Prepare, OfPrepare, false, with(Ctrl|Shift, "N")},
	{RowUp, GroupOutline, Outline, OfOutline, true, on("Up")},
	{RowDown, GroupOutline, Outline, OfOutline, true, on("Down")},
	{RowUpMore, GroupOutline, Outline, OfOutline, true, with(Shift, "Up")},
	{RowDownMore, GroupOutline, Outline, OfOutline, true, with(Shift, "Down")},
	{RowFirst, GroupOutline, Outline, OfOutline, false, on("Home")},
	{RowLast, GroupOutline, Outline, OfOutline, false, on("End")},
	{Fold, GroupOutline, Outline, OfOutline, true, on("Left")},
	{Unfold, GroupOutline, Outline, OfOutline, true, on("Right")},
	{PickAll, GroupOutline, Outline, OfOutline, false, with(Ctrl, "A")},
	{Raise, GroupOutline, Outline, OfOutline, true, with(Alt, "Up")},
	{Lower, GroupOutline, Outline, OfOutline, true, with(Alt, "Down")},
	{Copy, GroupOutline, Outline, OfOutline, false, with(Ctrl, "C")},
	{Cut, GroupOutline, Outline, OfOutline, false, with(Ctrl, "X")},
	{Paste, GroupOutline, Outline, OfOutline, false, with(Ctrl, "V")},
	{Duplicate, GroupOutline, Outline, OfOutline, false, with(Ctrl, "D")},
	{Delete, GroupOutline, Outline, OfOutline, false, on("Delete")},
	{Undo, GroupOutline, Prepare, OfPrepare, true, with(Ctrl, "Z")},
	{Redo, GroupOutline, Prepare, OfPrepare, true, append(with(Ctrl|Shift, "Z"), Chord{Ctrl, "Y"})},

	{ToolPointer, GroupDraw, Trial, OfTrial, false, on("I")},
	{ToolHand, GroupDraw, Trial, OfTrial, false, on("G")},
	{ClearLive, GroupDraw, Trial, OfCourt, false, on("X")},
	{HideMarks, GroupDraw, Trial, OfCourt, false, on("H")},
	{KeepLive, GroupDraw, Trial, OfCourt, false, on("K")},
	{Together, GroupDraw, Trial, OfCourt, false, on("Y")},
	{NextPane, GroupDraw, Trial, OfCourt, false, on(",")},

	{MarkPlace, GroupMarks, Marks, OfMarks, false, on("Return", "KP_Enter")},
	{MarkPick, GroupMarks, Prepare, OfMarks, false, on("F")},
	{MarkPick, GroupMarks, Marks, OfMarks, false, on("Next", "F")},
	{MarkPickBack, GroupMarks, Marks, OfMarks, false, on("Prior")},
	{MarkLeft, GroupMarks, Marks, OfMarks, true, on("Left")},
	{MarkRight, GroupMarks, Marks, OfMarks, true, on("Right")},
	{MarkUp, GroupMarks, Marks, OfMarks, true, on("Up")},
	{MarkDown, GroupMarks, Marks, OfMarks, true, on("Down")},
	{MarkNarrower, GroupMarks, Marks, OfMarks, true, with(Shift, "Left")},
	{MarkWider, GroupMarks, Marks, OfMarks, true, with(Shift, "Right")},
	{MarkLower, GroupMarks, Marks, OfMarks, true, with(Shift, "Up")},
	{MarkTaller, GroupMarks, Marks, OfMarks, true, with(Shift, "Down")},
	{MarkThinner, GroupMarks, Marks, OfMarks, true, on("-")},
	{MarkThicker, GroupMarks, Marks, OfMarks, true, append(on("+", "="), Chord{Shift, "="})},
	{MarkColor, GroupMarks, Marks, OfMarks, false, on("Q")},
	{MarkSooner, GroupMarks, Marks, OfMarks, false, on(",")},
	{MarkLater, GroupMarks, Marks, OfMarks, false, on(".")},
	{MarkFront, GroupMarks, Marks, OfMarks, false, on("Home")},
	{MarkBack, GroupMarks, Marks, OfMarks, false, on("End")},
	{MarkOwner, GroupMarks, Marks, OfMarks, false, on("Y")},
	{Duplicate, GroupMarks, Marks, OfMarks, false, with(Ctrl, "D")},
	{Delete, GroupMarks, Marks, OfMarks, false, on("Delete")},

	{LivePageNext, GroupLive, Trial, OfCourt, false, with(Ctrl|Shift, "Next")},
	{LivePageBack, GroupLive, Trial, OfCourt, false, with(Ctrl|Shift, "Prior")},
	{LiveWhole, GroupLive, Trial, OfCourt, false, with(Shift, "Z")},
	{LiveDown, GroupLive, Trial, OfCourt, false, with(Shift, "Down")},
	{LiveUp, GroupLive, Trial, OfCourt, false, with(Shift, "Up")},
	{LiveZoomIn, GroupLive, Trial, OfCourt, false, append(with(Ctrl|Shift, "=", "+"), Chord{Shift, "+"})},
	{LiveZoomOut, GroupLive, Trial, OfCourt, false, with(Shift, "-")},
	{LivePanLeft, GroupLive, Trial, OfCourt, false, with(Alt|Shift, "Left")},
	{LivePanRight, GroupLive, Trial, OfCourt, false, with(Alt|Shift, "Right")},
	{LivePanUp, GroupLive, Trial, OfCourt, false, with(Alt|Shift, "Up")},
	{LivePanDown, GroupLive, Trial, OfCourt, false, with(Alt|Shift, "Down")},

	{RowUp, GroupShelf, Shelf, OfShelf, true, on("Up")},
	{RowDown, GroupShelf, Shelf, OfShelf, true, on("Down")},
	{RowFirst, GroupShelf, Shelf, OfShelf, false, on("Home")},
	{RowLast, GroupShelf, Shelf, OfShelf, false, on("End")},
	{OpenChosen, GroupShelf, Shelf, OfShelf, false, on("Return", "KP_Enter")},
	{Resume, GroupShelf, Shelf, OfWindow, false, with(Ctrl, "Return", "KP_Enter")},
	{FindCase, GroupShelf, Shelf, OfShelf, false, with(Ctrl, "F")},
	{SortCases, GroupShelf, Shelf, OfShelf, false, on("S")},
	{EditCase, GroupShelf, Shelf, OfShelf, false, on("F2")},
	{AddCase, GroupShelf, Shelf, OfShelf, false, on("N")},
	{RemoveCase, GroupShelf, Shelf, OfShelf, false, on("Delete")},
	{KindOfCases, GroupShelf, Shelf, OfShelf, false, on("K")},
	{Agenda, GroupShelf, Shelf, OfShelf, false, on("L")},
	{MoreOfRegister, GroupShelf, Shelf, OfShelf, false, on("M")},
	{Undo, GroupShelf, Shelf, OfShelf, true, with(Ctrl, "Z")},
	{Redo, GroupShelf, Shelf, OfShelf, true, append(with(Ctrl|Shift, "Z"), Chord{Ctrl, "Y"})},
	{CaseMenu, GroupShelf, Shelf, OfShelf, false, append(on("Menu"), Chord{Shift, "F10"})},
	{LookStore, GroupShelf, Shelf, OfShelf, false, on("R")},
	{PublishCase, GroupShelf, Shelf, OfShelf, false, on("P")},
	{UpdateCase, GroupShelf, Shelf, OfShelf, false, on("U")},
	{StoreMenu, GroupShelf, Shelf, OfShelf, false, on("O")},
	{SectionNext, GroupShelf, Shelf, OfShelf, false, with(Ctrl, "Next")},
	{SectionBack, GroupShelf, Shelf, OfShelf, false, with(Ctrl, "Prior")},

	{GoShelf, GroupWindow, Any, OfWindow, false, with(Ctrl, "1")},
	{GoPrepare, GroupWindow, Any, OfWindow, false, with(Ctrl, "2")},
	{GoTrial, GroupWindow, Any, OfWindow, false, with(Ctrl, "3")},
	{OpenFolder, GroupWindow, Shelf | Prepare, OfWindow, false, with(Ctrl, "O")},
	{PackCase, GroupWindow, Shelf | Prepare, OfWindow, false, with(Ctrl, "E")},
	{OpenPackage, GroupWindow, Shelf | Prepare, OfWindow, false, with(Ctrl|Shift, "O")},
	{WhoAmI, GroupWindow, Shelf | Prepare, OfWindow, false, with(Ctrl, "I")},
	{Close, GroupWindow, Any, OfWindow, false, on("Escape")},
	{Language, GroupWindow, Any, OfWindow, false, with(Ctrl, "L")},
	{Theme, GroupWindow, Any, OfWindow, false, with(Ctrl, "T")},
	{Help, GroupWindow, Any, OfWindow, false, on("F1")},
	{Walk, GroupWindow, Any, OfWindow, false, on("F10")},
	{Leave, GroupWindow, Any, OfWindow, false, with(Ctrl, "Q")},
}
