package main

import (
	"image"
	"image/color"
	"math"
)

// frontOfRestaurant is photograph A1, at night from across the street.
func frontOfRestaurant() *canvas {
	r := random("A1")
	c := newCanvas(1600, 1200, grey(0))
	c.shade(image.Rect(0, 0, 1600, 900), func(_, y float64) color.RGBA {
		return mix(rgb(8, 11, 26), rgb(44, 46, 74), y)
	})
	for range 60 {
		c.fill(ellipse(r.Float64()*1600, r.Float64()*240, 1.3, 1.3), veil(255, 255, 255, 0.2+r.Float64()*0.5))
	}
	c.fill(ellipse(1390, 110, 34, 34), rgb(240, 236, 214))
	c.glow(pt{1390, 110}, 150, rgb(120, 120, 110), 0.8)
	c.shade(image.Rect(170, 380, 1430, 905), func(x, y float64) color.RGBA {
		return mix(rgb(168, 136, 92), rgb(96, 74, 52), math.Abs(x-0.5)*1.3+y*0.2)
	})
	c.fill(polygon(pt{110, 402}, pt{1490, 402}, pt{1410, 292}, pt{190, 292}), rgb(70, 76, 82))
	for i := range 46 {
		x := 120 + float64(i)*30
		c.stroke(3, rgb(52, 57, 62), pt{x, 400}, pt{800 + (x-800)*0.885, 294})
	}
	c.fill(rectangle(392, 236, 816, 142), rgb(200, 172, 60))
	c.fill(rectangle(402, 246, 796, 122), rgb(10, 78, 62))
	c.centre(sansBold, 74, pt{800, 318}, "QUÁN GIÓ SÔNG", rgb(255, 232, 110))
	c.centre(sansBold, 28, pt{800, 357}, "ỐC - LẨU - NƯỚNG", rgb(236, 240, 232))
	c.glow(pt{800, 300}, 520, rgb(120, 104, 40), 0.55)
	warm := func(x0, y0, x1, y1 int) {
		c.shade(image.Rect(x0, y0, x1, y1), func(x, y float64) color.RGBA {
			return mix(rgb(255, 228, 160), rgb(206, 148, 72), math.Hypot(x-0.5, y-0.2))
		})
	}
	warm(610, 520, 990, 905)
	warm(250, 545, 530, 770)
	warm(1070, 545, 1350, 770)
	for _, x := range []float64{250, 1070} {
		c.box(10, rgb(62, 44, 30), x, 545, 280, 225)
		for i := 1; i < 7; i++ {
			c.stroke(4, rgb(62, 44, 30), pt{x + float64(i)*40, 545}, pt{x + float64(i)*40, 770})
		}
	}
	c.box(14, rgb(62, 44, 30), 610, 520, 380, 390)
	for i, x := range []float64{680, 800, 915} {
		y := 760 + float64(i%2)*40
		c.fill(ellipse(x, y, 62, 13), rgb(120, 60, 44))
		c.fill(rectangle(x-4, y, 8, 90), rgb(96, 50, 40))
		c.fill(polygon(pt{x + 40, y + 20}, pt{x + 72, y + 20}, pt{x + 76, y + 92}, pt{x + 36, y + 92}), rgb(150, 30, 34))
	}
	c.fill(rectangle(1010, 560, 44, 34), rgb(20, 60, 140))
	c.centre(sansBold, 26, pt{1032, 586}, "18", rgb(255, 255, 255))
	c.shade(image.Rect(0, 905, 1600, 1200), func(x, y float64) color.RGBA {
		return mix(mix(rgb(104, 90, 72), rgb(52, 50, 52), math.Abs(x-0.5)*1.9), rgb(34, 34, 38), y)
	})
	for i := -12; i <= 12; i++ {
		c.stroke(2, veil(20, 20, 20, 0.35), pt{800 + float64(i)*70, 905}, pt{800 + float64(i)*210, 1200})
	}
	for _, y := range []float64{930, 968, 1026, 1112} {
		c.stroke(2, veil(20, 20, 20, 0.35), pt{0, y}, pt{1600, y})
	}
	c.motorbike(pt{330, 968}, 1.15, rgb(150, 26, 30))
	c.motorbike(pt{1240, 972}, -1.2, rgb(36, 66, 128))
	c.motorbike(pt{1480, 1000}, -1.25, rgb(70, 72, 76))
	for i := range 23 {
		t := float64(i) / 22
		p := pt{150 + 1300*t, 410 + 70*(1-math.Pow(2*math.Mod(t*2, 1)-1, 2))}
		c.fill(ellipse(p.x, p.y, 8, 10), rgb(255, 240, 190))
		c.glow(p, 70, rgb(200, 150, 60), 0.5)
	}
	c.tape(pt{-20, 1058}, pt{1620, 1012})
	c.develop("14/09/2025 23:18", r)
	return c
}

// tape is a strip that keeps people out, from one side of the picture to the other.
func (c *canvas) tape(from, to pt) {
	const high = 46
	c.fill(polygon(from, to, pt{to.x, to.y + high}, pt{from.x, from.y + high}), rgb(245, 206, 30))
	degrees := math.Atan2(to.y-from.y, to.x-from.x) * 180 / math.Pi
	for i := range 4 {
		t := (float64(i) + 0.5) / 4
		p := pt{from.x + (to.x-from.x)*t, from.y + (to.y-from.y)*t + 33}
		c.slanted(sansBold, 29, p, degrees, "KHU VỰC KHÁM NGHIỆM", rgb(24, 24, 24))
		q := pt{p.x + 205, p.y + 205*math.Tan(degrees*math.Pi/180)}
		c.fill(polygon(pt{q.x - 12, q.y - 32}, pt{q.x + 14, q.y - 32}, pt{q.x, q.y + 12}, pt{q.x - 26, q.y + 12}), rgb(24, 24, 24))
	}
}

// tiles is a floor seen from a height, from the horizon y down.
func (c *canvas) tiles(y int, light, dark color.RGBA) {
	w, h := c.img.Rect.Dx(), c.img.Rect.Dy()
	for py := y; py < h; py++ {
		depth := 260 / (float64(py-y) + 40)
		for x := range w {
			u := (float64(x) - float64(w)/2) * depth / 150
			v := depth * 9
			_, fu := math.Modf(u + 100)
			_, fv := math.Modf(v)
			tone := mix(light, dark, depth/9+0.1*math.Abs(float64(x)/float64(w)-0.5))
			if fu < 0.02+0.008*depth || fv < 0.03 {
				tone = mix(tone, rgb(70, 62, 54), 0.5)
			}
			c.img.SetRGBA(x, py, tone)
		}
	}
}

// tableFive is photograph A2: the table where it happened, held upright.
func tableFive() *canvas {
	r := random("A2")
	c := newCanvas(1200, 1600, grey(0))
	c.shade(image.Rect(0, 0, 1200, 560), func(x, y float64) color.RGBA {
		return mix(rgb(206, 196, 160), rgb(140, 126, 96), math.Hypot(x-0.4, y-0.4))
	})
	c.fill(rectangle(0, 400, 1200, 160), veil(50, 110, 96, 0.75))
	c.shade(image.Rect(820, 90, 1110, 640), func(_, y float64) color.RGBA { return mix(rgb(10, 12, 20), rgb(30, 30, 34), y) })
	c.box(16, rgb(84, 58, 38), 820, 90, 290, 560)
	c.fill(rectangle(846, 24, 238, 50), rgb(240, 240, 236))
	c.centre(sansBold, 30, pt{965, 60}, "RA SÂN SAU", rgb(180, 30, 30))
	c.fill(rectangle(300, 120, 250, 170), rgb(246, 244, 236))
	c.centre(sansBold, 120, pt{425, 250}, "5", rgb(170, 30, 36))
	c.tiles(560, rgb(214, 200, 176), rgb(120, 106, 88))
	c.fill(ellipse(590, 1300, 440, 90), veil(0, 0, 0, 0.28))
	leg := rgb(190, 196, 206)
	for _, p := range []pt{{300, 1260}, {880, 1260}, {360, 1120}, {820, 1120}} {
		c.fill(polygon(pt{p.x - 18, 900}, pt{p.x + 18, 900}, pt{p.x + 12, p.y}, pt{p.x - 12, p.y}), leg)
	}
	c.fill(polygon(pt{320, 800}, pt{860, 800}, pt{1010, 1060}, pt{1010, 1090}, pt{170, 1090}, pt{170, 1060}), rgb(120, 148, 190))
	c.fill(polygon(pt{320, 800}, pt{860, 800}, pt{1010, 1060}, pt{170, 1060}), rgb(170, 196, 230))
	c.chair(pt{190, 1330}, 1.5, 0)
	c.chair(pt{880, 1440}, 1.3, 74)
	for i, p := range []pt{{400, 870}, {455, 850}, {515, 880}, {700, 842}, {750, 868}} {
		c.can(p, 1.0, i == 4)
	}
	c.can(pt{820, 990}, 1.1, true)
	c.fill(ellipse(390, 985, 104, 40), rgb(236, 236, 232))
	for range 24 {
		c.fill(ellipse(390+r.NormFloat64()*36, 978+r.NormFloat64()*11, 16, 11), mix(rgb(92, 70, 48), rgb(180, 160, 130), r.Float64()))
	}
	c.fill(ellipse(660, 985, 122, 46), rgb(244, 244, 240))
	c.ring(3, rgb(190, 190, 186), 660, 985, 100, 36)
	for i := range 14 {
		ink := rgb(246, 196, 52)
		if i%3 == 0 {
			ink = rgb(150, 200, 90)
		}
		a := float64(i) * 0.9
		c.fill(ellipse(660+70*math.Cos(a)*0.8, 978+22*math.Sin(a), 26, 15), ink)
	}
	c.tent(pt{520, 1066}, 0.8, "1")
	c.glow(pt{560, 300}, 900, rgb(90, 80, 56), 0.45)
	c.develop("14/09/2025 23:31", r)
	return c
}

// chair is a red plastic chair, turned over by degrees.
func (c *canvas) chair(p pt, s, degrees float64) {
	turn := rotate(p, degrees)
	part := func(ink color.RGBA, points ...pt) {
		for i, q := range points {
			points[i] = pt{p.x + q.x*s, p.y + q.y*s}
		}
		c.fill(polygon(points...).mapped(turn), ink)
	}
	c.fill(ellipse(p.x, p.y, 120*s, 16*s), veil(0, 0, 0, 0.3))
	part(rgb(140, 22, 28), pt{-70, 0}, pt{-56, 0}, pt{-50, -120}, pt{-66, -120})
	part(rgb(140, 22, 28), pt{56, 0}, pt{70, 0}, pt{66, -120}, pt{50, -120})
	part(rgb(196, 36, 42), pt{-82, -110}, pt{82, -110}, pt{66, -160}, pt{-66, -160})
	part(rgb(214, 46, 50), pt{-70, -150}, pt{70, -150}, pt{62, -300}, pt{-62, -300})
	for i := range 4 {
		x := -40 + float64(i)*24
		part(rgb(120, 24, 28), pt{x, -180}, pt{x + 8, -180}, pt{x + 8, -280}, pt{x, -280})
	}
}

// can is a beer can standing at p, or lying.
func (c *canvas) can(p pt, s float64, lying bool) {
	turn := rotate(p, 0)
	if lying {
		turn = rotate(pt{p.x, p.y - 20*s}, 84)
	}
	part := func(sh shape, ink color.RGBA) { c.fill(sh.mapped(turn), ink) }
	part(rectangle(p.x-22*s, p.y-84*s, 44*s, 84*s), rgb(34, 110, 66))
	part(rectangle(p.x-22*s, p.y-84*s, 12*s, 84*s), rgb(70, 150, 100))
	part(rectangle(p.x-22*s, p.y-60*s, 44*s, 26*s), rgb(226, 220, 190))
	part(ellipse(p.x, p.y, 22*s, 8*s), rgb(28, 86, 54))
	part(ellipse(p.x, p.y-84*s, 22*s, 8*s), rgb(200, 204, 208))
	part(ellipse(p.x+3*s, p.y-84*s, 8*s, 3*s), rgb(60, 62, 66))
}

// bloodTrail is photograph A3: the floor by the table from above; up is north, to the yard.
func bloodTrail() *canvas {
	r := random("A3")
	c := newCanvas(1200, 1600, grey(0))
	c.shade(c.img.Rect, func(x, y float64) color.RGBA {
		return mix(rgb(222, 212, 192), rgb(168, 154, 130), math.Hypot(x-0.5, y-0.45))
	})
	for i := range 5 {
		p := float64(i)*400 - 130
		c.stroke(7, rgb(128, 116, 100), pt{p, 0}, pt{p, 1600})
		c.stroke(7, rgb(128, 116, 100), pt{0, p}, pt{1200, p})
	}
	ink := func() color.Color { return mix(rgb(92, 14, 12), rgb(60, 12, 10), r.Float64()) }
	for range 46 {
		c.drop(pt{430 + r.NormFloat64()*95, 1190 + r.NormFloat64()*60}, 7+r.Float64()*20, 0, 0, ink())
	}
	c.fill(ellipse(430, 1195, 120, 70), rgb(84, 14, 12))
	for i := range 11 {
		t := float64(i) / 10
		p := pt{500 + 300*t + r.NormFloat64()*26, 1040 - 930*t + r.NormFloat64()*14}
		c.drop(p, 10+r.Float64()*9, 22+30*t, -72+r.NormFloat64()*7, ink())
		if i%2 == 0 {
			c.drop(pt{p.x + r.NormFloat64()*40, p.y + r.NormFloat64()*30}, 4+r.Float64()*4, 8, -70, ink())
		}
	}
	c.ruler(pt{150, 1340}, 62, 12)
	c.tent(pt{230, 1040}, 1.4, "2")
	c.fill(rectangle(960, 640, 150, 220), rgb(250, 250, 246))
	c.arrow(12, rgb(190, 30, 34), pt{1035, 830}, pt{1035, 720})
	c.centre(sansBold, 40, pt{1035, 690}, "BẮC", rgb(190, 30, 34))
	c.glow(pt{620, 700}, 800, rgb(70, 66, 56), 0.5)
	c.develop("14/09/2025 23:47", r)
	return c
}

// knife is picture A4: the exhibit on the technician's table.
func knife() *canvas {
	c := newCanvas(1600, 900, rgb(226, 230, 234))
	c.fill(rectangle(0, 0, 1600, 96), rgb(28, 52, 92))
	c.write(sansBold, 44, pt{44, 64}, "VẬT CHỨNG SỐ 01 - CON DAO GỌT TRÁI CÂY", grey(255))
	const px, x0, y0 = 54.0, 140.0, 390.0 // a centimetre; the knife's tip
	x := func(cm float64) float64 { return x0 + cm*px }
	outline := func(dx, dy float64) shape {
		var blade shape
		blade.move(pt{x(0) + dx, y0 + 26 + dy})
		blade.quad(pt{x(3) + dx, y0 - 40 + dy}, pt{x(7) + dx, y0 - 48 + dy})
		blade.line(pt{x(12.8) + dx, y0 - 50 + dy})
		blade.line(pt{x(12.8) + dx, y0 + 62 + dy})
		blade.quad(pt{x(6) + dx, y0 + 66 + dy}, pt{x(0) + dx, y0 + 26 + dy})
		return blade
	}
	c.fill(outline(8, 14), veil(40, 50, 60, 0.35))
	c.fill(outline(0, 0), rgb(196, 202, 208))
	var edge shape
	edge.move(pt{x(0), y0 + 26})
	edge.quad(pt{x(6), y0 + 66}, pt{x(12.8), y0 + 62})
	edge.line(pt{x(12.8), y0 + 40})
	edge.quad(pt{x(6), y0 + 44}, pt{x(0), y0 + 26})
	c.fill(edge, rgb(232, 236, 240))
	c.fill(ellipse(x(1.4), y0+47, 17, 15), rgb(150, 158, 166)) // the notch, 1.4 cm from the tip
	for i := range 9 {
		c.fill(ellipse(x(10.6+float64(i)*0.22), y0+10+math.Sin(float64(i)*1.9)*34, 16, 12), rgb(104, 34, 24))
	}
	c.fill(polygon(pt{x(12.8) + 8, y0 - 48}, pt{x(24.5) + 8, y0 - 30}, pt{x(24.5) + 8, y0 + 84}, pt{x(12.8) + 8, y0 + 74}), veil(40, 50, 60, 0.35))
	c.fill(polygon(pt{x(12.8), y0 - 60}, pt{x(24), y0 - 46}, pt{x(24.5), y0 - 20}, pt{x(24.5), y0 + 46}, pt{x(24), y0 + 74}, pt{x(12.8), y0 + 66}), rgb(240, 190, 30))
	c.fill(polygon(pt{x(12.8), y0 - 60}, pt{x(24), y0 - 46}, pt{x(24.3), y0 - 28}, pt{x(12.8), y0 - 36}), rgb(252, 216, 90))
	for i := range 14 {
		c.stroke(5, rgb(206, 156, 16), pt{x(14 + float64(i)*0.6), y0 - 14}, pt{x(14 + float64(i)*0.6), y0 + 44})
	}
	c.ruler(pt{x0, 560}, px, 25)
	c.dashed(3, rgb(190, 30, 34), pt{x(1.4), y0 + 60}, pt{x(1.4), 690}, 12, 8)
	c.write(sansBold, 32, pt{x(1.4) + 14, 700}, "vết mẻ", rgb(190, 30, 34))
	c.write(sans, 32, pt{140, 770}, "Dài 24,5 cm; lưỡi 12,8 cm; cán nhựa màu vàng 11,7 cm.", rgb(30, 36, 44))
	c.write(sans, 32, pt{140, 820}, "Thu giữ hồi 06 giờ 30 phút ngày 15/9/2025, tại vị trí số 4.", rgb(30, 36, 44))
	return c
}

// backYard is photograph A5: the parking place behind the restaurant.
func backYard() *canvas {
	r := random("A5")
	c := newCanvas(1600, 1200, grey(0))
	c.shade(image.Rect(0, 0, 1600, 620), func(x, y float64) color.RGBA {
		return mix(rgb(14, 18, 30), rgb(66, 66, 70), y*(1-0.6*math.Abs(x-0.6)))
	})
	c.fill(rectangle(0, 260, 1600, 360), rgb(92, 84, 74))
	for row := range 9 {
		for i := -1; i < 17; i++ {
			c.box(2, rgb(66, 60, 54), float64(i)*100+float64(row%2)*50, 260+float64(row)*40, 100, 40)
		}
	}
	c.fill(rectangle(120, 330, 330, 74), rgb(240, 240, 230))
	c.centre(sansBold, 44, pt{285, 382}, "BÃI ĐỂ XE", rgb(20, 60, 140))
	c.tiles(620, rgb(126, 122, 116), rgb(60, 58, 58))
	for i, paint := range []color.RGBA{rgb(40, 70, 130), rgb(140, 28, 32), rgb(60, 62, 66), rgb(28, 96, 70)} {
		c.motorbike(pt{260 + float64(i)*360, 740}, 1.12, paint)
	}
	c.fill(ellipse(860, 980, 190, 62), rgb(58, 12, 12))
	c.fill(ellipse(960, 1010, 110, 38), rgb(58, 12, 12))
	for range 30 {
		c.drop(pt{860 + r.NormFloat64()*190, 990 + r.NormFloat64()*50}, 4+r.Float64()*9, 0, 0, rgb(62, 14, 12))
	}
	c.tent(pt{620, 1010}, 1.2, "3")
	c.glow(pt{1180, 190}, 900, rgb(150, 130, 90), 0.5)
	c.fill(ellipse(1180, 190, 26, 20), rgb(255, 246, 214))
	c.develop("15/09/2025 00:12", r)
	return c
}
