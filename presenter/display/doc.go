// Package display knows the screens of the machine and owns the court window: the one window that
// the court sees. It is the only place of GLFW and OpenGL beside Fyne itself, and it never imports
// Fyne; the window package hands it a way to reach the UI goroutine.
//
// # Which goroutine
//
// "The UI goroutine" is the one that runs Fyne's loop, which is GLFW's main thread. [Court],
// [Identifying], [Watch] and [Watcher.Stop] belong to it. [Now], [WindowPlace], [Extend],
// [KeepAwake], [Choose] and [ScreenOf] may be called from anywhere, except that Now needs the UI
// goroutine where the system can only be asked through GLFW (macOS, Wayland).
//
// # Life
//
//	layout, _ := display.Now()
//	screen, verdict := display.Choose(layout, console, remembered)   // verdict Chosen
//	court, _ := display.OpenCourt(screen, keys)                      // black, full-screen
//	watcher := display.Watch(fyne.Do, changed)
//	court.Guard(watcher, consoleScreen, hidden)
//	court.Show(frame) … court.Over(pointer) … court.Reproject(part) … court.Patch(picture, at) … court.Black() …
//	watcher.Stop(); court.Destroy()                                  // before Fyne's Quit
//
// All must be stopped and destroyed before the application quits: Fyne ends GLFW before it says
// that it has stopped.
//
// # What holds the promise
//
// The court window never lies over the console (DESIGN, promise 5). Three things see to it, each
// alone sufficient: on X11 the window is not the window manager's to move; the [Watcher]'s own
// goroutine hears of a change from the system itself and takes the window off the screen without
// waiting for the UI goroutine; and on the UI goroutine every callback of GLFW and every tick
// asks where the window really is. A window hidden that way stays hidden until [Court.MoveTo],
// and is black then.
package display
