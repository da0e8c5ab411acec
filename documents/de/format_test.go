package de

import (
	"strings"
	"testing"

	"auftragsmappe/documents/date"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/money"
)

// same compares with ordinary blanks, as the expectation is easier to read so.
func same(t *testing.T, got, want string) {
	t.Helper()
	if strings.ReplaceAll(got, NBSP, " ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNumbers(t *testing.T) {
	same(t, Money(185000), "1.850,00 €")
	same(t, Money(5), "0,05 €")
	same(t, Money(-123456789), "−1.234.567,89 €")
	same(t, Price(money.MustParse("0.335")), "0,335 €")
	same(t, Price(money.MustParse("72.5")), "72,50 €")
	same(t, Number(money.MustParse("1.50")), "1,5")
	same(t, Number(money.MustParse("1234")), "1234")
	same(t, Number(money.MustParse("12345.25")), "12 345,25")
	same(t, Percent(money.Int(19)), "19 %")
	same(t, Count(money.Int(1), Hour), "1 Stunde")
	same(t, Count(money.MustParse("0.5"), Hour), "0,5 Stunden")
	same(t, CountDative(money.Int(14), Day), "14 Tagen")
	same(t, CountDative(money.Int(1), Day), "1 Tag")
	same(t, Quantity(money.Int(1), "flat"), "pauschal")
	same(t, Quantity(money.Int(2), "flat"), "2 × pauschal")
	same(t, Quantity(money.Int(1), "month"), "1 Monat")
	same(t, Quantity(money.Int(3), "month"), "3 Monate")
	same(t, Quantity(money.MustParse("2.5"), "piece"), "2,5 Stück")
	same(t, Years(1), "ein Jahr")
	same(t, Years(3), "drei Jahre")
	same(t, Years(13), "13 Jahre")
	same(t, IBAN("DE33860400000123456789"), "DE33 8604 0000 0123 4567 89")
}

func TestUnitsDoNotBreak(t *testing.T) {
	for _, s := range []string{Money(1), Percent(money.Int(2)), Count(money.Int(3), Day), IBAN("DE33860400000123456789"), Number(money.Int(12345))} {
		if strings.Contains(s, " ") {
			t.Errorf("%q may break", s)
		}
	}
}

func TestDates(t *testing.T) {
	d := date.Date{Year: 2026, Month: 12, Day: 7}
	same(t, LongDate(d), "7. Dezember 2026")
	same(t, ShortDate(d), "07.12.2026")
	same(t, Month(3), "März")
}

func TestLists(t *testing.T) {
	same(t, And(nil), "")
	same(t, And([]string{"A"}), "A")
	same(t, And([]string{"A", "B"}), "A und B")
	same(t, Or([]string{"A", "B", "C"}), "A, B oder C")
}

func TestSalutation(t *testing.T) {
	lena := engagement.Human{Salutation: "Frau", Title: "Dr.", FirstName: "Lena", LastName: "Hoffmann"}
	noSalutation := engagement.Human{FirstName: "Özlem", LastName: "Şahin"}
	divers := engagement.Human{Salutation: "divers", FirstName: "Kim", LastName: "Roth"}
	herr := engagement.Human{Salutation: "Herr", FirstName: "Jörg", LastName: "Weiß"}
	for want, got := range map[string]string{
		"Sehr geehrte Frau Dr. Hoffmann,": Salutation(&engagement.Party{Person: lena}, engagement.ToneSie),
		"Sehr geehrter Herr Weiß,":        Salutation(&engagement.Party{Person: herr}, engagement.ToneSie),
		"Guten Tag Özlem Şahin,":          Salutation(&engagement.Party{Person: noSalutation}, engagement.ToneSie),
		"Guten Tag Kim Roth,":             Salutation(&engagement.Party{Person: divers}, engagement.ToneSie),
		"Guten Tag,":                      Salutation(&engagement.Party{}, engagement.ToneSie),
		"Liebe Lena,":                     Salutation(&engagement.Party{Person: lena}, engagement.ToneDu),
		"Lieber Jörg,":                    Salutation(&engagement.Party{Person: herr}, engagement.ToneDu),
		"Hallo Özlem,":                    Salutation(&engagement.Party{Person: noSalutation}, engagement.ToneDu),
		"Liebe Özlem,":                    Salutation(&engagement.Party{Person: noSalutation, Gender: "f"}, engagement.ToneDu),
		"Hallo Kim,":                      Salutation(&engagement.Party{Person: divers}, engagement.ToneDu),
	} {
		same(t, got, want)
	}
	same(t, Salutation(&engagement.Party{}, engagement.ToneDu), "Guten Tag,")
}

func TestPostalAddress(t *testing.T) {
	company := &engagement.Party{
		Form: engagement.GmbH, Name: "Donaublick Coaching GmbH", Person: engagement.Human{Salutation: "Frau", Title: "Mag.", FirstName: "Katharina", LastName: "Grüber"},
		Address: engagement.Address{Extra: "Stiege 2", Street: "Praterstraße 1/12", PostalCode: "1020", City: "Wien", Country: "AT"},
	}
	same(t, strings.Join(PostalAddress(company), "|"), "Donaublick Coaching GmbH|Frau Mag. Katharina Grüber|Stiege 2|Praterstraße 1/12|1020 WIEN|ÖSTERREICH")
	same(t, Place(&company.Address), "Stiege 2, Praterstraße 1/12, 1020 Wien, Österreich")
	trader := &engagement.Party{
		Form: engagement.SoleTrader, Name: "Kreativkurse Lena Hoffmann", Person: engagement.Human{Salutation: "Frau", FirstName: "Lena", LastName: "Hoffmann"},
		Address: engagement.Address{Street: "Aachener Straße 12", PostalCode: "50674", City: "Köln", Country: "DE"},
	}
	same(t, strings.Join(PostalAddress(trader), "|"), "Kreativkurse Lena Hoffmann|Aachener Straße 12|50674 Köln")
	if !Company(company) || Company(trader) {
		t.Error("a GmbH is a company, a sole trader is none")
	}
	same(t, Country("XX"), "XX")
}

func TestSignatory(t *testing.T) {
	same(t, Signatory(&engagement.Party{Name: "Stadt Hamm", Person: engagement.Human{FirstName: "Birgit", LastName: "Groß"}}), "Birgit Groß")
	same(t, Signatory(&engagement.Party{Name: "Jana Sommer"}), "Jana Sommer")
}
