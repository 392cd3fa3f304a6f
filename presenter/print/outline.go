package print

import (
	"context"
	"fmt"
	"image"
	"iter"
	"maps"
	"strings"
	"time"

	"butluc/library"
)

// outline sets the whole outline: cover, what was edited since it was submitted, phases.
func (m *resolved) outline(ctx context.Context, s sheet, progress func(done, total int64)) error {
	m.cover(s)
	m.edits(s)
	steps := m.steps()
	total := int64(len(steps))
	size := image.Pt(thumbPix, max(1, thumbPix*m.Screen.Y/m.Screen.X))
	next, stop := iter.Pull2(inOrder(ctx, len(steps), func(ctx context.Context, i int) *picture {
		return m.draw(ctx, steps[i].Step.Shot.At(library.MaxBeat), size)
	}))
	defer stop()
	progress(0, total)
	for n, phase := range m.Outline.Phases() {
		if n == 0 {
			s.breakPage()
		}
		s.para(para{spans: strong(roman(n+1) + ". " + strings.ToUpper(phase.Title)), size: bodySize, before: 6, keep: true})
		scenarios := m.Outline.Scenarios(phase.ID)
		for _, scenario := range scenarios {
			m.scenario(s, scenario)
			list := m.Outline.Steps(scenario.ID)
			for range list {
				i, p, _ := next()
				if err := ctx.Err(); err != nil {
					return err
				}
				s.step(m.step(steps[i].Step, p))
				progress(int64(i+1), total)
			}
			if len(list) == 0 {
				s.para(para{spans: text("Chưa có bước nào."), size: smallSize, before: 1})
			}
		}
		if len(scenarios) == 0 {
			s.para(para{spans: text("Chưa có tình huống nào."), size: smallSize, before: 1})
		}
	}
	return ctx.Err()
}

// heads are the offices and the motto side by side, and below them place and date.
func (m *resolved) heads(s sheet) { heads(s, m.Outline.Cover(), m.Now) }

func heads(s sheet, c library.Cover, now time.Time) {
	var office []para
	if c.Superior != "" {
		office = append(office, para{spans: text(strings.ToUpper(c.Superior)), size: 12, align: centre})
	}
	office = append(office, para{spans: strong(strings.ToUpper(c.Office)), size: 12, align: centre, rule: true})
	s.columns(0.4, office, []para{
		{spans: strong(motto[0]), size: 12, align: centre},
		{spans: strong(motto[1]), size: bodySize, align: centre, rule: true},
	})
	date := dateWords(now)
	if c.Place != "" {
		date = c.Place + ", " + date
	}
	s.columns(0.4, nil, []para{{spans: emphasised(date), size: bodySize, align: centre, before: 3}})
}

func (m *resolved) cover(s sheet) {
	c, o := m.Outline.Cover(), m.Outline
	m.heads(s)
	s.para(para{spans: strong("ĐỀ CƯƠNG TRÌNH CHIẾU"), size: 16, align: centre, before: 14})
	s.para(para{spans: strong("TÀI LIỆU, CHỨNG CỨ TẠI PHIÊN TÒA"), size: 14, align: centre, before: 1})
	first := true
	for _, f := range [][2]string{
		{"Vụ án:", c.CaseTitle},
		{"Loại án:", kindNames[c.Kind]},
		{"Số:", c.CaseNumber},
		{"Tòa án:", c.Court},
		{"Phiên tòa:", c.Hearing},
		{"Kiểm sát viên:", c.Prosecutor},
	} {
		if f[1] != "" {
			p := para{spans: labelled(f[0], f[1]), size: bodySize, before: 1.5}
			if first {
				p.before, first = 9, false
			}
			s.para(p)
		}
	}
	if persons := o.Persons(); len(persons) > 0 {
		s.para(para{spans: strong("Người tham gia tố tụng:"), size: bodySize, before: 3, keep: true})
		for _, p := range persons {
			s.para(para{spans: text("– " + m.personLine(p)), size: bodySize, before: 0.5})
		}
	}
	scenarios := o.Count(library.TableScenarios)
	s.para(para{
		spans: text(fmt.Sprintf("Đề cương gồm %d tình huống, %d bước.", scenarios, o.Count(library.TableSteps))),
		size:  bodySize, before: 3,
	})
	if m.Notes && c.Notes != "" {
		s.para(para{spans: labelled("Ghi chú:", c.Notes), size: bodySize, before: 3})
	}
	if a := m.Approval; a.Number > 0 {
		said := fmt.Sprintf("Bản trình duyệt số %d, %02d giờ %02d phút %s, mã ", a.Number, a.At.Hour(), a.At.Minute(), dateWords(a.At))
		spans := []span{{said, plain}, {a.Short(), bold}, {".", plain}}
		if len(m.since) > 0 {
			spans = append(spans, span{" Bản in này KHÁC BẢN ĐÃ DUYỆT.", bold})
		}
		s.para(para{spans: spans, size: bodySize, before: 3})
	}
	m.opinion(s)
	signature := func(head, name string) []para {
		return []para{
			{spans: strong(head), size: bodySize, align: centre, before: 6},
			{spans: emphasised("(Ký, ghi rõ họ tên)"), size: smallSize, align: centre},
			{spans: strong(name), size: bodySize, align: centre, before: 22},
		}
	}
	approver, _, _ := strings.Cut(c.Approver, ",")
	s.columns(0.5, signature("LÃNH ĐẠO VIỆN", approver), signature("KIỂM SÁT VIÊN", c.Prosecutor))
}

// opinion is what the superior said, or the lines on which they write it.
func (m *resolved) opinion(s sheet) {
	s.para(para{spans: strong("Ý KIẾN CỦA LÃNH ĐẠO VIỆN"), size: bodySize, before: 8, keep: true})
	o := m.Opinion
	if o == nil {
		for range 4 {
			s.para(para{size: bodySize, before: 1.5, dots: true, keep: true})
		}
		return
	}
	verdict := "Trả lại để hoàn thiện."
	if o.Approved {
		verdict = "Đồng ý bản trình duyệt."
	}
	s.para(para{spans: strong(verdict), size: bodySize, before: 1.5, keep: true})
	if o.Text != "" {
		for line := range strings.SplitSeq(o.Text, "\n") {
			s.para(para{spans: text(line), size: bodySize, before: 1.5})
		}
	}
	for _, r := range o.Remarks {
		on := "Chung:"
		if r.On != "" {
			on = clean(r.On) + ":"
		}
		s.para(para{spans: labelled(on, r.Text), size: bodySize, before: 1.5})
	}
	s.para(para{
		spans: text(fmt.Sprintf("%s, %02d giờ %02d phút %s. Ký số, dấu khóa %s, về bản mã %s.",
			clean(o.By), o.At.Hour(), o.At.Minute(), dateWords(o.At), o.Print, m.Approval.Short())),
		size: bodySize, before: 1.5,
	})
}

func (m *resolved) personLine(p library.Person) string {
	line := p.Name
	if role := roleName(p.Role); role != "" {
		line = capital(role) + " " + line
	}
	if p.Present {
		line += ", có mặt"
	} else {
		line += ", vắng mặt"
	}
	if m.Notes && p.Notes != "" {
		line += " (" + p.Notes + ")"
	}
	return line
}

// edits lists what is not as it was submitted.
func (m *resolved) edits(s sheet) {
	if len(m.since) == 0 {
		return
	}
	s.breakPage()
	s.para(para{spans: strong("KHÁC BẢN ĐÃ DUYỆT"), size: bodySize, keep: true})
	s.para(para{
		spans: text(fmt.Sprintf("Sau bản trình duyệt số %d (mã %s) đề cương có %d chỗ khác:", m.Approval.Number, m.Approval.Short(), len(m.since))),
		size:  bodySize, before: 1.5, keep: true,
	})
	was, names := m.Approval.Outline.Numbers(), library.TextNames()
	maps.Copy(names, otherNames)
	for _, d := range m.since {
		numbers := m.numbers
		if d.Kind == library.DifferenceRemoved {
			numbers = was
		}
		line := fmt.Sprintf("– %s %s", capital(differenceNames[d.Kind]), m.recordName(d.Record, numbers))
		var fields []string
		for _, f := range d.Fields {
			name, ok := names[f]
			if _, passage := d.Record.(library.Passage); passage && f == "Volume" {
				name = "âm lượng"
			}
			if !ok {
				name = "nội dung khác"
			}
			fields = append(fields, name)
		}
		if len(fields) > 0 {
			line += ": " + strings.Join(fields, ", ")
		}
		s.para(para{spans: text(line + "."), size: bodySize, before: 0.5})
	}
}

// recordName names a record in a sentence.
func (m *resolved) recordName(r library.Record, numbers map[library.ID]string) string {
	switch r := r.(type) {
	case library.Cover:
		return "trang bìa"
	case library.Person:
		return "người tham gia " + r.Name
	case library.Phase:
		return "giai đoạn " + r.Title
	case library.Scenario:
		return fmt.Sprintf("tình huống %s “%s”", numbers[r.ID], r.Title)
	case library.Step:
		return fmt.Sprintf("bước %s “%s”", numbers[r.ID], m.Outline.StepTitle(r, m.index))
	case library.Heading:
		return "tài liệu bắt đầu ở " + r.First.String()
	case library.Join:
		return "tài liệu ghép " + r.Title
	case library.Binding:
		return "tập, loại bút lục của " + strings.TrimSuffix(r.First.String(), "#1")
	case library.PageNote:
		return "trang " + r.Page.String()
	case library.Passage:
		return fmt.Sprintf("đoạn %s của %s", r.Span().Words(), m.documentTitle(r.First))
	case library.Cue:
		return fmt.Sprintf("lời lúc %s của %s", library.Clock(r.First.Index), m.documentTitle(r.First))
	case library.Paragraph:
		return "đoạn luận tội"
	case library.StatedHash:
		return "mã băm của " + m.documentTitle(r.First)
	case library.Recording:
		return "thời gian của bản ghi " + m.documentTitle(r.First)
	default:
		return r.Key().ID
	}
}

func (m *resolved) scenario(s sheet, sc library.Scenario) {
	s.para(para{
		spans: strong(fmt.Sprintf("Tình huống %s. %s", m.numbers[sc.ID], sc.Title)), size: bodySize, before: 5, keep: true,
	})
	trigger := capital(strings.TrimSpace(sc.Trigger))
	if sc.Digit > 0 {
		if trigger != "" {
			trigger += " "
		}
		trigger += fmt.Sprintf("(phím Alt+%d)", sc.Digit)
	}
	if trigger != "" {
		s.para(para{spans: emphasised(trigger), size: bodySize, before: 0.5, keep: true})
	}
	for _, spans := range textLines(m, library.ScenarioTexts, sc) {
		s.para(para{spans: spans, size: smallSize, before: 0.5, keep: true})
	}
}

// textLines are the texts of a record that are printed as all texts are: with a word before them.
func textLines[R library.Record](m *resolved, texts library.Texts[R], r R) (list [][]span) {
	for _, f := range texts {
		if text := *f.Of(&r); text != "" && f.Paper != "" && (m.Notes || !f.Private) {
			list = append(list, labelled(f.Paper, text))
		}
	}
	return list
}

func (m *resolved) step(st library.Step, p *picture) step {
	set := step{title: m.numbers[st.ID] + ". " + m.Outline.StepTitle(st, m.index), folios: m.shown(st.Shot), picture: p}
	add := func(spans []span, size float64) {
		before := 1.5
		if len(set.body) == 0 {
			before = 0
		}
		set.body = append(set.body, para{spans: spans, size: size, before: before})
	}
	if request := m.Outline.Request(st.Shot, m.index); request != "" {
		add(emphasised(request), smallSize)
	}
	if say := strings.TrimSpace(st.Say); say != "" {
		label := "Nói:"
		if asked, ok := m.Outline.Person(st.Asks); ok {
			label = strings.TrimSpace("Hỏi "+roleName(asked.Role)) + " " + asked.Name + ":"
		}
		add(labelled(label, say), bodySize)
	}
	for _, spans := range textLines(m, library.StepTexts, st) {
		add(spans, smallSize)
	}
	if p != nil && p.incomplete {
		add(strong("Trang chỉ đọc được một phần."), smallSize)
	}
	return set
}

// footer is what stands at the foot of each page of an outline.
func (m *resolved) footer() footer {
	f := footer{left: clean(m.Outline.Cover().CaseTitle)}
	switch {
	case m.Kind != Outline:
	case m.Approval.Number == 0:
		f.right = "Chưa trình duyệt"
	case len(m.since) > 0:
		f.right = "Khác bản đã duyệt " + m.Approval.Short()
	default:
		f.right = fmt.Sprintf("Bản trình duyệt số %d, mã %s", m.Approval.Number, m.Approval.Short())
	}
	return f
}

// footer is what stands at the foot of each page, at its left and its right.
type footer struct{ left, right string }
