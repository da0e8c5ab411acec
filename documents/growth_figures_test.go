package documents_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
)

var (
	growthDir   = flag.String("growth", "", "where BenchmarkGrowth makes its stores, or finds them: some gigabytes; empty = not at all")
	growthN     = flag.Int("growth-n", 100_000, "engagements of one tenant, and ten times the tenants")
	growthSeal  = flag.Bool("growth-seal", false, "also the seals of two evenings")
	growthOnly  = flag.String("growth-only", "", "only figures whose name has this in it")
	growthAudit = flag.Bool("growth-audit", false, "also the audit, which reads all files")
)

// grown is a store of a size.
type grown struct {
	name   string
	path   string
	dir    *archive.Dir
	tenant string // to measure with
	middle int    // engagement in the middle of its list
}

// grownStores are a small store, one with a large tenant, and one with many tenants.
func grownStores(b *testing.B) []grown {
	b.Helper()
	small := population{1, 50, "small-"}
	large := population{tenants: 1, engagements: *growthN}
	many := population{tenants: *growthN / 10, engagements: 3}
	stores := []grown{
		{name: "50 engagements", path: "few", tenant: small.name(0), middle: 25},
		{name: fmt.Sprint(*growthN, " engagements"), path: "large", tenant: large.name(0), middle: *growthN / 2},
		{name: fmt.Sprint(*growthN/10, " tenants"), path: "many", tenant: small.name(0), middle: 25},
	}
	for i, all := range [][]population{{small}, {large}, {small, many}} {
		g := &stores[i]
		g.path = filepath.Join(*growthDir, fmt.Sprint(g.path, "-", *growthN))
		g.dir = grow(b, g.path, all...)
	}
	return stores
}

// grow makes a store, unless it is there.
func grow(b *testing.B, path string, all ...population) *archive.Dir {
	b.Helper()
	if _, err := os.Stat(path); err == nil {
		dir, err := archive.OpenDir(path)
		if err != nil {
			b.Fatal(err)
		}
		return dir
	}
	begun := time.Now()
	inDirectory(b, path+"-new", all...)
	_ = exec.Command("sync").Run() // what is not written yet would slow down the syncs that are measured
	if err := os.Rename(path+"-new", path); err != nil {
		b.Fatal(err)
	}
	fmt.Printf("made %s in %s\n", path, time.Since(begun).Round(time.Second))
	return grow(b, path, all...)
}

// figure is something that is measured: once makes it ready, and returns what is timed.
type figure struct {
	name string
	once func(g *grown, s *service) func()
}

// run is a name that no other run of the benchmark has used.
var run = time.Now().UnixNano()

func fresh() string {
	run++
	return fmt.Sprint("run-", run)
}

var figures = []figure{
	{"POST, six documents", func(_ *grown, s *service) func() { r := fresh(); return func() { s.post("", named(r)) } }},
	{"POST, the first of a process", func(g *grown, s *service) func() {
		cold, r := newService(s.t, g.dir, g.tenant), fresh()
		cold.clock.pass(time.Hour)
		return func() { cold.post("", named(r)) }
	}},
	{"first page of 20", func(_ *grown, s *service) func() { return func() { s.page(documents.Query{Limit: 20}) } }},
	{"page of 20 in the middle", func(g *grown, s *service) func() {
		after := archive.RecentCursor(archive.RecentKey(g.tenant, "x", noon.Add(-time.Duration(g.middle)*spread)))
		return func() { s.page(documents.Query{Limit: 20, After: after}) }
	}},
	{"lookup by reference", func(g *grown, s *service) func() {
		return func() { s.page(documents.Query{Limit: 20, Reference: reference(g.middle)}) }
	}},
	{"open the store, look for open claims", func(g *grown, s *service) func() {
		return func() {
			dir, err := archive.OpenDir(g.path)
			if err != nil {
				s.t.Fatal(err)
			}
			s := newService(s.t, dir, g.tenant)
			_, _ = s.is.Recover(context.Background(), 0)
		}
	}},
	{"sweep", func(_ *grown, s *service) func() {
		return func() { _, _ = s.is.Recover(context.Background(), time.Minute) }
	}},
}

const growthRounds = 41

// BenchmarkGrowth measures calls on stores of several sizes, in turn: `make growth`.
func BenchmarkGrowth(b *testing.B) {
	if *growthDir == "" {
		b.Skip("without -growth")
	}
	stores := grownStores(b)
	services := make([]*service, len(stores))
	for i := range stores {
		services[i] = newService(b, stores[i].dir, stores[i].tenant)
		services[i].clock.pass(time.Hour)
		services[i].post("", named(fresh()))
	}
	for _, f := range figures {
		if !strings.Contains(f.name, *growthOnly) {
			continue
		}
		times := make([][]time.Duration, len(stores))
		for range growthRounds {
			for i := range stores {
				timed := f.once(&stores[i], services[i])
				begun := time.Now()
				timed()
				times[i] = append(times[i], time.Since(begun))
			}
		}
		line := f.name
		for i := range stores {
			slices.Sort(times[i])
			line += fmt.Sprintf(" | %.2f ms", float64(times[i][growthRounds/2].Microseconds())/1000)
			if i > 0 {
				line += fmt.Sprintf(" (%.2f)", float64(times[i][growthRounds/2])/float64(times[0][growthRounds/2]))
			}
		}
		fmt.Println(line)
	}
	for i := range stores {
		growthNight(b, &stores[i], services[i])
	}
}

// growthNight measures the first seal, that of a day with one more engagement, and the audit.
func growthNight(b *testing.B, g *grown, s *service) {
	b.Helper()
	line := g.name
	for range 2 {
		if !*growthSeal {
			break
		}
		s.clock.pass(24 * time.Hour)
		begun := time.Now()
		sealed, err := s.is.Seal(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		line += fmt.Sprintf(" | seal of %d tenants %.2f s", len(sealed), time.Since(begun).Seconds())
		s.post("", named(fresh()))
	}
	fmt.Println(line)
	if !*growthAudit {
		return
	}
	begun := time.Now()
	count, err := s.is.Audit(context.Background(), func(f documents.Finding) { b.Errorf("%+v", f) })
	if err != nil {
		b.Fatal(err)
	}
	fmt.Printf("%s | audit of %d engagements, %d documents %.2f s\n", g.name, count.Engagements, count.Documents, time.Since(begun).Seconds())
}

// BenchmarkGrowthMemory has one process issue something for each of many tenants, and read a page of each.
func BenchmarkGrowthMemory(b *testing.B) {
	if *growthDir == "" {
		b.Skip("without -growth")
	}
	many := population{tenants: *growthN / 10, engagements: 1}
	s := newService(b, grow(b, filepath.Join(*growthDir, fmt.Sprint("one-each-", *growthN)), many), many.name(0))
	s.clock.pass(time.Hour)
	call := func() {
		s.post(fresh(), small(fresh()))
		s.page(documents.Query{Limit: 20})
	}
	for range 50 {
		call()
	}
	before, begun := heap(), time.Now()
	for i := range many.tenants {
		s.tenant = many.name(i)
		call()
	}
	took := time.Since(begun)
	fmt.Printf("a call of each of %d tenants: heap %.1f MB, before it %.1f MB; RSS %s; %.1f ms a tenant\n", many.tenants, heap(), before, rss(),
		float64(took.Milliseconds())/float64(many.tenants))
}

// heap is what is in use after a collection, in MB.
func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6
}

// rss is the process's memory as Linux tells it.
func rss() string {
	b, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(b)) {
		if size, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			return strings.TrimSpace(size)
		}
	}
	return "unknown"
}
