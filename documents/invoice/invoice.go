// Package invoice is the only arithmetic: one value behind the offer's prices, the invoice's page and its XML.
package invoice

import (
	"auftragsmappe/documents/date"
	"auftragsmappe/documents/money"
)

// Line is one priced position.
type Line struct {
	ID          int // 1, 2, …
	Description string
	Quantity    money.Decimal
	Unit        string // flat, hour, piece, month
	UnitPrice   money.Decimal
	Amount      money.Amount // Quantity × UnitPrice, rounded half up to the cent
}

// Category is the VAT category of EN 16931 (BT-118): S, E, AE, O.
type Category string

// The categories.
const (
	Standard      Category = "S"
	Exempt        Category = "E"  // § 19 UStG
	ReverseCharge Category = "AE" // Art. 196 MwStSystRL
	NotTaxable    Category = "O"  // § 3a (2) UStG
)

// VAT is how a price is taxed: one category for all lines.
type VAT struct {
	Category Category
	Rate     money.Decimal // for S the rate of § 12 UStG on the engagement's date, else 0
}

// Totals are the sums of a price or of a part of it.
type Totals struct {
	Lines    money.Amount // sum of the lines
	Discount money.Amount // positive
	Net      money.Amount
	VAT      money.Amount
	Gross    money.Amount
}

// Price is the fixed price of a package. A tracked-hours engagement has no Price, but an Estimate.
type Price struct {
	Lines           []Line
	DiscountPercent money.Decimal // 0 = none
	VAT             VAT
	Totals          Totals
	Parts           []Part // instalments; empty = all at once
}

// Part is one instalment.
type Part struct {
	Percent         money.Decimal
	Due             string    // on_order, on_completion, date
	Date            date.Date // when Due is date
	Net, VAT, Gross money.Amount
}

// Estimate is what tracked hours may come to: never a total.
type Estimate struct {
	Rate               money.Decimal // per hour, before the discount
	Discounted         money.Decimal // per hour after the discount, when there is one
	MinHours, MaxHours *money.Decimal
	Min, Max           money.Amount // net, of the estimate
	CapHours           *money.Decimal
	Cap                money.Amount // net
	VAT                VAT
}

// Invoice is one invoice: what is asked for now.
type Invoice struct {
	Number   string
	Issued   date.Date
	Due      date.Date
	From, To date.Date // expected period of the service; To may be zero
	Price    Price     // of the whole order
	Part     *Part     // the instalment that this invoice asks for; nil = the whole price
	Totals   Totals    // of this invoice: of Part, else of Price
	Skonto   *Skonto
	Prepaid  bool // Vorausrechnung, § 14 (5) sentence 1 UStG
}

// Skonto is a cash discount: what is paid when paid by a date.
type Skonto struct {
	Percent money.Decimal
	Until   date.Date
	Off     money.Amount // of the gross
	Pay     money.Amount
}
