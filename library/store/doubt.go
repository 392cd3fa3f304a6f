package store

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// doubt keeps with the records that changes may be lost, until a person was asked: what was restored, and left again,
// would else be taken for all there was. For whoever wants all of it, it is an error.
func (o *owner) doubt(t trail) error {
	at := stateOf(o.state)
	newest := t.newest(at.Case)
	o.floor, o.submitted = newest.Commit, newest.Submitted
	o.submitted = o.LastApproval()
	if h, here, ok := t.beyond(at); ok && o.report.Lost {
		o.report.Known = h.at()
		o.report.Outdated = !here && o.report.Restored == "" && !o.report.Fresh && (t.End == at || t.End.Commit < at.Commit)
	}
	if !o.report.Lost {
		return o.doubted()
	}
	if since, before := o.state.moment(keyDoubt); before && o.report.AsOf.IsZero() {
		o.report.AsOf = since
	}
	if o.opts.ReadOnly {
		return nil
	}
	batch := map[key][]byte{{bucketMeta, keyDoubt}: strconv.AppendInt(nil, o.report.AsOf.Unix(), 10)}
	if o.report.Outdated {
		batch[key{bucketMeta, keyKnown}] = strconv.AppendInt(nil, o.report.Known.Unix(), 10)
	}
	o.state.put(batch)
	for k := range batch {
		o.dirty[k] = true
	}
	o.stir()
	return nil
}

// doubted tells of a doubt that was kept with the records, if there is one.
func (o *owner) doubted() error {
	since, doubtful := o.state.moment(keyDoubt)
	if !doubtful {
		return nil
	}
	o.report.Lost, o.report.AsOf, o.report.Problem = true, since, errDoubt
	o.report.Known, o.report.Outdated = o.state.moment(keyKnown)
	if o.opts.OnlyWhole && !o.opts.ReadOnly {
		o.release()
		return fmt.Errorf("%w: %w", ErrDamaged, errDoubt)
	}
	return nil
}

// moment is the time that a record of the meta bucket has, in seconds since 1970.
func (r records) moment(name string) (at time.Time, ok bool) {
	value := r[bucketMeta][name]
	var seconds int64
	if value == nil || json.Unmarshal(value, &seconds) != nil {
		return time.Time{}, value != nil
	}
	return time.Unix(seconds, 0), true
}
