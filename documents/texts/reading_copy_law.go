package texts

import (
	"slices"
	"strings"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/de"
)

// coverage is items of the law with their source, those of one source together: "A03, A04 · Art. 28 Abs. 3 Satz 1 DSGVO".
func (r *copier) coverage(codes []string, separator string) string {
	var groups []string
	bySource := map[string][]string{}
	for _, code := range codes {
		source := r.source(code)
		groups = once(groups, source)
		bySource[source] = once(bySource[source], code)
	}
	for i, source := range groups {
		groups[i] = strings.Join(bySource[source], ", ") + de.NBSP + "· " + tie(source)
	}
	return strings.Join(groups, separator)
}

// source is where the law asks for an item, without the remarks after it.
func (r *copier) source(code string) string {
	source := r.lib.law.item(code).Source
	if at := strings.IndexAny(source, ";:"); at >= 0 {
		source = source[:at]
	}
	return source
}

// insertCovers is what a slot of blocks covers by what Go prints there.
func (r *copier) insertCovers(slot string) []string {
	var out []string
	for i := range parts {
		if p := &parts[i]; p.slot == slot && slices.Contains(p.kinds, r.row.Kind) {
			out = append(out, strings.Fields(p.items)...)
		}
	}
	return out
}

var dutyWords = map[duty]string{mandatoryItem: "Pflicht", recommendedItem: "empfohlen"}

// coverTable is all that the text covers, in the order of law.json.
func (r *copier) coverTable() []content.Block {
	t := content.Table{Columns: []content.TableColumn{{Width: 90}, {Width: 470}, {Width: 440}}, Carry: content.NoCarry, Summary: "Vorgaben mit ihrer Quelle"}
	for _, s := range []string{"Kürzel", "Inhalt", "Quelle"} {
		t.Head = append(t.Head, content.Cell{Text: said(s)})
	}
	codes := covers(r.row.Kind, r.text)
	for i := range r.lib.law.Items {
		it := &r.lib.law.Items[i]
		if !slices.Contains(codes, it.Code) {
			continue
		}
		name := it.Name
		if words := dutyWords[it.Duty]; words != "" {
			name += " (" + words + ")"
		}
		if slices.Contains(r.insertCovers(""), it.Code) {
			name += "; steht in Briefkopf oder Fußzeile"
		}
		t.Rows = append(t.Rows, []content.Cell{{Text: fixed(it.Code), Head: true}, {Text: said(tie(name))}, {Text: said(tie(it.Source))}})
	}
	return []content.Block{
		content.Heading{Level: 2, Text: said("Was der Text abdeckt"), ID: "deckt-ab"},
		content.Para{Style: content.Lead, Keep: content.KeepWithNext, Text: said("Gesetze im Stand vom " + de.LongDate(r.lib.law.Read) + ". „Pflicht“ verlangt das Gesetz, „empfohlen“ ist üblich oder ratsam.")},
		t,
	}
}
