package print_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"butluc/library/office/identity"
	"butluc/presenter/print"
)

// What stands on the paper of a recovery key is typed back, and is that key; whose it is and the fingerprint stand there, too.
func TestARecoveryKeyComesBackFromPaper(t *testing.T) {
	key, err := identity.NewRecovery("VKSND khu vực 3", time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := print.Recovery(&b, key.Card(), key.Secret()); err != nil {
		t.Fatal(err)
	}
	pages := pagesOf(t, b.Bytes())
	if len(pages) != 1 {
		t.Errorf("it takes %d sheets", len(pages))
	}
	text := strings.Join(strings.Fields(strings.Join(pages, " ")), " ")
	_, after, found := strings.Cut(text, "AGE-SECRET-KEY-1 ")
	groups := strings.Fields(after)
	if !found || len(groups) < 15 {
		t.Fatalf("the paper says %q", text)
	}
	typed := strings.ToLower("AGE-SECRET-KEY-1 " + strings.Join(groups[:15], " "))
	again, err := identity.FromSecret(typed, key.Card().Person, true, key.Card().Made)
	if err != nil || again.Card().Text() != key.Card().Text() {
		t.Errorf("typed back, %q is %v", typed, err)
	}
	for _, want := range []string{"VKSND khu vực 3", key.Card().Fingerprint(), "02/03/2026"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on paper", want)
		}
	}
}
