package ledger

// Kept counts what l remembers: series, owners of numbers, tenants with a call under way.
func (l *Ledger) Kept() (series, owners, tenants int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.known.next.Len(), l.known.owners.Len(), len(l.counters)
}
