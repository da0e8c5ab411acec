package engagement

import (
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/money"
)

// Stage says how far to document now.
type Stage string

// The stages. Contract and complete count as one stage of an engagement's life.
const (
	StageOffer    Stage = "offer"
	StageContract Stage = "contract"
	StageComplete Stage = "complete"
)

// Engagement is one order: who works for whom, on what, for which price, with which access.
// Optional fields are pointers where their zero value could be meant; "" and nil lists are "absent".
type Engagement struct {
	Reference     string          `json:"reference" validate:"max=500"`
	Revision      *int            `json:"revision" validate:"omitnil,within=1-999"`
	Stage         Stage           `json:"stage" validate:"oneof=offer contract complete"`
	Date          date.Date       `json:"date"`
	Tone          Tone            `json:"tone" validate:"oneof=sie du"`
	Contractor    Contractor      `json:"contractor"`
	Client        Client          `json:"client"`
	Scope         Scope           `json:"scope"`
	Term          Term            `json:"term"`
	Pricing       Pricing         `json:"pricing"`
	Access        []Access        `json:"access" validate:"max=100,dive"`
	Processing    Processing      `json:"processing"`
	Terms         Terms           `json:"terms"`
	Communication []Communication `json:"communication" validate:"max=500,dive"`
	Documents     Documents       `json:"documents"`
}

// Tone is the form of address in letters; contracts stay in the third person.
type Tone string

// The tones.
const (
	ToneSie Tone = "sie"
	ToneDu  Tone = "du"
)

// Form is the legal form of a party.
type Form string

// The legal forms.
const (
	Person     Form = "person" // a private name acting in business
	SoleTrader Form = "sole_trader"
	GbR        Form = "gbr"
	OHG        Form = "ohg"
	KG         Form = "kg"
	GmbH       Form = "gmbh"
	UG         Form = "ug"
	AG         Form = "ag"
	EV         Form = "ev"
	PartG      Form = "partg"
	PublicBody Form = "public_body"
	Consumer   Form = "consumer" // refused: see code consumer_unsupported
	OtherForm  Form = "other"
)

// Gender is f, m, d (divers), n (none) or "" (not given): the grammar of the role nouns.
type Gender string

// Party is what both sides have in common.
type Party struct {
	Form            Form     `json:"form" validate:"required,oneof=person sole_trader gbr ohg kg gmbh ug ag ev partg public_body consumer other"`
	Name            string   `json:"name" validate:"required,max=200"` // as printed
	Person          Human    `json:"person"`
	Gender          Gender   `json:"gender" validate:"omitempty,oneof=f m d n"`
	Address         Address  `json:"address"`
	Email           string   `json:"email" validate:"omitempty,email,max=500"`
	Phone           string   `json:"phone" validate:"max=500"`
	Website         string   `json:"website" validate:"max=500"`
	VATID           string   `json:"vat_id" validate:"max=500"`
	TaxNumber       string   `json:"tax_number" validate:"max=500"`
	SmallBusinessID string   `json:"small_business_id" validate:"max=500"`
	Register        Register `json:"register"`
	LeitwegID       string   `json:"leitweg_id" validate:"max=500"`
	// DataProtectionOfficer is the named officer; never invented (§ 38 BDSG).
	DataProtectionOfficer string `json:"data_protection_officer" validate:"max=500"`
}

// Human is the person who acts for a party.
type Human struct {
	Salutation string `json:"salutation" validate:"omitempty,oneof=Frau Herr divers"` // Frau, Herr, divers or ""
	Title      string `json:"title" validate:"max=200"`
	FirstName  string `json:"first_name" validate:"max=200"`
	LastName   string `json:"last_name" validate:"max=200"`
	Role       string `json:"role" validate:"max=500"`
}

// Address is a postal address; Country is ISO 3166-1 alpha-2, default DE.
type Address struct {
	Extra      string `json:"extra" validate:"max=500"`
	Street     string `json:"street" validate:"required,max=500"`
	PostalCode string `json:"postal_code" validate:"required,max=500"`
	City       string `json:"city" validate:"required,max=500"`
	Country    string `json:"country" validate:"iso3166_1_alpha2"`
}

// Register is the entry in a commercial or other register.
type Register struct {
	Court  string `json:"court" validate:"max=500"`
	Number string `json:"number" validate:"max=500"`
}

// Contractor is the side that works and issues the documents.
type Contractor struct {
	Party
	SmallBusiness *bool          `json:"small_business"` // § 19 UStG; default false
	Bank          Bank           `json:"bank"`
	HourlyRate    *money.Decimal `json:"hourly_rate" validate:"omitnil,positive,below=10000000,decimals=4"` // default rate of the hour models
	Measures      []string       `json:"measures" validate:"max=500,dive,max=500"`                          // ids of confirmed technical and organisational measures
	Insurance     Insurance      `json:"insurance"`                                                         // DL-InfoV § 2 (1) Nr. 11
	HomeOffice    *bool          `json:"home_office"`                                                       // nil = nothing is said
}

// Bank is the account on the invoice.
type Bank struct {
	Holder string `json:"holder" validate:"max=200"`
	IBAN   string `json:"iban" validate:"max=500"` // without blanks after Decode
	BIC    string `json:"bic" validate:"max=500"`
	Bank   string `json:"bank" validate:"max=200"`
}

// Insurance is the professional liability insurance.
type Insurance struct {
	Insurer string `json:"insurer" validate:"max=500"`
	Area    string `json:"area" validate:"max=500"`
}

// Client is the side that orders.
type Client struct {
	Party
	Merchant            *bool `json:"merchant"`             // Kaufmann, § 38 (1) ZPO; default false
	ProfessionalSecrecy *bool `json:"professional_secrecy"` // § 203 StGB; nil = not answered
}

// Scope is what is to be done.
type Scope struct {
	Title        string    `json:"title" validate:"required,max=200"`
	Summary      string    `json:"summary" validate:"max=4000"`
	Services     []Service `json:"services" validate:"required,max=100,dive"`
	OutOfScope   []string  `json:"out_of_scope" validate:"max=500,dive,max=500"`
	ClientDuties []string  `json:"client_duties" validate:"max=500,dive,max=500"`
}

// Nature is the legal kind of a service: Werk (result) or Dienst (service), §§ 631, 611 BGB.
type Nature string

// The natures.
const (
	NatureResult  Nature = "result"
	NatureService Nature = "service"
)

// Service is one piece of work.
type Service struct {
	Title       string `json:"title" validate:"required,max=200"`
	Description string `json:"description" validate:"max=4000"`
	Result      string `json:"result" validate:"max=4000"`
	Nature      Nature `json:"nature" validate:"oneof=result service"` // filled by Decode
}

// Term is how long the engagement runs. No End = open-ended; no NoticeWeeks = § 621 BGB.
type Term struct {
	Start       date.Date `json:"start"`
	End         date.Date `json:"end"`
	NoticeWeeks *int      `json:"notice_weeks" validate:"omitnil,within=1-52"`
}

// Model is the price model.
type Model string

// The price models.
const (
	ResultPackage Model = "result_package"
	HourPackage   Model = "hour_package"
	TrackedHours  Model = "tracked_hours"
)

// Pricing is the price; fields of another model are an error.
type Pricing struct {
	Model                   Model          `json:"model" validate:"required,oneof=result_package hour_package tracked_hours"`
	Items                   []Item         `json:"items" validate:"max=500,dive"`
	Hours                   *money.Decimal `json:"hours" validate:"omitnil,positive,below=10000000,decimals=4"`
	HourlyRate              *money.Decimal `json:"hourly_rate" validate:"omitnil,positive,below=10000000,decimals=4"` // filled from the contractor in the hour models
	HoursValidUntil         date.Date      `json:"hours_valid_until"`
	UnusedHours             string         `json:"unused_hours" validate:"omitempty,oneof=refund extend"` // refund (default) or extend
	EstimatedHours          Estimate       `json:"estimated_hours"`
	CapHours                *money.Decimal `json:"cap_hours" validate:"omitnil,positive,below=10000000,decimals=4"`
	Period                  string         `json:"period" validate:"omitempty,oneof=month total"` // month or total, of estimate and cap; filled
	BillingIncrementMinutes *int           `json:"billing_increment_minutes" validate:"omitnil,within=1-60"`
	DiscountPercent         *money.Decimal `json:"discount_percent" validate:"omitnil,notnegative,upto=100,decimals=4"`
	Currency                string         `json:"currency" validate:"oneof=EUR"`
	VAT                     VAT            `json:"vat"`
	Payment                 Payment        `json:"payment"`
	OfferValidDays          *int           `json:"offer_valid_days" validate:"omitnil,within=1-365"`
}

// Item is one priced position of a result package.
type Item struct {
	Description string         `json:"description" validate:"required,max=4000"`
	Quantity    *money.Decimal `json:"quantity" validate:"required,positive,below=10000000,decimals=4"`
	Unit        string         `json:"unit" validate:"oneof=flat hour piece month"` // flat, hour, piece, month; default flat
	UnitPrice   *money.Decimal `json:"unit_price" validate:"required,notnegative,below=10000000,decimals=4"`
}

// Estimate is a range of hours, not binding.
type Estimate struct {
	Min *money.Decimal `json:"min" validate:"omitnil,positive,below=10000000,decimals=4"`
	Max *money.Decimal `json:"max" validate:"omitnil,positive,below=10000000,decimals=4"`
}

// Treatment is how the supply is taxed.
type Treatment string

// The treatments.
const (
	VATStandard      Treatment = "standard"       // 19 %, category S
	VATReduced       Treatment = "reduced"        // 7 %, category S
	VATSmallBusiness Treatment = "small_business" // § 19 UStG, category E
	VATReverseCharge Treatment = "reverse_charge" // Art. 196 MwStSystRL, category AE
	VATNotTaxable    Treatment = "not_taxable"    // § 3a (2) UStG, category O
)

// VAT is the treatment; filled by Decode from the parties when not given.
type VAT struct {
	Treatment Treatment `json:"treatment" validate:"omitempty,oneof=standard reduced small_business reverse_charge not_taxable"`
}

// Payment is the terms of payment.
type Payment struct {
	DueDays      *int          `json:"due_days" validate:"omitnil,within=0-365"`
	Instalments  []Instalment  `json:"instalments" validate:"max=24,dive"`
	CashDiscount *CashDiscount `json:"cash_discount"`
}

// Instalment is a part of the price, in percent of net and VAT alike.
type Instalment struct {
	Percent *money.Decimal `json:"percent" validate:"required,positive,upto=100,decimals=4"`
	Due     string         `json:"due" validate:"required,max=500"` // on_order, on_completion or an ISO date
}

// CashDiscount is Skonto.
type CashDiscount struct {
	Percent *money.Decimal `json:"percent" validate:"required,positive,upto=100,decimals=4"`
	Days    *int           `json:"days" validate:"required,within=0-365"`
}

// Access is a login to one of the client's tools.
type Access struct {
	Tool         string   `json:"tool" validate:"required,max=500"`
	Role         string   `json:"role" validate:"max=500"`
	Permissions  []string `json:"permissions" validate:"max=500,dive,max=500"`
	CustomerData *bool    `json:"customer_data"`                                                         // the caller's answer; nil = not answered
	Handover     string   `json:"handover" validate:"oneof=team_account password_manager api_key other"` // team_account, password_manager, api_key, other (default)
	Note         string   `json:"note" validate:"max=4000"`
}

// Processing is what the AVV says of the data (Art. 28 (3) DSGVO).
type Processing struct {
	Purpose               string         `json:"purpose" validate:"max=4000"`
	DataSubjects          []string       `json:"data_subjects" validate:"max=500,dive,max=500"`
	DataCategories        []string       `json:"data_categories" validate:"max=500,dive,max=500"`
	SpecialCategories     *bool          `json:"special_categories"` // Art. 9 DSGVO; default false
	Measures              []string       `json:"measures" validate:"max=500,dive,max=500"`
	Subprocessors         []Subprocessor `json:"subprocessors" validate:"max=500,dive"`
	RetentionAfterEndDays *int           `json:"retention_after_end_days" validate:"omitnil,within=0-3650"` // default 30
	Instructors           []string       `json:"instructors" validate:"max=500,dive,max=500"`               // who gives instructions; default the signatory
	Recipients            []string       `json:"recipients" validate:"max=500,dive,max=500"`                // who receives them; default the signatory
	BreachHours           *int           `json:"breach_hours" validate:"omitnil,within=1-72"`               // nil = unverzüglich only
}

// Given says that the caller posted anything of it.
func (p *Processing) Given() bool {
	return p.Purpose != "" || len(p.DataSubjects)+len(p.DataCategories)+len(p.Measures)+len(p.Subprocessors)+
		len(p.Instructors)+len(p.Recipients) > 0 || p.BreachHours != nil
}

// Subprocessor is a further processor, Art. 28 (2), (4) DSGVO.
type Subprocessor struct {
	Name      string `json:"name" validate:"max=200"`
	Service   string `json:"service" validate:"max=500"`
	Country   string `json:"country" validate:"max=500"`   // as given
	Safeguard string `json:"safeguard" validate:"max=500"` // basis of a transfer to a third country
}

// Terms are the options of the deeds; Decode fills the defaults.
type Terms struct {
	Substitutes          *bool  `json:"substitutes"`                                             // default true
	Expenses             string `json:"expenses" validate:"oneof=receipts none"`                 // receipts (default), none
	Rights               string `json:"rights" validate:"oneof=simple exclusive"`                // simple (default), exclusive
	RightsOnPayment      *bool  `json:"rights_on_payment"`                                       // default true
	References           string `json:"references" validate:"oneof=ask yes no"`                  // ask (default), yes, no
	NDAMutual            *bool  `json:"nda_mutual"`                                              // default false
	NDAYears             *int   `json:"nda_years" validate:"omitnil,within=1-10"`                // default 3
	NDAPenalty           *bool  `json:"nda_penalty"`                                             // default false
	SubprocessorApproval string `json:"subprocessor_approval" validate:"oneof=general separate"` // general (default), separate
	Jurisdiction         string `json:"jurisdiction" validate:"max=500"`                         // a city, only where § 38 ZPO allows it
	SigningCity          string `json:"signing_city" validate:"max=500"`
}

// Communication is a channel between the parties.
type Communication struct {
	Channel string `json:"channel" validate:"omitempty,oneof=slack teams email telegram phone video"` // slack, teams, email, telegram, phone, video
	Address string `json:"address" validate:"max=500"`
	For     string `json:"for" validate:"max=4000"`
}

// Documents overrides the decision.
type Documents struct {
	Include []string `json:"include" validate:"max=500,dive,max=500"`
	Exclude []string `json:"exclude" validate:"max=500,dive,max=500"`
}

// Valid is an engagement that passed every rule, with all defaults filled in. Never nil in it: Revision,
// Contractor.SmallBusiness, Client.Merchant, Pricing.OfferValidDays, Payment.DueDays, the yes-or-no answers and NDAYears
// of Terms, Processing.SpecialCategories and RetentionAfterEndDays; quantity and price of an item, both fields of a cash
// discount, the percentage of an instalment; in the hour models HourlyRate and BillingIncrementMinutes, in an hour
// package Hours. Never blank: Date, Stage, Tone, both countries, VAT.Treatment, each Nature, Unit and Handover.
type Valid struct {
	Engagement
	// Canonical is the caller's JSON before defaults, profile and today's date, with sorted keys and without blanks:
	// what replays compare.
	Canonical []byte
}

// Violation is one broken rule.
type Violation struct {
	Pointer string `json:"pointer"` // JSON pointer of the field, also when it is missing
	Code    string `json:"code"`    // stable English id
	Detail  string `json:"detail"`  // German sentence that says what to do
}

// Violations are all broken rules of a request; it is an error.
type Violations []Violation

// Error lists pointers and codes, for logs: no personal data.
func (v Violations) Error() string {
	s := "invalid engagement:"
	for _, x := range v {
		s += " " + x.Pointer + " " + x.Code + ";"
	}
	return s
}
