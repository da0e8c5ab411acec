// Package texts is all wording: one Markdown file per kind, parsed once, versioned and hashed.
//
// A text is clauses with conditions and slots; there is no template engine. User text enters as a node of the tree and is
// literal by construction. An unknown condition, slot, role form or link is an error at Load, not at Fill.
package texts

import (
	"embed"
	"errors"
	"fmt"
	"strings"

	"auftragsmappe/documents/content"
	"auftragsmappe/documents/decision"
)

//go:embed [a-z]*.md
var files embed.FS

// Library is the parsed texts of all kinds; it is immutable and safe for concurrent use.
type Library struct {
	texts      map[decision.Kind]*Text
	law        *law
	spanSlots  map[string]spanSlot
	blockSlots map[string]blockSlot
}

// Load parses and checks all texts, each by itself and against law.json.
func Load() (*Library, error) {
	lib := &Library{texts: map[decision.Kind]*Text{}, spanSlots: map[string]spanSlot{}, blockSlots: map[string]blockSlot{}}
	errs := []error{lib.register()}
	for _, row := range decision.Kinds {
		t, err := readText(string(row.Kind))
		if err != nil {
			errs = append(errs, err)
			continue
		}
		lib.texts[row.Kind] = t
		errs = append(errs, lib.check(t, row.Form))
	}
	l, err := readLaw(lawJSON)
	if errs = append(errs, err); errors.Join(errs...) == nil {
		lib.law = l
		errs = append(errs, lib.checkLaw())
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("load texts: %w", err)
	}
	return lib, nil
}

func readText(name string) (*Text, error) {
	source, err := files.ReadFile(name + ".md")
	if err != nil {
		return nil, err
	}
	return parse(name, source)
}

// register merges the families of slots; a double name is an error.
func (lib *Library) register() error {
	var errs []error
	for _, family := range spanFamilies {
		for name, slot := range family {
			if lib.spanSlots[name] != nil {
				errs = append(errs, fmt.Errorf("slot {%s} is defined twice", name))
			}
			lib.spanSlots[name] = slot
		}
	}
	for _, family := range blockFamilies {
		for name, slot := range family {
			if lib.blockSlots[name] != nil {
				errs = append(errs, fmt.Errorf("slot {{%s}} is defined twice", name))
			}
			lib.blockSlots[name] = slot
		}
	}
	return errors.Join(errs...)
}

// Version is the version of a kind's text.
func (lib *Library) Version(kind decision.Kind) string { return lib.texts[kind].Version }

// checker walks a text and collects its faults.
type checker struct {
	lib    *Library
	text   *Text
	letter bool
	ids    map[string]bool
	errs   []error
}

func (lib *Library) check(t *Text, form content.Form) error {
	c := &checker{lib: lib, text: t, letter: form == content.FormLetter, ids: map[string]bool{}}
	t.walk(func(a *attributes, _ []*attributes) {
		if a.id != "" && c.ids[a.id] {
			c.fault("id #%s stands twice", a.id)
		}
		c.ids[a.id] = true
	}, nil)
	t.walk(func(a *attributes, _ []*attributes) {
		for _, term := range a.cond {
			if conditions[term.name] == nil {
				c.fault("unknown condition %q", term.name)
			}
		}
	}, func(i *inline, _ []*attributes) { c.inline(i) })
	for _, s := range t.sections {
		for _, b := range s.blocks {
			if b.kind == blockInsert && lib.blockSlots[b.slot] == nil {
				c.fault("unknown slot {{%s}}", b.slot)
			}
		}
	}
	return errors.Join(c.errs...)
}

func (c *checker) fault(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("%s.md: "+format, append([]any{c.text.Name}, args...)...))
}

func (c *checker) inline(i *inline) {
	switch i.kind {
	case inlineSlot:
		if c.lib.spanSlots[i.text] == nil {
			c.fault("unknown slot {%s}", i.text)
		}
	case inlineBlockSlot:
		c.fault("{{%s}} does not stand alone in its paragraph", i.text)
	case inlineAttributes:
		c.fault("attributes inside a line: {%s}", i.text)
	case inlineTone, inlineSelf:
		if !c.letter {
			c.fault("form of address outside a letter: {%s|%s}", i.text, i.other)
		}
	case inlineReference:
		if !c.ids[i.link] {
			c.fault("reference to unknown #%s", i.link)
		}
	case inlineText, inlineWord:
		if id, ok := strings.CutPrefix(i.link, "#"); ok && !c.ids[id] {
			c.fault("link to unknown #%s", id)
		}
	}
}

// walk visits all attributes and inlines with the chain of attributes that govern them, outermost first.
func (t *Text) walk(attrs func(*attributes, []*attributes), inlines func(*inline, []*attributes)) {
	if attrs == nil {
		attrs = func(*attributes, []*attributes) {}
	}
	if inlines == nil {
		inlines = func(*inline, []*attributes) {}
	}
	w := walker{attrs, inlines}
	for i := range t.sections {
		s := &t.sections[i]
		chain := append(t.parents(i), &s.attributes)
		attrs(&s.attributes, chain)
		w.line(s.title, chain)
		for j := range s.blocks {
			w.block(&s.blocks[j], chain)
		}
	}
}

type walker struct {
	attrs   func(*attributes, []*attributes)
	inlines func(*inline, []*attributes)
}

func (w walker) block(b *block, chain []*attributes) {
	chain = append(chain[:len(chain):len(chain)], &b.attributes)
	w.attrs(&b.attributes, chain)
	for k := range b.lines {
		l := &b.lines[k]
		inner := append(chain[:len(chain):len(chain)], &l.attributes)
		w.attrs(&l.attributes, inner)
		w.line(l.inlines, inner)
	}
	for k := range b.items {
		w.block(&b.items[k], chain)
	}
}

func (w walker) line(inlines []inline, chain []*attributes) {
	for i := range inlines {
		w.inlines(&inlines[i], chain)
	}
}

// parents are the attributes of the headings that a section stands under.
func (t *Text) parents(i int) []*attributes {
	var chain []*attributes
	level := t.sections[i].level
	for j := i - 1; j >= 0 && level > 1; j-- {
		if s := &t.sections[j]; s.level < level {
			chain = append([]*attributes{&s.attributes}, chain...)
			level = s.level
		}
	}
	return chain
}
