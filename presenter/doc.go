// Package presenter decides what the court sees. Its one type that matters is [Stage]: a pure state
// machine with Preview (what the console prepares) and Program (what the court is meant to see),
// changed only by [Stage.Apply]. It draws nothing, waits for nothing and knows no window; package
// projector carries out the effects that it asks for.
//
// Program changes by a take, a blank or a live view change, and by nothing else; only a clip that a
// person played stands, when it stops, where it came to. A frame that arrives from the renderer is
// painted only when [Stage.Wants] it at that moment, a moving picture when [Stage.WantsMoving].
package presenter
