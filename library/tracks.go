package library

import "strconv"

// Tracks are a film and a sound of a recording that has several, as the two cameras of a car: by their numbers, from 1 in
// the order of the file. 0 is the one that players choose, most often the first.
type Tracks struct {
	Video uint8 `json:"video,omitempty"`
	Audio uint8 `json:"audio,omitempty"`
}

// Words say in Vietnamese which they are, for the court: "luồng hình 2, luồng tiếng 3"; "" where nobody chose.
func (t Tracks) Words() string {
	words := ""
	if t.Video > 0 {
		words = "luồng hình " + strconv.Itoa(int(t.Video))
	}
	if t.Audio > 0 {
		if words != "" {
			words += ", "
		}
		words += "luồng tiếng " + strconv.Itoa(int(t.Audio))
	}
	return words
}

// NextVideo has the film after this one, of so many; the first after the last.
func (t Tracks) NextVideo(count uint8) Tracks {
	t.Video = follows(t.Video, count)
	return t
}

// NextAudio has the sound after this one, of so many; the first after the last.
func (t Tracks) NextAudio(count uint8) Tracks {
	t.Audio = follows(t.Audio, count)
	return t
}

func follows(number, count uint8) uint8 {
	if number = max(1, number); number >= count {
		return 1
	}
	return number + 1
}
