package door

import (
	"strings"
	"sync"
	"unicode"

	"auftragsmappe/documents/de"
)

// vocabulary is the values of a field by the words that mean them, folded. The format's own words are among them.
var vocabulary = map[string]map[string]string{
	"salutation": meanings("Frau: frau, fr, mrs, ms, miss, weiblich; Herr: herr, herrn, hr, mr, mister, maennlich; divers: divers, diverse, mx, nonbinaer, nichtbinaer"),
	"gender":     meanings("f: f, w, weiblich, female, frau; m: m, maennlich, male, mann, herr; d: d, divers, diverse; n: n, keine, keineangabe"),
	"stage": meanings("offer: offer, angebot, nurangebot, nurdasangebot; contract: contract, vertrag, nurvertrag; " +
		"complete: complete, komplett, vollstaendig, alles, allesaufeinmal, angebotundvertrag, alledokumente"),
	"tone": meanings("sie: sie, persie, formell, foermlich; du: du, perdu, duzen, informell"),
	"unit": meanings("flat: flat, pauschal, pauschale, psch, festpreis; hour: hour, hours, stunde, stunden, std, h; " +
		"piece: piece, pieces, stueck, stk, stck, pcs, mal; month: month, months, monat, monate"),
	"nature":       meanings("result: result, werk, ergebnis, werkvertrag; service: service, dienst, dienstleistung, dienstvertrag"),
	"unused_hours": meanings("refund: refund, erstatten, erstattung, auszahlen, rueckerstattung; extend: extend, verlaengern, verlaengerung, uebertragen"),
	"period":       meanings("month: month, monat, promonat, monatlich; total: total, gesamt, insgesamt"),
	"currency":     meanings("EUR: eur, euro, euros, €"),
	"treatment": meanings("standard: standard, 19, 19%, regelsteuersatz, regelbesteuerung, normal; reduced: reduced, 7, 7%, ermaessigt; " +
		"small_business: smallbusiness, kleinunternehmer, kleinunternehmerregelung, 19ustg, §19ustg; " +
		"reverse_charge: reversecharge, steuerschuldnerschaftdesleistungsempfaengers; not_taxable: nottaxable, nichtsteuerbar"),
	"handover": meanings("team_account: teamaccount, teamzugang, eigenerzugang, eigenesbenutzerkonto, einladung, teammitglied; " +
		"password_manager: passwordmanager, passwortmanager, passworttresor; api_key: apikey, apischluessel; other: other, sonstiges, anders"),
	"expenses":              meanings("receipts: receipts, nachbeleg, gegenbeleg, belege; none: none, keine"),
	"rights":                meanings("simple: simple, einfach, einfache; exclusive: exclusive, exklusiv, ausschliesslich"),
	"references":            meanings("ask: ask, nachfragen, nachrueckfrage; yes: yes, ja, true, erlaubt; no: no, nein, false"),
	"subprocessor_approval": meanings("general: general, allgemein; separate: separate, gesondert, einzeln"),
	"channel":               meanings("slack: slack; teams: teams, microsoftteams, msteams; email: email, mail; telegram: telegram; phone: phone, telefon; video: video, videocall, zoom, videokonferenz"),
	"due":                   meanings("on_order: onorder, beiauftrag, beiauftragserteilung, beibeauftragung, sofort; on_completion: oncompletion, beiabschluss, beiabnahme, nachabschluss, beifertigstellung"),
}

// forms are the legal forms by their names, folded; other stands only for itself and is never concluded.
var forms = meanings("person: person, natuerlicheperson, einzelperson; " +
	"sole_trader: soletrader, einzelunternehmen, einzelunternehmer, einzelunternehmerin, einzelunternehmerinoderfreiberuflerin, einzelunternehmerfreiberufler, einzelunternehmenfreiberuflich, " +
	"freiberufler, freiberuflerin, freiberuflich, freiberuf, selbststaendig, selbstaendig, selbststaendige, selbststaendiger, soloselbststaendig, soloselbststaendige, soloselbststaendiger, " +
	"freelancer, freelancerin, selfemployed, solopreneur, gewerbetreibend, gewerbetreibende, gewerbetreibender, kleingewerbe, kleinunternehmer, kleinunternehmerin, ek, ekfm, ekfr, eingetragenerkaufmann, eingetragenekauffrau, eu, eingetragenesunternehmen; " +
	"gbr: gbr, egbr, gesellschaftbuergerlichenrechts; ohg: ohg, offenehandelsgesellschaft; " +
	"kg: kg, kommanditgesellschaft, gmbhcokg, gmbhundcokg, ugcokg, ughaftungsbeschraenktcokg, agcokg; " +
	"gmbh: gmbh, ggmbh, gesellschaftmitbeschraenkterhaftung; ug: ug, ughaftungsbeschraenkt, unternehmergesellschaft, unternehmergesellschafthaftungsbeschraenkt, gug, miniGmbH; " +
	"ag: ag, gag, aktiengesellschaft; ev: ev, verein, eingetragenerverein; " +
	"partg: partg, partgmbb, partnerschaft, partnerschaftsgesellschaft, partnerschaftsgesellschaftmbb, partgesellschaft; " +
	"public_body: publicbody, behoerde, kommune, gemeinde, stadt, landkreis, oeffentlicheeinrichtung, oeffentlicherauftraggeber, oeffentlicheverwaltung, koerperschaftdesoeffentlichenrechts, kdoer, anstaltdesoeffentlichenrechts, aoer, oeffentlichestelle; " +
	"consumer: consumer, verbraucher, verbraucherin, privat, privatperson, privatkunde, privatkundin; other: other")

// meanings reads "value: word, word; value: …".
func meanings(s string) map[string]string {
	out := map[string]string{}
	for row := range strings.SplitSeq(s, ";") {
		meaning, names, _ := strings.Cut(row, ":")
		for _, name := range list2(names) {
			out[wordKey(name)] = strings.TrimSpace(meaning)
		}
	}
	return out
}

// wordKey is a word as the tables have it: like plainKey, and some signs count.
func wordKey(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) || strings.ContainsRune("%€§✓✔", c) {
			return c
		}
		return -1
	}, folded(s))
}

// Answers to yes-or-no questions, folded.
var (
	yes     = set("ja j yes y true wahr 1 on x ✓ ✔ checked angekreuzt stimmt jawohl jep klar ausgewaehlt zutreffend trifftzu")
	no      = set("nein n no false falsch off nicht keinesfalls unchecked nichtzutreffend trifftnichtzu keine")
	unknown = set("weissnicht weissichnicht weissichnochnicht unklar unbekannt keineahnung ungewiss nochoffen offen nochunklar vielleicht evtl eventuell nichtsicher binunsicher dontknow idontknow unknown unsure notsure null undefined keineangabe")
)

// blanks are how people say that a field does not apply, folded; "-" and "–" fold to nothing.
var blanks = set("keine kein keinen na nv entfaellt nichtvorhanden none null undefined keineangabe ka nichtzutreffend")

// isBlankWord says that a text only says that there is nothing to say.
func isBlankWord(s string) bool {
	key := plainKey(s)
	return key == "" && len(s) <= len("–––") || blanks[key]
}

// openEnd are words for "no end", folded.
var openEnd = set("unbefristet offen openended open ohneende keinende keins keines unbegrenzt laufend biswiderruf keine")

// moreCountries are names of countries beside the German ones.
var moreCountries = meanings("DE: de, d, germany, brd, bundesrepublikdeutschland, ger; AT: at, a, austria, oe; CH: ch, switzerland, suisse, svizzera; " +
	"LI: liechtenstein; FR: france; NL: niederlande, netherlands, thenetherlands, holland; BE: belgium; LU: luxembourg; IT: italy, italia; ES: spain, espana; " +
	"PT: portugal; DK: denmark, danmark; SE: sweden, sverige; FI: finland; NO: norway; PL: poland, polska; CZ: tschechien, tschechischerepublik, czechia, czechrepublic; SK: slovakia, slowakei; " +
	"HU: hungary; SI: slovenia; HR: croatia; RO: romania; BG: bulgaria; GR: greece; IE: ireland, republikirland; EE: estonia; LV: latvia; LT: lithuania; CY: cyprus; MT: malta; " +
	"GB: uk, unitedkingdom, grossbritannien, england, greatbritain, schottland; US: usa, us, unitedstates, unitedstatesofamerica, vereinigtestaatenvonamerika, amerika")

// countryNames are all countries by their names and codes, folded.
var countryNames = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string(a) + string(b)
			if name := de.Country(code); name != code {
				out[plainKey(name)] = code
				out[plainKey(code)] = code
			}
		}
	}
	for name, code := range moreCountries {
		out[name] = code
	}
	return out
})

func country(s string) string { return countryNames()[plainKey(s)] }
