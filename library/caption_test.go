package library_test

import (
	"testing"

	"butluc/library"
)

func TestTheCourtReadsWhatTheCoverAsksFor(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{
		exhibit("BL 45-47 Biên bản hỏi cung.pdf", shaA, 3, library.KindPDF), exhibit("Hiện trường.jpg", shaB, 1, library.KindJPEG),
	}))
	o := apply(
		t, library.Outline{}, func(o library.Outline) library.Edit {
			return o.Set(library.Heading{First: library.PageID{Path: "BL 45-47 Biên bản hỏi cung.pdf", Index: 2}, Title: "Phụ lục"})
		},
		func(o library.Outline) library.Edit {
			return o.Set(library.PageNote{Page: library.PageID{Path: "BL 45-47 Biên bản hỏi cung.pdf", Index: 1}, Folio: "45a"})
		},
	)
	page := func(i int) library.PageID {
		return library.PageID{Path: "BL 45-47 Biên bản hỏi cung.pdf", Index: i}
	}
	photo := library.PageID{Path: "Hiện trường.jpg"}
	sharp := library.Adjust{Sharpen: 20}
	for _, c := range []struct {
		captions library.Captions
		page     library.PageID
		adjust   library.Adjust
		want     string
	}{
		{library.CaptionNone, page(0), library.Adjust{}, ""},
		{library.CaptionNone, photo, library.Adjust{}, ""},
		{library.CaptionFolio, page(0), library.Adjust{}, "BL 45"},
		{library.CaptionFolio, page(1), library.Adjust{}, "BL 45a"},
		{library.CaptionFolio, photo, library.Adjust{}, "Hiện trường"}, // there is nothing else to call it by
		{library.CaptionFull, page(0), library.Adjust{}, "BL 45 · Biên bản hỏi cung"},
		{library.CaptionFull, page(2), library.Adjust{}, "BL 47 · Phụ lục"},
		{library.CaptionFull, photo, library.Adjust{}, "Hiện trường"},
		{library.CaptionFull, library.PageID{Path: "gone.pdf"}, library.Adjust{}, ""},
		// That a picture was changed is said in any case.
		{library.CaptionNone, photo, sharp, "ảnh đã làm nét"},
		{library.CaptionFolio, page(0), sharp, "BL 45 · ảnh đã làm nét"},
		{library.CaptionFull, photo, sharp, "Hiện trường · ảnh đã làm nét"},
	} {
		set := apply(t, o, func(o library.Outline) library.Edit {
			return o.Set(library.Cover{Kind: library.CaseCriminal, Captions: c.captions})
		})
		if got := set.Caption(library.Pane{Page: c.page, Adjust: c.adjust}, x); got != c.want {
			t.Errorf("captions %q, %s, %+v: %q, want %q", c.captions, c.page, c.adjust, got, c.want)
		}
	}
}

// Each way to change a picture is told to the court in words of its own.
func TestTheCourtReadsHowAPictureWasChanged(t *testing.T) {
	for want, a := range map[string]library.Adjust{
		"":                           {},
		"tăng sáng":                  {Brightness: 1},
		"giảm sáng":                  {Brightness: -1},
		"tăng tương phản":            {Contrast: 100},
		"giảm tương phản":            {Contrast: -100},
		"làm sáng vùng tối":          {Gamma: 1},
		"làm tối vùng sáng":          {Gamma: -1},
		"làm nét":                    {Sharpen: 1},
		"đảo màu":                    {Invert: true},
		"giảm sáng, làm nét":         {Brightness: -5, Sharpen: 5},
		"tăng tương phản, đảo màu":   {Contrast: 5, Invert: true},
		"tăng sáng, giảm tương phản": {Brightness: 5, Contrast: -5},
	} {
		if got := a.Words(); got != want {
			t.Errorf("%+v: %q, want %q", a, got, want)
		}
	}
}
