package console

import (
	"errors"
	"image"
	"reflect"
	"testing"

	"butluc/app/console/clips"
	"butluc/app/console/court"
	"butluc/app/console/event"
	"butluc/app/console/job"
	"butluc/app/console/notice"
	"butluc/app/console/settings"
	"butluc/app/console/stage"
	"butluc/library"
)

// A part of the open case holds those that are listed before it, never one behind it: what is below hears of what is above
// by what that hands in. What belongs to the window holds no part but the stage, which it is given anew with each case.
func TestThePartsOfACaseHoldTheOnesBeforeThem(t *testing.T) {
	at := map[reflect.Type]int{}
	for i, f := range reflect.VisibleFields(reflect.TypeFor[OpenCase]()) {
		if f.IsExported() {
			at[f.Type] = i
		}
	}
	if len(at) < 20 {
		t.Fatalf("a case has %d parts", len(at))
	}
	for part, i := range at {
		for j := range part.Elem().NumField() {
			f := part.Elem().Field(j)
			if held, is := at[f.Type]; is && held >= i {
				t.Errorf("%s holds %s, which is behind it", part.Elem().Name(), f.Name)
			}
			if f.Type == reflect.TypeFor[*Session]() || f.Type == reflect.TypeFor[*OpenCase]() {
				t.Errorf("%s holds the whole, as %s", part.Elem().Name(), f.Name)
			}
		}
	}
	for _, own := range []reflect.Type{
		reflect.TypeFor[event.Bus](), reflect.TypeFor[notice.Bar](), reflect.TypeFor[job.Runner](), reflect.TypeFor[settings.Settings](),
		reflect.TypeFor[court.Screens](), reflect.TypeFor[court.Court](), reflect.TypeFor[clips.Speakers](),
	} {
		for j := range own.NumField() {
			if f := own.Field(j); at[f.Type] > 0 && f.Type != reflect.TypeFor[*stage.Stage]() {
				t.Errorf("%s holds %s, which is dropped with its case", own.Name(), f.Name)
			}
		}
	}
}

// What the renderer answers to a case that was closed meanwhile is nobody's news.
func TestAnAnswerToAnotherCaseIsDropped(t *testing.T) {
	w := openHarness(t, folderOf(t, map[string][]byte{photograph.Path: jpegOf(t, 200, 400, false)}), nil)
	closeHarness(t, w)
	asked, ok := w.Pictures.Request(library.Pane{Page: photograph}, image.Pt(300, 300))
	if !ok {
		t.Fatal("the photograph is not there")
	}
	w.turnTo(folderOf(t, map[string][]byte{photograph.Path: jpegOf(t, 400, 200, false)}))
	told := func(answer func()) (told bool) {
		w.until("all to be told", func() bool { return w.Study.Current().Page == photograph && !w.Stage.Waits() })
		w.Session.Events.Subscribe(event.ProofChanged, func() { told = true })
		answer()
		w.pump()
		return told
	}
	broken := errors.New("broken")
	if told(func() { w.rendered(asked, nil, broken) }) {
		t.Error("a picture of the case that was closed is told as one of the case that is open")
	}
	own, _ := w.Pictures.Request(library.Pane{Page: photograph}, image.Pt(300, 300))
	if !told(func() { w.rendered(own, nil, broken) }) {
		t.Error("a picture of the case that is open is told nobody")
	}
}
