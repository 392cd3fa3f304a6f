package evidence

import (
	"strings"

	"fyne.io/fyne/v2"

	"butluc/library"
)

// Picked are the pages that were picked with Ctrl or Shift, in order: thumbnails, else the first page
// of each document; none when only one is looked at.
func (p *Panel) Picked() []library.PageID {
	if pages := p.thumbs.pickedPages(); len(pages) > 0 {
		return pages
	}
	var pages []library.PageID
	for _, d := range p.PickedDocuments() {
		if len(d.Pages) > 0 {
			pages = append(pages, d.Pages[0])
		}
	}
	return pages
}

// PickedDocuments are the documents that were picked with Ctrl or Shift, in order.
func (p *Panel) PickedDocuments() []library.Document {
	var docs []library.Document
	for _, d := range p.docs {
		if p.picked[key(d)] {
			docs = append(docs, d)
		}
	}
	return docs
}

// PickedPages are all pages of what is picked: thumbnails, or documents.
func (p *Panel) PickedPages() []library.PageID {
	if pages := p.thumbs.pickedPages(); len(pages) > 0 {
		return pages
	}
	var pages []library.PageID
	for _, d := range p.PickedDocuments() {
		pages = append(pages, d.Pages...)
	}
	return pages
}

// Unpick forgets what was picked.
func (p *Panel) Unpick() {
	clear(p.picked)
	clear(p.thumbs.picked)
	p.list.Reload()
	p.thumbs.refresh()
}

// drag begins or goes on with dragging a row: a document's first page, those of all that are picked
// with it, or those of all documents in a folder.
func (p *Panel) drag(i int, at fyne.Position) {
	if i >= len(p.rows) {
		return
	}
	if pages := p.pagesOf(p.rows[i]); len(pages) > 0 {
		p.OnDrag(pages, at)
	}
}

func (p *Panel) pagesOf(r row) []library.PageID {
	var pages []library.PageID
	add := func(d library.Document) {
		if len(d.Pages) > 0 {
			pages = append(pages, d.Pages[0])
		}
	}
	switch {
	case r.isFlag():
		pages = append(pages, r.note.Page)
	case r.isFolder():
		for _, d := range p.docs {
			if strings.HasPrefix(d.File.Path, r.folder+"/") {
				add(d)
			}
		}
	case r.index < len(p.docs) && p.picked[key(p.docs[r.index])]:
		for _, d := range p.PickedDocuments() {
			add(d)
		}
	case r.index < len(p.docs):
		add(p.docs[r.index])
	}
	return pages
}
