package main

const (
	contradicts = "điểm a khoản 2 Điều 308 Bộ luật Tố tụng hình sự"
	absent      = "điểm d khoản 2 Điều 308 Bộ luật Tố tụng hình sự"
	objects     = "Điều 312 Bộ luật Tố tụng hình sự"

	khai, dat, thu, tuong, phong = "khai", "dat", "thu", "tuong", "phong"
)

func whole(pages ...string) []pane {
	var panes []pane
	for _, p := range pages {
		panes = append(panes, pane{Page: p})
	}
	return panes
}

// prepared is what the Kiểm sát viên of the sample case means to show, and to ask.
func prepared() outline {
	return outline{
		Format: "butluc-outline", Version: 7,
		Cover: cover{
			Kind:       "criminal",
			Superior:   "Viện kiểm sát nhân dân tỉnh Thanh Lâm",
			Office:     "Viện kiểm sát nhân dân khu vực 3 - Thanh Lâm",
			Prosecutor: "Lê Thục Quyên",
			CaseTitle:  "Bùi Quang Khải, Cố ý gây thương tích",
			CaseNumber: "Cáo trạng số 57/CT-VKSKV3 ngày 20/11/2025",
			Court:      "Tòa án nhân dân khu vực 3 - Thanh Lâm",
			Hearing:    "08 giờ 00 phút ngày 15/12/2025, phòng xử án số 2",
			Place:      "Thanh Lâm",
			Approver:   "Cao Bích Ngân, Phó Viện trưởng",
		},
		Persons: []person{
			{ID: khai, Name: "Bùi Quang Khải", Role: "bi-cao", Present: true},
			{ID: phong, Name: "Mạc Đình Phong", Role: "nguoi-bao-chua", Present: true, Notes: "Văn phòng luật sư Bến Trúc"},
			{ID: dat, Name: "Lương Minh Đạt", Role: "bi-hai", Present: true},
			{ID: thu, Name: "Trịnh Thị Hoài Thu", Role: "nguoi-lam-chung", Present: true, Notes: "Chủ quán Gió Sông"},
			{ID: tuong, Name: "Đoàn Hữu Tường", Role: "nguoi-lam-chung", Notes: "Có đơn xin vắng mặt"},
		},
		Phases: []phase{
			{ID: "cao-trang", Code: "cao-trang", Title: "Công bố cáo trạng", Scenarios: []scenario{{
				ID: "cong-bo", Title: "Bản cáo trạng",
				Steps: []step{
					{
						ID: "cong-bo-1", Title: "Trang đầu Cáo trạng", Panes: whole("BL 65-71#1"),
						Say: "Đại diện Viện kiểm sát công bố Cáo trạng số 57/CT-VKSKV3 ngày 20/11/2025.",
					},
					{
						ID: "cong-bo-2", Title: "Kết luận và quyết định truy tố", Panes: whole("BL 65-71#7"),
						Say: "Truy tố bị can Bùi Quang Khải về tội Cố ý gây thương tích, quy định tại điểm đ khoản 2 Điều 134 Bộ luật Hình sự.",
					},
				},
			}}},
			{ID: "xet-hoi", Code: "xet-hoi", Title: "Xét hỏi", Scenarios: []scenario{admits(), denies(), retracts(), knifeOrigin()}},
			{ID: "luan-toi", Code: "luan-toi", Title: "Luận tội", Scenarios: []scenario{closing()}},
			{ID: "tranh-luan", Code: "tranh-luan", Title: "Tranh luận, đối đáp", Scenarios: []scenario{alibi(), mitigation()}},
		},
		Headings: []documentHead{
			{First: "BL 31-33#1", Person: dat, Date: "16/9/2025"},
			{First: "BL 34-36#1", Person: thu, Date: "15/9/2025"},
			{First: "BL 37-40#1", Person: khai, Date: "20/9/2025"},
			{First: "BL 43-48#1", Person: khai, Date: "02/10/2025"},
			{First: "BL 49-51#1", Person: tuong, Date: "26/9/2025"},
			{First: "BL 58-61#1", Person: khai, Date: "21/10/2025"},
		},
		Pages: []note{
			{Page: "BL 43-48#3", Flag: "key", Text: "Nhận tội: lấy dao trên đĩa trái cây, đâm một nhát lúc khoảng 21 giờ 15 phút"},
			{Page: "BL 58-61#4", Flag: "contradiction", Text: "Khai lại: rời quán lúc 20 giờ 55 phút. Trái với bút lục 45 và camera ở bút lục 16"},
			{Page: "BL 34-36#2", Flag: "contradiction", Text: "Giờ và nơi xô xát không hợp với hướng vết máu; đồng hồ ở quầy chậm 31 phút"},
			{Page: "BL 31-33#2", Flag: "verify", Text: "Bị hại thấy rút dao từ túi áo, hay suy ra? Đối chiếu bút lục 60"},
			{Page: "BL 31-33#1", Text: "Che nơi thường trú của bị hại", Marks: []mark{
				{Kind: "redaction", At: []float64{0.455, 0.504, 0.913, 0.531}},
				{Kind: "redaction", At: []float64{0.16, 0.543, 0.425, 0.567}},
			}},
		},
		Matters: matters(), Excerpts: excerpts(),
		Against: []against{{"tc-gio", "tc-roi-quan"}},
	}
}

func admits() scenario {
	return scenario{
		ID: "khai-nhan", Title: "Bị cáo khai nhận như cáo trạng", Trigger: "nếu bị cáo nhận tội", Digit: 1, Color: "green",
		Notes: "Hỏi gọn, giữ thời gian cho phần dân sự.",
		Steps: []step{
			{
				ID: "khai-nhan-1", Title: "Vị trí bàn số 5", Asks: khai,
				Panes: []pane{{Page: "A2#1", Marks: []mark{
					{Kind: "ellipse", At: []float64{0.35, 0.58, 0.52, 0.71}},
					{Kind: "text", At: []float64{0.53, 0.6}, Text: "Vị trí số 1"},
				}}},
				Say: "Bị cáo cho biết đây có phải bàn mà bị cáo và anh Đạt ngồi tối ngày 14/9/2025 không?\nKhi đó bị cáo đứng ở phía nào của bàn?",
			},
			{
				ID: "khai-nhan-2", Title: "Con dao", Asks: khai, Ground: objects, Panes: whole("A4#1", "BL 18-20#2"),
				Say:   "Bị cáo có nhận ra con dao này không? Bị cáo nhận ra nhờ đặc điểm nào?",
				Notes: "Chờ bị cáo tự nói đến cán vàng và vết mẻ gần mũi dao.",
			},
			{
				ID: "khai-nhan-3", Title: "Tỷ lệ tổn thương cơ thể", Asks: khai, Panes: whole("BL 25-28#4"),
				Say: "Bị cáo có ý kiến gì về tỷ lệ tổn thương cơ thể 24% của anh Lương Minh Đạt không?",
			},
		},
	}
}

func denies() scenario {
	return scenario{
		ID: "khong-nhan", Title: "Bị cáo khai ở tiệm sửa xe", Trigger: "nếu bị cáo khai không có mặt tại quán Gió Sông", Digit: 2, Color: "red",
		Steps: []step{
			{
				ID: "khong-nhan-1", Title: "Lời khai ngày 20/9/2025", Asks: khai, Panes: whole("BL 37-40#2"), Ground: contradicts,
				Say: "Tại biên bản này bị cáo khai ở tiệm của anh Tường từ mấy giờ đến mấy giờ? Ai là người xác nhận?",
			},
			{
				ID: "khong-nhan-2", Title: "Anh Tường khai Khải đến lúc 21 giờ 40 phút", Asks: khai, Panes: whole("BL 49-51#2"), Ground: absent,
				Say:   "Anh Tường khai khoảng 20 giờ 30 phút bị cáo chưa đến. Bị cáo giải thích thế nào về hơn một giờ đó?",
				Notes: "Anh Tường có đơn xin vắng mặt. Nếu anh có mặt thì hỏi trực tiếp trước, chưa công bố.",
			},
			{
				ID: "khong-nhan-3", Title: "Cuộc gọi sáng ngày 17/9/2025", Asks: khai, Panes: whole("BL 49-51#3"), Ground: absent,
				Say: "Sáng ngày 17/9/2025 bị cáo gọi điện cho anh Tường để làm gì?",
			},
			{
				ID: "khong-nhan-4", Title: "Camera cửa trước: vào 20 giờ 50 phút, ra 21 giờ 17 phút 40 giây", Asks: khai, Panes: []pane{
					{Page: "BL 13-16#3", Marks: []mark{{Kind: "callout", At: []float64{0.16, 0.523, 0.917, 0.717}, Beat: 1}}},
					{Page: "BL 13-16#4"},
				},
				Say:   "Người mặc áo khoác đen trong hình ảnh camera có phải là bị cáo không?",
				Notes: "Đồng hồ đầu ghi nhanh 12 phút: nói giờ chuẩn, không đọc giờ trên hình.",
			},
		},
	}
}

func retracts() scenario {
	return scenario{
		ID: "thay-doi", Title: "Bị cáo thay đổi lời khai", Trigger: "nếu bị cáo khai đã rời quán trước khi xảy ra sự việc", Digit: 3, Color: "orange",
		Steps: []step{
			{
				ID: "thay-doi-1", Title: "Hai lời khai mâu thuẫn nhau", Asks: khai, Ground: contradicts,
				Panes: []pane{
					{Page: "BL 43-48#3", View: &[4]float64{0, 0, 1, 0.56}, Marks: []mark{
						{Kind: "highlight", Beat: 1, At: []float64{0.264, 0.277, 0.758, 0.304}},
						{Kind: "highlight", Beat: 1, At: []float64{0.69, 0.357, 0.905, 0.385, 0.16, 0.397, 0.905, 0.426, 0.16, 0.438, 0.53, 0.466}},
					}},
					{Page: "BL 58-61#4", View: &[4]float64{0, 0, 1, 0.56}, Marks: []mark{
						{Kind: "highlight", Beat: 2, At: []float64{0.535, 0.153, 0.905, 0.179, 0.167, 0.183, 0.882, 0.208}},
					}},
				},
				Say:   "Ngày 02/10/2025 bị cáo khai đâm anh Đạt lúc khoảng 21 giờ 15 phút. Ngày 21/10/2025 bị cáo khai rời quán lúc 20 giờ 55 phút.\nLời khai nào đúng? Vì sao bị cáo thay đổi?",
				Notes: "Không tranh luận với bị cáo ở đây; ghi câu trả lời rồi sang bước sau.",
			},
			{
				ID: "thay-doi-2", Title: "Khai có mặt người bào chữa, tự nguyện", Asks: khai, Panes: whole("BL 43-48#2"), Ground: contradicts,
				Say: "Khi khai ngày 02/10/2025 có luật sư của bị cáo không? Có ai ép buộc bị cáo không?",
			},
			{
				ID: "thay-doi-3", Title: "Bị cáo tự rút lời khai ngày 20/9/2025", Asks: khai, Panes: whole("BL 43-48#6"), Ground: contradicts,
				Say: "Chữ ký trên trang này có phải của bị cáo không?",
			},
			{
				ID: "thay-doi-4", Title: "Camera không ghi nhận bị cáo rời quán", Asks: khai, Panes: whole("BL 13-16#4"),
				Say: "Nếu rời quán lúc 20 giờ 55 phút thì vì sao lúc 21 giờ 17 phút 40 giây bị cáo còn chạy từ trong quán ra?",
			},
		},
	}
}

func knifeOrigin() scenario {
	return scenario{
		ID: "con-dao", Title: "Bị hại khai bị cáo mang dao theo", Trigger: "nếu bị hại khai bị cáo rút dao từ túi áo", Digit: 4, Color: "blue",
		Steps: []step{
			{
				ID: "con-dao-1", Title: "Lời khai tại bệnh viện", Asks: dat, Panes: whole("BL 31-33#2"), Ground: contradicts,
				Say: "Anh trực tiếp nhìn thấy bị cáo rút dao từ túi áo, hay anh suy ra như vậy?",
			},
			{
				ID: "con-dao-2", Title: "Lời khai khi đối chất", Asks: dat, Panes: whole("BL 58-61#3"), Ground: contradicts,
				Say: "Khi đối chất anh khai “suy ra là rút dao từ túi”. Hôm nay anh khai thế nào?",
			},
			{
				ID: "con-dao-3", Title: "Quán thiếu một con dao cùng loại", Asks: thu, Panes: whole("BL 34-36#3"),
				Say: "Bộ dao gọt trái cây của quán có mấy con? Sau tối hôm đó còn mấy con?",
			},
		},
	}
}

func closing() scenario {
	return scenario{
		ID: "chung-cu", Title: "Chứng cứ buộc tội", Color: "teal",
		Steps: []step{
			{
				ID: "chung-cu-1", Title: "Vết máu từ bàn số 5 ra sân sau", Panes: whole("BL 13-16#2", "A3#1"),
				Say: "Dải vết máu dài 6,3 m có hướng từ trong nhà ra sân sau: anh Đạt bị đâm tại bàn số 5, đúng như bị cáo khai tại bút lục 45.",
			},
			{
				ID: "chung-cu-2", Title: "Sơ đồ hiện trường", Panes: whole("BL 17#1"),
				Say: "Từ quầy thu ngân, tầm nhìn đến bàn số 5 bị cột bê tông che: chị Thu chỉ chứng kiến đoạn sau.",
			},
			{
				ID: "chung-cu-3", Title: "Chiều hướng vết thương",
				Panes: []pane{{Page: "BL 25-28#3", Marks: []mark{
					{Kind: "highlight", Beat: 1, At: []float64{0.165, 0.233, 0.722, 0.262}},
					{Kind: "callout", Beat: 2, At: []float64{0.146, 0.19, 0.927, 0.305}},
				}}},
				Say: "Vết thương do vật sắc nhọn tác động một lần, từ trước ra sau, phù hợp với lời khai nhận tội và con dao thu giữ.",
			},
		},
	}
}

func alibi() scenario {
	return scenario{
		ID: "ngoai-pham", Title: "Người bào chữa nêu chứng cứ ngoại phạm", Trigger: "nếu người bào chữa cho rằng bị cáo ở nơi khác", Digit: 5, Color: "purple",
		Steps: []step{
			{
				ID: "ngoai-pham-1", Title: "Hai lời khai không thể cùng đúng", Panes: whole("BL 37-40#2", "BL 49-51#2"),
				Say: "Người duy nhất mà bị cáo viện dẫn đã khai ngược lại: bị cáo đến tiệm lúc khoảng 21 giờ 40 phút, tay dính máu.",
			},
			{
				ID: "ngoai-pham-2", Title: "Giờ của chị Thu", Panes: whole("BL 34-36#2", "BL 13-16#4"),
				Say: "Đồng hồ ở quầy chậm hơn giờ chuẩn 31 phút: 20 giờ 45 phút của chị Thu là 21 giờ 16 phút.",
			},
		},
	}
}

func mitigation() scenario {
	return scenario{
		ID: "giam-nhe", Title: "Người bào chữa đề nghị giảm nhẹ", Trigger: "nếu người bào chữa chỉ đề nghị giảm nhẹ hình phạt", Digit: 6, Color: "gray",
		Steps: []step{
			{
				ID: "giam-nhe-1", Title: "Tình tiết giảm nhẹ đã nêu trong Cáo trạng", Panes: whole("BL 65-71#6"),
				Say: "Viện kiểm sát đã ghi nhận việc bồi thường 20.000.000 đồng và nhân thân của bị cáo; đề nghị Hội đồng xét xử xem xét khi lượng hình.",
			},
		},
	}
}

// matters are what must be proved.
func matters() []matter {
	return []matter{
		{ID: "hanh-vi", Code: "85-1", Title: "Hành vi phạm tội: có xảy ra hay không, thời gian, địa điểm, những tình tiết khác", Parts: []matter{
			{ID: "thoi-gian", Title: "Bị cáo có mặt ở quán lúc xảy ra sự việc"},
			{ID: "cong-cu", Title: "Con dao, và ai đâm"},
		}},
		{ID: "thiet-hai", Code: "85-4", Title: "Tính chất và mức độ thiệt hại do hành vi phạm tội gây ra"},
		{ID: "nguyen-nhan", Code: "85-5", Title: "Nguyên nhân và điều kiện phạm tội"},
	}
}

// excerpts are passages that prove it.
func excerpts() []excerpt {
	return []excerpt{
		{
			ID: "tc-gio", Page: "BL 43-48#3", Area: [][4]float64{{0.264, 0.277, 0.758, 0.304}},
			Text: "Khoảng 21 giờ 15 phút, hai bên lời qua tiếng lại.", When: "khoảng 21 giờ 15 phút ngày 14/9/2025", Where: "quán Gió Sông",
			Side: "accuses", Matters: []string{"thoi-gian"}, Weight: 3,
		},
		{
			ID: "tc-dam", Page: "BL 43-48#3", Area: [][4]float64{{0.69, 0.357, 0.905, 0.385}, {0.16, 0.397, 0.905, 0.426}, {0.16, 0.438, 0.53, 0.466}},
			Text: "Tôi với tay lấy con dao gọt trái cây cán nhựa màu vàng ở đĩa trái cây trên bàn số 5, đâm một nhát vào vùng vai trái của Đạt.",
			When: "khoảng 21 giờ 15 phút ngày 14/9/2025", Where: "quán Gió Sông", Side: "accuses", Matters: []string{"cong-cu"}, Weight: 3,
		},
		{
			ID: "tc-roi-quan", Page: "BL 58-61#4", Area: [][4]float64{{0.535, 0.153, 0.905, 0.179}, {0.167, 0.183, 0.882, 0.208}},
			Text: "Tôi có đến quán nhưng đã rời quán lúc 20 giờ 55 phút, trước khi xảy ra sự việc. Tôi không đâm anh Đạt.",
			When: "20 giờ 55 phút ngày 14/9/2025", Where: "quán Gió Sông", Side: "clears", Matters: []string{"cong-cu", "thoi-gian"},
		},
		{
			ID: "tc-vet-thuong", Page: "BL 25-28#3", Area: [][4]float64{{0.165, 0.233, 0.722, 0.262}},
			Text: "Vết thương do vật sắc nhọn tác động trực tiếp, 01 lần, chiều hướng từ trước ra sau.", Side: "accuses",
			Matters: []string{"cong-cu", "thiet-hai"}, Weight: 2,
		},
	}
}
