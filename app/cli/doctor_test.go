package cli

import "testing"

// The doctor's last line is the one thing to do: what the program can't present without, then what a hearing wants; what
// only makes more possible is none.
func TestTheDoctorKnowsTheOneThingToDo(t *testing.T) {
	gl := check{Name: "gl", Need: "install the driver", must: true}
	court := check{Name: "court", Need: "plug in a projector", want: true}
	player := check{Name: "libmpv", Need: "install libmpv", want: true}
	office := check{Name: "libreoffice", Need: "install LibreOffice"}
	fine := check{Name: "settings", Fine: true, must: true}
	for _, c := range []struct {
		what   string
		checks []check
		want   string
	}{
		{"nothing is missing", []check{fine}, ""},
		{"a program that makes more possible", []check{fine, office}, ""},
		{"no projector, nor player", []check{court, player, office, fine}, court.Need},
		{"no driver, behind a projector that is missing", []check{court, player, gl}, gl.Need},
	} {
		if got := toDo(c.checks); got != c.want {
			t.Errorf("%s: the one thing is %q, want %q", c.what, got, c.want)
		}
	}
}
