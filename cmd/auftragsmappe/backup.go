package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/archive/s3"
	"auftragsmappe/documents/backup"
)

const backupUsage = "backup dir:PFAD | s3:BUCKET/PRÄFIX [--compare]"

func backupFlags(f *flag.FlagSet, c *call) {
	f.BoolVar(&c.compare, "compare", false, "auch vergleichen, was schon gesichert ist, Byte für Byte")
}

// makeBackup copies Records and Files to another place, beside a running service or not. What is there already stays.
func makeBackup(ctx context.Context, c *call) error {
	to, at, err := c.other(ctx, "backup", "das Ziel")
	if err != nil {
		return err
	}
	from, err := c.whole(ctx)
	if err != nil {
		return err
	}
	begin := time.Now()
	keeper := documents.NewKeeper(c.years())
	r, err := backup.Backup(ctx, from, to, c.copyOptions(keeper))
	if err != nil {
		return copyError(at, err)
	}
	missing, err := c.missing(ctx, to, keeper)
	if err != nil {
		return copyError(at, err)
	}
	r.Problems += missing
	c.say("%s: neu %d Objekte (%s), schon da %d, Mandanten %d, %s", at, r.Objects, size(r.Bytes), r.There, r.Tenants, time.Since(begin).Round(10*time.Millisecond))
	if r.Gone > 0 {
		c.say("Nur noch in der Sicherung: %d Objekte.", r.Gone)
	}
	if r.Problems > 0 {
		c.say("Die Sicherung ist vollständig, bis auf Abweichungen im Speicher (%d). Mehr sagt auftragsmappe audit.", r.Problems)
		return errDiffers
	}
	c.say("Die Sicherung ist vollständig.")
	return nil
}

// missing tells of the files that events of this run name and that are not in the backup: Files may lie where nothing is.
func (c *call) missing(ctx context.Context, to archive.Store, k *documents.Keeper) (n int, err error) {
	for _, key := range k.Left() {
		_, err := to.Get(ctx, key)
		switch {
		case errors.Is(err, archive.ErrNotFound):
			n++
			c.say("%s %s: Diese Datei fehlt im Speicher, obwohl ein Auftrag sie nennt.", key, backup.Missing)
		case err != nil:
			return n, fmt.Errorf("look for %s: %w", key, err)
		}
	}
	return n, nil
}

// restoreBackup copies a backup into the configured, empty stores, audits them and says where their numbers end.
func restoreBackup(ctx context.Context, c *call) error {
	from, at, err := c.other(ctx, "restore", "die Sicherung")
	if err != nil {
		return err
	}
	if err := c.probe(ctx); err != nil {
		return err
	}
	records, files, err := c.stores()
	if err != nil {
		return err
	}
	r, err := backup.Restore(ctx, from, backup.Place{Records: records, Files: files}, c.copyOptions(documents.NewKeeper(c.years())))
	if errors.Is(err, backup.ErrNotEmpty) {
		return faultError{"Im Speicher des Dienstes (" + c.filled() + ") liegt schon etwas. restore braucht leere Speicher; bitte nennen Sie neue, zum Beispiel mit " +
			prefix + "DATA=neu oder mit " + prefix + "RECORDS und " + prefix + "FILES", err}
	}
	if err != nil {
		return copyError(at, err)
	}
	if r.Broken {
		c.say("Der letzte Lauf dieser Sicherung wurde nicht fertig; was er hinzugefügt hatte, bleibt weg.")
	}
	c.say("Zurückgesichert: %d Objekte (%s), Stand %s.", r.Objects, size(r.Bytes), local(r.AsOf))
	if err := c.lastNumbers(ctx, records); err != nil {
		return err
	}
	all := *c
	all.args = nil
	return audit(ctx, &all)
}

// filled names the configured places.
func (c *call) filled() string {
	records, files := c.place(c.records), c.place(c.files)
	if records == files {
		return records.String()
	}
	return records.String() + ", " + files.String()
}

// lastNumbers says where numbers go on: what was given after the backup would be given again.
func (c *call) lastNumbers(ctx context.Context, records archive.Store) error {
	numbers, err := backup.Numbers(ctx, records)
	if err != nil {
		return faultError{"Die Nummern lassen sich nicht lesen", err}
	}
	if len(numbers) == 0 {
		return nil
	}
	c.say("Die höchsten Nummern:")
	for _, n := range numbers {
		c.say("  %s: %s", n.Tenant, numberText(n))
	}
	c.say("Bitte vergleichen Sie sie mit der letzten Rechnung, die wirklich verschickt wurde, bevor Sie den Dienst freigeben. Ist diese\n" +
		"höher, dann fehlt, was nach der Sicherung ausgestellt wurde: Senden Sie diese Aufträge noch einmal, in der alten Reihenfolge,\n" +
		"ehe neue kommen. Sonst würden ihre Nummern ein zweites Mal vergeben.")
	return nil
}

// numberText is how a number stands on paper. Papers of an engagement share its number and have prefixes of their own.
func numberText(n backup.Highest) string {
	if n.Series == "E" {
		return fmt.Sprintf("Auftrag %04[1]d-%04[2]d (AN-%04[1]d-%04[2]d, VT-%04[1]d-%04[2]d …)", n.Year, n.Number)
	}
	return fmt.Sprintf("Rechnung %s-%04d-%04d", n.Series, n.Year, n.Number)
}

// other opens the place that the command names: another one than the configured.
func (c *call) other(ctx context.Context, name, what string) (archive.Store, location, error) {
	var l location
	if len(c.args) != 1 {
		return nil, l, usageError{fmt.Sprintf("%s braucht genau eine Angabe, %s: dir:PFAD oder s3:BUCKET/PRÄFIX.", name, what)}
	}
	l, ok := locate(c.args[0])
	if !ok {
		return nil, l, usageError{"„" + c.args[0] + "“ ist kein Speicher. Bitte schreiben Sie dir:PFAD oder s3:BUCKET/PRÄFIX."}
	}
	if l.bucket != "" {
		if err := c.checkS3("„" + c.args[0] + "“"); err != nil {
			return nil, l, usageError{err.Error()}
		}
	}
	for _, mine := range []location{c.place(c.records), c.place(c.files)} {
		if mine.overlaps(l) {
			return nil, l, usageError{"„" + c.args[0] + "“ liegt in dem Speicher, den der Dienst benutzt, oder umgekehrt. Bitte nennen Sie einen anderen Ort."}
		}
	}
	if l.folder != "" && name == "restore" {
		if _, err := os.Stat(l.folder); err != nil { // opening it would make it
			return nil, l, faultError{"Die Sicherung „" + l.folder + "“ lässt sich nicht öffnen. Bitte prüfen Sie den Pfad", err}
		}
	}
	store, err := c.open(l)
	if err != nil {
		return nil, l, err
	}
	s, ok := store.(*s3.Store)
	if !ok {
		return store, l, nil
	}
	store, err = c.otherBucket(ctx, s, l)
	return store, l, err
}

// otherBucket asks for the bucket of a backup. What the service wants locked lies there without a lock where that bucket has none.
func (c *call) otherBucket(ctx context.Context, s *s3.Store, l location) (archive.Store, error) {
	err := s.Reach(ctx)
	if errors.Is(err, archive.ErrNotFound) {
		return nil, faultError{fmt.Sprintf("Den Bucket „%[1]s“ gibt es nicht. Bitte prüfen Sie den Namen, oder legen Sie ihn für eine neue Sicherung an (%[2]sRECORDS=s3:%[1]s %[2]sFILES=s3:%[1]s auftragsmappe doctor --make-bucket)",
			l.bucket, prefix), err}
	}
	if err != nil {
		return nil, c.unreached(l, err)
	}
	if c.lock == "" || c.lock == string(s3.LockOff) {
		return s, nil
	}
	has, err := s.HasLock(ctx)
	if err != nil {
		return nil, unsaid(l, err)
	}
	if has {
		return s, nil
	}
	free := *c
	free.lock = string(s3.LockOff)
	return free.open(l)
}

// whole opens Records and Files, and refuses a copy that is not whole.
func (c *call) whole(ctx context.Context) (backup.Place, error) {
	if err := c.there(); err != nil {
		return backup.Place{}, err
	}
	records, files, err := c.stores()
	if err == nil {
		err = isWhole(ctx, records)
	}
	if err == nil {
		err = c.used(ctx, records)
	}
	return backup.Place{Records: records, Files: files}, err
}

// used refuses to back up nothing: a disk that is not mounted is an empty folder, and a backup of it reassures in vain.
func (c *call) used(ctx context.Context, records archive.Store) error {
	keys, err := records.List(ctx, archive.TenantPrefix, "", 1)
	if err != nil {
		return faultError{"Der Speicher lässt sich nicht lesen", err}
	}
	if len(keys) == 0 {
		return faultError{"Im Speicher des Dienstes (" + c.filled() + ") liegt nichts, was zu sichern wäre. Bitte prüfen Sie, ob " + prefix + "DATA oder " + prefix + "RECORDS stimmt und das Laufwerk eingehängt ist", errNothing}
	}
	return nil
}

var errNothing = errors.New("nothing to back up")

// isWhole refuses a store that is half restored, or a backup that is being made: it would give numbers anew.
func isWhole(ctx context.Context, records archive.Store) error {
	err := backup.Whole(ctx, records)
	if errors.Is(err, backup.ErrIncomplete) {
		return faultError{"Dieser Speicher ist eine Kopie, die nicht fertig ist. Bitte rufen Sie backup oder restore noch einmal auf", err}
	}
	if err != nil {
		return faultError{"Der Speicher lässt sich nicht lesen", err}
	}
	return nil
}

func (c *call) copyOptions(k *documents.Keeper) backup.Options {
	return backup.Options{
		Program: programVersion(), Run: strings.ToLower(rand.Text()), Compare: c.compare, Keep: k.Until,
		Report: func(p backup.Problem) { c.say("%s %s: %s", p.Key, p.Code, p.Detail) },
	}
}

// programVersion is that of the build: a tag, or the commit.
func programVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return info.Main.Version + " " + s.Value
		}
	}
	return info.Main.Version
}

// copyErrors are what the operator can do about.
var copyErrors = []struct {
	err  error
	says string
}{
	{backup.ErrNotEmpty, "Am Ziel liegt schon etwas anderes. backup braucht einen leeren Ort oder eine frühere Sicherung desselben Speichers, restore leere Speicher"},
	{backup.ErrNoBackup, "Dort liegt keine Sicherung, die auftragsmappe backup gemacht hat"},
	{backup.ErrIncomplete, "Diese Sicherung ist nie fertig geworden. Bitte rufen Sie backup noch einmal auf, oder nehmen Sie eine andere"},
	{backup.ErrConflict, "Dort liegt etwas mit anderem Inhalt. Diese Sicherung ist von einem anderen Speicher, oder einer von beiden ist verändert; überschrieben wird nichts. Bitte sichern Sie an einen neuen Ort"},
	{backup.ErrAhead, "Diese Sicherung hat Nummern, die der Speicher nicht hat: Er wurde auf einen älteren Stand gesetzt. Damit sich nichts mischt, bitte sichern Sie an einen neuen Ort"},
	{backup.ErrOvertaken, "Inzwischen hat eine zweite Sicherung an denselben Ort begonnen. Bitte sichern Sie noch einmal, eine nach der anderen"},
	{backup.ErrVersion, "Diese Sicherung hat ein neueres Programm geschrieben"},
}

func copyError(at location, err error) error {
	for _, e := range copyErrors {
		if errors.Is(err, e.err) {
			return faultError{at.String() + ": " + e.says, err}
		}
	}
	return faultError{at.String() + ": Die Kopie ist nicht fertig geworden. Bitte versuchen Sie es noch einmal; der nächste Lauf macht weiter", err}
}

func (c *call) say(format string, a ...any) { fmt.Fprintf(c.stdout, format+"\n", a...) }

// local is a moment as the operator's clock shows it.
func local(t time.Time) string { return t.Local().Format("02.01.2006 15:04:05 MST") }

// size is a number of bytes for people.
func size(n int64) string {
	return strings.Replace(fmt.Sprintf("%.1f MB", float64(n)/1e6), ".", ",", 1)
}
