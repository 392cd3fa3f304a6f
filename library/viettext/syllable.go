package viettext

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A syllable is a beginning, a rhyme and one tone (Nguyễn Đình Hòa, Vietnamese, 1997, ch. 2).
var (
	beginnings = sync.OnceValue(func() map[string]bool {
		return set("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x")
	})
	rhymes = sync.OnceValue(func() map[string]bool {
		return set("a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et " +
			"ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu yêm yên yêng yêt yêu o oc oi om on ong " +
			"oong ooc op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông " +
			"ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uêt uơ uôc uôi uôm uôn uông uôt uy uya " +
			"uych uyn uynh uyp uyt uyu uyên uyêt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y")
	})
)

// The tones, decomposed: grave, acute, hook, tilde, dot.
const tones = "\u0300\u0301\u0309\u0303\u0323"

// syllable tells whether a word is a Vietnamese syllable that has a mark: a tone, or on a letter.
func syllable(word string) bool {
	var b strings.Builder
	toned, marked := 0, false
	for _, r := range norm.NFD.String(strings.ToLower(word)) {
		switch {
		case strings.ContainsRune(tones, r):
			toned++
			continue
		case r == 'đ' || unicode.Is(unicode.Mn, r):
			marked = true
		}
		b.WriteRune(r)
	}
	if toned > 1 || toned == 0 && !marked {
		return false
	}
	s := norm.NFC.String(b.String())
	for n := min(3, len([]rune(s))); n >= 0; n-- {
		runes := []rune(s)
		begin, rhyme := string(runes[:n]), string(runes[n:])
		if (n == 0 || beginnings()[begin]) && (rhymes()[rhyme] || begin == "gi" && rhyme == "") {
			return true
		}
	}
	return false
}
