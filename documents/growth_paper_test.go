package documents_test

import (
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// The list prices of AWS in eu-central-1 in US dollars, of which DESIGN.md says that they are to be checked.
const (
	putPrice   = 0.0054 / 1000 // PUT and LIST
	getPrice   = 0.00043 / 1000
	monthPrice = 0.0245 // a GB and month
)

func (r requests) cost() float64 { return float64(r.put+r.list)*putPrice + float64(r.get)*getPrice }

func (r requests) times(n int) requests {
	return requests{r.put * n, r.get * n, r.list * n, r.delete * n}
}

// countedRow is a row of the table in DESIGN.md, which other tests hold against the program.
func countedRow(t *testing.T, name string) requests {
	t.Helper()
	b, err := design()
	if err != nil {
		t.Fatal(err)
	}
	_, row, _ := strings.Cut(string(b), "| "+name+" | ")
	row, _, _ = strings.Cut(row, " |\n")
	cell := strings.Split(row, " | ")
	if len(cell) != 4 {
		t.Fatalf("DESIGN.md has no row %s", name)
	}
	var n [4]int
	for i := range n {
		if n[i], err = strconv.Atoi(cell[i]); err != nil {
			t.Fatal(err)
		}
	}
	return requests{n[0], n[1], n[2], n[3]}
}

// about is a number with two digits that count.
func about(x float64) string {
	scale := math.Pow(10, math.Floor(math.Log10(x))-1)
	x = math.Round(x/scale) * scale
	if x >= 10 {
		return fmt.Sprintf("%.0f", x)
	}
	return fmt.Sprintf("%.*f", max(0, int(-math.Floor(math.Log10(x)))+1), x)
}

// TestGrowthOnPaper holds the costs in DESIGN.md against the counted requests: a million tenants in one bucket, who make a hundred
// engagements a year each.
func TestGrowthOnPaper(t *testing.T) {
	const tenants, each, months = 1_000_000, 100, 12
	bytes, objects := 0, 0
	for _, o := range newPattern(t).objects {
		bytes, objects = bytes+len(o.Bytes), objects+1
	}
	size := float64(bytes) / 1e9
	bundle := countedRow(t, "POST of a new engagement, six documents")
	fetch := countedRow(t, "GET a document").times(6)
	perBundle := bundle.cost() + fetch.cost()
	seals := sealsOnPaper(t, tenants, each)
	for row, want := range map[string]string{
		"objects of an engagement of six documents": fmt.Sprint(objects),
		"bytes of them": about(size*1e3) + " MB",
		"1,000 engagements, each document fetched once":      about(perBundle*1000) + " $",
		"keeping them, a month":                              about(size*1000*monthPrice) + " $",
		"10⁶ tenants: objects a year":                        about(float64(objects)*tenants*each/1e9) + " · 10⁹",
		"10⁶ tenants: bytes a year":                          about(size*tenants*each/1e3) + " TB",
		"10⁶ tenants: requests, a month":                     about(perBundle*tenants*each/months) + " $",
		"10⁶ tenants: keeping one year's documents, a month": about(size*tenants*each*monthPrice) + " $",
		"10⁶ tenants: seals, a night in the first year":      about(seals.cost()) + " $",
		"10⁶ tenants: an audit of one year":                  about(countedRow(t, "audit of an engagement of six documents").times(tenants*each).cost()) + " $",
		"sweep, a replica and month":                         about(countedRow(t, "sweep, nothing open").times(30*24*3600/5).cost()) + " $",
	} {
		designSays(t, row, want)
	}
}

// sealsOnPaper are the requests of a night in the middle of the first year: a tenant has new events on some days only, and a seal
// of each of those.
func sealsOnPaper(t *testing.T, tenants, each int) requests {
	t.Helper()
	idle := countedRow(t, "seal of a tenant without new events")
	active := countedRow(t, "seal of a tenant with two new events and three seals before")
	share := 1 - math.Exp(-float64(each)/365)
	before := int(share * 365 / 2)
	active.get += before - 3
	n := int(share * float64(tenants))
	a, b := active.times(n), idle.times(tenants-n)
	return requests{a.put + b.put, a.get + b.get, a.list + b.list + tenants/bucketPage, 0}
}

// design is DESIGN.md.
var design = sync.OnceValues(func() ([]byte, error) { return os.ReadFile("../DESIGN.md") })

// designSays holds a row of a table in DESIGN.md against what is counted.
func designSays(t *testing.T, name, cells string) {
	t.Helper()
	b, err := design()
	if err != nil {
		t.Fatal(err)
	}
	if want := "| " + name + " | " + cells + " |"; !strings.Contains(string(b), want) {
		t.Errorf("DESIGN.md lacks the row\n%s", want)
	}
}
