package pdf

import "auftragsmappe/documents/date"

// writeFiles writes the attachments: a file specification and the embedded file each (ISO 19005-3 6.8).
func (f *finisher) writeFiles() error {
	if len(f.files) == 0 {
		return nil
	}
	z := deflaters.take()
	defer deflaters.put(z)
	o := &f.out
	for i := range f.files {
		a, n := &f.files[i], f.num.files+2*i
		f.writeFilespec(a, n)
		modified := a.Modified
		if modified.IsZero() {
			modified = f.doc.Meta.Created
		}
		data, err := z.deflate(a.Bytes)
		if err != nil {
			return err
		}
		o.begin(n + 1)
		o.str("<</Type /EmbeddedFile /Subtype ")
		o.b = appendName(o.b, a.MediaType)
		o.str(" /Params <</Size ")
		o.int(len(a.Bytes))
		o.str(" /ModDate ")
		o.b = appendDate(o.b, modified)
		o.str(">> /Filter /FlateDecode ")
		o.data(data)
	}
	return nil
}

func (f *finisher) writeFilespec(a *Attachment, n int) {
	o := &f.out
	o.begin(n)
	o.str("<</Type /Filespec")
	o.text(" /F", a.Name)
	o.text(" /UF", a.Name)
	o.text(" /Desc", a.Description)
	o.str(" /AFRelationship /")
	o.str(a.Relationship.String())
	o.entry(" /EF <</F", n+1)
	o.entry(" /UF", n+1)
	o.str(">>>>")
	o.end()
}

// String is the relationship's name in the file.
func (r Relationship) String() string {
	if int(r) >= len(relationshipNames) {
		r = Unspecified
	}
	return relationshipNames[r]
}

// writeFileNames writes what the catalog says of attachments and destinations.
func (f *finisher) writeFileNames() {
	o := &f.out
	if f.num.dests == 0 && len(f.files) == 0 {
		return
	}
	o.str(" /Names <<")
	if f.num.dests > 0 {
		o.entry("/Dests", f.num.dests)
	}
	if len(f.files) > 0 {
		o.str(" /EmbeddedFiles <</Names [")
		for _, i := range f.attached {
			o.b = appendLiteral(o.b, f.files[i].Name)
			o.entry("", f.num.files+2*i)
			o.str(" ")
		}
		o.str("]>>")
	}
	o.str(">>")
	if len(f.files) == 0 {
		return
	}
	o.str(" /AF [")
	for i := range f.files {
		o.ref(f.num.files + 2*i)
		o.str(" ")
	}
	o.str("]")
}

// appendDate writes a date as 00:00:00 UTC.
func appendDate(b []byte, d date.Date) []byte {
	b = append(b, "(D:"...)
	b = appendDigits(b, d.Year, 4)
	b = appendDigits(b, int(d.Month), 2)
	b = appendDigits(b, d.Day, 2)
	return append(b, "000000Z)"...)
}

// appendISO is appendDate in the form of XMP.
func appendISO(b []byte, d date.Date) []byte {
	b = appendDigits(b, d.Year, 4)
	b = append(b, '-')
	b = appendDigits(b, int(d.Month), 2)
	b = append(b, '-')
	b = appendDigits(b, d.Day, 2)
	return append(b, "T00:00:00Z"...)
}

// appendDigits writes n with at least the given number of digits.
func appendDigits(b []byte, n, digits int) []byte {
	div := 1
	for range digits - 1 {
		div *= 10
	}
	for ; div > 0; div /= 10 {
		b = append(b, byte('0'+n/div%10))
	}
	return b
}
