package texts

import "maps"

// The tables of the deeds: each family stands in its own file. A name that stands in two of them is found by
// TestDeedFamiliesAreDisjoint.
var (
	deedConditions = merged(contractConditions, ndaConditions, avvConditions)
	deedSpans      = mergedSlots(contractSpans, ndaSpans, avvSpans)
	deedBlocks     = mergedSlots(contractBlocks, ndaBlocks, avvBlocks)
)

func mergedSlots[S any](tables ...map[string]S) map[string]S {
	all := map[string]S{}
	for _, t := range tables {
		maps.Copy(all, t)
	}
	return all
}
