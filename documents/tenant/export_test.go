package tenant

// Kept counts what p remembers: tenants, profiles and their bytes.
func (p *Profiles) Kept() (newest, kept, size int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.newest), len(p.kept), p.bytes
}
