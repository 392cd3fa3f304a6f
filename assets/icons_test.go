package assets_test

import (
	"bytes"
	"encoding/xml"
	"image"
	_ "image/png"
	"slices"
	"testing"

	"butluc/assets"
)

func TestEveryIconCanBeTinted(t *testing.T) {
	for _, name := range assets.IconNames() {
		var svg struct {
			ViewBox string `xml:"viewBox,attr"`
			Paths   []struct {
				Fill string `xml:"fill,attr"`
				D    string `xml:"d,attr"`
			} `xml:"path"`
			Rest []struct{ XMLName xml.Name } `xml:",any"`
		}
		if err := xml.Unmarshal(assets.Icon(name), &svg); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if svg.ViewBox != "0 0 24 24" || len(svg.Paths) == 0 || len(svg.Rest) > 0 {
			t.Errorf("%s is not paths in a box of 24 by 24: %+v", name, svg)
		}
		for _, p := range svg.Paths {
			if p.Fill != "#000000" || p.D == "" {
				t.Errorf("%s has a path that is not black: %+v", name, p)
			}
		}
	}
}

func TestTheRoomsHaveTheirIcons(t *testing.T) {
	for _, name := range []string{"shelf", "prepare", "trial", "settings", "blank", "take", "screen", "warning"} {
		if !slices.Contains(assets.IconNames(), name) || assets.Icon(name) == nil {
			t.Errorf("there is no icon %q", name)
		}
	}
	if assets.Icon("../icon") != nil || assets.Icon("") != nil {
		t.Error("an icon that does not exist has a drawing")
	}
}

func TestAppIconIsASquare(t *testing.T) {
	config, format, err := image.DecodeConfig(bytes.NewReader(assets.AppIcon()))
	if err != nil || format != "png" || config.Width != 512 || config.Height != 512 {
		t.Errorf("the icon is %s, %d by %d: %v", format, config.Width, config.Height, err)
	}
}
