package engagementtest

// variants adds what few engagements have: a gender of their own, no start, the reduced rate, a Leitweg-ID, a place of
// jurisdiction, officers, tools with two accesses. It draws last, so that it changes nothing that was drawn before.
func (g *generator) variants(e object) {
	contractor, client, pricing, term := e["contractor"].(object), e["client"].(object), e["pricing"].(object), e["term"].(object)
	terms := object{}
	if given, ok := e["terms"].(object); ok {
		terms = given
	}
	g.form(client)
	g.maybe(client, "gender", pick(g, "f", "m", "d", "n"))
	g.maybe(contractor, "gender", pick(g, "f", "m", "d", "n"))
	g.maybe(contractor, "data_protection_officer", "Ida Rhodes")
	g.maybe(client, "data_protection_officer", "Datenschutz Nord GmbH, Hamburg")
	if pricing["model"] == "tracked_hours" || e["stage"] == "offer" {
		g.drop(term, "start")
	}
	abroad := client["address"].(object)["country"] != nil
	if contractor["small_business"] == false && !abroad && g.IntN(5) == 0 {
		pricing["vat"] = object{"treatment": "reduced"}
	}
	if client["form"] == "public_body" {
		g.maybe(client, "leitweg_id", "05915000-VHS43-75")
	}
	if abroad {
		g.maybe(terms, "jurisdiction", "Leipzig")
	}
	if len(terms) > 0 {
		e["terms"] = terms
	}
	g.accessVariants(e)
	g.documentVariants(e)
}

// form gives a domestic client one of the forms that the list of clients lacks.
func (g *generator) form(client object) {
	if client["person"] == nil || client["address"].(object)["country"] != nil || g.IntN(3) > 0 {
		return
	}
	client["form"] = pick(g, "ohg", "ag", "partg", "gbr", "ug", "other")
	client["register"] = object{"court": "Amtsgericht Köln", "number": "HRB 54321"}
}

// drop removes a field in a third of the cases.
func (g *generator) drop(o object, key string) {
	if g.IntN(3) == 0 {
		delete(o, key)
	}
}

// accessVariants grants one tool twice, or several permissions at once, or names further processors.
func (g *generator) accessVariants(e object) {
	list, _ := e["access"].([]object)
	switch g.IntN(4) {
	case 0:
		list = append(list,
			object{"tool": "activecampaign", "role": "Redaktion", "permissions": []string{"campaigns", "contacts", "reports"}, "handover": "team_account"},
			object{"tool": "activecampaign", "role": "Vertretung", "permissions": []string{"campaigns"}, "handover": "password_manager"})
	case 1:
		list = append(list, object{"tool": "digistore24", "permissions": []string{"orders", "affiliates", "statistics"}, "handover": "team_account", "customer_data": g.half()})
	}
	if len(list) > 0 {
		e["access"] = list
	}
	if p, ok := e["processing"].(object); ok && g.IntN(4) == 0 {
		p["retention_after_end_days"] = 0
		p["subprocessors"] = []object{
			{"name": "Nordcloud GmbH, Hamburg", "country": "Deutschland"}, {"service": "Versand", "country": "USA"}, {"name": "Tokyo Mail K.K.", "country": "Japan"},
		}
	}
}

// documentVariants leaves papers out that others would cite, and asks for a processing agreement without access.
func (g *generator) documentVariants(e object) {
	switch g.IntN(8) {
	case 0:
		e["documents"] = object{"exclude": []string{pick(g, "offer", "contract")}}
	case 1:
		e["documents"] = object{"include": []string{"avv"}}
		p, ok := e["processing"].(object)
		if !ok {
			p = object{}
			e["processing"] = p
		}
		p["purpose"] = "Pflege der Kursunterlagen"
	}
}
