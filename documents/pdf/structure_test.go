package pdf

import (
	"fmt"
	"strings"
	"testing"

	"auftragsmappe/documents/layout"
)

// outlineOf reads the structure tree as indented lines: role, attributes, text; and checks every link both ways.
type treeReader struct {
	f       *file
	content []map[int]string // page → MCID → text
	used    []map[int]bool
	parents map[int]any // ParentTree
	pages   map[ref]int
	objects int
	lines   []string
}

func readTree(t testing.TB, b []byte) *treeReader {
	t.Helper()
	f := parse(t, b)
	r := &treeReader{f: f, parents: map[int]any{}, pages: map[ref]int{}}
	for i, k := range f.dict(f.root()["Pages"])["Kids"].(array) {
		r.pages[k.(ref)] = i
		r.content = append(r.content, map[int]string{})
		r.used = append(r.used, map[int]bool{})
		for _, s := range f.sequences(f.dict(k)) {
			if s.mcid < 0 {
				continue
			}
			if s.mcid != len(r.content[i]) {
				t.Fatalf("page %d: MCID %d after %d others", i, s.mcid, len(r.content[i]))
			}
			r.content[i][s.mcid] = s.text
		}
	}
	root := f.dict(f.root()["StructTreeRoot"])
	nums := f.dict(root["ParentTree"])["Nums"].(array)
	for i := 0; i < len(nums); i += 2 {
		if n := nums[i].(int); n != i/2 {
			t.Fatalf("ParentTree: key %d at place %d", n, i/2)
		}
		r.parents[i/2] = nums[i+1]
	}
	if root["ParentTreeNextKey"] != len(r.parents) {
		t.Fatalf("ParentTreeNextKey %v, %d keys", root["ParentTreeNextKey"], len(r.parents))
	}
	r.element(root["K"], f.root()["StructTreeRoot"].(ref), 0)
	r.complete()
	return r
}

// complete checks that nothing is left outside the tree.
func (r *treeReader) complete() {
	r.f.t.Helper()
	annots := 0
	for i, p := range r.f.pages() {
		if len(r.used[i]) != len(r.content[i]) || len(r.parents[i].(array)) != len(r.content[i]) {
			r.f.t.Fatalf("page %d: %d of %d sequences in the tree, %d in the ParentTree", i, len(r.used[i]), len(r.content[i]), len(r.parents[i].(array)))
		}
		if p["StructParents"] != i || p["Tabs"] != name("S") {
			r.f.t.Fatalf("page %d: %v", i, p)
		}
		if a, ok := p["Annots"].(array); ok {
			annots += len(a)
		}
	}
	if annots != r.objects || annots+len(r.content) != len(r.parents) {
		r.f.t.Fatalf("%d annotations, %d in the tree, %d keys", annots, r.objects, len(r.parents))
	}
}

func (r *treeReader) element(v any, parent ref, depth int) {
	r.f.t.Helper()
	e := r.f.dict(v)
	if e["P"] != parent {
		r.f.t.Fatalf("%v has parent %v, not %v", v, e["P"], parent)
	}
	line := strings.Repeat("  ", depth) + string(e["S"].(name))
	if a, ok := e["A"].(dict); ok {
		line += attributes(a)
	}
	for _, k := range []string{"Alt", "Lang", "ID"} {
		if e[k] != nil {
			line += fmt.Sprintf(" %s=%q", k, decode(e[k]))
		}
	}
	at := len(r.lines)
	r.lines = append(r.lines, line)
	kids, many := e["K"].(array)
	if len(kids) == 1 {
		r.f.t.Fatalf("%v: a single kid in an array", v)
	}
	if !many && e["K"] != nil {
		kids = array{e["K"]}
	}
	for _, k := range kids {
		switch k := k.(type) {
		case int:
			r.text(v.(ref), e["Pg"].(ref), k, depth)
		case dict:
			if k["Type"] == name("MCR") {
				r.text(v.(ref), k["Pg"].(ref), k["MCID"].(int), depth)
			} else {
				r.object(v.(ref), k)
				r.lines[at] += " OBJR"
			}
		default:
			r.element(k, v.(ref), depth+1)
		}
	}
}

func attributes(a dict) string {
	s := ""
	for _, k := range []string{"O", "Scope", "ColSpan", "Summary", "ListNumbering", "BBox"} {
		if v := a[k]; v != nil {
			s += fmt.Sprintf(" %s=%v", k, v)
		}
	}
	return s
}

func (r *treeReader) text(element, page ref, mcid, depth int) {
	r.f.t.Helper()
	i := r.pages[page]
	s, ok := r.content[i][mcid]
	if !ok || r.used[i][mcid] {
		r.f.t.Fatalf("page %d MCID %d is missing or used twice", i, mcid)
	}
	r.used[i][mcid] = true
	if back := r.parents[i].(array)[mcid]; back != element {
		r.f.t.Fatalf("page %d MCID %d belongs to %v, the ParentTree says %v", i, mcid, element, back)
	}
	if s != "" {
		r.lines = append(r.lines, strings.Repeat("  ", depth+1)+fmt.Sprintf("%q", s))
	}
}

func (r *treeReader) object(element ref, k dict) {
	r.f.t.Helper()
	a := r.f.dict(k["Obj"])
	if back := r.parents[a["StructParent"].(int)]; back != element {
		r.f.t.Fatalf("annotation of %v says %v", element, back)
	}
	if k["Pg"] != a["P"] {
		r.f.t.Fatalf("annotation lies on %v, its element says %v", a["P"], k["Pg"])
	}
	r.objects++
}

const wantTree = `Document
  H1
    "Vertrag über Büroleistungen"
  TOC
    TOCI
      Reference
        Link OBJR
          "§ 1 Leistungen"
    TOCI
      Reference
        Link OBJR
          "§ 2 Vergütung"
  Figure O=Layout BBox=[70.866 649.89 160.866 709.89] Alt="Bild mit Verlauf"
  Figure O=Layout BBox=[180.866 649.89 270.866 709.89] Alt="Bild mit Verlauf"
  Figure O=Layout BBox=[290.866 649.89 350.866 709.89] Alt="Bild mit Verlauf"
  Figure O=Layout BBox=[400.866 649.89 490.866 709.89] Alt="Bild mit Verlauf"
  H2
    "§ 1 Leistungen"
  L O=List ListNumbering=Disc
    LI
      Lbl
        "•"
      LBody
        "Postfach sichten "
    LI
      Lbl
        "•"
      LBody
        "Termine bestätigen "
  P
    "Siehe "
    Link OBJR
      "https://example.org/ä"
    " und die Daten"
    "\u00ad"
    "schutzerklärung."
  P
    "Das nennt man "
    Span Lang="en"
      "deposit"
  H3
    "Čáŋŧe und Łukasz"
  P
    "Čáŋŧe, Łukasz, Ďurčanský, Ẁ, Ž̦, M̆, k͟h und Ελένη, Юлия; Größe, ẞ Ångström & Nuñez (50 %) \\ 100 € "
  Table O=Table Summary=Positionen mit Menge und Preis
    THead
      TR
        TH O=Table Scope=Column
          "Leistung"
        TH O=Table Scope=Column
          "Preis"
    TBody
      TR
        TH O=Table Scope=Row ID="a"
          "Büroleistung"
        TD
          "100,00 €"
      TR
        TH O=Table Scope=Row ID="b"
          "Buchhaltung"
        TD
          "100,00 €"
      TR
        TD O=Table ColSpan=2
          "Alle Preise zuzüglich Umsatzsteuer"
  H2
    "§ 2 Vergütung"
  P
    "TEXT"
  Note ID="hinweis"
    "Hinweis: Dieses Dokument ist ein Entwurf."
  Form OBJR
  Form OBJR`

// TestTree reads everything back: the tree, the text of every node in reading order through ToUnicode and ActualText.
func TestTree(t *testing.T) {
	b, err := Bytes(everything(t))
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(readTree(t, b).lines, "\n")
	if want := strings.Replace(wantTree, "TEXT", germanText, 1); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestTreeOverPages: a node with content on two pages, a child between two pieces of its text,
// and children painted in another order than they are read.
func TestTreeOverPages(t *testing.T) {
	s := newSetter(t)
	div := s.role(0, layout.RoleDiv)
	first, second := s.role(div, layout.RoleP), s.role(div, layout.RoleP)
	s.text(second, left, "zweiter ")
	s.text(first, left, "erster ")
	link := s.role(first, layout.RoleLink)
	s.newPage()
	s.text(first, left, "weiter ")
	s.text(link, left, "Verweis ")
	s.text(first, left, "Ende ")
	s.page().Annots = []layout.Annot{{Node: link, URI: "https://example.org", Label: "x"}}
	s.newPage()
	s.text(first, left, "Schluss")
	empty := s.role(div, layout.RoleP)
	s.role(empty, layout.RoleSpan)
	b, err := Bytes(s.doc)
	if err != nil {
		t.Fatal(err)
	}
	want := `Document
  Div
    P
      "erster "
      "weiter "
      Link OBJR
        "Verweis "
      "Ende "
      "Schluss"
    P
      "zweiter "
    P
      Span`
	if got := strings.Join(readTree(t, b).lines, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestContract reads a long text back word for word.
func TestContract(t *testing.T) {
	b, err := Bytes(contract(t, 3))
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, l := range readTree(t, b).lines {
		if l = strings.TrimSpace(l); strings.HasPrefix(l, `"`) {
			words = append(words, strings.Fields(strings.Trim(l, `"`))...)
		}
	}
	want := strings.Fields(strings.Repeat(strings.ReplaceAll(law, "# ", "")+" Mehr dazu ", 3))
	if got, want := strings.Join(words, " "), strings.Join(want, " "); got != want {
		t.Errorf("%d words, want %d", len(words), len(strings.Fields(want)))
	}
}
