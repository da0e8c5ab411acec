package layout

import (
	"strings"
	"sync"

	"auftragsmappe/fonts"
)

// word is a shaped stretch of text without blanks, independent of its size: all widths are in 1/1000 em.
type word struct {
	glyphs  []Glyph
	width   int32
	letters int32 // characters
	breaks  []wordBreak
	missing int32 // byte offset of the first character that no face has, -1 when all are there
}

// wordBreak is a place inside a word where a line may end.
type wordBreak struct {
	glyph  int32 // glyphs before it
	text   int32 // bytes before it
	before int32 // width of the part before, with the hyphen if one is added
	after  int32 // from the word's start to the start of the rest
	extra  int32 // cost beyond that of any hyphen
	hyphen bool  // a hyphen is added
	soft   bool  // U+00AD: wanted by the writer, also where the style has no hyphens
}

// maxWord bounds the bytes of a word; a longer stretch is cut into several, which then join without a blank.
const (
	maxWord    = 160
	cachedWord = 48 // longer ones are not kept
	shards     = 32
	shardSize  = 1024 // words; a full shard starts anew
)

// wordShard is a part of the cache of one face.
type wordShard struct {
	mu    sync.RWMutex
	words map[string]*word
}

// wordCache keeps shaped words per face. It is bounded and safe for concurrent use.
type wordCache [fonts.FaceCount][shards]wordShard

var words wordCache

// get shapes s in face f, or finds it shaped.
func (c *wordCache) get(f fonts.Face, s string) *word {
	if len(s) > cachedWord {
		return shape(f, s)
	}
	n := len(s)
	shard := &c[f][(uint(s[0])*7+uint(s[n/2])*3+uint(s[n-1])+uint(n))%shards]
	shard.mu.RLock()
	w := shard.words[s]
	shard.mu.RUnlock()
	if w != nil {
		return w
	}
	s = strings.Clone(s)
	w = shape(f, s)
	shard.mu.Lock()
	if shard.words == nil || len(shard.words) >= shardSize {
		shard.words = make(map[string]*word, 64)
	}
	shard.words[s] = w
	shard.mu.Unlock()
	return w
}

// signs are the glyphs of a face that layout itself adds.
type signs struct {
	blank, hyphen           Glyph
	blankWidth, hyphenWidth int32 // 1/1000 em
}

var faceSigns = readSigns()

func readSigns() (all [fonts.FaceCount]signs) {
	for f := range all {
		face := fonts.Face(f)
		blank, _ := face.Lookup(" ")
		hyphen, _ := face.Lookup("-")
		all[f] = signs{
			blank: Glyph{Glyph: blank}, hyphen: Glyph{Glyph: hyphen},
			blankWidth: int32(face.Advance(blank)), hyphenWidth: int32(face.Advance(hyphen)),
		}
	}
	return all
}

// shaper holds where each glyph of a word starts while it is built.
type shaper struct {
	face   fonts.Face
	text   string
	word   *word
	starts []int32 // byte offset of each glyph
	x      []int32 // advance before each glyph, with kerning
}

// shape makes the glyphs of s with their kerning, and finds its breaks.
func shape(f fonts.Face, s string) *word {
	w := &word{glyphs: make([]Glyph, 0, len(s)), missing: -1}
	var starts, x [cachedWord + 1]int32
	sh := shaper{face: f, text: s, word: w, starts: starts[:0], x: x[:0]}
	for at := 0; at < len(s); {
		if strings.HasPrefix(s[at:], softHyphen) {
			at += len(softHyphen)
			continue
		}
		g, n := f.Lookup(s[at:])
		if n == 0 {
			if w.missing < 0 {
				w.missing = int32(at)
			}
			at++
			continue
		}
		sh.add(g, at)
		at += n
	}
	sh.x = append(sh.x, w.width)
	sh.findBreaks()
	w.letters = int32(len(w.glyphs))
	return w
}

func (sh *shaper) add(g fonts.Glyph, at int) {
	w := sh.word
	if n := len(w.glyphs); n > 0 {
		kern := sh.face.Kern(w.glyphs[n-1].Glyph, g)
		w.glyphs[n-1].Kern = int16(kern)
		w.width += int32(kern)
	}
	sh.starts = append(sh.starts, int32(at))
	sh.x = append(sh.x, w.width)
	w.glyphs = append(w.glyphs, Glyph{Glyph: g})
	w.width += int32(sh.face.Advance(g))
}

// addBreak adds a break at a byte offset, if a glyph starts there.
func (sh *shaper) addBreak(at int, b wordBreak) {
	w := sh.word
	for n := 1; n < len(sh.starts); n++ {
		if int(sh.starts[n]) < at {
			continue
		}
		if int(sh.starts[n]) > at && !b.soft {
			return
		}
		b.glyph, b.text, b.after = int32(n), int32(at), sh.x[n]
		b.before = sh.x[n] - int32(w.glyphs[n-1].Kern)
		if b.hyphen {
			b.before += faceSigns[sh.face].hyphenWidth
		}
		w.breaks = append(w.breaks, b)
		return
	}
}
