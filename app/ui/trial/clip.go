package trial

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"

	"butluc/app/console"
	"butluc/app/console/clips"
	"butluc/app/i18n"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/presenter/projector"
)

// clipBar has what moves the recording that the court sees: only here, never on the court screen.
type clipBar struct {
	s       *console.Session
	content *fyne.Container

	at, passage *canvas.Text
	sound       *widgets.Paragraph
	done        *widgets.Bar
	play, mute  *widgets.Button
}

func newClipBar(s *console.Session, do func(keys.Action)) *clipBar {
	c := &clipBar{s: s, done: widgets.NewBar()}
	text := func(token theme.Token, size float32) *canvas.Text {
		t := canvas.NewText("", theme.Color(token))
		t.TextSize = size
		return t
	}
	c.at, c.passage = text(theme.Text, theme.TextHead), text(theme.Muted, theme.TextBase)
	c.sound = widgets.NewParagraph(theme.TextSmall, false, theme.Muted)
	c.at.TextStyle.Bold = true
	button := func(label string, icon fyne.Resource, a keys.Action) *widgets.Button {
		return widgets.NewButton(label, icon, widgets.Plain, func() { do(a) })
	}
	c.play = button(s.T("clip.play"), fynetheme.MediaPlayIcon(), keys.PlayOrNext)
	c.play.Hint, c.play.Wide = keys.Hint(s.In(), keys.Trial, keys.PlayOrNext), 150
	c.mute = button(s.T("clip.mute"), fynetheme.VolumeMuteIcon(), keys.Mute)
	c.mute.Hint = keys.Hint(s.In(), keys.Trial, keys.Mute)
	row := container.NewHBox(
		c.play, button("", fynetheme.MediaReplayIcon(), keys.Replay),
		button(s.T("clip.before"), nil, keys.ContextBack), button("", fynetheme.MediaSkipPreviousIcon(), keys.FrameBack),
		button("", fynetheme.MediaSkipNextIcon(), keys.FrameNext), button(s.T("clip.after"), nil, keys.ContextNext),
		button("−", fynetheme.VolumeDownIcon(), keys.Quieter), button("+", fynetheme.VolumeUpIcon(), keys.Louder), c.mute,
	)
	sound := widgets.NewColumn(c.sound)
	sound.Edge = 2
	const soundWide, timesTall = 260, 22
	done := container.New(layout.NewCustomPaddedLayout(9, 9, theme.Gap, theme.Gap), c.done)
	times := container.NewBorder(nil, nil, container.NewHBox(c.at, c.passage), container.NewStack(widgets.Space(soundWide, timesTall), sound.Content()), done)
	c.content = container.NewVBox(times, row)
	c.content.Hide()
	return c
}

// update shows where the clip is.
func (c *clipBar) update() {
	clip, ok := c.s.Clips.Now()
	widgets.Show(c.content, ok)
	if !ok {
		return
	}
	set := func(t *canvas.Text, text string, tint color.Color) {
		if t.Text != text || t.Color != tint {
			t.Text, t.Color = text, tint
			t.Refresh()
		}
	}
	set(c.at, library.Clock(clip.At), theme.Color(theme.Text))
	passage := c.s.T("clip.passage", "from", library.Clock(clip.Span.From), "to", library.Clock(clip.Span.To))
	if clip.Span.Rate() != 100 {
		passage += " · " + c.s.T("clip.speed", "percent", clip.Span.Rate())
	}
	set(c.passage, passage, theme.Color(theme.Muted))
	c.sound.SetText(soundText(c.s.In(), clip))
	c.sound.SetTint(soundToken(clip))
	c.done.Set(clip.At-clip.Span.From, clip.Span.To-clip.Span.From)
	label, icon := "clip.play", fynetheme.MediaPlayIcon()
	if clip.Playing {
		label, icon = "clip.pause", fynetheme.MediaPauseIcon()
	}
	if c.play.Icon.Name() != icon.Name() {
		c.play.Icon = icon
		c.play.Label = c.s.T(label)
		c.play.Refresh()
	}
	style := widgets.Plain
	if clip.Span.Mute {
		style = widgets.Chosen
	}
	c.mute.SetStyle(style)
}

// soundText says how loud it is, and from where.
func soundText(in i18n.Catalogue, c clips.Clip) string {
	switch {
	case c.Film.Sound == projector.SoundNone:
		return in.T("clip.soundless")
	case c.Film.Sound == projector.SoundDeaf:
		return in.T("clip.no-device")
	case c.Span.Mute:
		return in.T("clip.muted")
	case c.Film.Device == "":
		return in.T("clip.volume", "percent", c.Span.Loudness())
	}
	return in.T("clip.volume", "percent", c.Span.Loudness()) + " · " + clips.Speaker{Device: c.Film.Device}.Name(in)
}

func soundToken(c clips.Clip) theme.Token {
	if c.Span.Mute || c.Film.Sound == projector.SoundDeaf {
		return theme.Warn
	}
	return theme.Muted
}

// film is the moving picture on the mirror, small and a few times a second.
type film struct {
	picture *widgets.Picture
	image   *canvas.Image
}

func newFilm(picture *widgets.Picture) *film {
	f := &film{picture: picture, image: &canvas.Image{ScaleMode: canvas.ImageScaleFastest, FillMode: canvas.ImageFillStretch}}
	f.image.Hide()
	return f
}

// update shows what moves, at its place in the frame that the mirror shows.
func (f *film) update(frame projector.Frame, made bool, now projector.Film) {
	if now.Mirror == nil || !made || frame.Image == nil {
		f.image.Hide()
		return
	}
	at, size := f.picture.Whole()
	unit := size.Width / float32(frame.Image.Rect.Dx())
	f.image.Image = now.Mirror
	f.image.Move(at.AddXY(float32(now.Place.Min.X)*unit, float32(now.Place.Min.Y)*unit))
	f.image.Resize(fyne.NewSize(float32(now.Place.Dx())*unit, float32(now.Place.Dy())*unit))
	f.image.Show()
	f.image.Refresh()
}
