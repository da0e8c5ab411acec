package engagement

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/money"
)

// When an instalment is due, besides an ISO date.
const (
	DueOnOrder      = "on_order"
	DueOnCompletion = "on_completion"
)

var (
	limit   = money.Int(10_000_000) // every amount lies below
	hundred = money.Int(100)
)

// needs are the fields of pricing that a model cannot do without.
var needs = map[Model][]string{
	ResultPackage: {"items"},
	HourPackage:   {"hours", "hourly_rate"},
	TrackedHours:  {"hourly_rate"},
}

func modelNeeds(c *checking) {
	for _, path := range needs[c.Pricing.Model] {
		if path == "hourly_rate" && !c.readable("/contractor/hourly_rate") {
			continue
		}
		if at(reflect.ValueOf(&c.Pricing), path).IsZero() {
			pointer := "/pricing/" + path
			c.fault(pointer, "required", "fehlt: Das Preismodell "+string(c.Pricing.Model)+" braucht diese Angabe. Bitte ergänzen Sie sie.")
		}
	}
}

// modelFieldsOnly: one price model per engagement.
func modelFieldsOnly(c *checking) {
	for _, f := range modelFields {
		if slices.Contains(f.models, c.Pricing.Model) || at(reflect.ValueOf(&c.Pricing), f.path).IsZero() {
			continue
		}
		names := make([]string, len(f.models))
		for i, m := range f.models {
			names[i] = string(m)
		}
		pointer := "/pricing/" + f.path
		c.fault(pointer, "not_in_model", fmt.Sprintf("gehört nicht zum Preismodell %s, sondern zu %s. Bitte entfernen Sie die Angabe oder ändern Sie das Modell.",
			c.Pricing.Model, strings.Join(names, " und ")))
	}
}

// tooMuch notes an amount that reaches the limit.
func tooMuch(c *checking, pointer string, amount money.Decimal) {
	if amount.Cmp(limit) >= 0 {
		c.fault(pointer, "too_large", "ergibt einen Betrag von 10.000.000 oder mehr. Bitte prüfen Sie Menge und Preis.")
	}
}

func itemAmounts(c *checking) {
	var sum money.Decimal
	for i, item := range c.Pricing.Items {
		amount := item.Quantity.Mul(*item.UnitPrice)
		tooMuch(c, fmt.Sprintf("/pricing/items/%d/unit_price", i), amount)
		sum = sum.Add(amount)
	}
	if c.readable("/pricing/items") {
		tooMuch(c, "/pricing/items", sum)
	}
}

func hourAmounts(c *checking) {
	p := c.Pricing
	if p.HourlyRate == nil {
		return
	}
	for _, h := range []struct {
		pointer string
		hours   *money.Decimal
	}{{"/pricing/hours", p.Hours}, {"/pricing/cap_hours", p.CapHours}, {"/pricing/estimated_hours/max", p.EstimatedHours.Max}} {
		if h.hours != nil {
			tooMuch(c, h.pointer, h.hours.Mul(*p.HourlyRate))
		}
	}
}

func estimateOrder(c *checking) {
	if e := c.Pricing.EstimatedHours; e.Min != nil && e.Max != nil && e.Min.Cmp(*e.Max) > 0 {
		c.fault("/pricing/estimated_hours/max", "estimate_order", "liegt unter dem Minimum ("+e.Max.String()+" statt mindestens "+e.Min.String()+"). Bitte vertauschen Sie die Werte.")
	}
}

// instalmentDates: each part is due on order, on completion or on a date, and no two at once.
func instalmentDates(c *checking) {
	seen := map[string]int{}
	for i, part := range c.Pricing.Payment.Instalments {
		pointer := fmt.Sprintf("%s/%d/due", instalmentsPointer, i)
		if part.Due != DueOnOrder && part.Due != DueOnCompletion {
			if _, err := date.Parse(part.Due); err != nil {
				c.fault(pointer, "instalment_due", "ist weder on_order noch on_completion noch ein Datum wie 2026-12-01: "+quote(part.Due)+". Bitte wählen Sie eines davon.")
				continue
			}
			_, detail := readDate(part.Due)
			c.fault(pointer, "date", detail)
		}
		if first, twice := seen[part.Due]; twice {
			c.fault(pointer, "instalment_due", fmt.Sprintf("ist dieselbe wie bei Rate %d (%s). Bitte fassen Sie beide Raten zusammen oder ändern Sie die Fälligkeit.", first+1, part.Due))
			continue
		}
		seen[part.Due] = i
	}
}

func instalmentSum(c *checking) {
	parts := c.Pricing.Payment.Instalments
	if len(parts) == 0 {
		return
	}
	var sum money.Decimal
	for _, part := range parts {
		sum = sum.Add(*part.Percent)
	}
	if sum.Cmp(hundred) != 0 {
		c.note(instalmentsPointer, "instalments_sum", "Die Raten ergeben zusammen "+german(sum)+" statt 100 Prozent. Bitte passen Sie die Prozentsätze an.")
	}
}

// german is a decimal with a comma.
func german(d money.Decimal) string { return strings.Replace(d.String(), ".", ",", 1) }

func cashDiscountDays(c *checking) {
	pay := c.Pricing.Payment
	if pay.CashDiscount != nil && *pay.CashDiscount.Days > *pay.DueDays {
		c.fault("/pricing/payment/cash_discount/days", "cash_discount_days", fmt.Sprintf(
			"ist zu groß: Die Skontofrist (%d Tage) darf nicht nach der Fälligkeit (%d Tage) enden. Bitte kürzen Sie die Frist.",
			*pay.CashDiscount.Days, *pay.DueDays))
	}
}

func endAfterStart(c *checking) {
	if t := c.Term; !t.Start.IsZero() && !t.End.IsZero() && t.End.Before(t.Start) {
		c.fault("/term/end", "end_before_start", "liegt vor dem Beginn ("+t.End.String()+" vor "+t.Start.String()+"). Bitte prüfen Sie beide Daten.")
	}
}

func hoursValidUntil(c *checking) {
	until, from := c.Pricing.HoursValidUntil, c.Term.Start
	if from.IsZero() {
		from = c.Date
	}
	if c.Pricing.Model == HourPackage && !until.IsZero() && until != c.Term.End && until.Before(from) {
		c.fault("/pricing/hours_valid_until", "hours_valid_until", "liegt vor dem Beginn ("+until.String()+" vor "+from.String()+"). Bitte wählen Sie einen späteren Tag.")
	}
}

// invoiced says that this call makes an invoice: a package, paid in advance, not in the offer stage; with instalments
// only when one is due on order.
func invoiced(e *Engagement) bool {
	prepaid := e.Pricing.Model == ResultPackage || e.Pricing.Model == HourPackage
	if e.Stage == StageOffer || !prepaid || slices.Contains(e.Documents.Exclude, "invoice") {
		return false
	}
	parts := e.Pricing.Payment.Instalments
	return len(parts) == 0 || slices.ContainsFunc(parts, func(i Instalment) bool { return i.Due == DueOnOrder })
}

func invoiceStart(c *checking) {
	if invoiced(c.Engagement) && c.Term.Start.IsZero() {
		c.fault("/term/start", "required", "fehlt: Die Rechnung muss den Leistungszeitraum nennen (§ 14 Abs. 4 Nr. 6 UStG). Bitte tragen Sie den Beginn ein.")
	}
}

func invoiceBank(c *checking) {
	if invoiced(c.Engagement) && c.Contractor.Bank.IBAN == "" {
		c.fault("/contractor/bank/iban", "bank_required", "fehlt: Die Rechnung braucht ein Konto, auf das gezahlt wird. Bitte tragen Sie die IBAN ein.")
	}
}
