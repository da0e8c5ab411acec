package texts

import (
	"auftragsmappe/documents/content"
	"auftragsmappe/documents/de"
	"auftragsmappe/documents/decision"
)

var checklistSpans = map[string]spanSlot{
	"access_tool": func(c *Case) []content.Span { return name(decision.Look(*c.access).Tool) },
	"unneeded":    func(c *Case) []content.Span { return said(de.And(c.unneeded())) },
}

var checklistBlocks = map[string]blockSlot{"access_facts": accessFacts}

// accessFacts is what to grant: role, rights, and what was noted.
func accessFacts(c *Case) []content.Block {
	a := c.access
	sight := decision.Look(*a)
	rights := make([]string, 0, len(sight.Permissions))
	for _, p := range sight.Permissions {
		rights = append(rights, p.Name)
	}
	return factTable("Zugang zu "+sight.Tool,
		fact("Rolle", said(a.Role)...),
		fact(rightsLabel(len(rights)), said(de.And(rights))...),
		fact("Übergabe", said(handovers[a.Handover])...),
		fact("Hinweis", said(a.Note)...))
}

// handovers are the ways to hand over an access.
var handovers = map[string]string{
	"team_account": "eigener Team-Login", "password_manager": "Passwortmanager", "api_key": "eigener API-Schlüssel", "other": "",
}

// unneeded is the tool's other permissions that show personal data.
func (c *Case) unneeded() []string {
	return decision.Unneeded(*c.access)
}
