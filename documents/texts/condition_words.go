package texts

import (
	"slices"
	"strings"
)

// conditionWords are the German words of a condition, for whoever reads a text and not its source.
type conditionWords struct {
	holds string // goes on after "nur": "bei Stundenpaket", "wenn Raten vereinbart sind"
	fails string // the same of the negated condition
	means string // what the program looks at: one sentence
}

// wordsOf has the words of every condition that a text may ask for, and of no other.
var wordsOf = mergedSlots(sharedWords, letterWords, contractWords, ndaWords, avvWords)

var sharedWords = map[string]conditionWords{
	"result_package": {"bei Festpreis", "wenn kein Festpreis vereinbart ist", "Preismodell: ein Paket zu einem festen Preis."},
	"hour_package":   {"bei Stundenpaket", "wenn kein Stundenpaket vereinbart ist", "Preismodell: ein Kontingent von Stunden, im Voraus bezahlt."},
	"tracked_hours":  {"bei Abrechnung nach Aufwand", "wenn nicht nach Aufwand abgerechnet wird", "Preismodell: geleistete Stunden, im Nachhinein abgerechnet."},
	"package":        {"bei einem Paket", "ohne ein Paket", "Preismodell: Festpreis oder Stundenpaket, also nicht nach Aufwand."},

	"small_business": {"bei Kleinunternehmerregelung", "ohne Kleinunternehmerregelung", "Der Auftragnehmer ist Kleinunternehmer (§ 19 UStG)."},
	"reverse_charge": {"bei Steuerschuldnerschaft des Auftraggebers", "ohne Steuerschuldnerschaft des Auftraggebers", "Der Auftraggeber sitzt in einem anderen EU-Staat; er schuldet die Umsatzsteuer dort."},
	"not_taxable":    {"wenn die Leistung in Deutschland nicht steuerbar ist", "wenn die Leistung in Deutschland steuerbar ist", "Der Auftraggeber sitzt außerhalb der EU (§ 3a Abs. 2 UStG), oder es ist so angegeben."},
	"standard_vat":   {"wenn deutsche Umsatzsteuer anfällt", "wenn keine deutsche Umsatzsteuer anfällt", "Zum Preis gehört Umsatzsteuer zum allgemeinen oder ermäßigten Satz."},

	"has_start":  {"wenn ein Beginn angegeben ist", "wenn kein Beginn angegeben ist", "Der erste Tag der Zusammenarbeit ist angegeben."},
	"fixed_term": {"mit vereinbartem Ende", "ohne vereinbartes Ende", "Der letzte Tag der Zusammenarbeit ist angegeben."},
	"open_term":  {"ohne vereinbartes Ende", "mit vereinbartem Ende", "Ein letzter Tag der Zusammenarbeit ist nicht angegeben."},
	"has_notice": {"mit vereinbarter Kündigungsfrist", "ohne vereinbarte Kündigungsfrist", "Eine Kündigungsfrist in Wochen ist angegeben."},

	"nda":            {"mit Vertraulichkeitsvereinbarung", "ohne Vertraulichkeitsvereinbarung", "Eine Vertraulichkeitsvereinbarung wird zugleich ausgestellt oder liegt schon vor."},
	"avv":            {"mit Auftragsverarbeitungsvertrag", "ohne Auftragsverarbeitungsvertrag", "Ein Auftragsverarbeitungsvertrag wird zugleich ausgestellt oder liegt schon vor."},
	"precaution":     {"bei vorsorglichem Abschluss", "wenn der Abschluss nicht nur vorsorglich ist", "Ob ein Zugang personenbezogene Daten zeigt, ist nicht bekannt; im Zweifel wird es angenommen."},
	"offer_cited":    {"mit Angebot", "ohne Angebot", "Ein Angebot wird zugleich ausgestellt oder liegt schon vor."},
	"contract_cited": {"mit Vertrag über freie Mitarbeit", "ohne Vertrag über freie Mitarbeit", "Ein Vertrag wird zugleich ausgestellt oder liegt schon vor."},

	"access":        {"wenn Zugänge vorgesehen sind", "wenn keine Zugänge vorgesehen sind", "Mindestens ein Zugang zu einem Werkzeug des Auftraggebers ist angegeben."},
	"one_access":    {"bei genau einem Zugang", "wenn es nicht genau ein Zugang ist", "Genau ein Zugang ist angegeben."},
	"many_access":   {"bei mehreren Zugängen", "bei höchstens einem Zugang", "Mindestens zwei Zugänge sind angegeben."},
	"out_of_scope":  {"wenn Ausschlüsse aufgezählt sind", "wenn keine Ausschlüsse aufgezählt sind", "Es ist aufgezählt, was nicht zum Auftrag gehört."},
	"client_duties": {"wenn die Mitwirkung aufgezählt ist", "wenn die Mitwirkung nicht aufgezählt ist", "Es ist aufgezählt, was der Auftraggeber beiträgt."},
	"summary":       {"mit Beschreibung des Vorhabens", "ohne Beschreibung des Vorhabens", "Das Vorhaben ist in eigenen Worten beschrieben."},
	"communication": {"wenn Kommunikationswege genannt sind", "wenn keine Kommunikationswege genannt sind", "Mindestens ein Weg der Verständigung ist angegeben."},
	"telegram":      {"wenn Telegram vereinbart ist", "wenn Telegram nicht vereinbart ist", "Telegram ist einer der Kommunikationswege."},

	"instalments":   {"wenn Raten vereinbart sind", "wenn keine Raten vereinbart sind", "Der Preis wird in mindestens einer Rate gezahlt, mit Anteil und Fälligkeit."},
	"part_invoice":  {"bei Rechnung über eine Rate", "bei Rechnung über den ganzen Preis", "Die Rechnung fordert nur die erste Rate."},
	"cash_discount": {"wenn Skonto vereinbart ist", "wenn kein Skonto vereinbart ist", "Prozentsatz und Frist eines Skontos sind angegeben."},
	"discount":      {"wenn ein Rabatt gewährt wird", "wenn kein Rabatt gewährt wird", "Ein Rabatt in Prozent ist angegeben."},
	"due":           {"mit Zahlungsfrist", "ohne Zahlungsfrist", "Die Zahlungsfrist beträgt mindestens einen Tag; sonst ist sofort zu zahlen."},
	"cap":           {"mit Obergrenze", "ohne Obergrenze", "Eine Höchstzahl abrechenbarer Stunden ist angegeben."},
	"estimate":      {"mit Schätzung des Aufwands", "ohne Schätzung des Aufwands", "Die erwartete Zahl der Stunden ist angegeben."},
	"monthly":       {"bei monatlicher Abrechnung", "ohne monatliche Abrechnung", "Schätzung, Obergrenze und Rechnung beziehen sich auf den Kalendermonat."},
	"hours_expire":  {"bei befristetem Abruf der Stunden", "ohne Frist für den Abruf der Stunden", "Ein letzter Tag für den Abruf ist angegeben; sonst gilt das Ende der Zusammenarbeit."},
	"unused_refund": {"wenn übrige Stunden erstattet werden", "wenn übrige Stunden nicht erstattet werden", "Für Stunden, die am letzten Tag des Abrufs übrig sind, ist Erstattung gewählt (Regelfall)."},
	"unused_extend": {"wenn übrige Stunden abrufbar bleiben", "wenn übrige Stunden nicht abrufbar bleiben", "Für Stunden, die am letzten Tag des Abrufs übrig sind, ist weiterer Abruf gewählt."},

	"client_public":  {"wenn der Auftraggeber eine öffentliche Stelle ist", "wenn der Auftraggeber keine öffentliche Stelle ist", "Rechtsform des Auftraggebers: öffentliche Stelle."},
	"public_body":    {"wenn der Auftraggeber eine öffentliche Stelle ist", "wenn der Auftraggeber keine öffentliche Stelle ist", "Rechtsform des Auftraggebers: öffentliche Stelle."},
	"client_foreign": {"wenn der Auftraggeber im Ausland sitzt", "wenn der Auftraggeber in Deutschland sitzt", "Die Anschrift des Auftraggebers liegt außerhalb Deutschlands."},
	"insurance":      {"mit Berufshaftpflichtversicherung", "ohne Berufshaftpflichtversicherung", "Der Versicherer des Auftragnehmers ist angegeben."},

	"special_categories": {"bei besonderen Kategorien von Daten", "ohne besondere Kategorien von Daten", "Es ist angegeben, dass Daten nach Art. 9 DSGVO verarbeitet werden."},

	"sie":         {"in der Sie-Form", "in der du-Form", "Der Brief spricht mit Sie an (Regelfall)."},
	"du":          {"in der du-Form", "in der Sie-Form", "Der Brief spricht mit du an."},
	"late_offer":  {"wenn das Angebot über den Beginn hinaus gilt", "wenn das Angebot vor dem Beginn endet", "Das Angebot lässt sich noch nach dem geplanten Beginn annehmen."},
	"one_service": {"bei genau einer Leistung", "bei mehreren Leistungen", "Genau eine Leistung ist angegeben."},
	"by_password": {"wenn Zugangsdaten geteilt werden", "wenn keine Zugangsdaten geteilt werden", "Ein Zugang läuft über Passwortmanager oder API-Schlüssel, oder sein Weg ist nicht festgelegt."},
}

var letterWords = map[string]conditionWords{
	"same_date":      {"wenn Angebot und Vertrag vom selben Tag sind", "wenn Angebot und Vertrag von verschiedenen Tagen sind", "Angebot und Vertrag tragen dasselbe Datum."},
	"avv_follows":    {"wenn ein Auftragsverarbeitungsvertrag folgt", "wenn kein Auftragsverarbeitungsvertrag folgt", "Nach der Annahme des Angebots ist ein Auftragsverarbeitungsvertrag zu schließen."},
	"papers_follow":  {"wenn Verträge folgen", "wenn keine Verträge folgen", "Nach der Annahme des Angebots ist mindestens ein Vertrag zu unterschreiben."},
	"hands_team":     {"bei Zugang über Team-Login", "wenn der Zugang nicht über Team-Login läuft", "Für diesen Zugang ist ein eigenes Benutzerkonto vorgesehen."},
	"hands_password": {"bei Zugang über Passwortmanager", "wenn der Zugang nicht über Passwortmanager läuft", "Für diesen Zugang ist die Freigabe im Passwortmanager vorgesehen."},
	"hands_key":      {"bei Zugang über API-Schlüssel", "wenn der Zugang nicht über API-Schlüssel läuft", "Für diesen Zugang ist ein API-Schlüssel vorgesehen."},
	"hands_other":    {"wenn der Weg des Zugangs offen ist", "wenn der Weg des Zugangs festgelegt ist", "Für diesen Zugang ist kein Weg festgelegt."},
	"has_rights":     {"wenn Rechte genannt sind", "wenn keine Rechte genannt sind", "Für diesen Zugang sind einzelne Rechte angegeben."},
	"unneeded":       {"wenn nicht gebrauchte Rechte Daten zeigen würden", "wenn keine nicht gebrauchten Rechte Daten zeigen würden", "Das Werkzeug kennt Rechte, die personenbezogene Daten zeigen und hier nicht gebraucht werden."},
	"one_unneeded":   {"wenn es genau ein solches Recht ist", "wenn es mehrere solche Rechte sind", "Genau ein nicht gebrauchtes Recht würde personenbezogene Daten zeigen."},
}

// together are conditions that read better in one phrase than joined by "und".
var together = []struct{ terms, phrase string }{
	{"!client_public !client_association", "wenn der Auftraggeber weder öffentliche Stelle noch Verein ist"},
	{"!one_channel !many_channels", "wenn keine Kommunikationswege genannt sind"},
	{"!home_office !office_only", "ohne Angabe zum Homeoffice"},
	{"unneeded one_unneeded", "wenn genau ein nicht gebrauchtes Recht Daten zeigen würde"},
	{"unneeded !one_unneeded", "wenn mehrere nicht gebrauchte Rechte Daten zeigen würden"},
}

// inWords is a condition after "nur": "bei Festpreis und wenn Raten vereinbart sind"; "" when there is none. Phrases
// with a verb stand last, as German sentences want it.
func (c condition) inWords() string {
	var phrases []string
	rest := c.unique()
	for _, pair := range together {
		if both := parseCondition(pair.terms); rest.has(both) {
			rest = slices.DeleteFunc(rest, func(t term) bool { return slices.Contains(both, t) })
			phrases = append(phrases, pair.phrase)
		}
	}
	for _, t := range rest {
		w := wordsOf[t.name]
		phrase := w.holds
		if t.not {
			phrase = w.fails
		}
		phrases = append(phrases, phrase)
	}
	slices.SortStableFunc(phrases, func(a, b string) int { return verb(a) - verb(b) })
	return strings.Join(phrases, " und ")
}

// verb says whether a phrase has one.
func verb(phrase string) int {
	if strings.HasPrefix(phrase, "wenn ") {
		return 1
	}
	return 0
}

// unique is the condition with each term once.
func (c condition) unique() condition {
	var out condition
	for _, t := range c {
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// has says that all terms of another condition are among these.
func (c condition) has(other condition) bool {
	return !slices.ContainsFunc(other, func(t term) bool { return !slices.Contains(c, t) })
}
