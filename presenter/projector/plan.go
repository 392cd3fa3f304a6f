package projector

import (
	"image"

	"butluc/library"
	"butluc/presenter/compose"
	"butluc/presenter/render"
)

// Origin is where a page comes from, and what goes with it wherever it is shown.
type Origin struct {
	Source  render.Source
	Upright library.Turn  // what makes the page upright
	Marks   library.Marks // that lie on the page itself, redactions among them
	Caption string        // under the page; "" for none
}

// Sources finds the origin of a pane's page, and tells false for a page that can't be drawn.
type Sources func(library.Pane) (Origin, bool)

// Request is the picture of a pane that fits into a box; false where the page is in no file.
func (sources Sources) Request(pane library.Pane, box image.Point) (render.Request, bool) {
	origin, ok := sources(pane)
	return origin.request(pane, pane.View, box), ok
}

// request is a picture of a part of the pane's page. This is where a pane's own turn is added to that
// which makes its page upright, and nowhere else.
func (o Origin) request(pane library.Pane, view library.Rect, box image.Point) render.Request {
	return render.Request{Source: o.Source, Page: pane.Page.Index, View: view, Turn: o.Upright.Plus(int(pane.Turn)), Max: box}
}

// Plan is what a frame is made of. It can be compared, and has all that decides its pixels, but for the pictures' own.
type Plan struct {
	shot    library.Shot
	size    image.Point
	origins [library.MaxPanes]Origin
}

// Plan finds what a shot's frame is made of; false where one of its pages is in no file.
func (sources Sources) Plan(shot library.Shot, size image.Point) (Plan, bool) {
	p := Plan{shot: shot, size: size}
	for i, pane := range shot.List() {
		origin, ok := sources(pane)
		if !ok {
			return Plan{}, false
		}
		p.origins[i] = origin
	}
	return p, true
}

func (p Plan) layout() []compose.Place {
	captions := false
	for _, origin := range p.origins {
		captions = captions || origin.Caption != ""
	}
	return compose.Layout(p.size, int(p.shot.Count), captions)
}

// Room is the part of the frame that the page of a pane, with its callouts, has to itself.
func (p Plan) Room(pane int) image.Rectangle { return p.layout()[pane].Page }

// ingredients are the pictures for one pane: that of its page, and sharp ones of its callouts.
type ingredients struct {
	page     render.Request
	callouts []render.Request
}

func (p Plan) ingredients() []ingredients {
	var all []ingredients
	places := p.layout()
	for i, pane := range p.shot.List() {
		origin, box := p.origins[i], places[i].Page.Size()
		in := ingredients{page: origin.request(pane, pane.View, box)}
		for _, c := range compose.Callouts(box, pane.View, pane.Turn, p.shot.Drawn(i, origin.Marks)) {
			in.callouts = append(in.callouts, origin.request(pane, c.View, c.Max))
		}
		all = append(all, in)
	}
	return all
}

// requests are all pictures that the frame needs.
func (p Plan) requests() []render.Request {
	var requests []render.Request
	for _, in := range p.ingredients() {
		requests = append(append(requests, in.page), in.callouts...)
	}
	return requests
}

// frame composes the frame of the pictures that get finds; false where it does not find one.
func (p Plan) frame(get func(render.Request) (*render.Picture, bool)) (Frame, bool) {
	f := Frame{Shot: p.shot, plan: p}
	var sheets []compose.Sheet
	places := p.layout()
	for i, in := range p.ingredients() {
		pane := p.shot.Panes[i]
		picture, ok := get(in.page)
		if !ok {
			return Frame{}, false
		}
		sheet := compose.Sheet{
			Picture: picture.Image, View: pane.View, Turn: pane.Turn, Marks: p.shot.Drawn(i, p.origins[i].Marks),
			Adjust: pane.Adjust, Caption: p.origins[i].Caption,
		}
		incomplete := picture.Incomplete
		f.Tones[i] = picture.Tone
		for _, request := range in.callouts {
			callout, ok := get(request)
			if !ok {
				return Frame{}, false
			}
			sheet.Callouts = append(sheet.Callouts, callout.Image)
			incomplete = incomplete || callout.Incomplete
		}
		if incomplete {
			f.Incomplete = append(f.Incomplete, pane.Page)
		}
		sheets = append(sheets, sheet)
		f.Callouts = append(f.Callouts, sheet.CalloutsAt(places[i].Page))
		f.Places = append(f.Places, compose.Fit(places[i].Page, picture.Image.Rect.Size()).Intersect(places[i].Page))
	}
	f.Image, f.Err = compose.Compose(p.size, sheets...)
	return f, true
}
