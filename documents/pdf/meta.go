package pdf

import (
	"bytes"
	"unicode/utf8"
)

// producer names the program in the metadata; without a version, so that a new one changes no byte of a document.
const producer = "Auftragsmappe"

// The fixed parts of the metadata (XMP). PDF/UA's identifier needs its PDF/A extension schema (ISO 19005-3 6.6.2.3).
const (
	xmpHead = "<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
`
	xmpSchemas = `</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" ` +
		`xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>` +
		`<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li>
</rdf:Seq></pdfaSchema:property>
</rdf:li>
`
	xmpFacturX = `<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>fx</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>DocumentFileName</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType>` +
		`<pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>Name of the embedded XML invoice file</pdfaProperty:description></rdf:li>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>DocumentType</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType>` +
		`<pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>INVOICE</pdfaProperty:description></rdf:li>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>Version</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType>` +
		`<pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>The version of the XML schema</pdfaProperty:description></rdf:li>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>ConformanceLevel</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType>` +
		`<pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>The conformance level of the XML invoice</pdfaProperty:description></rdf:li>
</rdf:Seq></pdfaSchema:property>
</rdf:li>
`
	xmpSchemasEnd = "</rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n"
	xmpFacturXTag = `<rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">
<fx:DocumentType>INVOICE</fx:DocumentType>
`
	xmpTail = "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>"
)

// The element of the metadata that says what document this is (xmpMM of ISO 16684-1, predefined for PDF/A).
const (
	idTag = "<xmpMM:DocumentID>urn:auftragsmappe:"
	idEnd = "</xmpMM:DocumentID>"
)

// ID is the Meta.ID of a file that this package has written, also when something was appended to it since; "" when there
// is none. It says nothing of whether the rest is as it was.
func ID(file []byte) string {
	_, rest, _ := bytes.Cut(file, []byte(idTag))
	id, _, found := bytes.Cut(rest[:min(len(rest), maxID)], []byte(idEnd))
	if !found {
		return ""
	}
	return string(id)
}

const maxID = 300

// writeMeta writes the information dictionary, the metadata that say the same, and the colour profile.
func (f *finisher) writeMeta() error {
	o, m := &f.out, &f.doc.Meta
	o.begin(f.num.info)
	o.str("<<")
	o.text("/Title", m.Title)
	o.text(" /Author", m.Author)
	o.text(" /Subject", m.Subject)
	o.text(" /Creator", producer)
	o.text(" /Producer", producer)
	o.str(" /CreationDate ")
	o.b = appendDate(o.b, m.Created)
	o.str(" /ModDate ")
	o.b = appendDate(o.b, m.Created)
	o.str(">>")
	o.end()
	f.scratch = f.appendXMP(f.scratch[:0])
	o.begin(f.num.metadata)
	o.stream("/Type /Metadata /Subtype /XML ", f.scratch)
	icc, err := profile()
	if err != nil {
		return err
	}
	o.begin(f.num.profile)
	o.stream("/N 3 /Filter /FlateDecode ", icc)
	return nil
}

func (f *finisher) appendXMP(b []byte) []byte {
	m := &f.doc.Meta
	b = append(b, xmpHead...)
	b = appendElement(b, `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">`, m.Title, "</rdf:li></rdf:Alt></dc:title>\n")
	b = appendElement(b, "<dc:creator><rdf:Seq><rdf:li>", m.Author, "</rdf:li></rdf:Seq></dc:creator>\n")
	b = appendElement(b, `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">`, m.Subject, "</rdf:li></rdf:Alt></dc:description>\n")
	b = appendElement(b, "<dc:language><rdf:Bag><rdf:li>", m.Lang, "</rdf:li></rdf:Bag></dc:language>\n")
	b = appendElement(b, "<xmp:CreatorTool>", producer, "</xmp:CreatorTool>\n")
	for _, tag := range [...]string{"xmp:CreateDate>", "xmp:ModifyDate>", "xmp:MetadataDate>"} {
		b = append(append(b, '<'), tag...)
		b = appendISO(b, m.Created)
		b = append(append(append(b, "</"...), tag...), '\n')
	}
	b = appendElement(b, "<pdf:Producer>", producer, "</pdf:Producer>\n")
	b = appendElement(b, idTag, m.ID, idEnd+"\n")
	b = append(b, xmpSchemas...)
	a := f.invoice()
	if a != nil {
		b = append(b, xmpFacturX...)
	}
	b = append(b, xmpSchemasEnd...)
	if a != nil {
		version := a.FacturX.Version
		if version == "" {
			version = "1.0"
		}
		b = append(b, xmpFacturXTag...)
		b = appendElement(b, "<fx:DocumentFileName>", a.Name, "</fx:DocumentFileName>\n")
		b = appendElement(b, "<fx:Version>", version, "</fx:Version>\n")
		b = appendElement(b, "<fx:ConformanceLevel>", a.FacturX.Level, "</fx:ConformanceLevel>\n</rdf:Description>\n")
	}
	return append(b, xmpTail...)
}

// invoice is the attachment that makes this a hybrid invoice, or nil.
func (f *finisher) invoice() *Attachment {
	for i := range f.files {
		if f.files[i].FacturX != nil {
			return &f.files[i]
		}
	}
	return nil
}

// appendElement writes text inside tags, or nothing when there is no text.
func appendElement(b []byte, open, s, end string) []byte {
	if s == "" {
		return b
	}
	b = append(b, open...)
	b = appendXML(b, s)
	return append(b, end...)
}

// appendXML writes text for XML; characters that XML cannot hold become a blank.
func appendXML(b []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r == '&':
			b = append(b, "&amp;"...)
		case r == '<':
			b = append(b, "&lt;"...)
		case r == '>':
			b = append(b, "&gt;"...)
		case r < ' ' && r != '\t' && r != '\n', r == 0xfffe, r == 0xffff:
			b = append(b, ' ')
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// writeCatalog writes the root of the file.
func (f *finisher) writeCatalog() {
	o := &f.out
	o.begin(f.num.catalog)
	o.entry("<</Type /Catalog /Pages", f.num.pages)
	o.text(" /Lang", f.doc.Meta.Lang)
	o.str(" /MarkInfo <</Marked true>> /ViewerPreferences <</DisplayDocTitle true>>")
	o.entry(" /Metadata", f.num.metadata)
	o.entry(" /StructTreeRoot", f.num.structRoot)
	o.str(" /OutputIntents [<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2-1) /Info (sRGB IEC61966-2-1)")
	o.entry(" /DestOutputProfile", f.num.profile)
	o.str(">>]")
	if f.num.outline > 0 {
		o.entry(" /Outlines", f.num.outline+len(f.doc.Outline))
	}
	f.writeFileNames()
	if len(f.fields) > 0 {
		o.str(" /AcroForm <</Fields [")
		for _, n := range f.fields {
			o.ref(n)
			o.str(" ")
		}
		o.str("]>>")
	}
	o.str(">>")
	o.end()
}
