package door

import (
	"regexp"
	"strings"

	"auftragsmappe/documents/decision"
)

// phrase is a question of a form by words that it has and words that it must not have; both are looked for in its words,
// folded, with one blank between them.
type phrase struct {
	field  string
	kind   valueKind
	has    *regexp.Regexp
	hasNot *regexp.Regexp // nil: nothing more than what never may
}

// phrases are tried when no name is found, the first that fits counts.
var phrases = []phrase{
	{access, kindAnswer, words2(`kundendaten|daten (?:\w+ )?(?:kunden|kundinnen|kaeufer|teilnehmer|endkunden)|customer data|customers data`), words2(`kategorien|arten|welche|which`)},
	{"/client/form", kindForm, words2(`rechtsform|legal form`), nil},
	{"/client/vat_id", kindText, words2(`ust id|ustid|ust idnr|umsatzsteuer id|umsatzsteuer identifikationsnummer|vat id|vat number`), words2(`haben|hast|have|do you`)},
	{"/client/email", kindText, words2(`e mail|email|mailadresse`), words2(`buchhaltung|rechnung|rechnungs|zweite|alternative|alternativ|newsletter|paypal|kopie|tool|postfach|postfaecher|marketing|programm|liste`)},
	{"/client/phone", kindText, words2(`telefon|telefonnummer|handynummer|mobilnummer|rueckrufnummer|phone number`), words2(`zeit|zeiten|lieber|uhrzeit|bevorzugt|wann|duerfen`)},
	{"/client/address", kindAddress, words2(`anschrift|adresse|postadresse|address`), words2(`mail|e mail|email|web|webadresse|website|webseite|homepage|seite|url|online|internet|ip|shop|rechnung|rechnungs|lieferadresse|zusatz`)},
	{"/client/person", kindPerson, words2(`ansprechpartner|ansprechpartnerin|ansprechperson|kontaktperson|unterschreibt|unterzeichnet|vertretungsberechtigt|contact person`), words2(`mail|telefon|nummer|funktion|position|rolle|zeiten`)},
	{"/client/name", kindCompany, words2(`(?:heisst|name|namen|name of|lautet) (?:\w+ ){0,3}(?:firma|unternehmens|unternehmen|company|organisation|betriebs)|firmenname`), nil},
	{"/scope/title", kindTitle, words2(`(?:heisst|titel|name|nennen) (?:\w+ ){0,2}(?:projekt|projekts|projektes|auftrag|auftrags)|welches projekt|worum geht es|um was geht es`), nil},
	{"/term/start", kindDate, words2(`(?:wann|starttermin|startdatum|start date|when) .*(?:start|starten|startet|beginn|beginnen|beginnt|losgehen|los|anfangen|begin)|starttermin|startdatum`), words2(`ende|endet|fertig|termin fuer|gespraech|erreichbar|call`)},
	{"/pricing/hourly_rate", kindRate, words2(`stundensatz|hourly rate`), words2(`bisher|bisheriger|wunsch|maximal|maximaler|hoechstens|max`)},
	{"/pricing/hours", kindDecimal, words2(`(?:wie viele|wieviele|anzahl|how many) (?:\w+ )?(?:stunden|hours)`), words2(`geschaetzt|geschaetzte|ungefaehr|max|maximal|hoechstens|woche|monat|tag|week|month|pro`)},
	{"/pricing/model", kindModel, words2(`abgerechnet|abrechnung|preismodell|abrechnungsmodell|verguetet|verguetung|pricing model`), words2(`adresse|e mail|mail|takt|zeitraum|name|hoehe|ansprechpartner`)},
	{"/pricing/payment/due_days", kindInt, words2(`zahlungsziel|zahlungsfrist`), nil},
	{"/pricing/discount_percent", kindPercent, words2(`rabatt|discount`), words2(`code|gutschein|gutscheincode|coupon`)},
	{"/pricing/items", kindBudget, words2(`budget|preisvorstellung`), nil},
	{"/scope/services", kindServices, words2(`(?:welche|which|what) (?:\w+ )?(?:leistungen|services|aufgaben)|leistungen`), words2(`nicht|preis|preise|kosten|bereits|bisher`)},
	{access, kindTools, words2(`(?:welche|welchen|which|what) (?:\w+ )?(?:tools|programme|programmen|software|systeme|systemen|plattformen|werkzeuge|zugaenge)|zugriff auf (?:\w+ )?tools|tools`), words2(`erfahrung|lernen|bisher|nicht|kein|keine|empfehlen|interessieren`)},
}

// never are words of consent, and of the other side: a question with them means none of the above.
var never = words2(`datenschutz\w*|dsgvo|gdpr|privacy|einwillig\w*|einverstanden|zustimm\w*|stimme|akzeptier\w*|gelesen|consent|agree|accept|agb|newsletter abonnieren|` +
	`auftragnehmer\w*|contractor|dienstleister\w*|freelancer\w*|utm|form|hidden`)

func words2(pattern string) *regexp.Regexp {
	return regexp.MustCompile(`(?:^| )(?:` + pattern + `)(?: |$)`)
}

// phraseOf finds what a question in several words asks for.
func phraseOf(label string) *target {
	all := words(label)
	s := strings.Join(all, " ")
	if len(all) < 2 || never.MatchString(s) {
		return nil
	}
	if t := loginOf(all); t != nil {
		return t
	}
	for _, p := range phrases {
		if p.has.MatchString(s) && (p.hasNot == nil || !p.hasNot.MatchString(s)) {
			return &target{&alias{field: p.field, kind: p.kind}, p.field}
		}
	}
	return nil
}

// alternatives reads "Telefon / Mobil", whose parts mean the same field.
func alternatives(label string) *target {
	parts := strings.FieldsFunc(label, func(c rune) bool { return c == '/' || c == '|' })
	if len(parts) != 2 {
		return nil
	}
	a, b := lookup(parts[0]), lookup(parts[1])
	switch {
	case a == nil || b == nil || a.place != b.place:
		return nil
	case b.kind == kindName: // "Firma / Name" can be either
		return b
	}
	return a
}

// loginWords stand before the name of a tool: Zugang zu WordPress.
var loginWords = regexp.MustCompile(`^(?:zugang|zugaenge|zugriff|login|zugangsdaten|access) (?:zu |auf |fuer |bei |to |in )?(?:(?:das|die|dem|den|der|ihr|ihrem|ihren|ihre) )?(.+)$`)

// loginOf finds the tool of the catalogue that a label asks access for.
func loginOf(label []string) *target {
	m := loginWords.FindStringSubmatch(strings.Join(label, " "))
	if m == nil {
		return nil
	}
	t, ok := decision.Find(m[1])
	if !ok {
		return nil
	}
	return &target{&alias{field: access, kind: kindLogin}, access + "/" + toolName(t, m[1])}
}
