package office

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// MicrosoftVerb is the word by which the program is called as the child that has Word, Excel or PowerPoint make a PDF:
// `butluc office-pdf SOURCE PDF SECONDS`.
const MicrosoftVerb = "office-pdf"

// microsoft are Microsoft's programs, by the name that COM starts them by, with the endings of what each opens.
var microsoft = []struct {
	program string
	endings []string
}{
	{"Word.Application", []string{".doc", ".docx", ".docm", ".rtf", ".odt"}},
	{"Excel.Application", []string{".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".csv"}},
	{"PowerPoint.Application", []string{".ppt", ".pptx", ".pptm", ".pps", ".ppsx", ".odp"}},
}

// microsoftOf is the one of Microsoft's programs that opens a file, "" for none.
func microsoftOf(name string) string {
	for _, m := range microsoft {
		if slices.Contains(m.endings, strings.ToLower(filepath.Ext(name))) {
			return m.program
		}
	}
	return ""
}

// FindMicrosoft are those of Word, Excel and PowerPoint that this machine has: "Word".
func FindMicrosoft() (names []string) {
	for _, m := range microsoft {
		if registered(m.program) {
			name, _, _ := strings.Cut(m.program, ".")
			names = append(names, name)
		}
	}
	return names
}

// margin is how long before its parent's deadline the child ends what hangs: it alone knows which process that is.
const margin = 10 * time.Second

// microsoftCommand is the child that makes a PDF of source; it has the user's own environment, as COM starts programs for the user.
func (c *Converter) microsoftCommand(ctx context.Context, work, source string, within time.Duration) *exec.Cmd {
	args := append(slices.Clone(c.Microsoft[1:]), source, filepath.Join(work, "source.pdf"), strconv.Itoa(int(max(within-margin, time.Second).Seconds())))
	cmd := exec.CommandContext(ctx, c.Microsoft[0], args...)
	cmd.Dir, cmd.Env = work, os.Environ()
	return cmd
}

// MicrosoftMain is the child: args are what stands behind [MicrosoftVerb].
func MicrosoftMain(args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("%s wants SOURCE, PDF and SECONDS", MicrosoftVerb)
	}
	seconds, err := strconv.Atoi(args[2])
	if err != nil {
		return fmt.Errorf("read deadline: %w", err)
	}
	program := microsoftOf(args[0])
	if program == "" {
		return fmt.Errorf("make PDF: no program of Microsoft's opens %s", filepath.Base(args[0]))
	}
	return export(program, args[0], args[1], time.Duration(seconds)*time.Second)
}
