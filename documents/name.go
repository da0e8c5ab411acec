package documents

import "strings"

// letters of German titles that file systems, mail programs and URLs do not agree on.
var plainLetters = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue", "ß", "ss")

// fileName is a readable name that every system takes: "Angebot-AN-2026-0007.pdf", "Angebot-Entwurf.pdf".
func fileName(title, number string, draft bool) string {
	if draft {
		number = "Entwurf"
	}
	words := strings.FieldsFunc(plainLetters.Replace(title+" "+number), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "-") + ".pdf"
}
