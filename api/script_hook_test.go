package api_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"os"
	"path/filepath"
	"unicode/utf16"
)

// deliver is a line about what a form tool sends.
func (s *script) deliver(word, rest string) {
	switch word {
	case "payload":
		b, err := os.ReadFile(filepath.Join("door", "testdata", "payloads", rest))
		if err != nil {
			s.fatalf("%v", err)
		}
		s.body = string(b)
	case "sign":
		s.request.Header.Set("Tally-Signature", signature(rest, []byte(s.text())))
	case "cut":
		s.body = s.text()[:s.number(rest)]
	case "as":
		b, ok := encodeText(s.text(), rest)
		if !ok {
			s.fatalf("no such encoding, or not all of the text in it")
		}
		s.body = string(b)
	}
}

// text is the body as it is sent.
func (s *script) text() string {
	if text, ok := s.body.(string); ok {
		return text
	}
	b, err := json.Marshal(s.body)
	if err != nil {
		s.fatalf("%v", err)
	}
	return string(b)
}

// signature is Tally's.
func signature(secret string, body []byte) string {
	sum := hmac.New(sha256.New, []byte(secret))
	sum.Write(body)
	return base64.StdEncoding.EncodeToString(sum.Sum(nil))
}

// encodeText is a text in another encoding; of Windows-1252 only what it shares with Latin-1, and the euro sign.
func encodeText(text, name string) (b []byte, ok bool) {
	switch name {
	case "utf-8-bom":
		return []byte("\uFEFF" + text), true
	case "windows-1252":
		for _, r := range text {
			switch {
			case r == '€':
				b = append(b, 0x80)
			case r < 0x100:
				b = append(b, byte(r))
			default:
				return nil, false
			}
		}
		return b, true
	case "utf-16", "utf-16be":
		order := map[string]binary.AppendByteOrder{"utf-16": binary.LittleEndian, "utf-16be": binary.BigEndian}[name]
		for _, unit := range utf16.Encode([]rune("\uFEFF" + text)) {
			b = order.AppendUint16(b, unit)
		}
		return b, true
	}
	return nil, false
}
