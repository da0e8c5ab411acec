package pdf

import "auftragsmappe/documents/layout"

// roleNames are the standard structure types (ISO 32000-1 14.8.4), by layout.Role.
var roleNames = [...]string{
	layout.RoleDocument: "Document", layout.RoleSect: "Sect",
	layout.RoleH1: "H1", layout.RoleH2: "H2", layout.RoleH3: "H3", layout.RoleH4: "H4", layout.RoleP: "P",
	layout.RoleL: "L", layout.RoleLI: "LI", layout.RoleLbl: "Lbl", layout.RoleLBody: "LBody",
	layout.RoleTable: "Table", layout.RoleTHead: "THead", layout.RoleTBody: "TBody",
	layout.RoleTR: "TR", layout.RoleTH: "TH", layout.RoleTD: "TD",
	layout.RoleFigure: "Figure", layout.RoleLink: "Link", layout.RoleForm: "Form",
	layout.RoleTOC: "TOC", layout.RoleTOCI: "TOCI", layout.RoleReference: "Reference",
	layout.RoleNote: "Note", layout.RoleCaption: "Caption", layout.RoleSpan: "Span", layout.RoleDiv: "Div",
}

// groups is a list of lists in two slices.
type groups struct{ start, list []int32 }

// group collects the indexes of keys by key, in order; keys lie in [0, n), others are left out.
func (g *groups) group(n int, keys []int32) {
	g.start, g.list = zeroed(g.start, n+2), zeroed(g.list, len(keys))
	for _, k := range keys {
		if k >= 0 {
			g.start[k+2]++
		}
	}
	for i := 2; i < len(g.start); i++ {
		g.start[i] += g.start[i-1]
	}
	for i, k := range keys {
		if k >= 0 {
			g.list[g.start[k+1]] = int32(i)
			g.start[k+1]++
		}
	}
}

func (g *groups) of(k int) []int32 { return g.list[g.start[k]:g.start[k+1]] }

func zeroed(s []int32, n int) []int32 {
	if cap(s) < n {
		return make([]int32, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// tree says what belongs to each node: marked content, child nodes, annotations.
type tree struct {
	sequences []sequence
	content   groups  // sequences by node
	children  groups  // nodes by parent
	objects   groups  // annotations by node, numbered through all pages
	pages     []int32 // page of each annotation
	first     []int32 // first sequence of a node or its descendants
	keys      []int32
}

const none = 1<<31 - 1

func (t *tree) build(d *layout.Document, sequences []sequence) error {
	t.sequences = sequences
	t.keys = t.keys[:0]
	for i := range sequences {
		t.keys = append(t.keys, sequences[i].node)
	}
	t.content.group(len(d.Nodes), t.keys)
	t.keys = t.keys[:0]
	for i := range d.Nodes {
		t.keys = append(t.keys, d.Nodes[i].Parent)
	}
	t.children.group(len(d.Nodes), t.keys)
	t.keys, t.pages = t.keys[:0], t.pages[:0]
	for i := range d.Pages {
		for j := range d.Pages[i].Annots {
			node := d.Pages[i].Annots[j].Node
			if node < 1 || int(node) >= len(d.Nodes) {
				return ErrReference
			}
			t.keys, t.pages = append(t.keys, node), append(t.pages, int32(i))
		}
	}
	t.objects.group(len(d.Nodes), t.keys)
	t.findFirst(d)
	return nil
}

func (t *tree) findFirst(d *layout.Document) {
	t.first = zeroed(t.first, len(d.Nodes))
	for i := range t.first {
		t.first[i] = none
		if c := t.content.of(i); len(c) > 0 {
			t.first[i] = c[0]
		}
	}
	for i := len(d.Nodes) - 1; i > 0; i-- {
		if parent := d.Nodes[i].Parent; t.first[i] < t.first[parent] {
			t.first[parent] = t.first[i]
		}
	}
}

// writeTree writes the structure tree: root, parent tree and one object per node.
func (f *finisher) writeTree() error {
	o := &f.out
	o.begin(f.num.structRoot)
	o.entry("<</Type /StructTreeRoot /K", f.num.nodes)
	o.entry(" /ParentTree", f.num.parents)
	o.str(" /ParentTreeNextKey ")
	o.int(len(f.doc.Pages) + len(f.tree.pages))
	if err := f.writeIDs(); err != nil {
		return err
	}
	o.str(">>")
	o.end()
	f.writeParents()
	for i := range f.doc.Nodes {
		f.writeNode(i)
	}
	return nil
}

// writeParents writes the number tree from content and annotations back to nodes (ISO 32000-1 14.7.4.4).
func (f *finisher) writeParents() {
	o := &f.out
	o.begin(f.num.parents)
	o.str("<</Nums [")
	next := 0
	for i := range f.doc.Pages {
		o.int(i)
		o.str(" [")
		for ; next < len(f.tree.sequences) && int(f.tree.sequences[next].page) == i; next++ {
			o.ref(f.num.nodes + int(f.tree.sequences[next].node))
			o.str(" ")
		}
		o.str("]\n")
	}
	for i, node := range f.tree.keys {
		o.int(len(f.doc.Pages) + i)
		o.str(" ")
		o.ref(f.num.nodes + int(node))
		o.str("\n")
	}
	o.str("]>>")
	o.end()
}

// writeIDs writes the tree of element identifiers, when there are any.
func (f *finisher) writeIDs() error {
	nodes := f.doc.Nodes
	var err error
	f.order, err = sorted(f.order, len(nodes), func(i int) string { return nodes[i].ID })
	if err != nil || len(f.order) == 0 {
		return err
	}
	o := &f.out
	o.str(" /IDTree <</Names [")
	for _, i := range f.order {
		o.b = appendLiteral(o.b, nodes[i].ID)
		o.str(" ")
		o.ref(f.num.nodes + i)
		o.str("\n")
	}
	o.str("]>>")
	return nil
}

// writeNode writes a structure element.
func (f *finisher) writeNode(i int) {
	o, n := &f.out, &f.doc.Nodes[i]
	o.begin(f.num.nodes + i)
	o.str("<</S /")
	o.str(roleNames[n.Role])
	parent := f.num.structRoot
	if i > 0 {
		parent = f.num.nodes + int(n.Parent)
	}
	o.entry(" /P", parent)
	f.writeKids(i)
	f.writeAttributes(n)
	o.text(" /Alt", n.Alt)
	o.text(" /Lang", n.Lang)
	if n.ID != "" {
		o.str(" /ID ")
		o.b = appendLiteral(o.b, n.ID)
	}
	o.str(">>")
	o.end()
}

// writeKids writes what belongs to a node in reading order: child nodes keep their order in the document,
// own content stands before the first child whose content is painted later.
func (f *finisher) writeKids(i int) {
	t, o := &f.tree, &f.out
	content, children, objects := t.content.of(i), t.children.of(i), t.objects.of(i)
	if len(content)+len(children)+len(objects) == 0 {
		return
	}
	page := int32(-1)
	if len(content) > 0 {
		page = t.sequences[content[0]].page
		o.entry(" /Pg", f.num.page+2*int(page))
	}
	// A single kid stands without an array: a validator of signatures looks for the field of a Form just there.
	single := len(content)+len(children)+len(objects) == 1
	o.str(" /K ")
	if !single {
		o.str("[")
	}
	for len(content)+len(children) > 0 {
		if len(children) == 0 || len(content) > 0 && t.first[children[0]] != none && content[0] < t.first[children[0]] {
			f.writeContent(t.sequences[content[0]], page)
			content = content[1:]
			continue
		}
		o.ref(f.num.nodes + int(children[0]))
		o.str(" ")
		children = children[1:]
	}
	for _, k := range objects {
		o.entry("<</Type /OBJR /Obj", f.annots[k])
		o.entry(" /Pg", f.num.page+2*int(t.pages[k]))
		o.str(">>")
	}
	if !single {
		o.str("]")
	}
}

// writeContent names a marked-content sequence, in short when it lies on the element's page.
func (f *finisher) writeContent(s sequence, page int32) {
	o := &f.out
	if s.page == page {
		o.int(int(s.mcid))
		o.str(" ")
		return
	}
	o.entry("<</Type /MCR /Pg", f.num.page+2*int(s.page))
	o.str(" /MCID ")
	o.int(int(s.mcid))
	o.str(">>")
}
