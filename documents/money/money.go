// Package money is exact decimals and commercial rounding; there are no floats.
package money

import (
	"errors"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
)

// Amount is a sum in cents of the document's currency.
type Amount int64

// Decimal is an exact decimal number: a quantity, a price per unit, a percentage.
type Decimal struct{ d decimal.Decimal }

// ErrSyntax says that a text is no plain decimal such as "1490.00".
var ErrSyntax = errors.New("no decimal number")

// maxDigits bounds what Parse reads; every limit of the engagement is far below.
const maxDigits = 40

// Parse reads a plain decimal with a dot: "1490.00", "-3", "0.335"; no exponent, no grouping, no blanks.
func Parse(s string) (Decimal, error) {
	digits := strings.TrimPrefix(s, "-")
	whole, frac, dot := strings.Cut(digits, ".")
	if len(s) > maxDigits || !allDigits(whole) || dot && !allDigits(frac) {
		return Decimal{}, fmt.Errorf("%w: %q", ErrSyntax, s)
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return Decimal{}, fmt.Errorf("%w: %q", ErrSyntax, s)
	}
	return Decimal{d}, nil
}

func allDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// MustParse is Parse for constants; it panics on bad syntax.
func MustParse(s string) Decimal {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Int is n as a decimal.
func Int(n int) Decimal { return Decimal{decimal.NewFromInt(int64(n))} }

// Decimals counts the digits after the point that are needed ("1.50" has 1).
func (d Decimal) Decimals() int {
	_, frac, _ := strings.Cut(d.String(), ".")
	return len(frac)
}

// Sign is -1, 0 or 1.
func (d Decimal) Sign() int { return d.d.Sign() }

// Cmp is -1, 0 or 1 as d is below, equal to or above e.
func (d Decimal) Cmp(e Decimal) int { return d.d.Cmp(e.d) }

// Add is d + e.
func (d Decimal) Add(e Decimal) Decimal { return Decimal{d.d.Add(e.d)} }

// Mul is d × e, exact.
func (d Decimal) Mul(e Decimal) Decimal { return Decimal{d.d.Mul(e.d)} }

// Round is d in cents, rounded commercially (half away from zero) to the cent.
func (d Decimal) Round() Amount { return Amount(d.d.Round(2).Shift(2).IntPart()) }

// String is the shortest plain form: "1490", "0.335".
func (d Decimal) String() string {
	s := d.d.String()
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// MarshalText writes String.
func (d Decimal) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what Parse reads.
func (d *Decimal) UnmarshalText(b []byte) (err error) {
	*d, err = Parse(string(b))
	return err
}

// Percent is p percent of a, rounded commercially to the cent.
func (a Amount) Percent(p Decimal) Amount {
	return Amount(decimal.New(int64(a), 0).Mul(p.d).Shift(-2).Round(0).IntPart())
}

// Decimal is the amount as a decimal number of the currency: 149000 cents are 1490.00.
func (a Amount) Decimal() Decimal { return Decimal{decimal.New(int64(a), -2)} }

// String is the plain form with two decimals: "1490.00".
func (a Amount) String() string {
	sign := ""
	if a < 0 {
		sign, a = "-", -a
	}
	return fmt.Sprintf("%s%d.%02d", sign, a/100, a%100)
}

// MarshalText writes String.
func (a Amount) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads a decimal and rounds it to the cent.
func (a *Amount) UnmarshalText(b []byte) error {
	d, err := Parse(string(b))
	if err != nil {
		return err
	}
	*a = d.Round()
	return nil
}
