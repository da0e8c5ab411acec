package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"auftragsmappe/documents"
	"auftragsmappe/documents/archive"
	"auftragsmappe/documents/engagement"
	"auftragsmappe/documents/tenant"
)

var (
	// errContentType: the body is of another content type than JSON, or compressed.
	errContentType = errors.New("api: body is not plain JSON")
	// errFormType: the body is no form of a browser.
	errFormType = errors.New("api: body is no form")
	// errForm: the body is no form that can be read.
	errForm = errors.New("api: form unreadable")
	// errCompressed: the body of a hook is compressed.
	errCompressed = errors.New("api: body is compressed")
	// errHookKey: the address of a hook has no valid key.
	errHookKey = errors.New("api: no key of a hook")
	// errKeyInURL: a key that may do everything stands in an address.
	errKeyInURL = errors.New("api: full key in a URL")
	// errSignature: the body is not signed with the key's secret.
	errSignature = errors.New("api: wrong signature")
	// errNoSecret: the body is signed, and the key has no secret to check that with.
	errNoSecret = errors.New("api: signature cannot be checked")
	// errCut: the body ended before its end.
	errCut = errors.New("api: body cut off")
	// errSlow: the body did not come in time.
	errSlow = errors.New("api: body too slow")
	// errRange: the document has no such bytes.
	errRange = errors.New("api: range not satisfiable")
	// errNoEngagement: the tenant has no engagement of that id.
	errNoEngagement = errors.New("api: no such engagement")
	// errRate: the caller is faster than its rate.
	errRate = errors.New("api: rate limited")
	// errBusy: more work waits than can be done soon.
	errBusy = errors.New("api: busy")
)

// answer is how an error is told.
type answer struct {
	err    error // sentinel, compared with errors.Is
	status int
	kind   string // last part of the type URI
	title  string
	detail string // German sentence that says what to do
	retry  string // seconds after which the same request may succeed; "" = it will not by itself
}

// retryAfter is how many seconds a caller should wait for what is only just not possible.
const retryAfter = "2"

// answers is the one table from errors to statuses; the first that fits counts.
var answers = []answer{
	{errContentType, http.StatusUnsupportedMediaType, "content_type", "Falscher Content-Type",
		"Bitte senden Sie die Daten unkomprimiert als JSON mit dem Content-Type application/json.", ""},
	{errFormType, http.StatusUnsupportedMediaType, "content_type", "Falscher Content-Type",
		"Diese Adresse nimmt das Formular der Seite /start an. Aufträge aus Programmen nimmt POST /v1/engagements als JSON an.", ""},
	{errForm, http.StatusBadRequest, "cut_off", "Anfrage unvollständig",
		"Das Formular kam nicht lesbar an. Bitte laden Sie die Seite neu, und senden Sie es noch einmal.", ""},
	{errCompressed, http.StatusUnsupportedMediaType, "content_type", "Falscher Content-Type",
		"Die Daten sind komprimiert angekommen. Bitte senden Sie sie unkomprimiert: als JSON oder als Formular.", ""},
	{engagement.ErrTooLarge, http.StatusRequestEntityTooLarge, "too_large", "Anfrage zu groß",
		"Der Auftrag ist größer als 1 MiB. Bitte kürzen Sie die Texte.", ""},
	{errNoFile, http.StatusUnsupportedMediaType, "content_type", "Falscher Content-Type",
		"Bitte senden Sie die PDF-Datei mit dem Content-Type application/pdf, oder als Feld „file“ eines Formulars (multipart/form-data).", ""},
	{errFileTooLarge, http.StatusRequestEntityTooLarge, "too_large", "Anfrage zu groß",
		"Die Datei ist größer als 10 MiB. So große stellt dieser Dienst nicht aus.", ""},
	{engagement.ErrProfileTooLarge, http.StatusRequestEntityTooLarge, "too_large", "Anfrage zu groß",
		"Das Profil ist größer als 2 MiB. Bitte verwenden Sie ein kleineres Logo.", ""},
	{errSlow, http.StatusRequestTimeout, "slow", "Anfrage kam nicht an",
		"Der Inhalt der Anfrage kam nicht rechtzeitig an. Bitte senden Sie sie noch einmal; nichts wird doppelt ausgestellt.", ""},
	{errCut, http.StatusBadRequest, "cut_off", "Anfrage unvollständig",
		"Der Inhalt der Anfrage brach vor seinem Ende ab. Bitte senden Sie sie noch einmal; nichts wird doppelt ausgestellt.", ""},
	{errHookKey, http.StatusUnauthorized, "key", "Schlüssel fehlt oder ist ungültig",
		"Diese Hook-Adresse gilt nicht. Bitte verwenden Sie die vollständige Adresse mit „?key=…“, wie „auftragsmappe keys add NAME --hook“ sie " +
			"gezeigt hat; ist sie verloren oder widerrufen, legen Sie eine neue an.", ""},
	{errKeyInURL, http.StatusUnauthorized, "key", "Schlüssel fehlt oder ist ungültig",
		"Dieser API-Schlüssel darf nicht in einer Adresse stehen, weil er alles darf und Adressen in Protokollen landen. Bitte legen Sie eine eigene " +
			"Hook-Adresse an (auftragsmappe keys add NAME --hook), und widerrufen Sie diesen Schlüssel: Er gilt als bekannt.", ""},
	{errSignature, http.StatusUnauthorized, "signature", "Signatur passt nicht",
		"Die Signatur (Tally-Signature) fehlt oder passt nicht zum Inhalt. Bitte vergleichen Sie das „Signing secret“ in Tally mit dem, das zu dieser " +
			"Hook-Adresse hinterlegt ist (auftragsmappe keys add NAME --hook --secret …).", ""},
	{errNoSecret, http.StatusUnauthorized, "signature", "Signatur passt nicht",
		"Das Formular ist unterschrieben, aber zu dieser Hook-Adresse ist kein Geheimnis hinterlegt, mit dem sich das prüfen lässt. Bitte legen Sie die " +
			"Adresse mit dem „Signing secret“ aus Tally neu an (auftragsmappe keys add NAME --hook --secret …), oder schalten Sie es in Tally aus.", ""},
	{tenant.ErrKey, http.StatusUnauthorized, "key", "Schlüssel fehlt oder ist ungültig",
		"Bitte senden Sie Ihren API-Schlüssel mit: im Header „Authorization: Bearer SCHLÜSSEL“ oder „X-API-Key: SCHLÜSSEL“.", ""},
	{errRate, http.StatusTooManyRequests, "rate_limited", "Zu viele Anfragen",
		"Es kommen gerade zu viele Anfragen auf einmal. Bitte senden Sie diese in einer Sekunde noch einmal.", "1"},
	{errNoEngagement, http.StatusNotFound, "not_found", "Auftrag nicht gefunden",
		"Einen Auftrag mit dieser id gibt es nicht. Bitte verwenden Sie die id aus der Antwort, oder suchen Sie ihn mit GET /v1/engagements?reference=….", ""},
	{documents.ErrNotFound, http.StatusNotFound, "not_found", "Dokument nicht gefunden",
		"Unter dieser Adresse gibt es kein Dokument. Bitte verwenden Sie die vollständige URL aus der Antwort.", ""},
	{echo.ErrNotFound, http.StatusNotFound, "not_found", "Adresse nicht gefunden",
		"Diese Adresse gibt es nicht. Aufträge nimmt POST /v1/engagements an.", ""},
	{echo.ErrMethodNotAllowed, http.StatusMethodNotAllowed, "method", "Methode nicht möglich",
		"Diese Adresse kennt die HTTP-Methode nicht. Welche möglich sind, steht im Header Allow.", ""},
	{errRange, http.StatusRequestedRangeNotSatisfiable, "range", "Bereich nicht vorhanden",
		"Das Dokument ist kürzer als der verlangte Bereich. Bitte laden Sie es ohne den Header Range.", ""},
	{documents.ErrRunning, http.StatusConflict, "running", "Wird gerade ausgestellt",
		"Derselbe Auftrag wird gerade ausgestellt. Bitte senden Sie dieselbe Anfrage gleich noch einmal; nichts wird doppelt ausgestellt.", retryAfter},
	{documents.ErrKeyReused, http.StatusUnprocessableEntity, "idempotency_key_reused", "Idempotency-Key schon verwendet",
		"Mit diesem Idempotency-Key kam innerhalb von 24 Stunden schon ein anderer Auftrag. Bitte senden Sie für jeden Auftrag einen eigenen, " +
			"in n8n zum Beispiel n8n-{{$workflow.id}}-{{$execution.id}}-{{$itemIndex}}.", ""},
	{errBusy, http.StatusServiceUnavailable, "busy", "Gerade ausgelastet",
		"Es werden gerade sehr viele Aufträge ausgestellt. Bitte senden Sie dieselbe Anfrage gleich noch einmal; nichts wird doppelt ausgestellt.", retryAfter},
	{archive.ErrStorage, http.StatusServiceUnavailable, "storage", "Speicher nicht erreichbar",
		"Der Speicher antwortet gerade nicht. Bitte senden Sie dieselbe Anfrage gleich noch einmal; nichts wird doppelt ausgestellt.", retryAfter},
	{context.Canceled, http.StatusServiceUnavailable, "interrupted", "Anfrage abgebrochen",
		"Die Anfrage wurde abgebrochen. Bitte senden Sie sie noch einmal; nichts wird doppelt ausgestellt.", retryAfter},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, "interrupted", "Anfrage abgebrochen",
		"Die Anfrage hat zu lange gedauert. Bitte senden Sie sie noch einmal; nichts wird doppelt ausgestellt.", retryAfter},
}

// internal is the answer to every other error; what failed stands in the log only.
var internal = answer{nil, http.StatusInternalServerError, "internal", "Interner Fehler",
	"Bei uns ist etwas schiefgegangen. Bitte senden Sie dieselbe Anfrage noch einmal; bleibt es dabei, hilft die request_id bei der Suche.", ""}
