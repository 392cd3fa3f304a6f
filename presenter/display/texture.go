package display

import (
	"image"
	"unsafe"

	"github.com/go-gl/gl/v2.1/gl"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// texture is a picture in OpenGL's memory, drawn texel on pixel. It belongs to the context that was
// current when it was made.
type texture struct {
	name  uint32
	size  image.Point // zero while it holds nothing
	frame uint32      // the framebuffer that it is copied from; 0: it can only be drawn
}

func newTexture() (t texture) {
	gl.GenTextures(1, &t.name)
	gl.BindTexture(gl.TEXTURE_2D, t.name)
	filter(gl.NEAREST)
	gl.TexParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE)
	gl.TexParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE)
	return t
}

// copied has the texture copied into the window wherever its texels lie on pixels, where OpenGL can do that. It is
// for software GL, which copies what has the window's own format as mere memory: in 0.6 ms where drawing takes
// 12.6 (1920 × 1080, llvmpipe of Mesa 22.3, two cores).
func (t *texture) copied() {
	if !glfw.ExtensionSupported("GL_EXT_framebuffer_object") || !glfw.ExtensionSupported("GL_EXT_framebuffer_blit") {
		return
	}
	gl.GenFramebuffersEXT(1, &t.frame)
	gl.BindFramebufferEXT(gl.READ_FRAMEBUFFER_EXT, t.frame)
	gl.FramebufferTexture2DEXT(gl.READ_FRAMEBUFFER_EXT, gl.COLOR_ATTACHMENT0_EXT, gl.TEXTURE_2D, t.name, 0)
	gl.BindFramebufferEXT(gl.READ_FRAMEBUFFER_EXT, 0)
}

// filter tells how the texture that is bound is read between its texels.
func filter(how int32) {
	gl.TexParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, how)
	gl.TexParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, how)
}

// fill gives the texture the size of img and uploads part of it, which is relative to img's corner;
// around it the texels stay what they were. The stride may be longer than a row: a part of a larger
// picture.
func (t *texture) fill(img *image.RGBA, part image.Rectangle) {
	gl.BindTexture(gl.TEXTURE_2D, t.name)
	if size := img.Rect.Size(); t.size != size {
		t.size = size
		t.allocate()
	}
	if part.Empty() {
		return
	}
	from := part.Add(img.Rect.Min)
	pixels := img.Pix[img.PixOffset(from.Min.X, from.Min.Y) : img.PixOffset(from.Max.X-1, from.Max.Y-1)+4]
	gl.PixelStorei(gl.UNPACK_ALIGNMENT, 4)
	gl.PixelStorei(gl.UNPACK_ROW_LENGTH, int32(img.Stride/4))
	gl.TexSubImage2D(gl.TEXTURE_2D, 0, int32(part.Min.X), int32(part.Min.Y),
		int32(part.Dx()), int32(part.Dy()), gl.RGBA, gl.UNSIGNED_BYTE, unsafe.Pointer(&pixels[0]))
}

// allocate gives the texture memory of its size. RGBA as it lies in memory is the fastest to upload. To be copied
// it must have the window's format: Mesa takes that for BGRA, where the format inside has no size
// (src/mesa/state_tracker/st_format.c, st_choose_format). Turning RGBA into it costs an upload a third more.
func (t *texture) allocate() {
	inside, outside := int32(gl.RGBA8), uint32(gl.RGBA)
	if t.frame != 0 {
		inside, outside = gl.RGBA, gl.BGRA
	}
	gl.TexImage2D(gl.TEXTURE_2D, 0, inside, int32(t.size.X), int32(t.size.Y), 0, outside, gl.UNSIGNED_BYTE, nil)
	if t.frame == 0 {
		return
	}
	gl.BindFramebufferEXT(gl.READ_FRAMEBUFFER_EXT, t.frame)
	whole := gl.CheckFramebufferStatusEXT(gl.READ_FRAMEBUFFER_EXT) == gl.FRAMEBUFFER_COMPLETE_EXT
	gl.BindFramebufferEXT(gl.READ_FRAMEBUFFER_EXT, 0)
	if !whole {
		gl.DeleteFramebuffersEXT(1, &t.frame)
		t.frame = 0
	}
}

// put shows a part of the texture on the same pixels of a window of the texture's size.
func (t *texture) put(part image.Rectangle) {
	if t.frame == 0 {
		t.draw(t.size, rectOf(part), rectOf(part))
		return
	}
	x0, x1, high := int32(part.Min.X), int32(part.Max.X), int32(t.size.Y)
	y0, y1 := int32(part.Min.Y), int32(part.Max.Y)
	gl.BindFramebufferEXT(gl.READ_FRAMEBUFFER_EXT, t.frame)
	gl.BlitFramebufferEXT(x0, y0, x1, y1, x0, high-y0, x1, high-y1, gl.COLOR_BUFFER_BIT, gl.NEAREST)
	gl.BindFramebufferEXT(gl.READ_FRAMEBUFFER_EXT, 0)
}

// draw puts the part from, in texels, on the place to, in pixels of a window of the size view.
func (t *texture) draw(view image.Point, to, from Rect) {
	gl.Enable(gl.TEXTURE_2D)
	gl.BindTexture(gl.TEXTURE_2D, t.name)
	w, h := float64(t.size.X), float64(t.size.Y)
	quad(view, to, Rect{from.X0 / w, from.Y0 / h, from.X1 / w, from.Y1 / h})
	gl.Disable(gl.TEXTURE_2D)
}

// quad draws a rectangle of pixels of a window of the size view, in the texture that is bound, of
// which from (0..1) is shown, or in the current colour. One without an area is not drawn.
func quad(view image.Point, to, from Rect) {
	if to.empty() {
		return
	}
	gl.Begin(gl.TRIANGLE_STRIP)
	for _, corner := range [4][4]float64{
		{to.X0, to.Y1, from.X0, from.Y1},
		{to.X1, to.Y1, from.X1, from.Y1},
		{to.X0, to.Y0, from.X0, from.Y0},
		{to.X1, to.Y0, from.X1, from.Y0},
	} {
		gl.TexCoord2f(float32(corner[2]), float32(corner[3]))
		gl.Vertex2f(float32(2*corner[0]/float64(view.X)-1), float32(1-2*corner[1]/float64(view.Y)))
	}
	gl.End()
}
