package texts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
	"auftragsmappe/documents/money"
)

// TestRecht holds docs/recht.md against law.json, the texts and the law by date, which it prints.
func TestRecht(t *testing.T) {
	p := &lawPage{lib: library(t), used: map[string]bool{}}
	p.page()
	for name := range p.lib.law.Conditions {
		if !p.used[name] {
			t.Errorf("law.json: the German words for %q are not used", name)
		}
	}
	for _, name := range p.missing {
		t.Errorf("law.json: no German words for the condition %q", name)
	}
	golden(t, "../../docs/recht.md", p.b.String())
}

// TestLawFileIsTidy: one day of reading for all law, and no source that nothing cites.
func TestLawFileIsTidy(t *testing.T) {
	l := library(t).law
	if l.Read != de.VATRates.Known {
		t.Errorf("law.json was read on %s, law_dates.go on %s", l.Read, de.VATRates.Known)
	}
	cited := ""
	for _, it := range l.Items {
		cited += it.State + " "
	}
	for _, v := range l.Never {
		cited += v.State + " "
	}
	for number := range l.Sources {
		if !slices.Contains(strings.Fields(cited), number) {
			t.Errorf("law.json: nothing cites %s", number)
		}
	}
}

// lawPage writes the page about the law.
type lawPage struct {
	lib     *Library
	b       strings.Builder
	used    map[string]bool // conditions
	missing []string
}

func (p *lawPage) line(format string, args ...any) { fmt.Fprintf(&p.b, format+"\n", args...) }

// row is a line of a table; a bar would end its cell.
func (p *lawPage) row(cells ...string) {
	for i, c := range cells {
		cells[i] = strings.ReplaceAll(strings.ReplaceAll(c, "|", "/"), de.NBSP, " ")
	}
	p.line("| %s |", strings.Join(cells, " | "))
}

func (p *lawPage) head(cells ...string) {
	p.line("")
	p.row(cells...)
	p.line("|%s", strings.Repeat(" --- |", len(cells)))
}

const lawIntro = `<!-- erzeugt aus documents/texts/law.json, den Texten und documents/de/law_dates.go mit „make update“; bitte nicht von Hand ändern -->

# Recht: was die Dokumente regeln, und woher das kommt

Diese Seite zeigt, welcher Satz in welchem Dokument welche Vorschrift erfüllt. Sie hilft einer Anwältin oder einem Anwalt,
die Texte zu prüfen. **Sie ist keine Rechtsberatung, und die Texte hat noch niemand anwaltlich freigegeben.**

- **Rechtsstand:** Gesetze wurden mit dem Stand %s gelesen. Was danach kam, wurde nicht gesehen.
- **„Wortlaut gelesen“:** der Text der Vorschrift lag vor. Für die DSGVO ist das nicht vermerkt: Ihre Artikel gelten hier als „allgemeine Kenntnis“.
- **„öffentliche Quelle“:** eine öffentliche Seite aus der Liste am Ende, oft aus zweiter Hand. Urteile wurden nur so gesehen.
- **„allgemeine Kenntnis“:** nicht nachgelesen. **„unsicher oder umstritten“:** bitte vor Gebrauch prüfen.
- **Pflicht** ist, was das Gesetz im Dokument verlangt; bei Verträgen ohne Formvorschrift ist das wenig. **Empfohlen** ist der Rest;
  auch er steht immer im Dokument, wenn seine Bedingung zutrifft. Beides beweist ein Test über alle Kombinationen der Bedingungen.
- **Wo im Dokument** nennt die Überschrift und ihre Kennung im Text (` + "`#kennung`" + `). Die §§ zählen je nach Auftrag anders.
`

func (p *lawPage) page() {
	l := p.lib.law
	p.line(lawIntro, de.ShortDate(l.Read))
	for _, row := range decision.Kinds {
		p.kind(row)
	}
	p.line("## Was nie gedruckt wird")
	p.line("\nDiese Klauseln sind unwirksam oder schaden. Ein Test sucht ihre Wörter in allen Texten.")
	p.head("Klausel", "Warum nicht", "Quelle", "Stand")
	for _, v := range l.Never {
		p.row(v.Name, v.Reason, v.Source, p.state(v.State))
	}
	p.dates()
	p.line("\n## Offene Fragen\n\nDarauf gibt es hier keine Antwort; die Texte raten nicht.\n")
	for _, q := range l.Open {
		p.line("- %s", q)
	}
	p.line("\n## Öffentliche Quellen\n")
	for _, s := range sortedKeys(l.Sources) {
		p.line("- %s: %s", s, l.Sources[s])
	}
}

func (p *lawPage) kind(row decision.Row) {
	p.line("## %s", row.Title)
	p.head("Code", "Was verlangt wird", "Quelle", "Stand", "Wo im Dokument")
	text := p.lib.texts[row.Kind]
	all := placesOf(text)
	for i := range p.lib.law.Items {
		it := &p.lib.law.Items[i]
		when, ok := it.In[row.Kind]
		if !ok || it.Duty == outsideItem {
			continue
		}
		p.row(it.Code, p.demand(it, when), it.Source, p.state(it.State), p.where(text, all[it.Code]))
	}
	p.line("\nBewusst ohne eigene Klausel:")
	p.head("Code", "Worum es geht", "Quelle", "Stand", "Warum, oder wo stattdessen")
	for i := range p.lib.law.Items {
		it := &p.lib.law.Items[i]
		if _, ok := it.In[row.Kind]; !ok || it.Duty != outsideItem {
			continue
		}
		why := it.Why
		if places := all[it.Code]; len(places) > 0 {
			why += " Siehe " + p.where(text, places) + "."
		}
		p.row(it.Code, it.Name, it.Source, p.state(it.State), why)
	}
	p.line("")
}

var duties = map[duty]string{mandatoryItem: "Pflicht", recommendedItem: "empfohlen"}

// demand is "Gegenstand der Verarbeitung (Pflicht)", with the condition under which it is wanted.
func (p *lawPage) demand(it *item, when string) string {
	s := duties[it.Duty]
	if words := p.words(parseCondition(when)); words != "" {
		s += ", " + words
	}
	return it.Name + " (" + s + ")"
}

// words is a condition in German; law.json may have words of their own for what is negated.
func (p *lawPage) words(c condition) string {
	var out []string
	for _, t := range c {
		name, word := t.name, p.lib.law.Conditions[t.name]
		if t.not && p.lib.law.Conditions["!"+name] != "" {
			name = "!" + name
			word = p.lib.law.Conditions[name]
		} else if t.not {
			word = "nicht " + word
		}
		if p.used[name] = true; p.lib.law.Conditions[name] == "" && !slices.Contains(p.missing, name) {
			p.missing = append(p.missing, name)
		}
		if !slices.Contains(out, word) {
			out = append(out, word)
		}
	}
	return strings.Join(out, " und ")
}

func (p *lawPage) state(s string) string {
	var words, numbers []string
	for _, f := range strings.Fields(s) {
		if states[f] == "" {
			numbers = append(numbers, f)
			continue
		}
		word := states[f]
		if f == "read" {
			word += ", Stand " + de.ShortDate(p.lib.law.Read)
		}
		words = append(words, word)
	}
	if len(numbers) > 0 {
		words = append(words, "öffentliche Quelle "+strings.Join(numbers, ", "))
	}
	return strings.Join(words, "; ")
}

// where is each section that covers an item, once, with its condition.
func (p *lawPage) where(t *Text, places []place) string {
	var out []string
	for _, pl := range places {
		s, cond := pl.where, pl.cond
		if pl.section != nil {
			s = strings.TrimSuffix(heading(t, pl.section)+", "+pl.where, ", ")
			if pl.section.level > 1 || pl.section.annex {
				cond = pl.section.cond // a letter's own text has no other headings to tell its clauses apart
			}
		}
		if words := p.words(cond); words != "" {
			s += " (" + words + ")"
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, "; ")
}

// heading is a section's title, with its id and the annex it stands in.
func heading(t *Text, s *section) string {
	title, annex := "", ""
	for _, i := range s.title {
		title += i.text
	}
	for i := range t.sections {
		if t.sections[i].annex {
			annex = "Anlage „" + t.sections[i].title[0].text + "“"
		}
		if &t.sections[i] == s {
			break
		}
	}
	switch {
	case s.each != "":
		title = "Abschnitt je Zugang"
	case s.level == 1 && !s.annex:
		title = "Brieftext"
	case s.annex:
		title, annex = annex, ""
	}
	if annex != "" {
		title = annex + ", " + title
	}
	if s.id != "" {
		title += " `#" + s.id + "`"
	}
	return title
}

func (p *lawPage) dates() {
	p.line("\n## Werte mit Datum")
	p.line("\nNach dem Tag „bekannt bis“ ist der letzte Wert vielleicht überholt.")
	lawTable(p, &de.VATRates, func(v de.VATRate) string { return de.Percent(v.Standard) + ", ermäßigt " + de.Percent(v.Reduced) })
	lawTable(p, &de.SmallBusinessLimits, func(v de.SmallBusiness) string {
		return "Vorjahr bis " + de.Money(v.PriorYear) + ", laufendes Jahr bis " + de.Money(v.CurrentYear)
	})
	lawTable(p, &de.EInvoices, func(v string) string { return v })
	lawTable(p, &de.RetentionYears, func(v de.Retention) string {
		return "Rechnungen und Buchungsbelege " + de.Years(v.Invoices) + ", andere Papiere " + de.Years(v.Letters)
	})
	lawTable(p, &de.BaseRates, func(v money.Decimal) string { return de.Percent(v) })
}

func lawTable[V any](p *lawPage, l *de.DatedLaw[V], say func(V) string) {
	p.line("\n### %s (%s)", l.Name, l.Norm)
	p.line("\nBekannt bis %s. %s", de.ShortDate(l.Known), l.Note)
	p.head("Ab", "Wert", "Stand")
	for _, e := range l.Entries {
		p.row(de.ShortDate(e.From), say(e.Value), e.Source)
	}
}

// sortedKeys is in the order of the numbers: S9 before S10.
func sortedKeys(m map[string]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	return out
}
