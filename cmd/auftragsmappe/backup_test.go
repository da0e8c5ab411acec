package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"auftragsmappe/documents/archive/s3/s3test"
)

func TestBackupAndRestore(t *testing.T) {
	work := t.TempDir()
	at := func(name string) string { return filepath.Join(work, name) }
	if code, _, stderr := invoke(t, at("data"), "render", examples+"launch.json", "-o", at("mappe")); code != exitOK {
		t.Fatal(stderr)
	}
	for i, want := range []string{": neu 11 Objekte (", ": neu 0 Objekte (0,0 MB), schon da 11, Mandanten 1, "} {
		code, stdout, stderr := invoke(t, at("data"), "backup", "dir:"+at("sicherung"))
		if code != exitOK || stderr != "" || !strings.Contains(stdout, want) || !strings.HasSuffix(stdout, "Die Sicherung ist vollständig.\n") {
			t.Fatal(i, code, stdout, stderr)
		}
	}
	if code, stdout, _ := invoke(t, at("sicherung"), "audit"); code != exitOK || !strings.Contains(stdout, "alles wie geschrieben") {
		t.Error(code, stdout)
	}
	code, stdout, stderr := invoke(t, at("neu"), "restore", "dir:"+at("sicherung"))
	if code != exitOK || stderr != "" {
		t.Fatal(code, stderr)
	}
	for _, want := range []string{"Zurückgesichert: 11 Objekte", "default: Auftrag 2026-0001 (AN-2026-0001, ", "default: Rechnung RE-2026-0001\n", "wirklich verschickt", "Nummern: 2 – alles wie geschrieben"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("no %q in\n%s", want, stdout)
		}
	}
	// A repeat in the restored store gives the same bundle.
	if code, _, stderr := invoke(t, at("neu"), "render", examples+"launch.json", "-o", at("wieder")); code != exitOK {
		t.Fatal(stderr)
	}
	for _, name := range files(t, at("mappe")) {
		if string(read(t, at("mappe"), name)) != string(read(t, at("wieder"), name)) {
			t.Error(name, "differs")
		}
	}
	// What is damaged in the store is told, and in the backup where it is asked for.
	damage(t, at("neu"))
	if code, stdout, _ := invoke(t, at("neu"), "backup", "dir:"+at("zweite")); code != exitInvalid || !strings.Contains(stdout, "-offer.pdf file_changed: ") || !strings.Contains(stdout, "bis auf Abweichungen im Speicher (1)") {
		t.Error(code, stdout)
	}
	damage(t, at("sicherung"))
	if code, _, stderr := invoke(t, at("data"), "backup", "dir:"+at("sicherung"), "--compare"); code != exitFault || !strings.Contains(stderr, "-offer.pdf") || !strings.Contains(stderr, "überschrieben wird nichts") {
		t.Error(code, stderr)
	}
}

// A store that is a copy which is not finished gives no numbers.
func TestHalfACopy(t *testing.T) {
	data := t.TempDir()
	if err := os.MkdirAll(filepath.Join(data, "backup"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "backup", "state.json"), []byte(`{"v":1,"kind":"restore","run":"x","begun":"2026-11-24T02:00:00Z"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"serve", "--addr", "127.0.0.1:0"}, {"render", examples + "launch.json", "-o", t.TempDir()}, {"backup", "dir:" + t.TempDir()}} {
		if code, _, stderr := invoke(t, data, args...); code != exitFault || !strings.Contains(stderr, "eine Kopie, die nicht fertig ist") {
			t.Error(args, code, stderr)
		}
	}
}

func TestBackupRefuses(t *testing.T) {
	work := t.TempDir()
	data, other := filepath.Join(work, "data"), filepath.Join(work, "anderes")
	for _, dir := range []string{data, other} {
		if code, _, stderr := invoke(t, dir, "render", examples+"launch.json", "-o", t.TempDir()); code != exitOK {
			t.Fatal(stderr)
		}
	}
	link := filepath.Join(work, "verweis")
	if err := os.Symlink(data, link); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"backup"}, exitUsage, "backup braucht genau eine Angabe, das Ziel"},
		{[]string{"restore", "dir:a", "dir:b"}, exitUsage, "restore braucht genau eine Angabe, die Sicherung"},
		{[]string{"backup", "/srv/sicherung"}, exitUsage, "kein Speicher"},
		{[]string{"backup", "s3:sicherung"}, exitUsage, "AUFTRAGSMAPPE_S3_ENDPOINT fehlt: „s3:sicherung“ legt in S3 ab."},
		{[]string{"backup", "dir:" + data}, exitUsage, "den der Dienst benutzt"},
		{[]string{"backup", "dir:" + filepath.Join(link, "sicherung")}, exitUsage, "den der Dienst benutzt"},
		{[]string{"backup", "dir:" + work}, exitUsage, "den der Dienst benutzt"},
		{[]string{"backup", "dir:" + other}, exitFault, "liegt schon etwas anderes"},
		{[]string{"restore", "dir:" + other}, exitFault, "keine Sicherung, die auftragsmappe backup gemacht hat"},
		{[]string{"restore", "dir:" + filepath.Join(work, "fehlt")}, exitFault, "lässt sich nicht öffnen. Bitte prüfen Sie den Pfad"},
	} {
		if code, stdout, stderr := invoke(t, data, c.args...); code != c.code || stdout != "" || !strings.Contains(stderr, c.says) {
			t.Errorf("%q: %d %q %q, want %d %q", c.args, code, stdout, stderr, c.code, c.says)
		}
	}
	// What is not there, or has nothing in it, is not backed up as if it were all.
	for folder, says := range map[string]string{filepath.Join(work, "vertippt"): "gibt es nicht, in dem der Speicher liegen soll", t.TempDir(): "liegt nichts, was zu sichern wäre"} {
		if code, stdout, stderr := invoke(t, folder, "backup", "dir:"+t.TempDir()); code != exitFault || stdout != "" || !strings.Contains(stderr, says) {
			t.Error(code, stdout, stderr)
		}
	}
	if code, _, stderr := invoke(t, data, "backup", "dir:"+data+"-sicherung"); code != exitOK { // a neighbour, not within
		t.Error(stderr)
	}
	if code, _, stderr := invoke(t, data, "restore", "dir:"+data+"-sicherung"); code != exitFault || !strings.HasPrefix(stderr, "Im Speicher des Dienstes (Ordner "+data+") liegt schon etwas.") {
		t.Error(code, stderr)
	}
}

// Files that lie where nothing is are not backed up as if they were there; after that the store is as it was.
func TestBackupMissesFiles(t *testing.T) {
	work := t.TempDir()
	data, to := filepath.Join(work, "data"), "dir:"+filepath.Join(work, "sicherung")
	if code, _, stderr := invoke(t, data, "render", examples+"launch.json", "-o", t.TempDir()); code != exitOK {
		t.Fatal(stderr)
	}
	if err := os.Mkdir(filepath.Join(work, "leer"), 0o700); err != nil {
		t.Fatal(err)
	}
	apart := []string{"AUFTRAGSMAPPE_RECORDS=dir:" + data, "AUFTRAGSMAPPE_FILES=dir:" + filepath.Join(work, "leer")}
	if code, said, stderr := invokeIn(t, apart, "backup", to); code != exitInvalid || strings.Count(said, "missing: Diese Datei fehlt im Speicher") != 6 {
		t.Errorf("%d %s %s", code, said, stderr)
	}
	if code, said, _ := invoke(t, data, "backup", to); code != exitOK || !strings.Contains(said, "Die Sicherung ist vollständig.") {
		t.Errorf("%d %s", code, said)
	}
}

// From a bucket to a folder, and from there into another prefix of the bucket.
func TestBackupS3(t *testing.T) {
	options, work := s3test.Start(t), t.TempDir()
	old := s3Environ(options, "AUFTRAGSMAPPE_RECORDS=s3:mappe/alt", "AUFTRAGSMAPPE_FILES=s3:mappe/alt")
	locked := s3Environ(options, "AUFTRAGSMAPPE_RECORDS=s3:"+s3test.LockedBucket, "AUFTRAGSMAPPE_FILES=s3:"+s3test.LockedBucket, "AUFTRAGSMAPPE_LOCK=governance")
	fresh := s3Environ(options, "AUFTRAGSMAPPE_RECORDS=s3:mappe/neu", "AUFTRAGSMAPPE_FILES=s3:mappe/neu")
	for _, c := range []struct {
		environ []string
		args    []string
		says    string
	}{
		{old, []string{"render", examples + "launch.json", "-o", work}, ""},
		{old, []string{"backup", "dir:" + work + "/sicherung"}, "Die Sicherung ist vollständig."},
		{old, []string{"backup", "s3:mappe/sicherung"}, "s3:mappe/sicherung: neu 11 Objekte"},
		{fresh, []string{"restore", "dir:" + work + "/sicherung"}, "alles wie geschrieben"},
		{locked, []string{"restore", "s3:mappe/sicherung"}, "alles wie geschrieben"},
		{locked, []string{"backup", "s3:mappe/ungesperrt"}, "Die Sicherung ist vollständig."}, // a bucket without object lock
	} {
		if code, stdout, stderr := invokeIn(t, c.environ, c.args...); code != exitOK || !strings.Contains(stdout, c.says) {
			t.Fatal(c.args, code, stdout, stderr)
		}
	}
	for place, says := range map[string]string{"s3:mappe/alt/x": "den der Dienst benutzt", "s3:mappe": "den der Dienst benutzt", "s3:fehlt": "AUFTRAGSMAPPE_RECORDS=s3:fehlt AUFTRAGSMAPPE_FILES=s3:fehlt auftragsmappe doctor --make-bucket"} {
		if code, _, stderr := invokeIn(t, old, "backup", place); code == exitOK || !strings.Contains(stderr, says) {
			t.Error(place, code, stderr)
		}
	}
}
