package engagement

import "testing"

func TestIBAN(t *testing.T) {
	for _, iban := range []string{ // the examples of the SWIFT IBAN registry
		"DE89370400440532013000", "AT611904300234573201", "CH9300762011623852957", "FR1420041010050500013M02606", "GB29NWBK60161331926819",
		"NL91ABNA0417164300", "BE68539007547034", "ES9121000418450200051332", "IT60X0542811101000000123456", "PL61109010140000071219812874",
		"LU280019400644750000", "MT84MALT011000012345MTLCAST001S", "NO9386011117947", "SE4550000000058398257466", "IE29AIBK93115212345678",
		"LI21088100002324013AA", "DK5000400440116243", "FI2112345600000785", "PT50000201231234567890154", "CZ6508000000192000145399",
		"GR1601101250000000012300695", "HU42117730161111101800000000", "RO49AAAA1B31007593840000", "SK3112000000198742637541", "SI56263300012039086",
		"HR1210010051863000160", "BG80BNBG96611020345678", "EE382200221020145685", "LV80BANK0000435195001", "LT121000011101001000", "CY17002001280000001200527600",
	} {
		if fault := ibanFault(iban); fault != "" {
			t.Errorf("%s %s", iban, fault)
		}
	}
	for _, iban := range []string{"", "DE", "DE8937040044053201300O", "DE89 3704", "DE8937040044053201300", "DE893704004405320130000", "XX89370400440532013000", "de89370400440532013000", "DE98370400440532013000"} {
		if ibanFault(iban) == "" {
			t.Errorf("%q passes", iban)
		}
	}
}

// Every swap of two neighbours and every single wrong digit is found.
func TestIBANFindsSlips(t *testing.T) {
	const good = "DE89370400440532013000"
	for i := 2; i < len(good); i++ {
		for d := byte('0'); d <= '9'; d++ {
			if d == good[i] {
				continue
			}
			if bad := good[:i] + string(d) + good[i+1:]; ibanFault(bad) == "" {
				t.Errorf("%s passes", bad)
			}
		}
		if i+1 < len(good) && good[i] != good[i+1] {
			if bad := good[:i] + string(good[i+1]) + string(good[i]) + good[i+2:]; ibanFault(bad) == "" {
				t.Errorf("%s passes", bad)
			}
		}
	}
}

func TestVATIDs(t *testing.T) {
	for _, id := range []string{
		"DE136695976", "DE811569869", "DE129274202", "DE143454214", "DE811128135", // German ids that companies print in their imprints
		"DE293847560", "DE812345673", "DE123456788",
		"ATU13585627", "BE0428759497", "BG175074752", "CY10259033P", "CZ25123891", "DK13585628", "EE100931558", "EL094259216", "ESX2482300W", "FI20774740",
		"FR40303265045", "HR33392005961", "HU12892312", "IE6433435F", "IE6433435OA", "IE8D79739I", "IT00743110157", "LT119511515", "LT100001919017", "LU15027442",
		"LV40003521600", "MT11679112", "NL004495445B01", "PL8567346215", "PT501964843", "RO18547290", "SE123456789701", "SI50223054", "SK2022749619", "XI123456789",
	} {
		if fault := vatFault(id); fault != "" {
			t.Errorf("%s %s", id, fault)
		}
	}
	for _, id := range []string{
		"DE136695977", "DE13669597", "DE1366959760", "DEX36695976", "136695976", "", "DE", "ATU1358562", "AT13585627", "NL004495445A01", "GR094259216", "SE123456789702", "US123456789", "CHE116281710",
	} {
		if vatFault(id) == "" {
			t.Errorf("%q passes", id)
		}
	}
}

func TestGermanVATFindsSlips(t *testing.T) {
	const good = "DE136695976"
	for i := 2; i < len(good); i++ {
		for d := byte('0'); d <= '9'; d++ {
			if d != good[i] && vatFault(good[:i]+string(d)+good[i+1:]) == "" {
				t.Errorf("%s%c%s passes", good[:i], d, good[i+1:])
			}
		}
	}
}

func TestLeitwegIDs(t *testing.T) {
	for _, id := range []string{"04011000-1234512345-06", "991-33333TEST-33", "05915000-VHS43-75", "991-33333test-33"} {
		if fault := leitwegFault(id); fault != "" {
			t.Errorf("%s %s", id, fault)
		}
	}
	for _, id := range []string{"", "04011000-1234512345-07", "04011000-1234512354-06", "04011000123451234506", "A4011000-1234512345-06", "1-06", "04011000--06", "04011000-12345 12345-06", "0401100012345-1-06", "04011000-1234567890123456789012345678901-06"} {
		if leitwegFault(id) == "" {
			t.Errorf("%q passes", id)
		}
	}
}

func TestEU(t *testing.T) {
	members := 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			if inEU(string(a) + string(b)) {
				members++
			}
		}
	}
	if members != 27 {
		t.Errorf("%d member states", members)
	}
	for country, want := range map[string]bool{"DE": true, "AT": true, "GR": true, "EL": false, "XI": false, "GB": false, "CH": false, "NO": false, "": false} {
		if inEU(country) != want {
			t.Errorf("%q: %t", country, !want)
		}
	}
	for country := range postalCodes {
		if p := postalCodes[country]; !p.form.MatchString(p.example) {
			t.Errorf("%s: the example %s does not fit", country, p.example)
		}
	}
	for country, length := range ibanLengths {
		if len(country) != 2 || length < 15 || length > 34 {
			t.Errorf("%s %d", country, length)
		}
	}
}
