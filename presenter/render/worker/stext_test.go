//go:build cgo

package worker

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The structs of stext.h lie in memory as those of the MuPDF that go-fitz links.
func TestStructsAreMuPDFs(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/gen2brain/go-fitz").Output()
	if err != nil {
		t.Skip("go-fitz's headers can't be found: ", err)
	}
	cc, err := exec.LookPath("cc")
	if err != nil {
		t.Skip(err)
	}
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	code.WriteString("#include <stddef.h>\n#include <mupdf/fitz.h>\n#include \"device.h\"\n")
	for ours, c := range map[string]struct {
		theirs, fields string
		whole          bool
	}{
		"bl_stext_options": {"fz_stext_options", "flags scale clip", true},
		"bl_quad":          {"fz_quad", "ul ur ll lr", true},
		"bl_char":          {"fz_stext_char", "c bidi flags argb origin quad size font next", true},
		"bl_line":          {"fz_stext_line", "wmode flags dir bbox first_char last_char prev next", true},
		"bl_block":         {"fz_stext_block", "type id bbox u u.t.first_line prev next", true},
		"bl_stext_page":    {"fz_stext_page", "refs pool mediabox first_block", false},
		"bl_color_params":  {"fz_color_params", "ri bp op opm", true},
		"bl_font":          {"fz_font", "refs name family buffer", false},
		"bl_text_item":     {"fz_text_item", "x y adv gid ucs cid", true},
		"bl_text_span":     {"fz_text_span", "font trm len cap items next", true},
		"bl_text":          {"fz_text", "refs head tail", true},
		"bl_device": {"fz_device", "refs hints flags close_device drop_device fill_path stroke_path clip_path clip_stroke_path " +
			"fill_text stroke_text clip_text clip_stroke_text ignore_text fill_shade fill_image fill_image_mask", false},
	} {
		if c.whole {
			fmt.Fprintf(&code, "_Static_assert(sizeof(%s) == sizeof(%s), \"size of %[1]s\");\n", ours, c.theirs)
		}
		for _, f := range strings.Fields(c.fields) {
			fmt.Fprintf(&code, "_Static_assert(offsetof(%s, %s) == offsetof(%s, %[2]s), \"%[1]s.%[2]s\");\n", ours, f, c.theirs)
			fmt.Fprintf(&code, "_Static_assert(sizeof(((%s *)0)->%s) == sizeof(((%s *)0)->%[2]s), \"%[1]s.%[2]s\");\n", ours, f, c.theirs)
		}
	}
	for _, name := range []string{"STEXT_CLIP", "STEXT_ACCURATE_BBOXES", "STEXT_IGNORE_ACTUALTEXT"} {
		fmt.Fprintf(&code, "_Static_assert((int)BL_%s == (int)FZ_%[1]s, \"%[1]s\");\n", name)
	}
	code.WriteString("_Static_assert((int)BL_DONT_DECODE_IMAGES == (int)FZ_DONT_DECODE_IMAGES, \"hint\");\n")
	code.WriteString("_Static_assert((int)BL_BLOCK_TEXT == (int)FZ_STEXT_BLOCK_TEXT, \"block type\");\n")
	cmd := exec.Command(cc, "-x", "c", "-std=gnu11", "-fsyntax-only", "-I", here, "-I", filepath.Join(strings.TrimSpace(string(dir)), "include"), "-")
	cmd.Stdin = strings.NewReader(code.String())
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
