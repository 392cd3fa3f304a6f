package shared

import (
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

const asChild = "BUTLUC_SHARED_TEST_CHILD"

// The test binary is the child, too: it puts pictures as fast as it can until it is killed or its input ends.
func TestMain(m *testing.M) {
	how := os.Getenv(asChild)
	if how == "" {
		os.Exit(m.Run())
	}
	if err := child(os.Args[1], how); err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
}

func child(arg, how string) error {
	m, err := Open(arg)
	if err != nil {
		return err
	}
	defer m.Close()
	if how == "scribbles" {
		scribble(m, func() bool { return true })
	}
	over := make(chan struct{})
	go func() { _, _ = io.Copy(io.Discard, os.Stdin); close(over) }()
	for serial := uint32(1); ; serial++ {
		if err := put(m, serial); err != nil {
			return err
		}
		select {
		case <-over:
			return nil
		default:
		}
	}
}

const testPixels = 64 * 48

// sizeOf gives the pictures other sizes, so that a size that belongs to another picture is noticed.
func sizeOf(serial uint32) image.Point { return image.Pt(1+int(serial%64), 1+int(serial%48)) }

// put publishes a picture that is filled with one value. It fills all rooms, so a picture that is torn shows.
func put(m *Memory, serial uint32) error {
	room := m.Room()
	for i := range room {
		room[i] = byte(serial)
	}
	return m.Put(sizeOf(serial), int(serial)*40, serial)
}

// torn tells what is wrong with a picture that was put by put, "" for nothing.
func torn(picture *image.RGBA, at int, serial uint32) string {
	if size := picture.Rect.Size(); picture.Rect.Min != (image.Point{}) || size != sizeOf(serial) || picture.Stride != 4*size.X || len(picture.Pix) != 4*size.X*size.Y {
		return fmt.Sprintf("picture %d is %v, stride %d, %d bytes", serial, picture.Rect, picture.Stride, len(picture.Pix))
	}
	if at != int(serial)*40 {
		return fmt.Sprintf("picture %d is at %d ms", serial, at)
	}
	for i, b := range picture.Pix {
		want := byte(serial)
		if i%4 == 3 {
			want = 255
		}
		if b != want {
			return fmt.Sprintf("picture %d has %d at byte %d, want %d", serial, b, i, want)
		}
	}
	return ""
}

// heap is both ends over memory of the race detector's, which does not see what is mapped.
func heap(pixels int) (r, w *Memory) {
	mem := make([]byte, sizeFor(pixels))
	return reader(mem, pixels, func() {}), writer(mem, pixels, func() {})
}

func TestTheNewestPictureIsTakenOnce(t *testing.T) {
	r, w := heap(testPixels)
	if _, _, _, ok := r.Take(); ok {
		t.Error("a picture before the first")
	}
	var last *image.RGBA
	serial := uint32(0)
	for n := range 20 {
		for range n%4 + 1 {
			serial++
			if err := put(w, serial); err != nil {
				t.Fatal(err)
			}
			if last != nil {
				if wrong := torn(last, int(serial-1)*40, serial-1); n%4 == 0 && wrong != "" {
					t.Errorf("the picture taken before changed: %s", wrong)
				}
			}
		}
		picture, at, got, ok := r.Take()
		if !ok || got != serial {
			t.Fatalf("after picture %d came %d, %v", serial, got, ok)
		}
		if wrong := torn(picture, at, got); wrong != "" {
			t.Error(wrong)
		}
		if _, _, _, ok := r.Take(); ok {
			t.Errorf("picture %d came twice", got)
		}
		if wrong := torn(picture, at, got); wrong != "" {
			t.Errorf("after a Take of nothing: %s", wrong)
		}
		last = picture
	}
}

func TestPutBoundsWhatItIsTold(t *testing.T) {
	r, w := heap(1000)
	for _, size := range []image.Point{{}, {0, 5}, {5, 0}, {-1, -1}, {-1, 5}, {1001, 1}, {1, 1001}, {32, 32}, {math.MaxInt, math.MaxInt}, {1 << 32, 1 << 32}} {
		if err := w.Put(size, 0, 0); !errors.Is(err, ErrSize) {
			t.Errorf("a picture of %v: %v", size, err)
		}
	}
	if _, _, _, ok := r.Take(); ok {
		t.Error("a refused picture was published")
	}
	for at, want := range map[int]int{-5: 0, 0: 0, 77: 77, math.MaxInt32: math.MaxInt32, math.MaxInt32 + 1: math.MaxInt32} {
		if err := w.Put(image.Pt(1, 1000), at, 0); err != nil {
			t.Fatal(err)
		}
		if _, got, _, ok := r.Take(); !ok || got != want {
			t.Errorf("at %d ms: %d, %v", at, got, ok)
		}
	}
}

// It is run with the race detector, which sees here whether the ends ever touch the same buffer.
func TestNoPictureIsTornWithinAProcess(t *testing.T) {
	r, w := heap(testPixels)
	const want = 2000
	var stop atomic.Bool
	var done sync.WaitGroup
	done.Go(func() {
		for serial := uint32(1); !stop.Load(); serial++ {
			if err := put(w, serial); err != nil {
				t.Error(err)
				return
			}
		}
	})
	takeInOrder(t, r, want)
	stop.Store(true)
	done.Wait()
}

// takeInOrder takes so many pictures and looks at each.
func takeInOrder(t *testing.T, m *Memory, n int) (picture *image.RGBA, at int, serial uint32) {
	t.Helper()
	for n > 0 {
		next, when, number, ok := m.Take()
		if !ok {
			runtime.Gosched()
			continue
		}
		if number <= serial {
			t.Fatalf("picture %d came after %d", number, serial)
		}
		if wrong := torn(next, when, number); wrong != "" {
			t.Fatal(wrong)
		}
		picture, at, serial = next, when, number
		n--
	}
	return picture, at, serial
}

// start runs the test binary as the child.
func start(t *testing.T, how string) (m *Memory, cmd *exec.Cmd, end func()) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(exe)
	m, arg, err := New(cmd, testPixels)
	if errors.Is(err, errors.ErrUnsupported) {
		t.Skip("memory cannot be shared on " + runtime.GOOS)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	cmd.Args = append(cmd.Args, arg)
	cmd.Env = append(os.Environ(), asChild+"="+how)
	var said strings.Builder
	cmd.Stdout = &said
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	end = func() { once.Do(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }) }
	t.Cleanup(func() {
		end()
		if said.Len() > 0 {
			t.Errorf("the child said: %s", &said)
		}
		_ = stdin.Close()
	})
	return m, cmd, end
}

func TestNoPictureOfAChildIsTorn(t *testing.T) {
	m, _, _ := start(t, "puts")
	takeInOrder(t, m, 2000)
}

// Wherever the child is when it is killed, what it published last can be taken, and nothing else comes.
func TestAKilledChildLeavesItsLastPictureWhole(t *testing.T) {
	for n := range 10 {
		m, cmd, end := start(t, "puts")
		picture, at, serial := takeInOrder(t, m, 1+n*n)
		end()
		if cmd.ProcessState == nil || cmd.ProcessState.Success() {
			t.Fatalf("the child was not killed: %v", cmd.ProcessState)
		}
		if wrong := torn(picture, at, serial); wrong != "" {
			t.Errorf("the picture taken last: %s", wrong)
		}
		if picture, at, next, ok := m.Take(); ok {
			if wrong := torn(picture, at, next); wrong != "" || next <= serial {
				t.Errorf("the picture put last, after %d: %s", serial, wrong)
			}
		}
		if _, _, serial, ok := m.Take(); ok {
			t.Errorf("picture %d came from a child that is gone", serial)
		}
	}
}

// held fails the test unless a picture lies wholly within the buffers, and touches both its ends.
func held(t *testing.T, m *Memory, picture *image.RGBA, at int) {
	t.Helper()
	size := picture.Rect.Size()
	if size.X < 1 || size.Y < 1 || picture.Stride != 4*size.X || len(picture.Pix) != 4*size.X*size.Y || size.X*size.Y > m.pixels {
		t.Fatalf("a picture of %v with %d bytes, stride %d", size, len(picture.Pix), picture.Stride)
	}
	if at < 0 || at > math.MaxInt32 {
		t.Fatalf("a picture at %d ms", at)
	}
	_ = picture.RGBAAt(0, 0)
	_ = picture.RGBAAt(size.X-1, size.Y-1)
}

var hostile = []uint32{0, 1, 2, 3, 4, 7, 47, 64, 255, testPixels, testPixels + 1, 1 << 14, 1 << 16, math.MaxInt32, math.MaxInt32 + 1, math.MaxUint32, math.MaxUint32 - 1}

// scribble writes anything into every number of the memory for as long as it may.
func scribble(m *Memory, more func() bool) {
	for more() {
		for at := 0; at < 4*line; at += 4 {
			value := hostile[rand.IntN(len(hostile))]
			if at == 0 {
				value = value&7 | fresh // or hardly one picture would be taken
			}
			atomic.StoreUint32(m.word(at), value)
		}
	}
}

func TestAHostileHeaderLeadsNowhere(t *testing.T) {
	for _, between := range []uint32{0, 3, fresh, fresh | 1, fresh | 2, fresh | 3, fresh | 255, fresh << 1, fresh<<1 | fresh, math.MaxUint32, math.MaxUint32 &^ fresh} {
		for _, w := range hostile {
			for _, h := range hostile {
				for _, when := range []uint32{0, math.MaxInt32, math.MaxInt32 + 1, math.MaxUint32} {
					r, _ := heap(testPixels)
					for buffer := range buffers {
						for offset, value := range map[int]uint32{widthAt: w, heightAt: h, timeAt: when} {
							atomic.StoreUint32(r.word((1+buffer)*line+offset), value)
						}
					}
					atomic.StoreUint32(r.between(), between)
					picture, at, _, ok := r.Take()
					fits := w > 0 && h > 0 && uint64(w)*uint64(h) <= testPixels && when <= math.MaxInt32 && between >= fresh && between < fresh+buffers
					if ok != fits {
						t.Fatalf("between %#x, %d×%d at %d: taken %v", between, w, h, when, ok)
					}
					if ok {
						held(t, r, picture, at)
					}
				}
			}
		}
	}
}

func TestAHeaderThatChangesAllTheTimeLeadsNowhere(t *testing.T) {
	r, w := heap(testPixels)
	var stop atomic.Bool
	var done sync.WaitGroup
	done.Go(func() { scribble(w, func() bool { return !stop.Load() }) })
	takeAnything(t, r)
	stop.Store(true)
	done.Wait()
}

func TestAHostileChildLeadsNowhere(t *testing.T) {
	m, _, end := start(t, "scribbles")
	takeAnything(t, m)
	end()
}

func takeAnything(t *testing.T, m *Memory) {
	t.Helper()
	for taken := 0; taken < 1000; {
		picture, at, _, ok := m.Take()
		if !ok {
			runtime.Gosched()
			continue
		}
		held(t, m, picture, at)
		taken++
	}
}

func TestAClosedMemoryIsEmpty(t *testing.T) {
	m, _, end := start(t, "puts")
	takeInOrder(t, m, 1)
	m.Close()
	m.Close()
	if _, _, _, ok := m.Take(); ok || m.Room() != nil {
		t.Error("there is something in it")
	}
	if err := m.Put(image.Pt(1, 1), 0, 0); !errors.Is(err, os.ErrClosed) {
		t.Errorf("Put: %v", err)
	}
	end() // the child has its own
}

func TestWhatIsNoMemoryIsNotOpened(t *testing.T) {
	for _, pixels := range []int{-1, 0, MaxPixels + 1} {
		if _, _, err := New(exec.Command("x"), pixels); !errors.Is(err, ErrSize) {
			t.Errorf("%d pixels: %v", pixels, err)
		}
	}
	for _, arg := range []string{
		"", ":", "3", "fd", "fd:", "fd::", "fd:x:5", "fd:-1:5", "fd:99999:5", "handle:0:5", "0:5",
		"fd:3:0", "fd:3:-5", "fd:3:99999999999999999999", "fd:3:x",
	} {
		if m, err := Open(arg); err == nil {
			m.Close()
			t.Errorf("%q was opened", arg)
		}
	}
}

func BenchmarkPut(b *testing.B) {
	for _, size := range []image.Point{{1280, 720}, {1920, 1080}} {
		b.Run(fmt.Sprintf("%dx%d", size.X, size.Y), func(b *testing.B) {
			_, w := heap(size.X * size.Y)
			for b.Loop() {
				if err := w.Put(size, 0, 0); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
