package money

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"1490.00": "1490", "0.335": "0.335", "-3": "-3", "007": "7", "0": "0", "-0": "0", "100": "100", "10.10": "10.1", "0.0000": "0",
		"12345678901234567890.5": "12345678901234567890.5",
	} {
		d, err := Parse(text)
		if err != nil || d.String() != want {
			t.Errorf("Parse(%q) = %s, %v, want %s", text, d, err, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{
		"", "-", ".", "1.", ".5", "1,5", "1.490,00", "1 490", "+1", "--1", "1e3", "0x10", "NaN", "Inf", "1_000", "١", "1.-5", " 1", "1\n",
		strings.Repeat("9", maxDigits+1),
	} {
		if d, err := Parse(text); !errors.Is(err, ErrSyntax) {
			t.Errorf("Parse(%q) = %s, %v, want ErrSyntax", text, d, err)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("MustParse accepted nonsense")
		}
	}()
	MustParse("nonsense")
}

// Half a cent goes away from zero (kaufmännisch), whatever the digit before.
func TestRound(t *testing.T) {
	for text, want := range map[string]Amount{
		"0.005": 1, "0.0049999": 0, "1.005": 101, "2.675": 268, "1.015": 102, "-0.005": -1, "-2.675": -268, "1490": 149000, "0.015": 2, "0.025": 3,
		"9999999.994": 999999999,
	} {
		if got := MustParse(text).Round(); got != want {
			t.Errorf("Round(%s) = %d, want %d", text, got, want)
		}
	}
}

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		amount  Amount
		percent string
		want    Amount
	}{
		{111000, "19", 21090}, {145000, "19", 27550}, {49800, "5", 2490}, {1, "50", 1}, {-1, "50", -1}, {100, "0", 0}, {999999999, "19", 190000000},
		{10001, "33.3333", 3334}, {250, "7", 18}, {50, "7", 4},
	} {
		if got := c.amount.Percent(MustParse(c.percent)); got != c.want {
			t.Errorf("%s %% of %s = %s, want %s", c.percent, c.amount, got, c.want)
		}
	}
}

func TestArithmetic(t *testing.T) {
	a, b := MustParse("20"), MustParse("24.90")
	if got := a.Mul(b).String(); got != "498" {
		t.Errorf("20 × 24.90 = %s", got)
	}
	if got := MustParse("0.1").Add(MustParse("0.2")).String(); got != "0.3" {
		t.Errorf("0.1 + 0.2 = %s", got)
	}
	if a.Cmp(b) >= 0 || b.Cmp(a) <= 0 || a.Cmp(Int(20)) != 0 {
		t.Error("Cmp")
	}
	if Int(-3).Sign() != -1 || Int(0).Sign() != 0 || b.Sign() != 1 {
		t.Error("Sign")
	}
	if got := Amount(149000).Decimal(); got.Cmp(Int(1490)) != 0 || got.Round() != 149000 {
		t.Errorf("Decimal: %s", got)
	}
}

func TestDecimals(t *testing.T) {
	for text, want := range map[string]int{"1": 0, "1.00": 0, "1.50": 1, "0.335": 3, "0.00010": 4, "-2.12345": 5, "100": 0} {
		if got := MustParse(text).Decimals(); got != want {
			t.Errorf("Decimals(%s) = %d, want %d", text, got, want)
		}
	}
}

func TestAmountString(t *testing.T) {
	for amount, want := range map[Amount]string{0: "0.00", 5: "0.05", -5: "-0.05", 149000: "1490.00", -123456: "-1234.56"} {
		if got := amount.String(); got != want {
			t.Errorf("%d: %s, want %s", amount, got, want)
		}
	}
}

func TestText(t *testing.T) {
	var holder struct {
		Price Decimal
		Sum   Amount
	}
	if err := json.Unmarshal([]byte(`{"Price":"24.90","Sum":"473.1"}`), &holder); err != nil {
		t.Fatal(err)
	}
	if out, err := json.Marshal(holder); err != nil || string(out) != `{"Price":"24.9","Sum":"473.10"}` {
		t.Errorf("wrote %s, %v", out, err)
	}
	for _, bad := range []string{`{"Price":"a"}`, `{"Sum":"1,5"}`} {
		if err := json.Unmarshal([]byte(bad), &holder); !errors.Is(err, ErrSyntax) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
