package decision

import (
	"slices"

	"auftragsmappe/documents/engagement"
)

// Sight is what an access shows, by the catalogue alone.
type Sight struct {
	Tool        string // display name; of an unknown tool as posted
	Known       bool   // the tool is in the catalogue
	Generic     bool   // the tool is a sort of tool, such as mailboxes, whose name wants quotes in a sentence
	Permissions []PermissionSight
	Shows       Shows // of the strongest permission; Unknown without any
	// Subjects and Data are codes of what its permissions may show, in the order of the catalogue; of the whole tool
	// where the permissions say nothing.
	Subjects []string
	Data     []string
}

// PermissionSight is one granted permission, named once.
type PermissionSight struct {
	ID       string
	Name     string // German; of an unknown permission as posted
	Known    bool   // the permission is in the catalogue
	Shows    Shows
	When     string   // of Depends: when it shows such data
	Subjects []string // codes; none for a permission that shows nothing
	Data     []string
}

// Look is what the catalogue says of an access; the caller's own answer does not count here.
func Look(a engagement.Access) Sight {
	t, ok := Find(a.Tool)
	if !ok {
		t = &Tool{Name: a.Tool}
	}
	s := Sight{Tool: t.display(a.Tool), Known: ok, Generic: t.Generic, Shows: Unknown}
	for _, name := range a.Permissions {
		p := t.sight(name)
		if !slices.ContainsFunc(s.Permissions, func(q PermissionSight) bool { return q.ID == p.ID }) {
			s.Permissions = append(s.Permissions, p)
		}
	}
	for i, p := range s.Permissions {
		if i == 0 || strength[p.Shows] > strength[s.Shows] {
			s.Shows = p.Shows
		}
		s.Subjects = append(s.Subjects, p.Subjects...)
		s.Data = append(s.Data, p.Data...)
	}
	s.Subjects = inOrder(SubjectCodes, or(s.Subjects, t.Subjects))
	s.Data = inOrder(DataCodes, or(s.Data, t.Data))
	return s
}

// sight is one permission of the tool; one that the catalogue does not know may show all that the tool has.
func (t *Tool) sight(name string) PermissionSight {
	p, ok := t.Permission(name)
	switch {
	case !ok:
		return PermissionSight{ID: name, Name: name, Shows: Unknown, Subjects: t.Subjects, Data: t.Data}
	case p.Shows == No:
		return PermissionSight{ID: p.ID, Name: p.Name, Known: true, Shows: No}
	}
	return PermissionSight{
		ID: p.ID, Name: p.Name, Known: true, Shows: p.Shows, When: p.When,
		Subjects: or(p.Subjects, t.Subjects), Data: or(p.Data, t.Data),
	}
}

func or(own, fallback []string) []string {
	if len(own) > 0 {
		return own
	}
	return fallback
}

// inOrder is the codes once each, in the order of all.
func inOrder(all, codes []string) []string {
	var out []string
	for _, c := range all {
		if slices.Contains(codes, c) {
			out = append(out, c)
		}
	}
	return out
}

// wholeAccess is the one permission of tools that have no rights of their own, such as a mailbox: it is asked for itself.
const wholeAccess = "access"

// Unneeded are the German names of the tool's other permissions that show personal data: what should not be granted.
// There are none where the permissions are not named or one of them includes all others.
func Unneeded(a engagement.Access) []string {
	t, ok := Find(a.Tool)
	if !ok || len(a.Permissions) == 0 {
		return nil
	}
	granted := map[string]bool{}
	for _, name := range a.Permissions {
		if p, ok := t.Permission(name); ok {
			if p.All {
				return nil
			}
			granted[p.ID] = true
		}
	}
	var out []string
	for _, p := range t.Permissions {
		if p.Shows == Yes && !granted[p.ID] && p.ID != wholeAccess {
			out = append(out, p.Name)
		}
	}
	return out
}

// SeesCustomerData says whether an access counts as sight of personal data (when in doubt: yes), and whether that is
// only a precaution. The caller's own answer counts before the catalogue's.
func SeesCustomerData(a engagement.Access) (sees, precaution bool) {
	if a.CustomerData != nil {
		return *a.CustomerData, false
	}
	shows := Look(a).Shows
	return shows != No, shows != No && shows != Yes
}

// sighting is an access with what it shows and what it counts as.
type sighting struct {
	access           engagement.Access
	sight            Sight
	sees, precaution bool
}

// sightings are all accesses of an engagement.
type sightings []sighting

func see(accesses []engagement.Access) sightings {
	out := make(sightings, 0, len(accesses))
	for _, a := range accesses {
		s := sighting{access: a, sight: Look(a)}
		s.sees, s.precaution = SeesCustomerData(a)
		out = append(out, s)
	}
	return out
}

// required says that at least one access counts as sight (Art. 28 DSGVO; merely being able to see is enough).
func (s sightings) required() bool { return s.decisive() != nil }

// precaution says that only accesses of which it is not known decide.
func (s sightings) precaution() bool {
	d := s.decisive()
	return d != nil && d.precaution
}

// decisive is the access that decides: the first that certainly shows data, else the first of which it is not known.
func (s sightings) decisive() *sighting {
	certain := slices.IndexFunc(s, func(x sighting) bool { return x.sees && !x.precaution })
	unclear := slices.IndexFunc(s, func(x sighting) bool { return x.sees })
	switch {
	case certain >= 0:
		return &s[certain]
	case unclear >= 0:
		return &s[unclear]
	}
	return nil
}

// causes are the permissions of an access for which it counts: of a single one the caller's own answer says so, of
// several the catalogue (those that show data or of which it is not known).
func (s *sighting) causes() []PermissionSight {
	if s.access.CustomerData != nil && len(s.sight.Permissions) == 1 {
		return s.sight.Permissions
	}
	return permissions(s.sight.Permissions, func(p PermissionSight) bool { return p.Shows != No })
}

func permissions(all []PermissionSight, keep func(PermissionSight) bool) []PermissionSight {
	return slices.DeleteFunc(slices.Clone(all), func(p PermissionSight) bool { return !keep(p) })
}

// onlyCause is the German name of the one permission over all accesses without which no AVV would be needed; "" when
// there are several or when an access counts without a named permission.
func (s sightings) onlyCause() string {
	var only *sighting
	var cause PermissionSight
	for i := range s {
		if !s[i].sees {
			continue
		}
		causes := s[i].causes()
		if len(causes) != 1 || only != nil && (only.sight.Tool != s[i].sight.Tool || cause.ID != causes[0].ID) {
			return ""
		}
		only, cause = &s[i], causes[0]
	}
	return cause.Name
}
