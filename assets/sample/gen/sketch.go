package main

import "math"

// sceneSketch is the scene from above, on a sheet that lies on its side; north is up.
func sceneSketch() *canvas {
	r := random("sketch")
	c := newCanvas(pageH, pageW, grey(255))
	ink := grey(30)
	c.centre(serifBold, 42, pt{pageH / 2, 110}, "SƠ ĐỒ HIỆN TRƯỜNG", ink)
	c.centre(serifItalic, 27, pt{pageH / 2, 150}, "Vụ cố ý gây thương tích xảy ra tối ngày 14/9/2025 tại quán Gió Sông, số 18 đường Bến Trúc,", ink)
	c.centre(serifItalic, 27, pt{pageH / 2, 184}, "phường Vĩnh Trạch, tỉnh Thanh Lâm", ink)
	label := func(x, y float64, s string) { c.centre(sans, 24, pt{x, y}, s, ink) }
	// the river, the yard, the house, the street, from north to south
	for i := range 3 {
		y := 218 + float64(i)*14
		for x := 140.0; x < 1180; x += 60 {
			c.ring(2, grey(120), x+30, y, 26, 5)
		}
	}
	for i := range 4 {
		y := 915 + float64(i)*26
		for x := 1500.0; x < 1640; x += 60 {
			c.ring(2, grey(120), x+30, y, 26, 5)
		}
	}
	c.centre(serifItalic, 30, pt{1580, 890}, "Sông Trúc", ink)
	c.centre(serifItalic, 30, pt{660, 285}, "Sông Trúc", ink)
	c.box(3, ink, 200, 300, 860, 200)
	label(330, 340, "SÂN SAU")
	c.box(2, ink, 700, 315, 330, 70)
	label(865, 360, "Bãi để xe")
	c.box(7, ink, 200, 500, 860, 470)
	c.fill(rectangle(420, 492, 90, 16), grey(255)) // the door to the yard
	c.stroke(3, ink, pt{420, 500}, pt{490, 440})
	label(585, 488, "cửa ra sân sau")
	c.fill(rectangle(560, 962, 120, 16), grey(255)) // the front door
	c.stroke(3, ink, pt{560, 970}, pt{640, 900})
	label(620, 1006, "cửa trước")
	c.fill(rectangle(700, 948, 26, 18), grey(60))
	label(770, 946, "camera")
	c.box(3, ink, 860, 840, 160, 90)
	label(940, 893, "Quầy")
	c.fill(rectangle(640, 720, 34, 34), grey(110))
	label(657, 780, "cột")
	c.box(3, ink, 880, 520, 160, 130)
	label(960, 592, "Bếp")
	for _, t := range []struct {
		x, y float64
		n    string
	}{{300, 860, "1"}, {440, 860, "2"}, {300, 720, "3"}, {440, 720, "4"}, {330, 590, "5"}, {560, 620, "6"}, {760, 640, "7"}, {770, 780, "8"}} {
		c.box(3, ink, t.x-36, t.y-26, 72, 52)
		c.centre(sansBold, 28, pt{t.x, t.y + 10}, t.n, ink)
	}
	spot := func(x, y float64, n string) {
		c.fill(ellipse(x, y, 21, 21), grey(20))
		c.centre(sansBold, 27, pt{x, y + 10}, n, grey(255))
	}
	spot(262, 556, "1")
	spot(392, 548, "2")
	for i := range 9 {
		t := float64(i) / 8
		c.drop(pt{415 + 80*t + 20*math.Sin(5*t), 535 - 120*t}, 5, 9, -60, grey(40))
	}
	spot(560, 410, "3")
	c.ring(2, ink, 530, 440, 26, 12)
	c.stroke(3, ink, pt{120, 1030}, pt{1660, 1030})
	c.stroke(3, ink, pt{120, 1110}, pt{1660, 1110})
	c.dashed(2, ink, pt{120, 1070}, pt{560, 1070}, 30, 20)
	c.dashed(2, ink, pt{960, 1070}, pt{1660, 1070}, 30, 20)
	c.centre(serifItalic, 28, pt{760, 1080}, "Đường Bến Trúc (rộng 7,5 m)", ink)
	c.ring(3, ink, 1400, 960, 44, 44)
	c.ring(2, ink, 1400, 960, 14, 14)
	label(1400, 900, "gốc cây bàng")
	spot(1330, 985, "4")
	c.arrow(3, grey(60), pt{690, 1000}, pt{1290, 990})
	label(1180, 972, "61 m")
	// measures
	c.arrow(2, ink, pt{400, 620}, pt{440, 510})
	label(468, 572, "1,8 m")
	c.arrow(2, ink, pt{490, 492}, pt{546, 428})
	label(600, 450, "4,5 m")
	c.arrow(2, grey(90), pt{862, 860}, pt{378, 606})
	label(700, 700, "11,3 m")
	label(150, 740, "14,6 m")
	label(380, 1000, "9,2 m")
	// north
	c.ring(3, ink, 1560, 300, 62, 62)
	c.arrow(5, ink, pt{1560, 350}, pt{1560, 250})
	c.centre(serifBold, 36, pt{1560, 226}, "B", ink)
	legend := []string{
		"GHI CHÚ", "(1) Bàn số 5, ghế nhựa đổ", "(2) Đám vết nghi máu 22 x 14 cm, mẫu M1",
		"(3) Vũng vết nghi máu 38 x 30 cm, mẫu M2", "(4) Nơi thu giữ con dao ngày 15/9/2025",
		"Dải vết nhỏ giọt dài 6,3 m, từ trong nhà", "ra sân sau", "Sơ đồ không theo tỷ lệ",
	}
	for i, s := range legend {
		f := serif
		if i == 0 {
			f = serifBold
		}
		c.write(f, 27, pt{1130, 400 + float64(i)*40}, s, ink)
	}
	c.box(2, ink, 1110, 360, 550, 340)
	c.centre(serifBold, 26, pt{1240, 745}, "NGƯỜI VẼ", ink)
	c.scribble(pt{1240, 790}, 0.6, "Tạ Công Lý", r)
	c.centre(serifBold, 26, pt{1240, 850}, "Tạ Công Lý", ink)
	c.centre(serifBold, 26, pt{1540, 745}, "ĐIỀU TRA VIÊN", ink)
	c.scribble(pt{1540, 790}, 0.6, "Vũ Khắc Trọng", r)
	c.centre(serifBold, 26, pt{1540, 850}, "Vũ Khắc Trọng", ink)
	c.slanted(monoBold, 58, pt{pageH - 120, 100}, 2, "17", grey(60))
	return c
}
