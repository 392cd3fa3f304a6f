package print

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"butluc/library/office/identity"
)

// qrSide is how wide a QR code is on paper, in millimetres.
const qrSide = 60.0

// Recovery prints an office's recovery key on one sheet, as PDF: whose it is, what it is for, the secret in groups of four
// that a person can type back, and as a QR code.
func Recovery(w io.Writer, card identity.Card, secret string) error {
	code, err := identity.QR(secret)
	if err != nil {
		return fmt.Errorf("print recovery key: %w", err)
	}
	p := newPDF(footer{left: "Khóa khôi phục", right: card.Office})
	p.para(para{spans: strong("KHÓA KHÔI PHỤC"), size: guideTitleSize, align: centre, keep: true})
	p.para(para{spans: strong(card.Office), size: guideHeadSize, align: centre, before: 3, keep: true})
	for _, words := range []string{
		"Ai có tờ giấy này mở được mọi gói hồ sơ đã đóng cho cơ quan. Cất trong két, trong phong bì niêm phong; không chụp ảnh, không chép vào máy.",
		"Khi cần mở: trong Butluc, mở gói rồi chọn “Dùng khóa khôi phục” và gõ dòng dưới đây. Chữ hoa, chữ thường, khoảng trắng không quan trọng.",
	} {
		p.para(para{spans: text(words), size: smallSize + 2, before: 4})
	}
	p.para(para{spans: strong(inFours(secret)), size: guideHeadSize, align: centre, before: 10, keep: true})
	p.qr(code)
	p.para(para{spans: text("Mã để đối chiếu: " + card.Fingerprint()), size: smallSize, align: centre, before: 4})
	p.para(para{spans: text("Tạo ngày " + card.Made.Local().Format("02/01/2006") + ". Người giữ: ......................................  Ký nhận: ......................"), size: smallSize, before: 8})
	return p.finish(w)
}

// inFours sets a secret in groups behind what all begin with, so that a person finds the place again.
func inFours(secret string) string {
	const begin = "AGE-SECRET-KEY-1"
	groups := []string{begin}
	for rest := range slices.Chunk([]byte(strings.TrimPrefix(secret, begin)), 4) {
		groups = append(groups, string(rest))
	}
	return strings.Join(groups, " ")
}

// qr draws a QR code in the middle of the text.
func (p *pdf) qr(code [][]bool) {
	const above = 8.0
	p.release(qrSide + 2*above)
	side := qrSide / float64(len(code))
	left, top := marginLeft+(textWidth-qrSide)/2, p.y+above
	for y, row := range code {
		for x, dark := range row {
			if dark {
				p.c.box(left+float64(x)*side, top+float64(y)*side, side, side, boxBlack)
			}
		}
	}
	p.y = top + qrSide + above
}
