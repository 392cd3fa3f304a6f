package album

import (
	"context"

	"butluc/presenter/print"
)

// Remake makes a picture again as it may be seen now, and says in words whether it is the one that stood there. It may be
// called from several goroutines.
func (a Album) Remake(ctx context.Context, p Picture) (print.Remade, Verdict) {
	return a.remake(ctx, p)
}
