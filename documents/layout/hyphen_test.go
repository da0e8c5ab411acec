package layout

import (
	"strconv"
	"strings"
	"testing"

	"auftragsmappe/fonts"
)

// hyphenated writes a word with all its breaks, "-" where a hyphen is added and "|" where none is.
func hyphenated(s string) string {
	w := shape(fonts.Text, s)
	var b strings.Builder
	at := int32(0)
	for _, wb := range w.breaks {
		b.WriteString(s[at:wb.text])
		if wb.hyphen {
			b.WriteByte('-')
		} else {
			b.WriteByte('|')
		}
		at = wb.text
	}
	b.WriteString(s[at:])
	return b.String()
}

// TestBreaks holds words against the breaks that a German reader expects; parts are no shorter than two letters before
// and three after the hyphen.
func TestBreaks(t *testing.T) {
	for _, c := range [][2]string{
		{"Auftraggeberin", "Auf-trag-ge-be-rin"},
		{"Vertraulichkeitsvereinbarung", "Ver-trau-lich-keits-ver-ein-ba-rung"},
		{"Auftragsverarbeitungsvertrag", "Auf-trags-ver-ar-bei-tungs-ver-trag"},
		{"Rechtsanwalt", "Rechts-an-walt"},
		{"selbstständig", "selbst-stän-dig"},
		{"Haustürschlüssel", "Haus-tür-schlüs-sel"},
		{"Zuckerbäckerei", "Zu-cker-bä-cke-rei"},
		{"Straßenbahn", "Stra-ßen-bahn"},
		{"Abnahme", "Ab-nahme"},
		{"STRASSENBAHN", "STRAS-SEN-BAHN"},
		{"Vergü\u00adtungsregel", "Vergü\u00ad-tungsregel"},
		{"Oder", "Oder"},
		{"PDF", "PDF"},
		{"Datenschutz-Grundverordnung", "Da-ten-schutz-|Grund-ver-ord-nung"},
		{"E-Mail-Adresse", "E-Mail-|Adresse"},
		{"24-Stunden-Dienst", "24-|Stun-den-|Dienst"},
		{"Montag/Dienstag", "Mon-tag/|Diens-tag"},
		{"AN-2026-0007", "AN-2026-0007"},
		{"12/2026", "12/2026"},
		{"9–17", "9–17"},
		{"jana@sommer-va.example", "jana@|sommer-|va.|example"},
		{"https://example.org/kurse?id=7", "https://|example.|org/|kurse?|id=7"},
	} {
		if got := hyphenated(c[0]); got != c[1] {
			t.Errorf("%s is broken %s, not %s", c[0], got, c[1])
		}
	}
}

// TestShape: composed letters are one glyph, kerning is part of the width, a missing letter is named.
func TestShape(t *testing.T) {
	w := shape(fonts.Text, "AVm\u0306")
	kern := fonts.Text.Kern(w.glyphs[0].Glyph, w.glyphs[1].Glyph)
	if len(w.glyphs) != 3 || kern == 0 || int(w.glyphs[0].Kern) != kern {
		t.Errorf("AVm̆: %d glyphs, kern %d, want 3 glyphs and the font's kern %d", len(w.glyphs), w.glyphs[0].Kern, kern)
	}
	sum := int32(0)
	for _, g := range w.glyphs {
		sum += int32(fonts.Text.Advance(g.Glyph)) + int32(g.Kern)
	}
	if w.width != sum {
		t.Errorf("width %d, want %d", w.width, sum)
	}
	if w := shape(fonts.Text, "a漢"); w.missing != 1 {
		t.Errorf("missing at %d, want 1", w.missing)
	}
}

// TestWordCache: it is bounded, and keeps no long words.
func TestWordCache(t *testing.T) {
	var c wordCache
	for n := range 3 * shards * shardSize {
		c.get(fonts.Text, "Wort"+strconv.Itoa(n))
	}
	c.get(fonts.Text, strings.Repeat("lang", 20))
	kept := 0
	for i := range c[fonts.Text] {
		kept += len(c[fonts.Text][i].words)
		for s := range c[fonts.Text][i].words {
			if len(s) > cachedWord {
				t.Errorf("%q is kept", s)
			}
		}
	}
	if kept == 0 || kept > shards*shardSize {
		t.Errorf("%d words kept, at most %d may be", kept, shards*shardSize)
	}
}
