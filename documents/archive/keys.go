package archive

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The layout of all keys, and the only place that knows it. No key is the directory of another.
//
//	t/TENANT/e/ID/000001.json        event stream of an engagement, appended at n+1 if absent
//	t/TENANT/f/ID/SHA16-offer.pdf    (Files) content-addressed
//	t/TENANT/n/SERIES/2026/00000007  number → (ID, event), dense
//	t/TENANT/recent/82045/719/99999-ID  newest first by a plain List: the time to the end of the year 2286
//	t/TENANT/profile/000001.json     versions of the stored profile, dense, appended at n+1 if absent
//	t/TENANT/idem/HASH/000001.json   request key → engagement, body hash, expiry; appended if absent when the former has expired
//	t/TENANT/seal/2026-11-23.json    hashes of all events since the seal before, and that seal's hash
//	open/DAY/TENANT/ID-EVENT-WHAT    work list of all tenants
//	t/TENANT/k/NAME/000001.json      name of a key → HASH, dense: a name may be used again when its key is revoked
//	k/HASH                           API key → tenant
//	index/keys.json                  every key has its name in the list of its tenant
//	backup/state.json                what made this store a copy of another: a backup, or a restored one; whether it is whole
//	backup/new/RUN-000001.json       keys that a run which is not yet whole adds to a backup
const (
	// OpenPrefix is the work list of all tenants.
	OpenPrefix = "open/"
	// KeyPrefix is the list of API keys.
	KeyPrefix = "k/"
	// KeysNamed says that no key is without its KeyName, as those of the first stores are.
	KeysNamed = "index/keys.json"

	maxSegment  = 200
	maxKey      = 900           // S3 allows 1024; a store may have a prefix of its own
	endOfMillis = 9999999999999 // 13 digits: the year 2286
	sumDigits   = 16            // 64 bits of SHA-256: unique within one engagement
)

// EventKey is event n (1, 2, …) of an engagement.
func EventKey(tenant, id string, n int) string {
	return fmt.Sprintf("t/%s/e/%s/%06d.json", tenant, id, n)
}

// EventPrefix is all events of a tenant.
func EventPrefix(tenant string) string { return "t/" + tenant + "/e/" }

// ParseEvent reads what EventKey wrote; ok is false for any other key.
func ParseEvent(key string) (tenant, id string, n int, ok bool) {
	part := strings.Split(key, "/")
	if len(part) != 5 {
		return "", "", 0, false
	}
	n, err := strconv.Atoi(strings.TrimSuffix(part[4], ".json"))
	return part[1], part[3], n, err == nil && EventKey(part[1], part[3], n) == key
}

// TenantPrefix is what tenants have stored.
const TenantPrefix = "t/"

// SealKey is a tenant's seal of a day (ISO date); SealPrefix is all of them, in the order of days.
func SealKey(tenant, day string) string { return SealPrefix(tenant) + day + ".json" }

// SealPrefix is all seals of a tenant.
func SealPrefix(tenant string) string { return "t/" + tenant + "/seal/" }

// ParseNumber reads what NumberKey wrote; ok is false for any other key.
func ParseNumber(key string) (series string, year, n int, ok bool) {
	part := strings.Split(key, "/")
	if len(part) != 6 {
		return "", 0, 0, false
	}
	year, wrongYear := strconv.Atoi(part[4])
	n, wrong := strconv.Atoi(part[5])
	return part[3], year, n, wrongYear == nil && wrong == nil && NumberKey(part[1], part[3], year, n) == key
}

// NumberPrefix is all numbers of a tenant.
func NumberPrefix(tenant string) string { return "t/" + tenant + "/n/" }

// FilesPrefix is all files of a tenant, FilePrefix those of an engagement.
func FilesPrefix(tenant string) string { return "t/" + tenant + "/f/" }

// FilePrefix is all files of an engagement.
func FilePrefix(tenant, id string) string { return FilesPrefix(tenant) + id + "/" }

// FileKey is a file of an engagement: sum is the SHA-256 in hex, name says what it is ("offer.pdf").
func FileKey(tenant, id, sum, name string) string {
	return FilePrefix(tenant, id) + sum[:min(len(sum), sumDigits)] + "-" + name
}

// NumberKey is number n of a series and year.
func NumberKey(tenant, series string, year, n int) string {
	return fmt.Sprintf("t/%s/n/%s/%04d/%08d", tenant, series, year, n)
}

// RecentPrefix is the list of a tenant's engagements.
func RecentPrefix(tenant string) string { return "t/" + tenant + "/recent/" }

// RecentKey sorts an engagement by its first moment, newest first. The time is cut into folders of 28 hours and of 100 seconds,
// so that a page reads few entries however many there are.
func RecentKey(tenant, id string, at time.Time) string {
	digits := fmt.Sprintf("%013d", endOfMillis-at.UnixMilli())
	return RecentPrefix(tenant) + digits[:5] + "/" + digits[5:8] + "/" + digits[8:] + "-" + id
}

// flatRecent matches what the first programs wrote: all of a tenant in one folder. Such a key sorts behind the keys of the same
// 28 hours that have folders, which are newer, and otherwise among them by its time: "/" comes before all digits.
var flatRecent = regexp.MustCompile(`^[0-9]{13}-[A-Za-z0-9_=-]+$`)

var recent = regexp.MustCompile(`^[0-9]{5}/[0-9]{3}/[0-9]{5}-[A-Za-z0-9_=-]+$`)

// Refolded is the key in folders for the same entry as a flat key; ok is false for any other key.
func Refolded(key string) (folded string, ok bool) {
	at := strings.LastIndexByte(key, '/') + 1
	name := key[at:]
	if !flatRecent.MatchString(name) {
		return "", false
	}
	return key[:at] + name[:5] + "/" + name[5:8] + "/" + name[8:], true
}

// RecentCursor is the part of a recent key that says where a page ended; RecentAfter reads it. Of a key in folders it has dots
// where the key has slashes, so that it needs no escape in a URL.
func RecentCursor(key string) string {
	part := strings.SplitN(key, "/", 4)
	return strings.ReplaceAll(part[len(part)-1], "/", ".")
}

// RecentAfter is the key that a cursor stands for; ok is false for anything that RecentCursor does not give.
func RecentAfter(tenant, cursor string) (key string, ok bool) {
	name := strings.ReplaceAll(cursor, ".", "/")
	key = RecentPrefix(tenant) + name
	return key, (recent.MatchString(name) || flatRecent.MatchString(name)) && CheckKey(key) == nil
}

// RequestKey is entry n (1, 2, …) of a request key, which is a hash.
func RequestKey(tenant, hash string, n int) string {
	return fmt.Sprintf("t/%s/idem/%s/%06d.json", tenant, hash, n)
}

// RecentID is the engagement that a key of the recent list names; empty for another key.
func RecentID(key string) string {
	_, id, _ := strings.Cut(key[strings.LastIndexByte(key, '/')+1:], "-")
	return id
}

// ProfileKey is version n (1, 2, …) of a tenant's profile.
func ProfileKey(tenant string, n int) string { return fmt.Sprintf("t/%s/profile/%06d.json", tenant, n) }

// APIKey is where the hash of an API key is stored.
func APIKey(hash string) string { return KeyPrefix + hash }

// APIKeyHash is the hash in a key that APIKey made.
func APIKeyHash(key string) string { return strings.TrimPrefix(key, KeyPrefix) }

// KeyNames is the list of the names that a tenant's API keys have or had.
func KeyNames(tenant string) string { return "t/" + tenant + "/k/" }

// KeyName is the n-th (1, 2, …) use of a name.
func KeyName(tenant, name string, n int) string {
	return fmt.Sprintf("%s%s/%06d.json", KeyNames(tenant), name, n)
}

// Open is an entry of the work list: what is to be done for an event, on which day.
type Open struct {
	Day    string // ISO date
	Tenant string
	ID     string
	Event  int
	What   string // "claimed"
}

// Key is the entry's key.
func (o Open) Key() string {
	return fmt.Sprintf("%s%s/%s/%s-%06d-%s", OpenPrefix, o.Day, o.Tenant, o.ID, o.Event, o.What)
}

// ParseOpen reads what Key wrote; ok is false for any other key.
func ParseOpen(key string) (o Open, ok bool) {
	part := strings.Split(key, "/")
	if len(part) != 4 {
		return Open{}, false
	}
	name := strings.SplitN(part[3], "-", 3)
	if len(name) != 3 {
		return Open{}, false
	}
	n, err := strconv.Atoi(name[1])
	o = Open{Day: part[1], Tenant: part[2], ID: name[0], Event: n, What: name[2]}
	return o, err == nil && o.Key() == key
}

// CheckKey says whether a store may hold the key: ErrKey when not.
func CheckKey(key string) error {
	if len(key) > maxKey {
		return fmt.Errorf("%w: %d bytes", ErrKey, len(key))
	}
	for segment := range strings.SplitSeq(key, "/") {
		if segment == "" || len(segment) > maxSegment || segment[0] == '.' || !allowed(segment) {
			return fmt.Errorf("%w: %q", ErrKey, key)
		}
	}
	return nil
}

// NoKeys says that no key can have the prefix, because its folders are none: "../", "/".
func NoKeys(prefix string) bool {
	folder := prefix[:strings.LastIndexByte(prefix, '/')+1]
	return folder != "" && CheckKey(strings.TrimSuffix(folder, "/")) != nil
}

func allowed(segment string) bool {
	for i := range len(segment) {
		c := segment[i]
		plain := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
		if !plain && strings.IndexByte("._=-", c) < 0 {
			return false
		}
	}
	return true
}

func checkObjects(objects []Object) error {
	for _, o := range objects {
		if err := CheckKey(o.Key); err != nil {
			return err
		}
	}
	return nil
}
