package render

import (
	"fmt"
	"image"
	"testing"

	"pgregory.net/rapid"
)

// Promise 9, over any sequence of puts, gets and pins: the bytes are what the pictures have, the
// limit holds as far as pins let it, pinned pictures stay, and what was used last stays longest.
func TestCacheKeepsItsPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const limit = 1000
		c := newCache(limit)
		sizes := map[Request]int64{}
		page := rapid.Custom(func(t *rapid.T) Request {
			return Request{Page: rapid.IntRange(0, 12).Draw(t, "page")}
		})
		var pinned []Request
		var last Request
		t.Repeat(map[string]func(*rapid.T){
			"put": func(t *rapid.T) {
				req, rows := page.Draw(t, "page"), rapid.IntRange(1, 60).Draw(t, "rows")
				c.put(req, &Picture{Image: image.NewRGBA(image.Rect(0, 0, 2, rows))})
				sizes[req], last = int64(8*rows), req
				if c.bytes > limit {
					for r := range c.items {
						if !c.pins[r] {
							t.Fatalf("over the limit and %v is not pinned", r.Page)
						}
					}
				} else if !c.has(last) && sizes[last] <= limit-c.pinnedBytes() {
					t.Fatalf("what was put last, and fits, is gone")
				}
			},
			"get": func(t *rapid.T) {
				req := page.Draw(t, "page")
				if pic, ok := c.get(req); ok && size(pic) != sizes[req] {
					t.Fatal("another picture came back")
				}
			},
			"pin": func(t *rapid.T) {
				pinned = rapid.SliceOfN(page, 0, 3).Draw(t, "pins")
				c.pin(pinned)
			},
			"": func(t *rapid.T) {
				var sum int64
				for r := range c.items {
					sum += sizes[r]
				}
				if sum != c.bytes || c.order.Len() != len(c.items) {
					t.Fatalf("counted %d bytes, there are %d", c.bytes, sum)
				}
			},
		})
	})
}

func (c *cache) pinnedBytes() (n int64) {
	for r := range c.pins {
		if e := c.items[r]; e != nil {
			n += size(e.Value.(*cached).pic)
		}
	}
	return n
}

func TestCacheDropsTheLeastRecentlyUsed(t *testing.T) {
	c := newCache(3 * 400)
	req := func(i int) Request { return Request{Page: i} }
	for i := range 3 {
		c.put(req(i), &Picture{Image: image.NewRGBA(image.Rect(0, 0, 10, 10))})
	}
	c.get(req(0))
	c.pin([]Request{req(1)})
	c.put(req(3), &Picture{Image: image.NewRGBA(image.Rect(0, 0, 10, 10))})
	var have []string
	for i := range 4 {
		if c.has(req(i)) {
			have = append(have, fmt.Sprint(i))
		}
	}
	if got := fmt.Sprint(have); got != "[0 1 3]" {
		t.Errorf("kept %s, want 0 (used), 1 (pinned) and 3 (new)", got)
	}
}
