package texts

// The tables of the deeds: each family stands in its own file.
var (
	deedConditions = map[string]predicate{}
	deedSpans      = map[string]spanSlot{}
	deedBlocks     = map[string]blockSlot{}
)
