package editlog

import (
	"encoding/binary"
	"errors"
	"math"
	"time"
)

// A payload is the two states, the time in seconds since 1970 and the records. Numbers are varints, texts have their
// length before them; a record is its bucket, its name, 1 and its value, or 0 where it is gone.

func encode(e Entry) []byte {
	var b []byte
	for _, s := range []State{e.After, e.Becomes} {
		b = appendText(b, s.Case)
		b = binary.AppendVarint(b, int64(s.Format))
		b = binary.AppendVarint(b, int64(s.Commit))
		b = appendText(b, s.Mark)
	}
	b = binary.AppendVarint(b, e.At.Unix())
	b = binary.AppendUvarint(b, uint64(len(e.Records)))
	for _, r := range e.Records {
		b = appendText(b, r.Bucket)
		b = appendText(b, r.Name)
		if r.Value == nil {
			b = append(b, 0)
			continue
		}
		b = appendText(append(b, 1), string(r.Value))
	}
	return b
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

var errShort = errors.New("the entry is cut off")

// decoder reads a payload; after a failure it gives zeros.
type decoder struct {
	rest []byte
	err  error
}

func decode(payload []byte) (Entry, error) {
	d := decoder{rest: payload}
	var e Entry
	for _, s := range []*State{&e.After, &e.Becomes} {
		*s = State{d.text(), d.number(), d.number(), d.text()}
	}
	e.At = time.Unix(d.varint(), 0)
	count := d.uvarint()
	for i := uint64(0); i < count && d.err == nil; i++ { // grows as it is read: the count may be a lie
		r := Record{Bucket: d.text(), Name: d.text()}
		if d.byte() != 0 {
			r.Value = append([]byte{}, d.bytes()...)
		}
		e.Records = append(e.Records, r)
	}
	if d.err == nil && len(d.rest) > 0 {
		d.err = errors.New("something follows the entry")
	}
	return e, d.err
}

func (d *decoder) fail() {
	d.err, d.rest = errShort, nil
}

func (d *decoder) uvarint() uint64 {
	v, n := binary.Uvarint(d.rest)
	if n <= 0 {
		d.fail()
		return 0
	}
	d.rest = d.rest[n:]
	return v
}

func (d *decoder) varint() int64 {
	v, n := binary.Varint(d.rest)
	if n <= 0 {
		d.fail()
		return 0
	}
	d.rest = d.rest[n:]
	return v
}

func (d *decoder) number() int {
	v := d.varint()
	if v < 0 || v > math.MaxInt32 {
		d.fail()
		return 0
	}
	return int(v)
}

func (d *decoder) byte() byte {
	if len(d.rest) == 0 {
		d.fail()
		return 0
	}
	b := d.rest[0]
	d.rest = d.rest[1:]
	return b
}

func (d *decoder) bytes() []byte {
	n := d.uvarint()
	if n > uint64(len(d.rest)) {
		d.fail()
		return nil
	}
	b := d.rest[:n]
	d.rest = d.rest[n:]
	return b
}

func (d *decoder) text() string { return string(d.bytes()) }
