package compose_test

import (
	"image"
	"image/color"
	"image/draw"
	"strings"
	"sync"

	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"butluc/library"
)

// The page that the tests show: an A4 sheet of a record, 210 × 297, drawn at whatever size, view and turn is
// asked for, as the renderer would. Places on it are told in the same millimetres.
const pageW, pageH = 210.0, 297.0

var record = strings.Split(`CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

BIÊN BẢN HỎI CUNG BỊ CAN

Hỏi: Tối ngày 12 tháng 3, bị can đã ở đâu?
Đáp: Khoảng 21 giờ tôi có mặt tại quán cà phê Hương,
ngồi cùng anh Bình đến 23 giờ thì ra về.
Hỏi: Ai nhìn thấy bị can ở đó?
Đáp: Chị chủ quán và hai người khách. Tôi trả
45.000 đồng, chị có ghi vào sổ.
Hỏi: Bị can có gặp người bị hại không?
Đáp: Không. Hôm đó tôi không gặp anh ấy.
Hỏi: Chiếc xe biển số 29-H1 123.45 là của ai?
Đáp: Của em tôi, tôi mượn từ chiều.
Biên bản kết thúc lúc 16 giờ 30 phút cùng ngày.`, "\n")

var serif = sync.OnceValue(func() *opentype.Font {
	f, err := opentype.Parse(liberationserifregular.TTF)
	if err != nil {
		panic(err)
	}
	return f
})

// pageIn is the page's view, of the page once turned, as large as it fits into a box.
func pageIn(box image.Point, view library.Rect, turn library.Turn) *image.RGBA {
	view = view.Or()
	w, h := pageW, pageH
	if turn%2 == 1 {
		w, h = h, w
	}
	scale := min(float64(box.X)/(w*(view.X1-view.X0)), float64(box.Y)/(h*(view.Y1-view.Y0))) // pixels a millimetre
	upright := image.NewRGBA(image.Rect(0, 0, max(1, int(pageW*scale+0.01)), max(1, int(pageH*scale+0.01))))
	draw.Draw(upright, upright.Rect, image.NewUniform(color.RGBA{252, 252, 252, 255}), image.Point{}, draw.Src)
	face, err := opentype.NewFace(serif(), &opentype.FaceOptions{Size: 7 * scale, DPI: 72})
	if err != nil {
		panic(err)
	}
	for i, text := range record {
		d := font.Drawer{Dst: upright, Src: image.NewUniform(color.RGBA{20, 20, 20, 255}), Face: face}
		d.Dot = fixed.P(int(22*scale), int((lineTop(i)+6)*scale))
		if i < 4 {
			d.Dot.X = fixed.I(upright.Rect.Dx()/2) - d.MeasureString(text)/2
		}
		d.DrawString(text)
	}
	draw.Draw(upright, image.Rect(int(140*scale), int(240*scale), int(170*scale), int(270*scale)),
		image.NewUniform(color.RGBA{190, 64, 64, 255}), image.Point{}, draw.Src) // a seal
	for i, v := range upright.Pix {
		if i%4 != 3 {
			upright.Pix[i] = v / 63 * 63 // few greys, so that golden pictures stay small
		}
	}
	return cut(turned(upright, turn), view)
}

// lineTop is where a line of the record begins, in millimetres from the top.
func lineTop(i int) float64 { return 22 + 12*float64(i) }

func turned(p *image.RGBA, turn library.Turn) *image.RGBA {
	for range turn {
		q := image.NewRGBA(image.Rect(0, 0, p.Rect.Dy(), p.Rect.Dx()))
		for y := range q.Rect.Dy() {
			for x := range q.Rect.Dx() {
				q.SetRGBA(x, y, p.RGBAAt(y, p.Rect.Dy()-1-x))
			}
		}
		p = q
	}
	return p
}

func cut(p *image.RGBA, view library.Rect) *image.RGBA {
	w, h := float64(p.Rect.Dx()), float64(p.Rect.Dy())
	r := image.Rectangle{Max: image.Pt(max(1, int((view.X1-view.X0)*w+0.01)), max(1, int((view.Y1-view.Y0)*h+0.01)))}
	r = r.Add(image.Pt(int(view.X0*w+0.5), int(view.Y0*h+0.5)))
	q := image.NewRGBA(image.Rectangle{Max: r.Size()})
	draw.Draw(q, q.Rect, p, r.Min, draw.Src)
	return q
}

// at is a point of the page that lies so many millimetres from its left and upper edge.
func at(x, y float64) library.Point { return library.Point{X: x / pageW, Y: y / pageH} }

func pts(mm ...float64) []library.Point {
	var list []library.Point
	for i := 0; i < len(mm); i += 2 {
		list = append(list, at(mm[i], mm[i+1]))
	}
	return list
}
