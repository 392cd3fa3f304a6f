package library

import (
	"cmp"
	"slices"
	"time"
)

// TimelineLane is the events of one person, or of what nobody says, or of recordings whose camera's clock is known.
type TimelineLane struct {
	Person     ID // "" for none
	Recordings bool
}

// TimelineEvent is what happened at a time, as an excerpt tells it, or a recording that was made then.
type TimelineEvent struct {
	Moment  Moment
	Lane    int       // among the timeline's lanes
	Excerpt Excerpt   // without an id where it is a recording
	Page    PageID    // where it stands now
	Until   time.Time // when the recording ended, or what the excerpt plays of it; zero for none
	Against []ID      // excerpts that tell otherwise, in the order of their ids
}

// Timeline is what happened when (dòng thời gian), in order of time: first what is dated, then what has an hour alone.
type Timeline struct {
	Lanes   []TimelineLane
	Events  []TimelineEvent
	Untimed int // excerpts that have a time which can't be read
}

// aboutMinutes is how far apart two times may be that are the same where one of them was said to be about so.
const aboutMinutes = 10

// Timeline puts the excerpts that speak of a time, those of recordings whose camera's clock is known, and those recordings, in
// the order of time. Lanes are in the order of the persons; then what nobody says, then the recordings. An excerpt with a
// time of its own stands at that, not at the camera's.
func (o Outline) Timeline(x *Index) Timeline {
	var t Timeline
	lanes := map[TimelineLane]bool{}
	var lane []TimelineLane // of each event
	add := func(l TimelineLane, e TimelineEvent) {
		lanes[l] = true
		lane, t.Events = append(lane, l), append(t.Events, e)
	}
	for _, e := range o.ExcerptsBy(x) {
		_, now := o.Locate(e.Page, x)
		event := TimelineEvent{Excerpt: e, Page: now}
		told, ok := ParseMoment(e.When)
		switch {
		case ok:
			event.Moment = told
		case e.When != "":
			t.Untimed++
			continue
		case e.To > 0:
			began, err := ParseClock(o.Recording(now.Path).Clock)
			if err != nil {
				continue
			}
			at := func(ms int) time.Time { return began.Add(time.Duration(ms) * time.Millisecond) }
			event.Moment, event.Until = Moment{At: at(now.Index), Clock: true, Dated: true}, at(e.To)
		default:
			continue
		}
		add(TimelineLane{Person: o.SpeakerOf(e, x)}, event)
	}
	for _, r := range o.Recordings() {
		began, err := ParseClock(r.Clock)
		if err != nil {
			continue
		}
		_, now := o.Locate(r.First, x)
		event := TimelineEvent{Page: now, Moment: Moment{At: began, Clock: true, Dated: true}}
		if e, there := x.Exhibit(now.Path); there && e.File.Duration > 0 {
			event.Until = began.Add(time.Duration(e.File.Duration) * time.Millisecond)
		}
		add(TimelineLane{Recordings: true}, event)
	}
	t.Lanes = o.lanes(lanes)
	for i := range t.Events {
		t.Events[i].Lane = slices.Index(t.Lanes, lane[i])
	}
	slices.SortStableFunc(t.Events, func(a, b TimelineEvent) int {
		return cmp.Or(compareBool(b.Moment.Dated, a.Moment.Dated), a.Moment.At.Compare(b.Moment.At), compareBool(a.Moment.Clock, b.Moment.Clock), cmp.Compare(a.Lane, b.Lane))
	})
	o.setAgainst(t.Events, x)
	return t
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// lanes puts those that have events in order.
func (o Outline) lanes(have map[TimelineLane]bool) []TimelineLane {
	var all, list []TimelineLane
	for _, p := range o.Persons() {
		all = append(all, TimelineLane{Person: p.ID})
	}
	for _, l := range append(all, TimelineLane{}, TimelineLane{Recordings: true}) {
		if have[l] {
			list = append(list, l)
		}
	}
	return list
}

// setAgainst finds which excerpts tell otherwise: those that a person tied as contradicting each other, whatever times they
// speak of; and of the same time those for opposite sides, and of one person those in two places.
func (o Outline) setAgainst(events []TimelineEvent, x *Index) {
	there := map[ID]bool{}
	for _, e := range events {
		there[e.Excerpt.ID] = true
	}
	against := o.contradicted()
	for i, e := range events {
		for _, id := range against[e.Excerpt.ID] {
			if there[id] {
				events[i].Against = append(events[i].Against, id)
			}
		}
	}
	places, speakers := make([]string, len(events)), make([]ID, len(events))
	for i, e := range events {
		places[i], speakers[i] = Fold(e.Excerpt.Where), o.SpeakerOf(e.Excerpt, x)
	}
	for i := range events {
		for k := i + 1; k < len(events); k++ {
			a, b := &events[i], &events[k]
			if a.Moment.Dated != b.Moment.Dated || b.Moment.At.Sub(a.Moment.At) > aboutMinutes*time.Minute {
				break
			}
			if a.Excerpt.ID == "" || b.Excerpt.ID == "" || !a.Moment.Same(b.Moment) {
				continue
			}
			opposed := a.Excerpt.Side != b.Excerpt.Side && a.Excerpt.Side != SideNone && b.Excerpt.Side != SideNone
			elsewhere := speakers[i] != "" && speakers[i] == speakers[k] && places[i] != "" && places[k] != "" && places[i] != places[k]
			if opposed || elsewhere {
				a.Against, b.Against = append(a.Against, b.Excerpt.ID), append(b.Against, a.Excerpt.ID)
			}
		}
	}
	for i := range events {
		slices.Sort(events[i].Against)
		events[i].Against = slices.Compact(events[i].Against)
	}
}

// Same tells whether two moments are the same minute, or where one is about so, about the same. A day alone is no minute.
func (m Moment) Same(other Moment) bool {
	if !m.Clock || !other.Clock || m.Dated != other.Dated {
		return false
	}
	apart := m.At.Truncate(time.Minute).Sub(other.At.Truncate(time.Minute)).Abs()
	return apart == 0 || (m.About || other.About) && apart <= aboutMinutes*time.Minute
}

// String is the moment as people read it: "21:10 12/05/2024", "~21:10", "12/05/2024".
func (m Moment) String() string {
	form := ""
	switch {
	case m.Clock && m.Dated:
		form = "15:04 02/01/2006"
	case m.Clock:
		form = "15:04"
	default:
		form = "02/01/2006"
	}
	if m.About {
		return "~" + m.At.Format(form)
	}
	return m.At.Format(form)
}
