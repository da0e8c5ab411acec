package pdf

import "auftragsmappe/documents/layout"

var scopeNames = [...]string{
	layout.ScopeColumn: "Column", layout.ScopeRow: "Row", layout.ScopeBoth: "Both",
}

// writeAttributes writes the attributes of tables, lists and figures (ISO 32000-1 14.8.5).
func (f *finisher) writeAttributes(n *layout.Node) {
	o := &f.out
	switch n.Role {
	case layout.RoleTable:
		if n.Summary != "" {
			o.str(" /A <</O /Table")
			o.text(" /Summary", n.Summary)
			o.str(">>")
		}
	case layout.RoleTH, layout.RoleTD:
		f.writeCell(n)
	case layout.RoleL:
		if name := numbering(n.Numbering); name != "" {
			o.str(" /A <</O /List /ListNumbering /")
			o.str(name)
			o.str(">>")
		}
	case layout.RoleFigure:
		if n.BBox != (layout.Box{}) {
			o.str(" /A <</O /Layout /Placement /Block /BBox ")
			o.rect(n.BBox, f.doc.Pages[n.Page].Height)
			o.str(">>")
		}
	}
}

// numbering gives the value of ListNumbering that PDF 1.7 has; Unordered is a word of PDF 2.0.
func numbering(s string) string {
	switch s {
	case "None", "Disc", "Circle", "Square", "Decimal", "UpperRoman", "LowerRoman", "UpperAlpha", "LowerAlpha":
		return s
	case "Unordered":
		return "Disc"
	}
	return ""
}

func (f *finisher) writeCell(n *layout.Node) {
	if n.Scope == layout.ScopeNone && n.Span < 2 {
		return
	}
	o := &f.out
	o.str(" /A <</O /Table")
	if n.Role == layout.RoleTH && n.Scope != layout.ScopeNone && int(n.Scope) < len(scopeNames) {
		o.str(" /Scope /")
		o.str(scopeNames[n.Scope])
	}
	if n.Span > 1 {
		o.str(" /ColSpan ")
		o.int(n.Span)
	}
	o.str(">>")
}
