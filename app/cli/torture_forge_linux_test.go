package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"butluc/assets"
	"butluc/library"
	"butluc/library/journal"
	"butluc/library/shelf"
	"butluc/library/store/storetest"
)

// strange are texts that a stranger may put where a name, a path or words are to be.
var strange = []string{
	"", " ", "\x1b[2J\x1b]0;x\a", "a\u202egpj.pdf", "\u009b31m\r\n\u2028", "../../../etc/passwd", "../../../etc/passwd#1", "/etc/passwd#1", "C:\\Windows#1",
	"\\\\host\\share\\a.pdf#2", "a.pdf#0", "a.pdf#-1", "a.pdf#99999999999999999999", "%00#1", "%ff%fe", "=HYPERLINK(\"http://x\")", "null", "\x00", "😀👍🏽", "A̷̢͎͝",
	strings.Repeat("x", 1<<16), strings.Repeat("ặ", 5000), strings.Repeat("../", 500), "9999-99-99", "0000-00-00T00:00:00Z", "1e999",
}

// forged changes a value of JSON somewhere: another text, number, kind, length.
func (r *round) forged(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if len(v) == 0 {
			return r.anyValue()
		}
		keys := slices.Sorted(maps.Keys(v))
		key := keys[r.random.IntN(len(keys))]
		switch r.random.IntN(12) {
		case 0:
			delete(v, key)
		case 1:
			v[strange[r.random.IntN(len(strange))]] = r.anyValue()
		case 2:
			v[key] = r.anyValue()
		case 3: // as another of its neighbours
			v[key] = v[keys[r.random.IntN(len(keys))]]
		default:
			v[key] = r.forged(v[key])
		}
		return v
	case []any:
		if len(v) == 0 || r.random.IntN(12) == 0 {
			return r.anyValue()
		}
		at := r.random.IntN(len(v))
		switch r.random.IntN(10) {
		case 0: // the same twice, with the same id
			return append(v, v[at])
		case 1:
			return append(v[:at:at], v[at+1:]...)
		case 2: // long once in a document: lists in long lists are more than any memory holds
			long := 3000
			if r.grown {
				long = 30
			}
			r.grown = true
			for len(v) < long {
				v = append(v, v[at])
			}
			return v
		}
		v[at] = r.forged(v[at])
		return v
	case float64:
		return []any{-1, 0, 1e308, -1e308, 1 << 53, 0.5, v + 1, -v, 4e9, 2147483648}[r.random.IntN(10)]
	case bool:
		return !v
	}
	return r.anyValue()
}

func (r *round) anyValue() any {
	switch r.random.IntN(6) {
	case 0:
		return nil
	case 1:
		return []any{map[string]any{}, []any{}, "a"}
	case 2:
		return -r.random.IntN(1000)
	case 3:
		deep := any("deep")
		for range 1 << r.random.IntN(15) {
			deep = []any{deep}
		}
		return deep
	}
	return strange[r.random.IntN(len(strange))]
}

// forgedJSON is a document of JSON in which a few things were changed.
func (r *round) forgedJSON(b []byte) []byte {
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		return b
	}
	r.grown = false
	for range 1 + r.random.IntN(4) {
		v = r.forged(v)
		r.faults++
	}
	b, err := json.Marshal(v)
	r.must(err)
	if r.random.IntN(8) == 0 {
		b = r.mutate("its text", b)
	}
	return b
}

// sample makes the sample case, without what LibreOffice would convert.
func (r *round) sample() (dir string) {
	made := filepath.Join(r.base, "sample")
	if _, err := os.Stat(made); err != nil {
		r.verb("demo", made, "--no-window")
		r.must(os.Remove(filepath.Join(made, "Tập 5 - Truy tố", "Danh sách người cần triệu tập.docx")))
	}
	dir = filepath.Join(r.dir, "case")
	r.must(os.CopyFS(dir, os.DirFS(made)))
	return dir
}

// forgeOutline imports an outline that a stranger made.
func forgeOutline(r *round) {
	dir, file := r.sample(), filepath.Join(r.dir, "outline.json")
	r.verb("outline", dir, "export", file)
	good, err := os.ReadFile(file)
	r.must(err)
	forged := r.forgedJSON(good)
	r.must(os.WriteFile(file, forged, 0o600))
	imported := r.verb("outline", dir, "import", file)
	after := filepath.Join(r.dir, "after.json")
	r.verb("outline", dir, "export", after)
	now, err := os.ReadFile(after)
	r.must(err)
	if imported.status != exitFine {
		if stateIn(now) != stateIn(good) {
			r.find(foundSilent, "the import was refused, and the outline is another: %s", imported.errs)
		}
		return
	}
	r.askEverything(dir, now)
	// What was taken is an outline: it is exported, and comes in again as it is.
	if a := r.verb("outline", dir, "import", after); a.status != exitFine {
		r.find(foundStatus, "what was exported can't be imported: %s", a.errs)
	}
	r.verb("outline", dir, "export", file)
	if again, _ := os.ReadFile(file); stateIn(again) != stateIn(now) {
		r.find(foundSilent, "exported, imported and exported, the outline is another")
	}
}

// askEverything has the verbs work with an outline.
func (r *round) askEverything(dir string, outline []byte) {
	paper := filepath.Join(r.dir, []string{"x.pdf", "x.docx"}[r.random.IntN(2)])
	asked := [][]string{
		{"check", dir},
		{"folio", dir, "print"},
		{"folio", dir, "print", "--csv"},
		{"scan", dir, "--quick"},
		{"outline", dir, "print", "--as", []string{"outline", "list"}[r.random.IntN(2)], "-o", paper},
	}
	if o, err := library.DecodeOutline(outline); err == nil {
		var ids []library.ID
		for ref := range o.Walk() {
			ids = append(ids, ref.Step.ID)
		}
		if len(ids) > 0 {
			asked = append(asked, []string{"show", dir, "--step", string(ids[r.random.IntN(len(ids))]), "-o", filepath.Join(r.dir, "x.png"), "--size", "320x180"})
		}
	}
	for range 2 {
		r.verb(asked[r.random.IntN(len(asked))]...)
	}
}

// forgeJournal reads a journal that a stranger made, its chain right or not.
func forgeJournal(r *round) {
	var lines [][]byte
	for i := range 8 {
		line := fmt.Sprintf(`{"v":%d,"n":%d,"at":"2026-11-30T11:26:%02dZ","kind":%q`, journal.Version, i+1, i,
			[]string{"start", "show", "view", "play", "stop", "note", "black", "end"}[i])
		line += []string{
			`,"trial":{"mode":"second","screen":"1x1","case":"a","program":"dev","renderer":"x"}}`,
			`,"shown":{"panes":[{"path":"a.pdf","page":1,"title":"Biên bản","folio":"45","sha256":"ab"}],"step":"a","number":"A.1","title":"Khai","size":"1x1","pixels":"00"}}`,
			`,"shown":{"panes":[{"path":"a.pdf","page":2,"title":"Biên bản"},{"path":"b.mp4","page":1481,"clip":true}],"size":"1x1","pixels":"00"}}`,
			`,"played":{"path":"b.mp4","from":0,"to":1000}}`, `,"played":{"path":"b.mp4","from":0,"to":900}}`,
			`,"note":{"argument":true,"person":"a","step":"a"},"text":"lời"}`, `}`, `}`,
		}[i]
		var v any
		r.must(json.Unmarshal([]byte(line), &v))
		if r.random.IntN(3) == 0 {
			v = r.forged(v)
			r.faults++
		}
		if m, ok := v.(map[string]any); ok && i > 0 && r.random.IntN(10) > 0 {
			sum := sha256.Sum256(lines[i-1])
			m["prev"] = hex.EncodeToString(sum[:])
		}
		b, err := json.Marshal(v)
		r.must(err)
		lines = append(lines, b)
	}
	file := filepath.Join(r.dir, "journal.jsonl")
	r.must(os.WriteFile(file, append(bytes.Join(lines, []byte("\n")), '\n'), 0o600))
	r.verb("journal", file, "verify")
	r.verb("journal", file, "print")
	r.verb("journal", file, "export", filepath.Join(r.dir, []string{"x.pdf", "x.csv", "x.docx"}[r.random.IntN(2)]))
}

// databaseForgeries opens a case of a stranger's, whose database and log are sound, and say what no program says.
func (l *laboratory) databaseForgeries() func(*round) {
	return func(r *round) {
		dir := r.sample()
		home := filepath.Join(dir, library.Sidecar)
		if r.random.IntN(2) == 0 { // with what is known of the files
			r.verb("outline", dir, "submit")
		}
		if r.random.IntN(3) == 0 {
			r.forgeLog(filepath.Join(home, "edits"))
			r.must(os.Truncate(filepath.Join(home, "case.db"), 5000)) // so that it is asked
		} else {
			every := 1 + r.random.IntN(60)
			r.must(storetest.Forge(filepath.Join(home, "case.db"), func(bucket, _ string, value []byte) []byte {
				if bucket == "meta" && r.random.IntN(20) > 0 || r.random.IntN(every) > 0 {
					return nil
				}
				return r.forgedJSON(value)
			}))
		}
		file := filepath.Join(r.dir, "outline.json")
		r.verb("outline", dir, "export", file)
		outline, _ := os.ReadFile(file)
		r.askEverything(dir, outline)
		r.verb("outline", dir, "submit", "--from-copy")
		r.verb("journal", dir, "verify")
	}
}

// forgeLog changes the records in a log of edits, each frame with its checksum right.
func (r *round) forgeLog(dir string) {
	list, _ := filepath.Glob(filepath.Join(dir, "*.log"))
	for _, path := range list {
		b, err := os.ReadFile(path)
		r.must(err)
		const head = 12 // magic, length, CRC-32C
		for at := bytes.IndexByte(b, '\n') + 1; at+head <= len(b); {
			n := int(binary.LittleEndian.Uint32(b[at+4:]))
			if at+head+n > len(b) {
				break
			}
			payload := b[at+head : at+head+n]
			for range r.random.IntN(4) {
				payload[r.random.IntN(n)] ^= 1 << r.random.IntN(8)
				r.faults++
			}
			binary.LittleEndian.PutUint32(b[at+8:], crc32.Checksum(payload, crc32.MakeTable(crc32.Castagnoli)))
			at += head + n
		}
		r.must(os.WriteFile(path, b, 0o600))
	}
}

// forgeTemplate takes a template that a stranger made, as the window does.
func forgeTemplate(r *round) {
	defer func() {
		if p := recover(); p != nil {
			r.find(foundPanic, "%v\n%s", p, debug.Stack())
		}
	}()
	s, err := shelf.Load(r.dir)
	r.must(err)
	kinds := []string{"criminal", "civil", "administrative"}
	good := assets.Template(kinds[r.random.IntN(len(kinds))])
	name := strange[r.random.IntN(len(strange))]
	if err := s.SaveTemplate(name, r.forgedJSON(good)); err != nil {
		return // of a name that none can have
	}
	for _, name := range s.Templates() {
		data, err := s.Template(name)
		r.must(err)
		t, err := library.DecodeOutline(data)
		if err != nil {
			continue
		}
		var o library.Outline
		for range 2 {
			next, err := o.Apply(o.WithTemplate(t))
			if err != nil {
				continue
			}
			o = next
		}
		b, err := library.EncodeOutline(o)
		if err == nil {
			_, err = library.DecodeOutline(b)
		}
		if err != nil {
			r.find(foundSilent, "a template was taken that can't be kept: %v", err)
		}
	}
}

// forgeContents cuts a volume by a table of contents that a stranger made.
func forgeContents(r *round) {
	dir := filepath.Join(r.dir, "case")
	r.must(os.MkdirAll(dir, 0o700))
	r.must(os.WriteFile(filepath.Join(dir, "Tập 1.pdf"), r.stock["pages.pdf"], 0o600))
	file := filepath.Join(r.dir, "list.xlsx")
	data := r.stock["list.xlsx"]
	if r.random.IntN(2) == 0 {
		file = filepath.Join(r.dir, "list.csv")
		rows := "STT,Tên tài liệu,Bút lục,Ngày,Người khai\n"
		for i := range 5 {
			name := strings.NewReplacer("\n", " ", `"`, `""`).Replace(strange[r.random.IntN(len(strange))])
			rows += fmt.Sprintf("%d,%q,%d-%d,%s,\"%s\"\n", i, name, i, r.random.IntN(9)-2, "12/5/2024", name)
		}
		data = []byte(rows)
	}
	r.must(os.WriteFile(file, r.mutate("list", data), 0o600))
	r.faults++
	r.verb("folio", dir, "import", file, "--volume", "Tập 1.pdf=1", "--dry-run")
	r.verb("folio", dir, "import", file, "--volume", "Tập 1.pdf=1")
	r.verb("folio", dir, "print", "--csv")
	r.verb("scan", dir, "--quick")
}
