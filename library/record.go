package library

import (
	"crypto/rand"
	"strings"
)

// ID names a record of the outline: random, made once, the same for ever.
type ID string

// NewID makes an id that no other record has, 16 letters and digits.
func NewID() ID { return ID(strings.ToLower(rand.Text()[:16])) }

// Table is a kind of record. Tables name buckets of the store: never rename one.
type Table string

// The tables.
const (
	TableCover          Table = "cover"
	TablePersons        Table = "persons"
	TablePhases         Table = "phases"
	TableScenarios      Table = "scenarios"
	TableSteps          Table = "steps"
	TableHeadings       Table = "headings"
	TableJoins          Table = "joins"
	TableBindings       Table = "bindings"
	TablePages          Table = "pages"
	TablePassages       Table = "passages"
	TableRecordings     Table = "recordings"
	TableSources        Table = "sources"
	TableDocket         Table = "docket"
	TableMatters        Table = "matters"
	TableExcerpts       Table = "excerpts"
	TableStatedHashes   Table = "stated-hashes"
	TableCues           Table = "cues"
	TableContradictions Table = "contradictions"
	TableParagraphs     Table = "paragraphs"
)

// Tables are all tables, parents before their children.
var Tables = []Table{
	TableCover, TablePersons, TablePhases, TableScenarios, TableSteps, TableHeadings, TableJoins, TableBindings, TablePages,
	TablePassages, TableRecordings, TableSources, TableDocket, TableMatters, TableExcerpts, TableContradictions, TableStatedHashes,
	TableCues, TableParagraphs,
}

// Key finds a record: its table, and its id there.
type Key struct {
	Table Table
	ID    string // an [ID], a [PageID]'s text, or a path; of the cover "cover", of the docket "docket"
}

// Record is a row of the outline: one of [Cover], [Person], [Phase], [Scenario], [Step], [Heading],
// [Join], [Binding], [PageNote], [Passage], [Recording], [Source], [Docket], [Matter], [Excerpt],
// [Contradiction], [StatedHash], [Cue] and [Paragraph], as a value. A record is never changed, only replaced.
type Record interface {
	Key() Key
	check() error // of what the record can know by itself
}

// CaseKind is the kind of case, which decides the words and the phases.
type CaseKind string

// The kinds of case.
const (
	CaseCriminal       CaseKind = "criminal"
	CaseCivil          CaseKind = "civil"
	CaseAdministrative CaseKind = "administrative"
	CaseEnforcement    CaseKind = "enforcement"
	CaseMeeting        CaseKind = "meeting" // interagency
	CaseReport         CaseKind = "report"  // to the superior
	CaseOwn            CaseKind = "own"
)

// CaseKinds are all kinds of case in the order in which they are offered.
var CaseKinds = []CaseKind{
	CaseCriminal, CaseCivil, CaseAdministrative, CaseEnforcement, CaseMeeting, CaseReport, CaseOwn,
}

// Cover is what stands on the outline's first sheet. There is one.
type Cover struct {
	Kind       CaseKind `json:"kind,omitempty"`
	Superior   string   `json:"superior,omitempty"` // the office above, over the office's own name
	Office     string   `json:"office,omitempty"`
	Prosecutor string   `json:"prosecutor,omitempty"`
	CaseTitle  string   `json:"caseTitle,omitempty"`
	CaseNumber string   `json:"caseNumber,omitempty"`
	Court      string   `json:"court,omitempty"`
	Hearing    string   `json:"hearing,omitempty"` // when and where, as it is to be printed
	Place      string   `json:"place,omitempty"`   // before the date: "Hà Nội"
	Approver   string   `json:"approver,omitempty"`
	Notes      string   `json:"notes,omitempty"`
	Captions   Captions `json:"captions,omitempty"`
	Stated     Stated   `json:"stated,omitzero"`
}

// Captions is what the court reads under a page.
type Captions string

// The captions; each has a word under the key "captions." + its name.
const (
	CaptionNone  Captions = ""
	CaptionFolio Captions = "folio" // its folio
	CaptionFull  Captions = "full"  // its folio and the document's title
)

// Person is someone who takes part: whose statement a page is, whom a step asks.
type Person struct {
	ID      ID     `json:"id"`
	Rank    string `json:"rank,omitempty"`
	Name    string `json:"name"`
	Role    string `json:"role,omitempty"` // one of [Roles], or empty
	Present bool   `json:"present,omitempty"`
	// Protected: under 18, or protected otherwise (Criminal Procedure Code, Art. 423; Law on Children, Art. 6, 21). What is of
	// them is restricted by itself; see [Outline.RestrictionOf].
	Protected bool   `json:"protected,omitempty"`
	Notes     string `json:"notes,omitempty"`
}

// Roles are the codes of what a person is in the case. Each has a word under the key "role." + code.
var Roles = []string{
	"bi-cao", "bi-hai", "nguoi-lam-chung", "nguoi-bao-chua", "nguyen-don", "bi-don", "nguoi-khoi-kien", "nguoi-bi-kien",
	"nguoi-lien-quan", "nguoi-dai-dien", "nguoi-bao-ve-quyen", "giam-dinh-vien", "dieu-tra-vien", "phien-dich",
	"nguoi-phai-thi-hanh", "nguoi-duoc-thi-hanh", "chap-hanh-vien", "khac",
}

// Phase is a part of the hearing.
type Phase struct {
	ID    ID     `json:"id"`
	Rank  string `json:"rank,omitempty"`
	Code  string `json:"code,omitempty"` // of a template's phase: "xet-hoi", "luan-toi", "tranh-luan", …; "" for an own one
	Title string `json:"title"`
	Told  Part   `json:"part,omitempty"` // what it is in the hearing, as a person told; "" as its name says
}

// Scenario is what may happen, and has the steps prepared for it.
type Scenario struct {
	ID      ID     `json:"id"`
	Phase   ID     `json:"phase,omitempty"`
	Rank    string `json:"rank,omitempty"`
	Title   string `json:"title"`
	Trigger string `json:"trigger,omitempty"` // "nếu bị cáo không nhận tội"
	Digit   int    `json:"digit,omitempty"`   // of its key, 1 to 9; 0 for none. No two have the same
	Color   string `json:"color,omitempty"`   // one of [Colors], or empty
	Notes   string `json:"notes,omitempty"`
}

// Colors are the names that a scenario's colour may have; the theme knows how each looks.
var Colors = []string{"red", "orange", "yellow", "green", "teal", "blue", "purple", "gray"}

// Step is one thing to show, with the words to say.
type Step struct {
	ID       ID     `json:"id"`
	Scenario ID     `json:"scenario,omitempty"`
	Rank     string `json:"rank,omitempty"`
	Title    string `json:"title,omitempty"`
	Say      string `json:"say,omitempty"` // the question, or the words to say
	Asks     ID     `json:"asks,omitempty"`
	Notes    string `json:"notes,omitempty"`  // private
	Ground   string `json:"ground,omitempty"` // the legal ground: "điểm a khoản 2 Điều 308 BLTTHS"
	Shot     Shot   `json:"-"`                // written as panes
}

// Heading says that a document begins at a page. At a file's first page it only names the document
// that is there anyway.
type Heading struct {
	First     PageID `json:"first"`
	Title     string `json:"title,omitempty"` // "": what the file's name tells
	Person    ID     `json:"person,omitempty"`
	Date      string `json:"date,omitempty"` // as it is to be read: "12/5/2024"
	FolioFrom string `json:"from,omitempty"` // of its first sheet, as [ParseFolio] reads it; "": as the name tells
	FolioTo   string `json:"to,omitempty"`   // of its last; "": counted on
}

// Join says that files are one document, in this order.
type Join struct {
	ID    ID       `json:"id"`
	Title string   `json:"title,omitempty"`
	Paths []string `json:"paths"` // never written to
}

// FlagKind is why a page was flagged while the case was studied.
type FlagKind string

// The flags.
const (
	FlagNone          FlagKind = ""
	FlagKey           FlagKind = "key"
	FlagContradiction FlagKind = "contradiction"
	FlagVerify        FlagKind = "verify"
)

// PageNote is what is known of one page besides its picture.
type PageNote struct {
	Page   PageID   `json:"page"`
	Turn   Turn     `json:"turn,omitempty"`   // what makes it upright
	Hidden bool     `json:"hidden,omitempty"` // a blank back
	Flag   FlagKind `json:"flag,omitempty"`
	Text   string   `json:"text,omitempty"`
	// Restricted is one of [Restrictions], or empty: showing the page takes a second key. Text has the reason.
	Restricted string `json:"restricted,omitempty"`
	// Folio is the page's where it is stamped otherwise than counted, as [ParseFolio] reads it; [NoFolio] where
	// it is not stamped.
	Folio string `json:"folio,omitempty"`
	// Marks are on the page wherever it is shown: redactions, key passages. They wait for no beat.
	Marks Marks `json:"marks,omitzero"`
}

// NoFolio is the folio of a page that carries no stamp though it is counted past.
const NoFolio = "-"

// Restrictions are the codes of why a page may not be shown to everybody. Each has a word under the key
// "restricted." + code. (State secrets only once declassified; business, personal and family secrets;
// pictures of the dead; what the panel has not allowed yet; victims and minors.)
var Restrictions = []string{"nha-nuoc", "kinh-doanh", "ca-nhan", "gia-dinh", "tu-thi", "chua-cong-bo", "bao-ve", "khac"}

// isZero tells whether the note says nothing, so that it need not be there.
func (n PageNote) isZero() bool { return n == PageNote{Page: n.Page} }

// Source is a file that the outline refers to, as it was when that was prepared.
type Source struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

const coverKey = "cover"

// Key implements [Record].
func (Cover) Key() Key { return Key{TableCover, coverKey} }

// Key implements [Record].
func (p Person) Key() Key { return Key{TablePersons, string(p.ID)} }

// Key implements [Record].
func (p Phase) Key() Key { return Key{TablePhases, string(p.ID)} }

// Key implements [Record].
func (s Scenario) Key() Key { return Key{TableScenarios, string(s.ID)} }

// Key implements [Record].
func (s Step) Key() Key { return Key{TableSteps, string(s.ID)} }

// Key implements [Record].
func (h Heading) Key() Key { return Key{TableHeadings, h.First.String()} }

// Key implements [Record].
func (j Join) Key() Key { return Key{TableJoins, string(j.ID)} }

// Key implements [Record].
func (n PageNote) Key() Key { return Key{TablePages, n.Page.String()} }

// Key implements [Record].
func (s Source) Key() Key { return Key{TableSources, s.Path} }
