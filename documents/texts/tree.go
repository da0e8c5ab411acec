package texts

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/de"
)

// Text is the wording of a kind: its sections in the order of the file.
type Text struct {
	Name     string // the kind
	Version  string // the first 12 hex digits of the file's SHA-256
	sections []section
}

// section is a heading and what stands under it, up to the next heading of any level.
type section struct {
	attributes
	level  int
	annex  bool // a heading of level 1 that is not the title
	title  []inline
	blocks []block
}

type blockKind uint8

const (
	blockParagraph blockKind = iota
	blockList
	blockInsert
)

type block struct {
	attributes
	kind  blockKind
	lines []line            // of a paragraph
	style content.ListStyle // of a list: "-" dash, "1." letters, "+" boxes to tick
	items []block           // of a list: paragraphs
	slot  string
}

// line is a source line: one sentence, with its own condition.
type line struct {
	attributes
	inlines []inline
}

type inlineKind uint8

const (
	inlineText inlineKind = iota
	inlineSlot
	inlineBlockSlot
	inlineWord // a role form or pronoun
	inlineTone // "Ihnen|dir"
	inlineSelf // "ich/wir"
	inlineReference
	inlineAttributes
)

type inline struct {
	kind           inlineKind
	text           string // text, slot name, reference label, raw attributes, first alternative
	other          string // second alternative: du, wir
	word           de.Word
	strong, italic bool
	link           string // "#id", URL; of a reference the bare id
}

// attributes are what a heading, a paragraph or a line carries in "{…}".
type attributes struct {
	id     string
	cond   condition
	covers []string // items of the law that are fulfilled: A05, F10 …
	plain  string   // one plain sentence of a section
	each   string   // "access": the section is repeated for each access
	flags  []string // unnumbered, nonumber, note, lead, keep
}

func (a *attributes) has(flag string) bool {
	for _, f := range a.flags {
		if f == flag {
			return true
		}
	}
	return false
}

// condition is names that must all hold; "!" in front negates. Empty = always.
type condition []term

type term struct {
	name string
	not  bool
}

func parseCondition(s string) condition {
	var c condition
	for _, f := range strings.Fields(s) {
		name, not := strings.CutPrefix(f, "!")
		c = append(c, term{name, not})
	}
	return c
}

// knownFlags are the attributes without a value.
var knownFlags = map[string]bool{"unnumbered": true, "nonumber": true, "note": true, "lead": true, "keep": true}

// attributes reads `#id if="…" covers="…" plain="…" flag`.
func (b *builder) attributes(s string) (a attributes) {
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		end := strings.IndexAny(s, " =")
		if end >= 0 && s[end] == '=' {
			value, rest, ok := quoted(s[end+1:])
			if !ok {
				b.fail("attribute without a quoted value: %q", s)
				return a
			}
			b.valued(&a, s[:end], value)
			s = rest
			continue
		}
		word := s
		if end >= 0 {
			word = s[:end]
		}
		s = s[len(word):]
		if id, ok := strings.CutPrefix(word, "#"); ok {
			a.id = id
			continue
		}
		if !knownFlags[word] {
			b.fail("unknown attribute %q", word)
		}
		a.flags = append(a.flags, word)
	}
	return a
}

func (b *builder) valued(a *attributes, name, value string) {
	switch name {
	case "if":
		a.cond = parseCondition(value)
	case "covers":
		a.covers = strings.Fields(value)
	case "plain":
		a.plain = value
	case "each":
		if a.each = value; value != "access" {
			b.fail("each=%q: only accesses can be repeated", value)
		}
	default:
		b.fail("unknown attribute %q", name)
	}
}

func quoted(s string) (value, rest string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		return "", "", false
	}
	return strings.Cut(s[1:], `"`)
}

// slot decides what a "{…}" is: attributes, alternatives, a role form, or a named slot.
func (b *builder) slot(n *slotNode, parent inline) inline {
	parent.text = n.body
	body := n.body
	switch {
	case n.double:
		parent.kind = inlineBlockSlot
	case strings.HasPrefix(body, "#") || strings.Contains(body, `="`) || knownFlags[strings.Fields(body + " x")[0]]:
		parent.kind = inlineAttributes
	case strings.Contains(body, "|"):
		parent.kind = inlineTone
		parent.text, parent.other, _ = strings.Cut(body, "|")
	case strings.Contains(body, "/"):
		parent.kind = inlineSelf
		parent.text, parent.other, _ = strings.Cut(body, "/")
	case isName(body):
		parent.kind = inlineSlot
	default:
		word, ok := de.ParseWord(body)
		if !ok {
			b.fail("no role form, pronoun or slot: {%s}", body)
		}
		parent.kind, parent.word = inlineWord, word
	}
	return parent
}

// isName says that s can be a slot's name: lower case, digits, underscores.
func isName(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}

// ties are the blanks that must not break (DIN 5008).
var ties = strings.NewReplacer(
	"§ ", "§"+de.NBSP, "§§ ", "§§"+de.NBSP, "Art. ", "Art."+de.NBSP, "Abs. ", "Abs."+de.NBSP, "Nr. ", "Nr."+de.NBSP,
	"z. B.", "z."+de.NBSP+"B.", "d. h.", "d."+de.NBSP+"h.", "u. a.", "u."+de.NBSP+"a.", " –", de.NBSP+"–", " %", de.NBSP+"%",
)

// tiedToNumber are the words that stay with the number before them: a law in "§ 631 BGB", a unit in "14 Tagen".
var tiedToNumber = regexp.MustCompile(`(\d[a-z]?) (Tagen?|Stunden?|Wochen?|Monate?|BGB|UStG|DSGVO|ZPO|HGB|StGB|UrhG|GeschGehG|UStDV|BDSG|StBerG|AO)\b`)

// tie puts the blanks of a text that must not break.
func tie(s string) string { return tiedToNumber.ReplaceAllString(ties.Replace(s), "$1"+de.NBSP+"$2") }

func version(source []byte) string {
	sum := sha256.Sum256(source)
	return hex.EncodeToString(sum[:])[:12]
}
