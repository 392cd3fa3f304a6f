package render

import "container/list"

// cache holds pictures up to a number of bytes, least recently used out first, pinned ones never.
// It has no lock of its own: the Renderer's guards it.
type cache struct {
	limit int64
	bytes int64
	items map[Request]*list.Element // of *cached
	order *list.List                // most recently used in front
	pins  map[Request]bool
}

type cached struct {
	req Request
	pic *Picture
}

func newCache(limit int64) *cache {
	return &cache{limit: limit, items: map[Request]*list.Element{}, order: list.New(), pins: map[Request]bool{}}
}

func size(p *Picture) int64 { return int64(len(p.Image.Pix)) }

func (c *cache) has(req Request) bool { return c.items[req] != nil }

func (c *cache) get(req Request) (*Picture, bool) {
	e := c.items[req]
	if e == nil {
		return nil, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*cached).pic, true
}

func (c *cache) put(req Request, pic *Picture) {
	if e := c.items[req]; e != nil {
		c.drop(e)
	}
	c.items[req] = c.order.PushFront(&cached{req, pic})
	c.bytes += size(pic)
	c.evict()
}

func (c *cache) pin(reqs []Request) {
	clear(c.pins)
	for _, r := range reqs {
		c.pins[r] = true
	}
	c.evict()
}

// evict makes room. Pinned pictures count, and stay even when they alone are over the limit: what
// the court looks at is worth more than the budget.
func (c *cache) evict() {
	for e := c.order.Back(); e != nil && c.bytes > c.limit; {
		before := e.Prev()
		if !c.pins[e.Value.(*cached).req] {
			c.drop(e)
		}
		e = before
	}
}

func (c *cache) drop(e *list.Element) {
	item := c.order.Remove(e).(*cached)
	delete(c.items, item.req)
	c.bytes -= size(item.pic)
}

func (c *cache) pinned() int {
	n := 0
	for r := range c.pins {
		if c.has(r) {
			n++
		}
	}
	return n
}
