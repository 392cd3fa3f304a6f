package main

import (
	"fmt"
	"image"
)

// quality of the scans' JPEG: what an office's scanner is set to, and small enough to embed.
const quality = 34

// sampleCase is every file of the case, in the order of the folder.
func sampleCase() []item {
	const (
		volume1  = "Tập 1 - Tố tụng/"
		volume2  = "Tập 2 - Hiện trường, vật chứng/"
		volume3  = "Tập 3 - Giám định/"
		volume4  = "Tập 4 - Lời khai/"
		volume5  = "Tập 5 - Truy tố/"
		pictures = volume2 + "Bản ảnh/"
	)
	damaged := paper{text: "thuong-tich", folio: 29}.pdf()
	yard := photograph(backYard(), upright, "2025:09:15 00:12:00")
	return []item{
		{"Mục lục hồ sơ.csv", []byte(contents)},
		{"Ghi chú số hóa.txt", []byte(remark)},
		{volume1 + "BL 01-02 Quyết định khởi tố vụ án hình sự.pdf", paper{text: "khoi-to-vu-an", folio: 1}.pdf()},
		{volume1 + "BL 03-04 Quyết định khởi tố bị can.pdf", paper{text: "khoi-to-bi-can", folio: 3, received: true}.pdf()},
		{volume2 + "BL 13-16 Biên bản khám nghiệm hiện trường.pdf", paper{text: "kham-nghiem", folio: 13}.pdf()},
		{volume2 + "BL 17 Sơ đồ hiện trường.pdf", sketchPDF()},
		{volume2 + "BL 18-20 Biên bản thu giữ vật chứng.tif", paper{text: "thu-giu", folio: 18}.tiff()},
		{pictures + "A1 Toàn cảnh mặt trước quán.jpg", photograph(frontOfRestaurant(), turnHalf, "2025:09:14 23:18:00")},
		{pictures + "A2 Bàn số 5.jpg", photograph(tableFive(), turnRight, "2025:09:14 23:31:00")},
		{pictures + "A3 Vết nghi máu trên nền gạch.jpg", photograph(bloodTrail(), turnLeft, "2025:09:14 23:47:00")},
		{pictures + "A4 Con dao.png", pngBytes(knife())},
		{pictures + "A5 Sân sau (tệp chép dở).jpg", yard[:len(yard)*45/100]},
		{volume3 + "BL 25-28 Kết luận giám định thương tích.pdf", paper{text: "giam-dinh", folio: 25}.pdf()},
		{volume3 + "BL 29-30 Giấy chứng nhận thương tích (tệp hỏng).pdf", damaged[:len(damaged)/2]},
		{volume4 + "BL 31-33 Biên bản ghi lời khai bị hại Lương Minh Đạt.pdf", paper{text: "bi-hai", folio: 31, backs: true}.pdf()},
		{volume4 + "BL 34-36 Biên bản ghi lời khai người làm chứng Trịnh Thị Hoài Thu.pdf", paper{text: "nhan-chung-thu", folio: 34}.pdf()},
		{volume4 + "BL 37-40 Biên bản hỏi cung bị can lần 1.pdf", paper{text: "hoi-cung-1", folio: 37}.pdf()},
		{volume4 + "BL 43-48 Biên bản hỏi cung bị can lần 2.pdf", paper{text: "hoi-cung-2", folio: 43}.pdf()},
		{volume4 + "BL 49-51 Biên bản ghi lời khai người làm chứng Đoàn Hữu Tường.pdf", paper{text: "nhan-chung-tuong", folio: 49}.pdf()},
		{volume4 + "BL 58-61 Biên bản đối chất Khải - Đạt.pdf", paper{text: "doi-chat", folio: 58}.pdf()},
		{volume5 + "BL 65-71 Cáo trạng.pdf", paper{text: "cao-trang", folio: 65}.pdf()},
		{volume5 + "Danh sách người cần triệu tập.docx", summons()},
	}
}

// paper is a document of several pages and how it was stamped and scanned.
type paper struct {
	text     string
	folio    int  // of its first sheet
	backs    bool // sheets are written on both sides; folios are stamped on the fronts
	received bool // a stamp was put on the first page as an annotation
}

// sheets draws the pages, each with the chance that belongs to it.
func (p paper) sheets() []*canvas {
	d := text(p.text)
	var all []*canvas
	for i := range d.pages {
		folio := fmt.Sprintf("%02d", p.folio+i)
		if p.backs {
			folio = fmt.Sprintf("%02d", p.folio+i/2)
			if i%2 == 1 {
				folio = ""
			}
		}
		all = append(all, d.sheet(p.text, i, folio, random(fmt.Sprint(p.text, "/", i))))
	}
	return all
}

func (p paper) pdf() []byte {
	sheets := p.sheets()
	var pages []pdfPage
	for i, c := range sheets {
		var ghost *canvas
		if p.backs {
			ghost = sheets[i^1]
		}
		page := pdfPage{jpeg: jpegBytes(scan(c, ghost, random(fmt.Sprint("scan of ", p.text, "/", i))), quality), w: pageW, h: pageH, grey: true}
		if p.received && i == 0 {
			const w, h = 168.0, 74.0
			page.stamp, page.stampRect = receivedStamp(w, h), [4]float64{112, 640, 112 + w, 640 + h}
		}
		pages = append(pages, page)
	}
	return writePDF(pages)
}

func (p paper) tiff() []byte {
	var pages []*image.Gray
	for i, c := range p.sheets() {
		pages = append(pages, scan(c, nil, random(fmt.Sprint("scan of ", p.text, "/", i))))
	}
	return writeTIFF(pages, pdfDPI)
}

// sketchPDF is the sketch as the scanner drew it in, upright sheet, and turned by the page itself.
func sketchPDF() []byte {
	c := sceneSketch()
	stored := &canvas{quarter(quarter(quarter(c.img)))}
	page := pdfPage{jpeg: jpegBytes(scan(stored, nil, random("scan of the sketch")), quality), w: pageW, h: pageH, grey: true, rotate: 1}
	return writePDF([]pdfPage{page})
}
