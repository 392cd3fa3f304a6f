package library

import (
	"strconv"
	"strings"
)

// Numbers tells how scenarios and steps are called in short, on screen, on paper and in the journal, by their places:
// a scenario by a letter ("C"), a step by that and its place in it ("C.2"). Letters, because keys have digits: which key
// a scenario has is told apart, and changes no number.
func (o Outline) Numbers() map[ID]string {
	numbers := map[ID]string{}
	scenarios := 0
	for _, p := range o.Order(TablePhases, "") {
		for _, id := range o.Order(TableScenarios, p) {
			name := letter(scenarios)
			scenarios++
			numbers[id] = name
			for i, step := range o.Order(TableSteps, id) {
				numbers[step] = name + "." + strconv.Itoa(i+1)
			}
		}
	}
	return numbers
}

// letter is A to Z, then AA, AB and so on.
func letter(i int) string {
	if i >= 26 {
		return letter(i/26-1) + letter(i%26)
	}
	return string(rune('A' + i))
}

// StepTitle is a step in a line: its title, else the first line of what is said, else the name of
// what it shows; "" for an empty step.
func (o Outline) StepTitle(s Step, x *Index) string {
	for _, text := range []string{s.Title, s.Say} {
		if text = strings.TrimSpace(text); text != "" {
			first, _, _ := strings.Cut(text, "\n")
			return first
		}
	}
	if s.Shot.IsZero() {
		return ""
	}
	if d, ok := o.DocumentOf(s.Shot.First().Page, x); ok && d.Title != "" {
		return d.Title
	}
	return ReadableName(s.Shot.First().Page.Path)
}
