// Package mucluc reads a mục lục, the list of documents that is bound into a volume of a case
// file, out of a table that somebody wrote: CSV (with commas, semicolons or tabs; in UTF-8, UTF-16
// or Windows-1258) or an XLSX workbook.
//
// [Read] finds the header by the words that such lists use ("Bút lục", "Tên tài liệu", "Trang số",
// …) and gives the documents, and a [Fault] with row and column for each row that it can't read:
// one bad row costs itself only. It needs the name of a document and either its folios or the page
// that it begins at. What the list makes of the volumes is [butluc/library/folios.PlanList].
//
// Tables come from anywhere: sizes are bounded, also those that a small archive unpacks to, and
// whatever the bytes are, there is an error and no panic.
package mucluc
