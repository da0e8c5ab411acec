package door

import (
	"encoding/json"
	"fmt"
	"strings"

	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/money"
)

const contractor = "/contractor"

func engagementAccess(tool string, permissions []string) engagement.Access {
	return engagement.Access{Tool: tool, Permissions: permissions}
}

// finishContractor: the stored contractor is used as a whole or not at all. What a form says of the same contractor must
// agree with it; where the form names another one, only the form counts.
func (r *reading) finishContractor() {
	if !r.has(contractor) || r.profile == nil || r.profile.Contractor == nil {
		return
	}
	stored := asTree(r.profile.Contractor)
	name := r.value(contractor + "/name")
	if name != nil && !same(name, storedAt(stored, "/name")) {
		return
	}
	var own []*candidate
	for _, c := range r.candidates {
		if within(c.place, contractor) {
			own = append(own, c)
		}
	}
	r.drop(contractor)
	for _, c := range own {
		kept := storedAt(stored, strings.TrimPrefix(c.place, contractor))
		if c.value == nil || equalValue(c.value, kept) {
			r.tell(c.place, c.value, c.in)
			continue
		}
		r.ask(c.place, "Im Feld „"+c.from()+"“ steht „"+clip(fmt.Sprint(shown(c.value)))+"“, im gespeicherten Profil „"+clip(fmt.Sprint(shown(orNil(kept))))+
			"“. Was gilt? Bitte lassen Sie das Feld weg oder ändern Sie das Profil.", c.in)
	}
}

func asTree(c *engagement.Contractor) map[string]any {
	var tree map[string]any
	b, err := json.Marshal(c)
	if err == nil {
		err = json.Unmarshal(b, &tree)
	}
	if err != nil {
		return nil
	}
	return tree
}

func storedAt(tree map[string]any, pointer string) any {
	var at any = tree
	for _, key := range strings.Split(pointer, "/")[1:] {
		m, ok := at.(map[string]any)
		if !ok {
			return nil
		}
		at = m[key]
	}
	return at
}

func orNil(v any) any {
	if v == "" {
		return nil
	}
	return v
}

// equalValue compares what was read with what is stored: text, yes or no, and decimals by their value.
func equalValue(read, stored any) bool {
	a, ok1 := read.(string)
	b, ok2 := stored.(string)
	if ok1 && ok2 {
		x, err1 := money.Parse(a)
		y, err2 := money.Parse(b)
		return err1 == nil && err2 == nil && x.Cmp(y) == 0 || same(strings.ReplaceAll(a, " ", ""), strings.ReplaceAll(b, " ", ""))
	}
	return fmt.Sprint(read) == fmt.Sprint(stored)
}
