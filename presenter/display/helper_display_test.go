//go:build display && linux

package display

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-gl/glfw/v3.4/glfw"
	"golang.org/x/sys/unix"
)

// The display tests run this test binary once more as the program under test: a loop like Fyne's
// (posted functions, events polled sixty times a second), a console window on the laptop, and the
// court window, told what to do line by line on its input. It answers every line with one that
// starts with "ok" or "error", and reports what happens in lines of other first words.

const asProgram = "BUTLUC_DISPLAY_TEST_PROGRAM"

func init() { runtime.LockOSThread() } // GLFW wants the main thread

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		if err := (&program{}).run(); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

type program struct {
	posts     chan func()
	enough    chan struct{} // closed: busy is over
	handle    uintptr
	court     *Court
	screen    shower // what show, black, over, reproject and patch are for: the court window or one to share
	mark      *image.RGBA
	shown     *image.RGBA // the frame that was given to screen, made of seed
	seed      int
	watcher   *Watcher
	identify  *Identifying
	laptop    Screen // the console's
	follow    bool   // move to the court's screen whenever there is exactly one, as the window does
	stopEager func()
	quit      bool
}

// shower is what the court window and the one to share have in common.
type shower interface {
	Show(*image.RGBA) error
	Black() error
	Over(Overlay) error
	Reproject(parts ...Part) error
	Patch(picture *image.RGBA, at image.Point) error
	Size() (w, h int)
}

func (p *program) run() error {
	if err := glfw.Init(); err != nil {
		return err
	}
	defer glfw.Terminate()
	console, err := consoleWindow()
	if err != nil {
		return err
	}
	p.handle = nativeHandle(console)
	console.SetKeyCallback(func(_ *glfw.Window, key glfw.Key, code int, action glfw.Action, _ glfw.ModifierKey) {
		if action == glfw.Press {
			fmt.Println("console-key", keyName(key, code))
			if p.court != nil && p.court.Showing() && key == glfw.KeyPageDown {
				w, h := p.court.Size()
				_ = p.court.Show(pattern(int(time.Now().UnixNano()%100), w, h))
			}
		}
	})
	p.laptop, _ = p.console()
	p.posts = make(chan func(), 1000)
	p.enough = make(chan struct{})
	go p.read()
	fmt.Println("ok ready")
	tick := time.NewTicker(time.Second / 60)
	for !p.quit {
		select {
		case f := <-p.posts:
			f()
		case <-tick.C:
			glfw.PollEvents()
		}
	}
	return nil
}

func consoleWindow() (*glfw.Window, error) {
	glfw.DefaultWindowHints()
	glfw.WindowHint(glfw.PositionX, 100)
	glfw.WindowHint(glfw.PositionY, 100)
	glfw.WindowHint(glfw.ContextVersionMajor, 2)
	glfw.WindowHint(glfw.ContextVersionMinor, 1)
	return glfw.CreateWindow(600, 400, "console", nil, nil)
}

func (p *program) read() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		if words[0] == "enough" {
			close(p.enough)
		}
		p.posts <- func() { p.answer(words) }
	}
	p.posts <- func() { p.quit = true }
}

func (p *program) answer(words []string) {
	said, err := p.obey(words[0], words[1:])
	if err != nil {
		fmt.Println("error", err)
		return
	}
	fmt.Println("ok", said)
}

func (p *program) console() (Screen, bool) {
	x, y, w, h, err := WindowPlace(p.handle)
	if err != nil {
		return Screen{}, false
	}
	l, err := Now()
	if err != nil {
		return Screen{}, false
	}
	return ScreenOf(x, y, w, h, l)
}

func (p *program) choose() (Screen, Verdict, error) {
	l, err := Now()
	if err != nil {
		return Screen{}, None, err
	}
	console, _ := p.console()
	s, v := Choose(l, console, "")
	return s, v, nil
}

func (p *program) obey(word string, args []string) (string, error) {
	switch word {
	case "now":
		l, err := Now()
		text, _ := json.Marshal(l)
		return string(text), err
	case "verdict":
		_, v, err := p.choose()
		return v.String(), err
	case "open":
		return "", p.open()
	case "guard":
		p.watcher = Watch(func(f func()) { p.posts <- f }, p.changed)
		p.court.Guard(p.watcher, p.console, func() { fmt.Println("lost") })
	case "follow":
		p.follow = true
	case "share":
		share, err := OpenShare(0, 0, 640, 480, nil, func() {}, func() {})
		p.screen = share
		return "", err
	case "show":
		seed, err := strconv.Atoi(args[0])
		if err != nil {
			return "", err
		}
		w, h := p.screen.Size()
		p.seed, p.shown = seed, pattern(seed, w, h)
		return "", p.screen.Show(p.shown)
	case "over", "over-moved", "over-none", "over-huge", "reproject", "times":
		return "", p.obeyOver(word, args)
	case "patch", "show-plain", "shown-again", "given", "resize":
		return "", p.obeyPatch(word, args)
	case "wrong":
		return "", p.court.Show(pattern(1, 640, 480))
	case "black":
		return "", p.screen.Black()
	case "hide":
		p.court.Hide()
	case "move":
		s, v, err := p.choose()
		if err != nil || v != Chosen {
			return "", errors.Join(err, fmt.Errorf("verdict %v", v))
		}
		return "", p.court.MoveTo(s)
	case "move-onto-console":
		s, _ := p.console()
		return "", p.court.MoveTo(s)
	case "state":
		return fmt.Sprintf("hidden=%v showing=%v", p.court.Hidden(), p.court.Showing()), nil
	case "place":
		x, y, w, h, err := p.court.Place()
		return fmt.Sprint(x, y, w, h), err
	case "busy": // as a UI goroutine that decodes a huge picture
		fmt.Println("busy")
		<-p.enough
	case "enough": // which has ended that
	case "cut":
		return fmt.Sprint(cutLines()), nil
	case "extend":
		return "", Extend()
	case "identify":
		l, err := Now()
		if err != nil {
			return "", err
		}
		console, _ := p.console()
		p.identify, err = Identify(l, console)
		return "", err
	case "identified":
		p.identify.Close()
	case "eager":
		p.stopEager = Eager(func(f func()) { p.posts <- f })
	case "quit":
		p.leave()
	default:
		return "", fmt.Errorf("unknown word %q", word)
	}
	return "", nil
}

func (p *program) open() error {
	s, v, err := p.choose()
	if err != nil || v != Chosen {
		return errors.Join(err, fmt.Errorf("verdict %v", v))
	}
	p.court, err = OpenCourt(s, func(k KeyEvent) {
		text, _ := json.Marshal(k)
		fmt.Println("key", string(text))
	})
	p.screen = p.court
	return err
}

func (p *program) changed(l Layout) {
	fmt.Println("changed", len(l.Screens), l.Mirrored)
	p.stayWithLaptop(l)
	if !p.follow {
		return
	}
	if s, v, err := p.choose(); err == nil && v == Chosen && (p.court.Hidden() || !p.court.Screen().Same(s)) {
		fmt.Println("moved", p.court.MoveTo(s))
	}
}

// stayWithLaptop moves the console when its screen has moved from under it.
func (p *program) stayWithLaptop(l Layout) {
	now, ok := Find(p.laptop, l)
	if !ok || now.Same(p.laptop) {
		return
	}
	x, y, _, _, err := WindowPlace(p.handle)
	if err == nil {
		err = MoveWindow(p.handle, x+now.X-p.laptop.X, y+now.Y-p.laptop.Y)
	}
	if err != nil {
		fmt.Println("console stays:", err)
	}
	p.laptop = now
}

func (p *program) leave() {
	if p.stopEager != nil {
		p.stopEager()
	}
	if p.watcher != nil {
		p.watcher.Stop()
	}
	if p.court != nil {
		p.court.Destroy()
		p.court.Destroy()
	}
	p.quit = true
}

// cutLines breaks every connection to the X server but GLFW's own, as a server's hiccup would.
func cutLines() (n int) {
	own, _ := glfwSocket()
	for fd := 3; fd < 256; fd++ {
		peer, err := unix.Getpeername(fd)
		if err != nil || fd == int(own) {
			continue
		}
		if at, ok := peer.(*unix.SockaddrUnix); ok && strings.Contains(at.Name, "X11-unix") {
			_ = unix.Shutdown(fd, unix.SHUT_RDWR)
			n++
		}
	}
	return n
}

// pattern is a picture in which no pixel is like its neighbours, so that a shift, a stretch or
// swapped colours cannot go unnoticed. Nor can it if its transparency is heeded: the court sees none.
func pattern(seed, w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	inner := p.Rect
	if seed%2 == 1 { // an upright page with margins
		inner = image.Rect(w/3+seed, 0, 2*w/3, h-seed)
		for i := range p.Pix {
			p.Pix[i] = []uint8{uint8(3 * seed), 200, 90, 255}[i%4]
		}
	}
	for y := inner.Min.Y; y < inner.Max.Y; y++ {
		for x := inner.Min.X; x < inner.Max.X; x++ {
			i := p.PixOffset(x, y)
			p.Pix[i] = uint8(x*7 + seed*31)
			p.Pix[i+1] = uint8(y*5 + seed*17)
			p.Pix[i+2] = uint8((x/256)*40 + (y/256)*9 + seed)
			p.Pix[i+3] = uint8(x ^ y)
		}
	}
	return p
}
