// Package engagement is the caller's JSON: its types, strict decoding and validation with all violations at once.
//
// Decode is the only way to a Valid value: what has one is complete, composed to NFC, within all limits, and has
// every default filled in. DecodeProfile reads what a contractor stores once, for all engagements. The package is the only importer of validator; of ours it imports only money, date, fonts.
//
// # Reading
//
// The JSON is parsed into a tree (tree.go), the tree is bound to the structs by their json tags (bind.go, text.go),
// defaults are filled (defaults.go), then come the rules: those of the validate tags (tags.go), those between fields
// (rules*.go), the characters (characters.go), those of packages above. Nothing stops at the first violation, and one
// cause is one violation: a rule names the fields that it reads and keeps silent when one of them is bad already.
//
// null, "" and [] are "not given". Numbers may be strings or JSON numbers, never floats on the way. Of a date with time
// and zone the date as written counts. Long texts (summary, description, result, note, purpose, for) keep their
// paragraphs, each ended by one \n but the last.
//
// # Codes
//
// The codes of violations are stable; callers may branch on them.
//
//	code                            pointer                          says
//	character                       any text                         no typeface has the character
//	control_character               any text                         a control character
//	line_break                      any short text                   a line break where none may be
//	surrogate                       any text                         half a surrogate pair in a \u escape
//	duplicate_key                   any                              a field twice in one object
//	unknown_field                   any                              a field that does not exist there
//	type                            any                              another JSON type than wanted
//	decimal                         any decimal                      no plain decimal number
//	date                            any date                         no day of the calendar, or not from 2000 to 2099
//	required                        any                              missing and needed (also by the price model or the invoice)
//	oneof                           any list of values               another value than those listed
//	too_long                        any text                         longer than 200, 500 or 4,000 characters
//	too_many                        any list                         more elements than allowed
//	range                           integers, percentages            outside the range
//	positive, negative              decimals                         zero or below; below zero (unit price, discount)
//	decimals                        decimals                         more than four digits after the point
//	too_large                       decimals, hours, items           the value or what it comes to is 10,000,000 or more
//	email                           */email                          no e-mail address
//	country                         */address/country                no ISO 3166-1 alpha-2 code
//	postal_code                     */address/postal_code            not the form of the country
//	iban, bic                       /contractor/bank/…               ISO 13616, ISO 9362
//	vat_id                          */vat_id                         form, check digit (DE), or missing for a reverse charge
//	leitweg_id                      */leitweg_id                     form or check digits
//	person_required                 */person/last_name               nobody acts for a legal form that needs somebody
//	consumer_unsupported            /client/form                     §§ 312j, 355, 356a BGB are not covered
//	contractor_country_unsupported  /contractor/address/country      the contractor is not in Germany
//	small_business_eu_unresolved    /contractor/small_business       § 19 UStG with a client in another member state
//	small_business_vat              /pricing/vat/treatment           contradicts contractor.small_business
//	vat_treatment                   /pricing/vat/treatment           contradicts the client's country
//	tax_number_required             /contractor/tax_number           the invoice needs a tax number or VAT id
//	bank_required                   /contractor/bank/iban            the invoice needs an account
//	not_in_model                    /pricing/…                       a field of another price model
//	estimate_order                  /pricing/estimated_hours/max     below min
//	hours_valid_until               /pricing/hours_valid_until       before the start
//	instalment_due                  …/instalments/N/due              neither on_order, on_completion nor a date; or twice
//	instalments_sum                 /pricing/payment/instalments     not 100 percent
//	cash_discount_days              …/cash_discount/days             later than the due date
//	end_before_start                /term/end                        before /term/start
//	jurisdiction_void               /terms/jurisdiction              § 38 ZPO does not allow it
//	base64                          /look/logo                       not base64
//	image                           /look/logo                       neither PNG nor JPEG, or one that cannot be read
//	image_size                      /look/logo                       over 1 MiB, 4,000 pixels a side or 8 million in all
//	color                           /look/accent_color               not of the form #rrggbb
//	whole_item                      /body                            an n8n item {headers, params, query, body}
//	more_violations                 (empty)                          there are more than 1,000
//
// Packages above add theirs: avv_required and those of documents.include and exclude (decision), reference_changed
// (documents), the ids of measures (texts).
package engagement
