package label

import (
	"slices"
	"strings"

	"butluc/app/i18n"
	"butluc/library"
)

// otherRoles are words of the file for roles that the catalogue calls otherwise.
func otherRoles() map[string]string {
	return map[string]string{"bị can": "bi-cao", "nhân chứng": "nguoi-lam-chung", "luật sư": "nguoi-bao-chua", "người có quyền lợi": "nguoi-lien-quan"}
}

// ParsePerson reads a person as one writes them down: "Trần Văn M", "Trần Văn M, bị cáo", "bị cáo Trần Văn M". The words of the
// roles are those of the file, Vietnamese, whatever the window speaks; what is none stays in the name.
func ParsePerson(line string) library.Person {
	line = strings.Join(strings.Fields(line), " ")
	words := otherRoles()
	in := i18n.In("vi")
	for _, code := range library.Roles {
		words[in.T("role."+code)] = code
	}
	longest := make([]string, 0, len(words))
	for word := range words {
		longest = append(longest, word)
	}
	slices.SortFunc(longest, func(a, b string) int { return len(b) - len(a) })
	name, role, told := strings.Cut(line, ",")
	if role = library.Fold(strings.TrimSpace(role)); told {
		for _, word := range longest {
			if role == library.Fold(word) {
				return library.Person{Name: strings.TrimSpace(name), Role: words[word]}
			}
		}
	}
	for _, word := range longest {
		n := len([]rune(word))
		if letters := []rune(line); len(letters) > n+1 && letters[n] == ' ' && library.Fold(string(letters[:n])) == library.Fold(word) {
			return library.Person{Name: strings.TrimSpace(string(letters[n:])), Role: words[word]}
		}
	}
	return library.Person{Name: line}
}
