package decision

import (
	"slices"
	"strings"
	"testing"

	"auftragsmappe/documents/engagement"
)

// overrides are engagements with documents.include or documents.exclude.
var overrides = []override{
	{"offer at the stage of the contract", engagement.StageContract, []string{"offer"}, nil, nil},
	{"everything excluded", engagement.StageComplete, nil, []string{"offer", "contract", "nda", "access_checklist", "invoice"}, nil},
	{"AVV wished without accesses", engagement.StageComplete, []string{"avv"}, nil, nil},
	{"AVV wished with the offer", engagement.StageOffer, []string{"avv", "contract", "nda"}, nil, []string{"digistore24/orders"}},
	{"AVV wished as a precaution", engagement.StageOffer, []string{"avv"}, nil, []string{"eigenbau"}},
	{"AVV wished though it is needed", engagement.StageComplete, []string{"avv"}, nil, []string{"digistore24/orders"}},
	{"AVV excluded, none needed", engagement.StageComplete, nil, []string{"avv"}, []string{"ablefy/products"}},
}

type override struct {
	name             string
	stage            engagement.Stage
	include, exclude []string
	access           []string
}

func (o override) engagement() *engagement.Valid {
	v := valid()
	v.Stage, v.Documents.Include, v.Documents.Exclude = o.stage, o.include, o.exclude
	v.Access = accesses(o.access...)
	return v
}

func TestOverrides(t *testing.T) {
	for _, c := range overrides {
		d := Decide(c.engagement())
		for _, n := range d.Needs {
			if slices.Contains(c.exclude, string(n.Kind)) && (n.Applies || n.Rule != "excluded") {
				t.Errorf("%s: %+v", c.name, n)
			}
			if slices.Contains(c.include, string(n.Kind)) && !n.Applies {
				t.Errorf("%s: %+v", c.name, n)
			}
		}
	}
	early := Decide(overrides[3].engagement()).Needs[3]
	if early.Rule != "included" || !strings.Contains(early.Reason, "Digistore24") || early.Precaution {
		t.Errorf("AVV with the offer: %+v", early)
	}
	doubt := Decide(overrides[4].engagement())
	if n := doubt.Needs[3]; n.Rule != "included" || !n.Precaution || !strings.Contains(n.Reason, "vorsorglich") || !doubt.AVVRequired {
		t.Errorf("AVV as a precaution: %+v", n)
	}
	if n := Decide(overrides[5].engagement()).Needs[3]; n.Rule != "customer_data_visible" {
		t.Errorf("AVV that is needed anyway: %+v", n)
	}
}
