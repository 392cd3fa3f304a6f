package viettext

// tables have the letters of single bytes, 0 where a byte is what it is in Windows-1252.
var tables = [...][256]rune{
	TCVN3:         upperHalf(tcvn3),
	TCVN3Capitals: upperHalf(tcvn3),
	VPS:           upperHalf(vps),
	VISCII:        upperHalf(viscii),
}

// The letters of the bytes 0x80 to 0xFF, 16 a row; · is none of the encoding's.
const (
	// TCVN 5712:1993, VN3: small letters, and the capitals that have no tone.
	tcvn3 = "" +
		"················" +
		"················" +
		"·ĂÂÊÔƠƯĐăâêôơưđ·" +
		"·····àảãáạ·ằẳẵắ·" +
		"······ặầẩẫấậè·ẻẽ" +
		"éẹềểễếệìỉ···ĩíịò" +
		"·ỏõóọồổỗốộờởỡớợù" +
		"·ủũúụừửữứựỳỷỹýỵ·"
	// Of the Vietnamese Professionals Society's fonts; the capitals that share a byte with small letters are left out.
	vps = "" +
		"ÀẢÃẤẦẨọỗĂếềểệẮẰẲ" +
		"Ế··ỀỂỄỐỒỔỖýỷỵỚỜỞ" +
		"·ắằẳẵặỠớÙờởỡŨỨợỪ" +
		"ổỬỲỸÍÌộỈĨÓửữÒỎÕự" +
		"ầÁÂấẩẫậđẻÉÊẹỉễịỹ" +
		"ƯỦồốÔỏơÈừứÚũưÝẺ·" +
		"àáâãảạă·èéêẽìí·ĩ" +
		"ẴĐòóôõ·Ơụùúủ·ỶẼỳ"
	// RFC 1456; the six capitals at bytes below 0x20 are left out.
	viscii = "" +
		"ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ" +
		"ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ" +
		"Õắằặấầẩậẽẹếềểễệố" +
		"ồổỗỠƠộờởịỰỨỪỬơớƯ" +
		"ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ" +
		"ĐứÒÓÔạỷừửÙÚỹỵÝỡư" +
		"àáâãảăữẫèéêẻìíĩỉ" +
		"đựòóôõỏọụùúũủýợỮ"
)

func upperHalf(letters string) (t [256]rune) {
	code := 0x80
	for _, r := range letters {
		if r != '·' {
			t[code] = r
		}
		code++
	}
	return t
}

// VNI writes a letter with a tone as two: the letter, or its base, and a mark. The marks behind capitals are capital, too.
var vniPairs, vniSingles = vniTables()

func vniTables() (pairs map[[2]rune]rune, singles map[rune]rune) {
	pairs, singles = map[[2]rune]rune{}, map[rune]rune{}
	// Of each letter: how it is written without a tone, what is written before the mark of a tone, the marks of acute, grave,
	// hook, tilde and dot, and the six letters.
	for _, l := range []struct{ bare, base, marks, letters string }{
		{"a", "a", "ùøûõï", "aáàảãạ"},
		{"aâ", "a", "áàåãä", "âấầẩẫậ"},
		{"aê", "a", "éèúüë", "ăắằẳẵặ"},
		{"e", "e", "ùøûõï", "eéèẻẽẹ"},
		{"eâ", "e", "áàåãä", "êếềểễệ"},
		{"o", "o", "ùøûõï", "oóòỏõọ"},
		{"oâ", "o", "áàåãä", "ôốồổỗộ"},
		{"ô", "ô", "ùøûõï", "ơớờởỡợ"},
		{"u", "u", "ùøûõï", "uúùủũụ"},
		{"ö", "ö", "ùøûõï", "ưứừửữự"},
		{"y", "y", "ùøûõ", "yýỳỷỹ"},
		{"A", "A", "ÙØÛÕÏ", "AÁÀẢÃẠ"},
		{"AÂ", "A", "ÁÀÅÃÄ", "ÂẤẦẨẪẬ"},
		{"AÊ", "A", "ÉÈÚÜË", "ĂẮẰẲẴẶ"},
		{"E", "E", "ÙØÛÕÏ", "EÉÈẺẼẸ"},
		{"EÂ", "E", "ÁÀÅÃÄ", "ÊẾỀỂỄỆ"},
		{"O", "O", "ÙØÛÕÏ", "OÓÒỎÕỌ"},
		{"OÂ", "O", "ÁÀÅÃÄ", "ÔỐỒỔỖỘ"},
		{"Ô", "Ô", "ÙØÛÕÏ", "ƠỚỜỞỠỢ"},
		{"U", "U", "ÙØÛÕÏ", "UÚÙỦŨỤ"},
		{"Ö", "Ö", "ÙØÛÕÏ", "ƯỨỪỬỮỰ"},
		{"Y", "Y", "ÙØÛÕ", "YÝỲỶỸ"},
	} {
		bare, base, marks, letters := []rune(l.bare), []rune(l.base), []rune(l.marks), []rune(l.letters)
		if len(bare) == 2 {
			pairs[[2]rune{bare[0], bare[1]}] = letters[0]
		} else if bare[0] != letters[0] {
			singles[bare[0]] = letters[0]
		}
		for i, mark := range marks {
			pairs[[2]rune{base[0], mark}] = letters[i+1]
		}
	}
	for i, r := range []rune("æóòîÆÓÒÎñÑ") {
		singles[r] = []rune("ỉĩịỵỈĨỊỴđĐ")[i]
	}
	return pairs, singles
}
