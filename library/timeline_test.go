package library_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"butluc/library"
)

// told is a case in which three tell of one evening, and a camera whose clock is known.
func told(t testing.TB, more ...library.Excerpt) (library.Outline, *library.Index) {
	t.Helper()
	o := studied(t)
	excerpts := append([]library.Excerpt{
		{ID: "nha", Page: at(statement, 0), Text: "Tôi ở nhà", When: "21:10 12/5/2024", Where: "nhà", Person: "khai", Side: library.SideClears},
		{ID: "quan", Page: at(statement, 1), Text: "Khải ở quán", When: "khoảng 21 giờ 15 ngày 12/5/2024", Where: "quán", Person: "dat", Side: library.SideAccuses},
		{ID: "ngay", Page: at(statement, 2), Text: "Tôi mua dao", When: "11/5/2024", Person: "khai"},
		{ID: "gio", Page: at(statement, 2), Text: "Tôi về", When: "23h", Person: "dat"},
		{ID: "la", Page: at(statement, 3), Text: "Hôm ấy trời mưa", When: "tối hôm ấy"},
		{ID: "may", Page: at(camera, 7_000), To: 20_000, Text: "Khải vào quán", Side: library.SideAccuses},
	}, more...)
	for _, e := range excerpts {
		o = apply(t, o, func(o library.Outline) library.Edit { return o.AddExcerpt(e) })
	}
	o = apply(t, o, func(o library.Outline) library.Edit {
		return o.Set(library.Recording{First: at(camera, 0), Clock: "2024-05-12 21:09:58"})
	})
	return o, library.NewIndex(library.Exhibits([]library.File{
		exhibit(statement, "", 4, library.KindPDF), {Path: camera, Kind: library.KindVideo, Pages: 1, Duration: 60_000},
	}))
}

// lines are the events as they would be listed.
func lines(t library.Timeline) (list []string) {
	for _, e := range t.Events {
		lane := t.Lanes[e.Lane]
		who := string(lane.Person)
		if lane.Recordings {
			who = "recordings"
		}
		list = append(list, strings.TrimSpace(fmt.Sprintf("%s %s %s %v", e.Moment, who, e.Excerpt.ID, e.Against)))
	}
	return list
}

// What is dated stands in order of time, days before their hours, hours without a day behind; a camera's clock counts; and
// the alibi stands against what the witness and the camera say of the same minute.
func TestTheTimelineHasWhatHappenedWhen(t *testing.T) {
	o, x := told(t)
	got := o.Timeline(x)
	want := []string{
		"11/05/2024 khai ngay []",
		"21:09 12/05/2024 recordings  []",
		"21:10 12/05/2024 khai nha [may quan]",
		"21:10 12/05/2024  may [nha]",
		"~21:15 12/05/2024 dat quan [nha]",
		"23:00 dat gio []",
	}
	if list := lines(got); !slices.Equal(list, want) {
		t.Errorf("the timeline is\n%s\nwant\n%s", strings.Join(list, "\n"), strings.Join(want, "\n"))
	}
	if got.Untimed != 1 {
		t.Errorf("%d can't be read", got.Untimed)
	}
	if until := got.Events[1].Until; !until.Equal(time.Date(2024, 5, 12, 21, 10, 58, 0, time.UTC)) {
		t.Errorf("the recording ends at %v", until)
	}
}

// One person in two places in the same minute stands out, two persons in two places do not.
func TestOnePersonIsNotInTwoPlaces(t *testing.T) {
	when := "8:00 1/6/2024"
	o, x := told(
		t, library.Excerpt{ID: "p", Page: at(statement, 0), When: when, Where: "Chợ", Person: "dat"},
		library.Excerpt{ID: "q", Page: at(statement, 0), When: when, Where: "chợ", Person: "dat"},
		library.Excerpt{ID: "r", Page: at(statement, 0), When: when, Where: "bến xe", Person: "dat"},
		library.Excerpt{ID: "s", Page: at(statement, 0), When: when, Where: "đồn", Person: "khai"},
	)
	against := map[library.ID][]library.ID{}
	for _, e := range o.Timeline(x).Events {
		against[e.Excerpt.ID] = e.Against
	}
	if !slices.Equal(against["r"], []library.ID{"p", "q"}) || !slices.Equal(against["p"], []library.ID{"r"}) || len(against["s"]) != 0 {
		t.Errorf("against %v", against)
	}
}

// What a person tied as a contradiction stands out however far apart the times are.
func TestATiedContradictionStandsOutOnTheTimeline(t *testing.T) {
	o, x := told(t)
	o = apply(t, o, func(o library.Outline) library.Edit { return o.Contradict("nha", "gio") }, func(o library.Outline) library.Edit { return o.Contradict("nha", "e3") })
	for _, e := range o.Timeline(x).Events {
		if e.Excerpt.ID == "gio" && !slices.Equal(e.Against, []library.ID{"nha"}) || e.Excerpt.ID == "nha" && !slices.Equal(e.Against, []library.ID{"gio", "may", "quan"}) {
			t.Errorf("%s is against %v", e.Excerpt.ID, e.Against)
		}
	}
}

// However many there are: each excerpt with a time stands once, in order, in its speaker's lane, and what stands against
// another is stood against by it.
func TestTheTimelineLosesNothing(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(5, seed))
		var more []library.Excerpt
		for i := range r.IntN(60) {
			e := library.Excerpt{
				ID: library.ID(fmt.Sprintf("r%d", i)), Page: at(statement, r.IntN(4)), Side: library.Sides[r.IntN(3)],
				Person: []library.ID{"", "khai", "dat"}[r.IntN(3)], Where: []string{"", "quán", "nhà"}[r.IntN(3)],
				When: fmt.Sprintf("%s%d:%02d", []string{"", "khoảng "}[r.IntN(2)], r.IntN(3), r.IntN(60)),
			}
			if r.IntN(4) > 0 {
				e.When += fmt.Sprintf(" %d/5/2024", 1+r.IntN(2))
			}
			more = append(more, e)
		}
		o, x := told(t, more...)
		got := o.Timeline(x)
		seen := map[library.ID]library.TimelineEvent{}
		for i, e := range got.Events {
			if i > 0 && got.Events[i-1].Moment.Dated == e.Moment.Dated && got.Events[i-1].Moment.At.After(e.Moment.At) {
				t.Fatalf("seed %d: event %d is out of order", seed, i)
			}
			if _, twice := seen[e.Excerpt.ID]; twice && e.Excerpt.ID != "" {
				t.Fatalf("seed %d: %s twice", seed, e.Excerpt.ID)
			}
			seen[e.Excerpt.ID] = e
			if lane := got.Lanes[e.Lane]; !lane.Recordings && lane.Person != o.SpeakerOf(e.Excerpt, x) {
				t.Fatalf("seed %d: %s is in the lane of %q", seed, e.Excerpt.ID, lane.Person)
			}
		}
		for _, e := range more {
			if _, there := seen[e.ID]; !there {
				t.Fatalf("seed %d: %s, at %q, is lost", seed, e.ID, e.When)
			}
			for _, other := range seen[e.ID].Against {
				if !slices.Contains(seen[other].Against, e.ID) {
					t.Fatalf("seed %d: %s is against %s alone", seed, e.ID, other)
				}
			}
		}
	}
}

func BenchmarkTimelineOfThreeThousand(b *testing.B) {
	var more []library.Excerpt
	for i := range 3000 {
		more = append(more, library.Excerpt{
			ID: library.ID(fmt.Sprintf("r%d", i)), Page: at(statement, i%4), Side: library.Sides[i%3], Person: []library.ID{"khai", "dat"}[i%2],
			Where: "quán", When: fmt.Sprintf("khoảng %d:%02d %d/5/2024", i%24, i%60, 1+i%28),
		})
	}
	o, x := told(b, more...)
	for b.Loop() {
		o.Timeline(x)
	}
}
