package main

import "strings"

// summons is the list of persons as an office file, which is not evidence as it stands.
func summons() []byte {
	lines := []string{
		"VIỆN KIỂM SÁT NHÂN DÂN KHU VỰC 3 - THANH LÂM",
		"DANH SÁCH NHỮNG NGƯỜI CẦN TRIỆU TẬP ĐẾN PHIÊN TÒA",
		"(Kèm theo Cáo trạng số 57/CT-VKSKV3 ngày 20 tháng 11 năm 2025)",
		"1. Bị cáo: Bùi Quang Khải, sinh năm 1996; tổ dân phố 7, phường Vĩnh Trạch, tỉnh Thanh Lâm (đang tạm giam).",
		"2. Bị hại: Lương Minh Đạt, sinh năm 1993; số 41 đường Bến Trúc, phường Vĩnh Trạch, tỉnh Thanh Lâm.",
		"3. Người làm chứng: Trịnh Thị Hoài Thu, sinh năm 1984; số 18 đường Bến Trúc, phường Vĩnh Trạch, tỉnh Thanh Lâm.",
		"4. Người làm chứng: Đoàn Hữu Tường, sinh năm 1990; số 102 đường Lò Gạch, phường Vĩnh Trạch, tỉnh Thanh Lâm.",
		"5. Người làm chứng: Ninh Xuân Hòa, sinh năm 1968; tổ dân phố 4, phường Vĩnh Trạch, tỉnh Thanh Lâm.",
		"6. Người bào chữa: Luật sư Mạc Đình Phong, Văn phòng luật sư Bến Trúc.",
	}
	var body strings.Builder
	for _, s := range lines {
		body.WriteString("<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>")
	}
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	data, err := pack([]item{
		{"[Content_Types].xml", []byte(head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`)},
		{"_rels/.rels", []byte(head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`)},
		{"word/document.xml", []byte(head + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body.String() + `</w:body></w:document>`)},
	})
	if err != nil {
		panic(err) // writing into memory
	}
	return data
}
