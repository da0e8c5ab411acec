package engagement

import (
	"slices"
	"strings"
)

// Pointers that several rules read.
const (
	treatmentPointer         = "/pricing/vat/treatment"
	instalmentsPointer       = "/pricing/payment/instalments"
	smallBusinessPointer     = "/contractor/small_business"
	contractorVATPointer     = "/contractor/vat_id"
	contractorTaxPointer     = "/contractor/tax_number"
	contractorCountryPointer = "/contractor/address/country"
	clientVATPointer         = "/client/vat_id"
	clientCountryPointer     = "/client/address/country"
)

// rule is one cross-field rule. It runs only when everything that it reads could be read and is right so far.
type rule struct {
	reads []string // JSON pointers
	check func(c *checking)
}

// checking is what a rule sees and where it notes violations.
type checking struct {
	*Engagement
	*report
}

// contractorRules and priceRules hold for an engagement and for a stored profile alike.
var contractorRules = []rule{
	{[]string{"/contractor/form"}, noConsumerContractor},
	{[]string{contractorCountryPointer}, contractorInGermany},
	{[]string{contractorCountryPointer, "/contractor/address/postal_code"}, contractorPostalCode},
	{[]string{"/contractor/form", "/contractor/person"}, contractorPerson},
	{[]string{"/contractor/email"}, contractorEmail},
	{[]string{"/contractor/bank/iban"}, bankIBAN},
	{[]string{"/contractor/bank/bic"}, bankBIC},
	{[]string{contractorVATPointer}, contractorVATID},
	{[]string{"/contractor/leitweg_id"}, func(c *checking) { leitweg(c, "/contractor/leitweg_id", c.Contractor.LeitwegID) }},
}

var priceRules = []rule{
	{[]string{"/pricing/items"}, itemAmounts},
	{[]string{"/pricing/hours", "/pricing/hourly_rate", "/contractor/hourly_rate"}, hourAmounts},
	{[]string{"/pricing/estimated_hours"}, estimateOrder},
	{[]string{instalmentsPointer + "/*/due"}, instalmentDates},
	{[]string{instalmentsPointer + "/*/percent"}, instalmentSum},
}

// ownRules are the rules between fields, in the order in which they run: a field that an earlier rule refused is
// unreadable for the later ones.
var ownRules = slices.Concat([]rule{{[]string{"/client/form"}, noConsumer}}, contractorRules, []rule{
	{[]string{clientCountryPointer, "/client/address/postal_code"}, clientPostalCode},
	{[]string{"/client/form", "/client/person"}, clientPerson},
	{[]string{clientVATPointer, clientCountryPointer}, clientVATID},
	{[]string{"/client/leitweg_id"}, func(c *checking) { leitweg(c, "/client/leitweg_id", c.Client.LeitwegID) }},

	{[]string{"/pricing/model"}, modelNeeds},
	{[]string{"/pricing/model"}, modelFieldsOnly},
}, priceRules, []rule{
	{[]string{"/pricing/payment/due_days", "/pricing/payment/cash_discount"}, cashDiscountDays},
	{[]string{"/term/start", "/term/end"}, endAfterStart},
	{[]string{"/term", "/date", "/pricing/model", "/pricing/hours_valid_until"}, hoursValidUntil},

	{[]string{"/term/start", "/stage", "/pricing/model", instalmentsPointer + "/*/due", "/documents/exclude"}, invoiceStart},
	{[]string{"/contractor/bank/iban", "/stage", "/pricing/model", instalmentsPointer + "/*/due", "/documents/exclude"}, invoiceBank},
	{[]string{smallBusinessPointer, contractorCountryPointer, clientCountryPointer, "/client/form"}, smallBusinessInEU},
	{[]string{smallBusinessPointer, "/pricing/vat"}, smallBusinessRate},
	{[]string{clientCountryPointer, "/pricing/vat"}, treatmentFits},
	{[]string{smallBusinessPointer, clientCountryPointer, "/pricing/vat", contractorVATPointer}, reverseChargeContractor},
	{[]string{smallBusinessPointer, clientCountryPointer, "/pricing/vat", clientVATPointer}, reverseChargeClient},
	{[]string{
		smallBusinessPointer, clientCountryPointer, "/pricing/vat", contractorVATPointer, contractorTaxPointer, "/stage",
		"/pricing/model", instalmentsPointer + "/*/due", "/documents/exclude",
	}, invoiceTaxNumber},
	{[]string{
		"/terms/jurisdiction", "/contractor/form", "/client/form", "/client/merchant", clientCountryPointer,
		contractorCountryPointer,
	}, jurisdiction},
})

func (r *report) allReadable(pointers []string) bool {
	for _, p := range pointers {
		if !r.readable(p) {
			return false
		}
	}
	return true
}

// fault notes a violation when the German predicate is not empty.
func (r *report) fault(pointer, code, predicate string) {
	if predicate != "" {
		r.note(pointer, code, says(pointer, predicate))
	}
}

// noConsumer: right of withdrawal and button duties (§§ 312j, 355, 356a BGB) are not covered.
func noConsumer(c *checking) {
	if c.Client.Form == Consumer {
		c.note("/client/form", "consumer_unsupported", "Aufträge von Verbrauchern sind hier nicht möglich: Widerrufsrecht und Schaltflächenpflichten "+
			"(§§ 312j, 355, 356a BGB) sind nicht abgedeckt. Handelt der Auftraggeber gewerblich oder freiberuflich, wählen Sie bitte person oder sole_trader.")
	}
}

func noConsumerContractor(c *checking) {
	if c.Contractor.Form == Consumer {
		c.fault("/contractor/form", "oneof", "kann nicht „consumer“ sein: Der Auftragnehmer handelt gewerblich. Bitte wählen Sie etwa person oder sole_trader.")
	}
}

func contractorInGermany(c *checking) {
	if country := c.Contractor.Address.Country; country != defaultCountry {
		c.note(contractorCountryPointer, "contractor_country_unsupported", "Auftragnehmer mit Sitz außerhalb Deutschlands ("+country+
			") sind hier nicht möglich: Die Dokumente folgen deutschem Recht und deutscher Umsatzsteuer. Bitte geben Sie eine Anschrift in Deutschland an.")
	}
}

func contractorPostalCode(c *checking) {
	postalCode(c, "/contractor/address/postal_code", c.Contractor.Address)
}

func clientPostalCode(c *checking) {
	postalCode(c, "/client/address/postal_code", c.Client.Address)
}

func postalCode(c *checking, pointer string, a Address) {
	if p, known := postalCodes[a.Country]; known && !p.form.MatchString(a.PostalCode) {
		c.fault(pointer, "postal_code", "passt nicht zum Land "+a.Country+": "+quote(a.PostalCode)+
			". Bitte schreiben Sie die Postleitzahl wie "+p.example+" oder prüfen Sie das Land.")
	}
}

func contractorPerson(c *checking) {
	actingPerson(c, "/contractor/person/last_name", c.Contractor.Party)
}

func clientPerson(c *checking) { actingPerson(c, "/client/person/last_name", c.Client.Party) }

// actingPerson: only a natural person acts without a representative.
func actingPerson(c *checking, pointer string, p Party) {
	if p.Form != Person && p.Form != SoleTrader && p.Person.LastName == "" {
		c.fault(pointer, "person_required", "fehlt: Bei dieser Rechtsform unterschreibt eine vertretungsberechtigte Person. Bitte tragen Sie unter person deren Namen ein.")
	}
}

func contractorEmail(c *checking) {
	if c.Contractor.Email == "" {
		c.fault("/contractor/email", "required", tagTexts["required"].predicate)
	}
}

func bankIBAN(c *checking) {
	if iban := c.Contractor.Bank.IBAN; iban != "" {
		c.fault("/contractor/bank/iban", "iban", ibanFault(iban))
	}
}

func bankBIC(c *checking) {
	if bic := c.Contractor.Bank.BIC; bic != "" && !bicForm.MatchString(bic) {
		c.fault("/contractor/bank/bic", "bic", "ist kein BIC: "+quote(bic)+". Bitte tragen Sie 8 oder 11 Zeichen ein, etwa COBADEFFXXX, oder lassen Sie das Feld weg.")
	}
}

// contractorVATID: the contractor is in Germany, so the id is a German one (§ 27a UStG).
func contractorVATID(c *checking) {
	id := c.Contractor.VATID
	switch {
	case id == "":
	case vatFault(id) != "":
		c.fault(contractorVATPointer, "vat_id", vatFault(id))
	case !strings.HasPrefix(id, defaultCountry):
		c.fault(contractorVATPointer, "vat_id", "muss die deutsche Nummer sein, nicht "+quote(id)+". Bitte tragen Sie sie ein, etwa DE123456788.")
	}
}

// clientVATID: outside the EU any tax id may stand there, unless it looks like one of a member state.
func clientVATID(c *checking) {
	if id := c.Client.VATID; id != "" && (inEU(c.Client.Address.Country) || euVATPrefix(id)) {
		c.fault(clientVATPointer, "vat_id", vatFault(id))
	}
}

func leitweg(c *checking, pointer, id string) {
	if id != "" {
		c.fault(pointer, "leitweg_id", leitwegFault(id))
	}
}

// merchant says that a party is a Kaufmann by its form (§§ 1, 6 HGB) or by its own word, or a public body: § 38 (1) ZPO.
func merchant(p Party, says bool) bool {
	switch p.Form {
	case OHG, KG, GmbH, UG, AG, PublicBody:
		return true
	}
	return says
}

// jurisdiction: § 38 (1) ZPO between merchants, § 38 (2) ZPO and Art. 25 Brüssel Ia where one side is not in Germany.
func jurisdiction(c *checking) {
	both := merchant(c.Contractor.Party, false) && merchant(c.Client.Party, *c.Client.Merchant)
	if c.Terms.Jurisdiction == "" || both || c.Client.Address.Country != defaultCountry {
		return
	}
	c.note("/terms/jurisdiction", "jurisdiction_void", "Ein Gerichtsstand kann hier nicht vereinbart werden (§ 38 ZPO): Das geht nur zwischen Kaufleuten "+
		"oder öffentlichen Stellen oder mit einer Seite im Ausland. Bitte lassen Sie terms.jurisdiction weg.")
}
