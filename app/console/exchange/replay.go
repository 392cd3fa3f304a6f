package exchange

import (
	"context"

	"butluc/app/album"
	"butluc/app/console/replay"
	"butluc/app/report"
	"butluc/presenter/print"
	"butluc/presenter/projector"
)

// Replay plays a journal of the open case again at the desk; changed is called when something is to be seen otherwise. While a
// trial runs there is none, which is said, and nil.
func (ex *Exchange) Replay(r report.Record, changed func()) *replay.Replay {
	of := ex.dossier.File()
	if of == nil {
		return nil
	}
	if ex.stage.Running() {
		ex.notices.Tell("replay.trial", true)
		return nil
	}
	sources, in := ex.dossier.FrozenSources(), ex.lang.In()
	again := album.Album{Record: r, Now: ex.versions, Maker: album.Maker{In: in, Snapshot: of.Snapshot(), Drawer: projector.Behind(ex.renderer), Sources: sources}.Ready()}
	return replay.New(replay.Deps{
		In: in, Post: ex.events.Post, Go: ex.jobs.Go, Running: ex.stage.Running, Changed: changed,
		Remake: func(ctx context.Context, p album.Picture) (print.Remade, album.Verdict) { return again.Remake(ctx, p) },
	}, r)
}
