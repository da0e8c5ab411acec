package engagement

import (
	"strings"
	"testing"
)

func TestModelRules(t *testing.T) {
	testRules(t, []ruleCase{
		{"no model", hourly, []string{"/pricing/model", "-"}, []string{"/pricing/model required"}},
		{"no pricing", result, []string{"/pricing", "-"}, []string{"/pricing/model required"}},
		{"result package without items", result, []string{"/pricing/items", `[]`}, []string{"/pricing/items required"}},
		{"hour package without hours", hourly, []string{"/pricing/hours", `null`}, []string{"/pricing/hours required"}},
		{"rate of the contractor", hourly, []string{"/pricing/hourly_rate", `""`}, nil},
		{"no rate", hourly, []string{"/pricing/hourly_rate", "-", "/contractor/hourly_rate", "-"}, []string{"/pricing/hourly_rate required"}},
		{"rate unreadable", hourly, []string{"/pricing/hourly_rate", "-", "/contractor/hourly_rate", `"viel"`}, []string{"/contractor/hourly_rate decimal"}},
		{"tracked hours without a rate", tracked, []string{"/pricing/hourly_rate", "-", "/contractor/hourly_rate", "-"}, []string{"/pricing/hourly_rate required"}},
		{"two models", result, []string{"/pricing/hours", `"20"`, "/pricing/hourly_rate", `"65"`}, []string{"/pricing/hours not_in_model", "/pricing/hourly_rate not_in_model"}},
		{"items in an hour package", hourly, []string{"/pricing/items", `[{"description":"Paket","quantity":1,"unit_price":100}]`}, []string{"/pricing/items not_in_model"}},
		{"tracked fields in an hour package", hourly, []string{"/pricing/cap_hours", `"5"`, "/pricing/estimated_hours", `{"min":"1"}`, "/pricing/period", `"month"`}, []string{
			"/pricing/estimated_hours not_in_model", "/pricing/cap_hours not_in_model", "/pricing/period not_in_model",
		}},
		{"package fields in tracked hours", tracked, []string{"/pricing/hours", `5`, "/pricing/unused_hours", `"refund"`, "/pricing/hours_valid_until", `"2027-12-31"`, "/pricing/payment/instalments", `[{"percent":"100","due":"on_order"}]`}, []string{
			"/pricing/hours not_in_model", "/pricing/hours_valid_until not_in_model", "/pricing/unused_hours not_in_model", "/pricing/payment/instalments not_in_model",
		}},
		{"increment in a result package", result, []string{"/pricing/billing_increment_minutes", `15`}, []string{"/pricing/billing_increment_minutes not_in_model"}},
		{"absent fields of another model", result, []string{"/pricing/hours", `""`, "/pricing/estimated_hours", `{}`, "/pricing/period", `null`}, nil},
	})
}

func TestNumberRules(t *testing.T) {
	testRules(t, []ruleCase{
		{"zero hours", hourly, []string{"/pricing/hours", `0`}, []string{"/pricing/hours positive"}},
		{"zero rate", hourly, []string{"/pricing/hourly_rate", `"0.00"`}, []string{"/pricing/hourly_rate positive"}},
		{"zero contractor's rate", result, []string{"/contractor/hourly_rate", `0`}, []string{"/contractor/hourly_rate positive"}},
		{"negative price", result, []string{"/pricing/items/0/unit_price", `"-1"`}, []string{"/pricing/items/0/unit_price negative"}},
		{"zero price", result, []string{"/pricing/items/0/unit_price", `"0"`}, nil},
		{"zero quantity", result, []string{"/pricing/items/1/quantity", `"0"`}, []string{"/pricing/items/1/quantity positive"}},
		{"twenty digits", result, []string{"/pricing/items/1/quantity", `"12345678901234567890"`}, []string{"/pricing/items/1/quantity too_large"}},
		{"twenty digits as a number", result, []string{"/pricing/items/1/quantity", `12345678901234567890`}, []string{"/pricing/items/1/quantity too_large"}},
		{"four decimals", result, []string{"/pricing/items/0/unit_price", `"0.3355"`, "/pricing/items/0/quantity", `"1.2345"`}, nil},
		{"five decimals", result, []string{"/pricing/items/0/unit_price", `"0.33555"`}, []string{"/pricing/items/0/unit_price decimals"}},
		{"zeros do not count", result, []string{"/pricing/items/0/unit_price", `"0.3300000"`}, nil},
		{"below the limit", result, []string{"/pricing/items", `[{"description":"x","quantity":"1","unit_price":"9999999.99"}]`}, nil},
		{"at the limit", result, []string{"/pricing/items/0/unit_price", `"10000000"`}, []string{"/pricing/items/0/unit_price too_large"}},
		{"line over the limit", result, []string{"/pricing/items/0/quantity", `"10000"`, "/pricing/items/0/unit_price", `"1000"`}, []string{"/pricing/items/0/unit_price too_large"}},
		{"sum over the limit", result, []string{"/pricing/items", `[{"description":"a","quantity":1,"unit_price":"6000000"},{"description":"b","quantity":1,"unit_price":"6000000"}]`}, []string{"/pricing/items too_large"}},
		{"hours over the limit", hourly, []string{"/pricing/hours", `"200000"`}, []string{"/pricing/hours too_large"}},
		{"cap over the limit", tracked, []string{"/pricing/cap_hours", `"200000"`}, []string{"/pricing/cap_hours too_large"}},
		{"item without anything", result, []string{"/pricing/items/2", `{"unit":"flat"}`}, []string{"/pricing/items/2/description required", "/pricing/items/2/quantity required", "/pricing/items/2/unit_price required"}},
		{"unknown unit", result, []string{"/pricing/items/0/unit", `"Stück"`}, []string{"/pricing/items/0/unit oneof"}},
		{"discount", hourly, []string{"/pricing/discount_percent", `100`}, nil},
		{"discount over 100", hourly, []string{"/pricing/discount_percent", `"100.01"`}, []string{"/pricing/discount_percent range"}},
		{"discount below 0", hourly, []string{"/pricing/discount_percent", `-5`}, []string{"/pricing/discount_percent negative"}},
		{"currency", hourly, []string{"/pricing/currency", `"CHF"`}, []string{"/pricing/currency oneof"}},
		{"estimate upside down", tracked, []string{"/pricing/estimated_hours", `{"min":"12","max":"8"}`}, []string{"/pricing/estimated_hours/max estimate_order"}},
		{"half an estimate", tracked, []string{"/pricing/estimated_hours", `{"max":"8"}`}, nil},
		{"due days", hourly, []string{"/pricing/payment/due_days", `"0"`}, nil},
		{"due days over 365", hourly, []string{"/pricing/payment/due_days", `"366"`}, []string{"/pricing/payment/due_days range"}},
		{"negative due days", hourly, []string{"/pricing/payment/due_days", `-1`}, []string{"/pricing/payment/due_days range"}},
		{"offer valid for no day", hourly, []string{"/pricing/offer_valid_days", `0`}, []string{"/pricing/offer_valid_days range"}},
		{"other ranges", hourly, []string{
			"/term/notice_weeks", `53`, "/terms/nda_years", `0`, "/processing/breach_hours", `73`, "/processing/retention_after_end_days", `3651`,
			"/pricing/billing_increment_minutes", `61`, "/revision", `0`,
		}, []string{
			"/revision range", "/term/notice_weeks range", "/pricing/billing_increment_minutes range", "/processing/retention_after_end_days range",
			"/processing/breach_hours range", "/terms/nda_years range",
		}},
	})
}

func TestPaymentAndTermRules(t *testing.T) {
	const instalments = "/pricing/payment/instalments"
	testRules(t, []ruleCase{
		{"instalments", result, []string{instalments, `[{"percent":"50","due":"on_order"},{"percent":30,"due":"2026-12-15T00:00:00+01:00"},{"percent":"20","due":"on_completion"}]`}, nil},
		{"instalments of 90 %", result, []string{instalments, `[{"percent":"50","due":"on_order"},{"percent":"40","due":"on_completion"}]`}, []string{instalments + " instalments_sum"}},
		{"thirds need four decimals", result, []string{instalments, `[{"percent":"33.3333","due":"on_order"},{"percent":"33.3333","due":"2026-12-15"},{"percent":"33.3334","due":"on_completion"}]`}, nil},
		{"instalment without anything", result, []string{instalments, `[{"percent":"100"},{"due":"on_order"}]`}, []string{instalments + "/0/due required", instalments + "/1/percent required"}},
		{"instalment unreadable, no sum", result, []string{instalments, `[{"percent":"halb","due":"on_order"},{"percent":"40","due":"on_completion"}]`}, []string{instalments + "/0/percent decimal"}},
		{"due unreadable, still a sum", result, []string{instalments, `[{"percent":"10","due":"sofort"},{"percent":"40","due":"on_completion"}]`}, []string{instalments + " instalments_sum", instalments + "/0/due instalment_due"}},
		{"due in the wrong century", result, []string{instalments, `[{"percent":"100","due":"1926-12-15"}]`}, []string{instalments + "/0/due date"}},
		{"due twice", result, []string{instalments, `[{"percent":"50","due":"on_order"},{"percent":"50","due":"on_order"}]`}, []string{instalments + "/1/due instalment_due"}},
		{"zero instalment", result, []string{instalments, `[{"percent":"100","due":"on_order"},{"percent":0,"due":"on_completion"}]`}, []string{instalments + "/1/percent positive"}},
		{"25 instalments", result, []string{instalments, "[" + strings.Repeat(`{"percent":"4","due":"on_order"},`, 24) + `{"percent":"4","due":"on_completion"}]`}, []string{instalments + " too_many"}},
		{"cash discount", hourly, []string{"/pricing/payment/cash_discount", `{"percent":"2","days":"14"}`}, nil},
		{"cash discount too late", hourly, []string{"/pricing/payment/cash_discount", `{"percent":"2","days":15}`}, []string{"/pricing/payment/cash_discount/days cash_discount_days"}},
		{"cash discount without anything", hourly, []string{"/pricing/payment/cash_discount", `{}`}, []string{"/pricing/payment/cash_discount/percent required", "/pricing/payment/cash_discount/days required"}},
		{"cash discount absent", hourly, []string{"/pricing/payment/cash_discount", `""`}, nil},
		{"cash discount, due days unreadable", hourly, []string{"/pricing/payment/cash_discount", `{"percent":"2","days":30}`, "/pricing/payment/due_days", `"bald"`}, []string{"/pricing/payment/due_days type"}},
		{"one day", hourly, []string{"/term/end", `"2026-12-07"`}, nil},
		{"end before start", hourly, []string{"/term/end", `"2026-12-06"`}, []string{"/term/end end_before_start"}},
		{"end before an unreadable start", hourly, []string{"/term/end", `"2026-12-06"`, "/term/start", `"2026-02-30"`}, []string{"/term/start date"}},
		{"hours valid after the end", hourly, []string{"/pricing/hours_valid_until", `"2027-12-31"`}, nil},
		{"hours valid before the start", hourly, []string{"/pricing/hours_valid_until", `"2026-12-06"`}, []string{"/pricing/hours_valid_until hours_valid_until"}},
		{"hours valid before the date", hourly, []string{"/pricing/hours_valid_until", `"2026-11-22"`, "/term", "-", "/stage", `"offer"`}, []string{"/pricing/hours_valid_until hours_valid_until"}},
		{"unused hours", hourly, []string{"/pricing/unused_hours", `"verfallen"`}, []string{"/pricing/unused_hours oneof"}},
	})
}

func TestLimits(t *testing.T) {
	text := func(n int) string { return `"` + strings.Repeat("ä", n) + `"` }
	list := func(n int, elem string) string { return "[" + strings.Repeat(elem+",", n-1) + elem + "]" }
	testRules(t, []ruleCase{
		{"title of 200 characters", hourly, []string{"/scope/title", text(200), "/client/name", text(200)}, nil},
		{"title of 201 characters", hourly, []string{"/scope/title", text(201), "/client/name", text(201)}, []string{"/client/name too_long", "/scope/title too_long"}},
		{"long text", hourly, []string{"/scope/summary", text(4000), "/scope/services/0/description", text(4000)}, nil},
		{"too long text", hourly, []string{"/scope/summary", text(4001), "/access/0/note", text(4001)}, []string{"/scope/summary too_long", "/access/0/note too_long"}},
		{"other text", hourly, []string{"/scope/out_of_scope", list(2, text(500))}, nil},
		{"too long other text", hourly, []string{"/scope/out_of_scope", `["kurz",` + text(501) + `]`}, []string{"/scope/out_of_scope/1 too_long"}},
		{"100 services", hourly, []string{"/scope/services", list(100, `{"title":"x"}`)}, nil},
		{"101 services", hourly, []string{"/scope/services", list(101, `{"title":"x"}`)}, []string{"/scope/services too_many"}},
		{"500 items", result, []string{"/pricing/items", list(500, `{"description":"x","quantity":1,"unit_price":1}`)}, nil},
		{"501 items", result, []string{"/pricing/items", list(501, `{"description":"x","quantity":1,"unit_price":1}`)}, []string{"/pricing/items too_many"}},
		{"100 accesses", hourly, []string{"/access", list(100, `{"tool":"zoom"}`)}, nil},
		{"101 accesses", hourly, []string{"/access", list(101, `{"tool":"zoom"}`)}, []string{"/access too_many"}},
		{"access without a tool", hourly, []string{"/access/0/tool", `" "`}, []string{"/access/0/tool required"}},
		{"choices", hourly, []string{
			"/access/0/handover", `"mail"`, "/communication/0/channel", `"fax"`, "/tone", `"Sie"`, "/terms/expenses", `"alle"`, "/terms/rights", `"all"`,
			"/terms/references", `"maybe"`, "/terms/subprocessor_approval", `"no"`, "/scope/services/0/nature", `"werk"`,
		}, []string{
			"/tone oneof", "/scope/services/0/nature oneof", "/access/0/handover oneof", "/terms/expenses oneof", "/terms/rights oneof", "/terms/references oneof",
			"/terms/subprocessor_approval oneof", "/communication/0/channel oneof",
		}},
		{"long and unprintable", hourly, []string{"/client/name", `"` + strings.Repeat("漢", 201) + `"`}, []string{"/client/name character", "/client/name too_long"}},
		{"no scope", hourly, []string{"/scope", "-"}, []string{"/scope/title required", "/scope/services required"}},
		{"no contractor, no profile", offer, []string{"/contractor", "-"}, []string{
			"/contractor/form required", "/contractor/name required", "/contractor/address/street required", "/contractor/address/postal_code required",
			"/contractor/address/city required", "/contractor/email required",
		}},
	})
}
