package layout

import (
	"strings"
	"testing"

	"auftragsmappe/documents/content"
)

// commaX is where the first comma of a run stands.
func commaX(it *Item) Unit {
	face, em := it.Run.Face, 0
	comma, _ := face.Lookup(",")
	for _, g := range it.Run.Glyphs {
		if g.Glyph == comma {
			break
		}
		em += face.Advance(g.Glyph) + int(g.Kern)
	}
	return it.Box.X + scale(int32(em), it.Run.Size)
}

// TestCommas: numbers of a column stand with their commas in one line, whatever their width and ending.
func TestCommas(t *testing.T) {
	in := letterSample()
	table := content.Table{Columns: []content.TableColumn{{Width: 700}, {Width: 300, Align: content.AtComma}}, Carry: content.NoCarry}
	numbers := []string{"1,5\u00a0h", "1.234,56\u00a0€", "−7,125", "99.999.999,00\u00a0€", "0,1"}
	for _, n := range numbers {
		table.Rows = append(table.Rows, []content.Cell{{Text: spans("Leistung")}, {Text: spans(n)}})
	}
	in.Blocks = append(in.Blocks, table)
	d := set(t, in)
	check(t, in, d)
	first, _ := find(t, d, numbers[0])
	for _, n := range numbers[1:] {
		it, _ := find(t, d, n)
		if off := commaX(&it) - commaX(&first); off > 20 || off < -20 {
			t.Errorf("the comma of %s stands %d units off", n, off)
		}
	}
}

// TestNumbersWiden: a column too narrow for its numbers takes room from the text.
func TestNumbersWiden(t *testing.T) {
	in := letterSample()
	amount := spans("999.999.999,00\u00a0€")
	in.Blocks = append(in.Blocks, content.Table{
		Columns: []content.TableColumn{{Width: 970}, {Width: 30, Align: content.AtComma}}, Carry: content.NoCarry,
		Rows: [][]content.Cell{{{Text: spans("Leistung")}, {Text: amount}}},
	})
	d := set(t, in)
	find(t, d, amount[0].Text) // in one piece
	check(t, in, d)
}

// TestCarry: a table of many pages repeats its head and carries its sum, both as artifacts.
func TestCarry(t *testing.T) {
	in := positionsSample(100)
	d := set(t, in)
	if len(d.Pages) < 3 {
		t.Fatalf("%d pages", len(d.Pages))
	}
	for n := range d.Pages {
		var heads, carries, sums int
		for _, it := range d.Pages[n].Items {
			switch it.Run.Text {
			case "Leistung":
				heads++
				if n > 0 && (it.Node != 0 || it.Artifact != ArtifactPagination) {
					t.Errorf("page %d: the head is no artifact", n+1)
				}
			case wordCarry:
				carries++
			}
			if it.Node == 0 && strings.HasSuffix(it.Run.Text, "00,00\u00a0€") || it.Node == 0 && strings.HasSuffix(it.Run.Text, "00\u00a0€") {
				sums++
			}
		}
		want := 2 // from the page before and to the next
		if n == 0 || n == len(d.Pages)-1 {
			want = 1
		}
		if heads != 1 || carries != want || sums != want {
			t.Errorf("page %d: %d heads, %d carries with %d sums, want 1, %d, %d", n+1, heads, carries, sums, want, want)
		}
	}
}

// TestTableTree: Table, THead and TBody, TR, TH with their scopes.
func TestTableTree(t *testing.T) {
	d := set(t, positionsSample(2))
	scopes := map[Scope]int{}
	for _, n := range d.Nodes {
		want := map[Role][]Role{
			RoleTHead: {RoleTable}, RoleTBody: {RoleTable}, RoleTR: {RoleTHead, RoleTBody}, RoleTH: {RoleTR}, RoleTD: {RoleTR},
		}[n.Role]
		ok := want == nil
		for _, r := range want {
			ok = ok || d.Nodes[n.Parent].Role == r
		}
		if !ok {
			t.Errorf("a %d under a %d", n.Role, d.Nodes[n.Parent].Role)
		}
		if n.Role == RoleTH {
			scopes[n.Scope]++
		}
	}
	if scopes[ScopeColumn] != 4 || scopes[ScopeRow] != 3 || scopes[ScopeNone] != 0 {
		t.Errorf("scopes of header cells: %v", scopes)
	}
}

// TestTallRow: a row taller than a page goes on over pages, its cells beside each other.
func TestTallRow(t *testing.T) {
	in := letterSample()
	long := strings.Repeat("Ein langer Text in einer Zelle. ", 200)
	in.Blocks = append(in.Blocks, content.Table{
		Columns: []content.TableColumn{{Width: 500}, {Width: 500}}, Carry: content.NoCarry,
		Head: []content.Cell{{Text: spans("Links")}, {Text: spans("Rechts")}},
		Rows: [][]content.Cell{{{Text: spans("kurz")}, {Text: spans(long)}}, {{Text: spans("Ende")}, {Text: spans("hier")}}},
	})
	d := set(t, in)
	check(t, in, d)
	if len(d.Pages) < 3 {
		t.Errorf("%d pages", len(d.Pages))
	}
}
