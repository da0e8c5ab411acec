package engagement

// smallBusinessInEU: how a small business bills a business in another member state is unsettled (§ 19 (1) sentence 2,
// § 18a (4), § 19a UStG).
func smallBusinessInEU(c *checking) {
	if *c.Contractor.SmallBusiness && foreignEU(c.Client.Address.Country) {
		c.note(smallBusinessPointer, "small_business_eu_unresolved", "Wie ein Kleinunternehmer (§ 19 UStG) einem Unternehmen in einem anderen EU-Land ("+
			c.Client.Address.Country+") die Rechnung stellt, ist nicht geklärt. Bitte fragen Sie Ihre Steuerberatung; die Dokumente sind dafür hier nicht möglich.")
	}
}

// foreignEU says that the country is a member state other than Germany.
func foreignEU(country string) bool { return inEU(country) && country != defaultCountry }

// smallBusinessRate: who shows tax as a small business owes it (§ 14c UStG), and only a small business is exempt by § 19 UStG.
func smallBusinessRate(c *checking) {
	small, t := *c.Contractor.SmallBusiness, c.Pricing.VAT.Treatment
	switch {
	case small && (t == VATStandard || t == VATReduced || t == VATReverseCharge):
		c.fault(treatmentPointer, "small_business_vat", "passt nicht zum Kleinunternehmer (§ 19 UStG): "+quote(string(t))+
			". Bitte lassen Sie pricing.vat weg oder setzen Sie contractor.small_business auf false.")
	case !small && t == VATSmallBusiness:
		c.fault(treatmentPointer, "small_business_vat", "steht auf „small_business“, der Auftragnehmer ist aber kein Kleinunternehmer. "+
			"Bitte setzen Sie contractor.small_business auf true oder lassen Sie pricing.vat weg.")
	}
}

// treatmentFits: the place of the supply follows the client (§ 3a (2) UStG).
func treatmentFits(c *checking) {
	country, t := c.Client.Address.Country, c.Pricing.VAT.Treatment
	switch {
	case t == VATReverseCharge && !foreignEU(country):
		c.fault(treatmentPointer, "vat_treatment", "steht auf „reverse_charge“, das gilt nur für Auftraggeber in einem anderen EU-Land, nicht für "+country+
			". Bitte lassen Sie pricing.vat weg oder prüfen Sie das Land.")
	case t == VATNotTaxable && country == defaultCountry:
		c.fault(treatmentPointer, "vat_treatment", "steht auf „not_taxable“, das gilt nicht für Auftraggeber in Deutschland (§ 3a Abs. 2 UStG). "+
			"Bitte lassen Sie pricing.vat weg oder prüfen Sie das Land.")
	}
}

// reverseChargeContractor and reverseChargeClient: § 14a (1) UStG demands both ids on the invoice.
func reverseChargeContractor(c *checking) {
	if c.Pricing.VAT.Treatment == VATReverseCharge && c.Contractor.VATID == "" {
		c.fault(contractorVATPointer, "vat_id", "fehlt: Bei Steuerschuldnerschaft des Leistungsempfängers stehen beide USt-IdNrn. auf der Rechnung (§ 14a Abs. 1 UStG). "+
			"Bitte tragen Sie Ihre ein.")
	}
}

func reverseChargeClient(c *checking) {
	if c.Pricing.VAT.Treatment == VATReverseCharge && c.Client.VATID == "" {
		c.fault(clientVATPointer, "vat_id", "fehlt: Bei Steuerschuldnerschaft des Leistungsempfängers stehen beide USt-IdNrn. auf der Rechnung (§ 14a Abs. 1 UStG). "+
			"Bitte tragen Sie die des Auftraggebers ein; hat er keine, setzen Sie pricing.vat.treatment auf standard.")
	}
}

// invoiceTaxNumber: § 14 (4) Nr. 2 UStG; category O shows no VAT id (EN 16931 BR-O-02), so it needs the tax number.
func invoiceTaxNumber(c *checking) {
	if !invoiced(c.Engagement) || c.Contractor.TaxNumber != "" {
		return
	}
	switch {
	case c.Pricing.VAT.Treatment == VATNotTaxable:
		c.fault(contractorTaxPointer, "tax_number_required", "fehlt: Eine Rechnung ins Ausland ohne deutsche Umsatzsteuer nennt die Steuernummer statt der USt-IdNr. Bitte tragen Sie sie ein.")
	case c.Contractor.VATID == "":
		c.fault(contractorTaxPointer, "tax_number_required", "fehlt: Die Rechnung braucht Steuernummer oder USt-IdNr. (§ 14 Abs. 4 Nr. 2 UStG). Bitte tragen Sie tax_number oder vat_id ein.")
	}
}
