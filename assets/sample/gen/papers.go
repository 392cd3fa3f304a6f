package main

// contents is the list of documents as a clerk exports it from a spreadsheet, with the mark that
// tells spreadsheets that it is UTF-8.
const contents = "\ufeff" + `STT,Tên tài liệu,Bút lục,Số trang,Ghi chú
1,Quyết định khởi tố vụ án hình sự,01-02,2,
2,Quyết định khởi tố bị can,03-04,2,Có dấu đến của VKS
3,Biên bản khám nghiệm hiện trường,13-16,4,
4,Sơ đồ hiện trường,17,1,Khổ ngang
5,Biên bản thu giữ vật chứng,18-20,3,Quét dạng TIFF
6,Kết luận giám định thương tích,25-28,4,
7,Giấy chứng nhận thương tích,29-30,2,"Tệp quét hỏng, cần quét lại"
8,Biên bản ghi lời khai bị hại Lương Minh Đạt,31-33,6,Viết hai mặt
9,Biên bản ghi lời khai người làm chứng Trịnh Thị Hoài Thu,34-36,3,
10,Biên bản hỏi cung bị can lần 1,37-40,4,
11,Biên bản hỏi cung bị can lần 2,43-48,6,
12,Biên bản ghi lời khai người làm chứng Đoàn Hữu Tường,49-51,3,
13,Biên bản đối chất Khải - Đạt,58-61,4,
14,Cáo trạng,65-71,7,
15,Bản ảnh hiện trường,,5,Ký hiệu A1 đến A5
16,Danh sách người cần triệu tập,,1,Bản mềm
`

const remark = `HỒ SƠ MẪU - mọi tên người, cơ quan, địa danh và sự việc đều được đặt ra.

Vụ án Bùi Quang Khải - Cố ý gây thương tích
Số hóa ngày 20/11/2025, quét 150 dpi, thang xám.

- BL 29-30: tệp quét hỏng khi chép, cần quét lại từ bản giấy.
- Ảnh A5: tệp chép dở, chỉ xem được phần trên.
- BL 05-12, 21-24, 41-42, 52-57, 62-64: chưa quét.
- BL 31-33: mỗi tờ có mặt trước và mặt sau, số bút lục đóng ở mặt trước.
`
