package texts

import (
	"auftragsmappe/documents/content"
	"auftragsmappe/documents/de"
)

// front is the head of the copy: title, version, state of the review, and how to read it.
func (r *copier) front() []content.Block {
	out := []content.Block{content.Heading{Level: 1, Kicker: "Lesefassung zur Prüfung", Text: said(r.row.Title)}}
	out = append(out, factTable("Der Text und sein Stand",
		fact("Version des Textes", fixed(r.text.Version)...),
		fact("Stand der Prüfung", said(r.state)...))...)
	return append(out, content.Para{Style: content.Label, Text: said("So lesen Sie diese Fassung")}, r.instructions())
}

// instructions say what is shown how, as far as this text needs it.
func (r *copier) instructions() content.List {
	l := content.List{Style: content.Dash}
	add := func(when bool, s ...content.Span) {
		if when {
			l.Items = append(l.Items, []content.Block{content.Para{Text: s}})
		}
	}
	say := func(s string) content.Span { return content.Span{Text: s} }
	italic := func(s string) content.Span { return content.Span{Text: s, Style: content.Italic} }
	link := func(s, to string) content.Span { return content.Span{Text: s, Link: to} }
	add(true, say("Hier steht der ganze Text mit allen Varianten, auch solchen, die einander ausschließen. Ausgewählt wird erst für einen Auftrag."))
	add(true, say("Links neben dem Wortlaut steht, wann ein Satz gilt; steht dort nichts, gilt er immer. Mit „und“ verbundene Bedingungen müssen alle erfüllt sein. Was jede bedeutet, sagt das Verzeichnis der "), link("Bedingungen", "#bedingungen"), say("."))
	add(true, italic("[Kursiv in Klammern]"), say(" stehen Leerstellen, die das Programm aus den Angaben füllt. Tabellen und Listen, zu denen nichts angegeben ist, entfallen. Alles erklärt das Verzeichnis der "), link("Leerstellen", "#leerstellen"), say("."))
	add(!r.deed, italic("Ihnen"+de.NBSP+"/ dir"), say(": Der Brief verwendet die Form der gewählten Anrede. "), italic("ich"+de.NBSP+"/ wir"), say(": „wir“ schreiben Gesellschaften, „ich“ schreiben Einzelpersonen."))
	add(true, say("Die Parteien stehen in der männlichen Form. Das Dokument verwendet, was zu ihnen passt: „der Auftraggeber“, „die Auftraggeberin“ oder „die auftraggebende Partei“, mit den passenden Fürwörtern."))
	add(r.deed, say("Paragrafen und Absätze sind so gezählt, als stünde der ganze Text im Dokument. Entfällt dort etwas, zählt das Programm ohne Lücke weiter, und die Verweise gehen mit."))
	add(r.used.plain, say("Kursiv unter einer Überschrift steht, worum es in dem Abschnitt geht; im Dokument steht es nicht."))
	add(r.used.covers, say("„Deckt ab“ und Kürzel am Rand nennen, welche gesetzliche Vorgabe oder gute Übung der Text an dieser Stelle erfüllt, mit der Quelle. Das Verzeichnis „"), link("Was der Text abdeckt", "#deckt-ab"), say("“ fasst sie zusammen."))
	add(!r.deed, say("Briefkopf, Anschrift, Infoblock mit Nummern und Daten sowie die Fußzeile mit Geschäftsangaben kommen aus den Angaben der Parteien; sie sind hier nicht abgedruckt."))
	add(true, say("Für Ihre Anmerkungen ist der Rand da und am Ende der "), link("Prüfvermerk", "#pruefvermerk"), say("."))
	return l
}
