// Package heiftest makes small HEIC and AVIF files for tests: one coded tile, put together and described as the test says
// (ISO/IEC 23008-12). Encoders make none of mirrored pictures, grids and transparency.
package heiftest

import (
	"encoding/base64"
	"encoding/binary"
	"image"
	"slices"
)

// Tile is the size of the one coded picture: red above blue on the left, green above white on the right.
const Tile = 64

// Coded by x265 and libaom at quality 60, as ImageMagick has them do.
const (
	hevcConfig = "AQNwAAAAAAAAAAAAHvAA/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQCEAAQAoQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbqSSmubAgA" +
		"AAMACAAAAwAIQCIAAQAHRAHBcrAiQA=="
	hevcTile  = "AAAAPSgBrwngIzaiP//70X3//uVfof61s3SnH+R3v//ScL//vUENE//2tIgP7ZoO/+mDaRZ1/PcYGfymWVfn878="
	av1Config = "gQAMAA=="
	av1Tile   = "EgAKBhgVf/2BCDItFkAGGGGEALSD6iFII0IltQ0Hm7IwcLwVV6dnZQI1iFktfEkTihaBG6tShh6A"
)

// File describes a file.
type File struct {
	AVIF       bool
	Tiles      image.Point // across and down
	Size       image.Point // of the picture that is cut from them, pixels
	Properties []string    // boxes: how it is turned, its colours; see Box
	Alpha      bool        // with the tile's brightness as transparency
}

// Box is a box of an ISO media file.
func Box(name, body string) string {
	return string(binary.BigEndian.AppendUint32(nil, uint32(8+len(body)))) + name + body
}

// Standing are the properties by which the picture is to be shown as Exif's orientation says: turned to the left in
// quarters, mirrored left to right before that.
func Standing(orientation int) []string {
	mirror, quarters := Box("imir", "\x01"), [...]int{1: 0, 2: 0, 3: 2, 4: 2, 5: 1, 6: 3, 7: 3, 8: 1}[orientation]
	turn := Box("irot", string(rune(quarters)))
	if slices.Contains([]int{2, 4, 5, 7}, orientation) {
		return []string{mirror, turn}
	}
	return []string{turn}
}

// Bytes is the file.
func (f File) Bytes() []byte {
	const versioned = "\x00\x00\x00\x00"
	brand, coding, config, tile := "heic", "hvc1", Box("hvcC", decode(hevcConfig)), decode(hevcTile)
	if f.AVIF {
		brand, coding, config, tile = "avif", "av01", Box("av1C", decode(av1Config)), decode(av1Tile)
	}
	// Item 1 is the grid; then its tiles, then its transparency, which all are the same bytes.
	tiles := f.Tiles.X * f.Tiles.Y
	items := 1 + tiles
	if f.Alpha {
		items++
	}
	properties := []string{config, Box("ispe", versioned+long(Tile)+long(Tile)), Box("ispe", versioned+long(f.Size.X)+long(f.Size.Y))}
	own := []int{3}
	for _, p := range f.Properties {
		properties = append(properties, p)
		own = append(own, len(properties))
	}
	properties = append(properties, Box("auxC", versioned+map[bool]string{
		false: "urn:mpeg:hevc:2015:auxid:1\x00", true: "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\x00",
	}[f.AVIF]))

	grid := "\x00\x00" + string([]byte{byte(f.Tiles.Y - 1), byte(f.Tiles.X - 1)}) + short(f.Size.X) + short(f.Size.Y)
	infos, uses, all := "", "", ""
	for i := 1; i <= items; i++ {
		kind, used := coding, []int{1, 2}
		switch {
		case i == 1:
			kind, used = "grid", own
		case f.Alpha && i == items:
			used = append(used, len(properties))
		default:
			all += short(i)
		}
		infos += Box("infe", "\x02\x00\x00\x00"+short(i)+short(0)+kind+"\x00")
		uses += short(i) + string([]byte{byte(len(used))})
		for _, u := range used {
			uses += string([]byte{byte(u)})
		}
	}
	refs := Box("dimg", short(1)+short(tiles)+all)
	if f.Alpha {
		refs += Box("auxl", short(items)+short(1)+short(1))
	}
	header := Box("ftyp", brand+versioned+"mif1"+brand)
	meta := func(data int) string {
		places := ""
		for i := 1; i <= items; i++ {
			at, length := data+len(grid), len(tile)
			if i == 1 {
				at, length = data, len(grid)
			}
			places += short(i) + short(0) + short(1) + long(at) + long(length)
		}
		return Box("meta", versioned+Box("hdlr", versioned+versioned+"pict"+versioned+versioned+versioned+"\x00")+
			Box("pitm", versioned+short(1))+
			Box("iloc", versioned+"\x44\x00"+short(items)+places)+
			Box("iinf", versioned+short(items)+infos)+
			Box("iref", versioned+refs)+
			Box("iprp", Box("ipco", join(properties))+Box("ipma", versioned+long(items)+uses)))
	}
	return []byte(header + meta(len(header)+len(meta(0))+8) + Box("mdat", grid+tile))
}

func join(list []string) (all string) {
	for _, s := range list {
		all += s
	}
	return all
}

func short(n int) string { return string(binary.BigEndian.AppendUint16(nil, uint16(n))) }

func long(n int) string { return string(binary.BigEndian.AppendUint32(nil, uint32(n))) }

func decode(b64 string) string {
	b, err := base64.StdEncoding.DecodeString(b64)
	if err != nil {
		panic(err)
	}
	return string(b)
}
