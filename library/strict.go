package library

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A survey walks over JSON text beside the Go type that it is to become. It refuses what
// [json.Unmarshal] lets pass: members there twice, unknown ones and those whose names differ in
// case only, null, arrays of the wrong length, strings that are not Unicode. It knows the place of
// all that it comes past.
type survey struct {
	d     *json.Decoder
	data  []byte
	watch func(path string, at int64) // called with each value's path and first byte; may be nil
	known map[reflect.Type]map[string]reflect.Type
}

// surveyJSON walks over one JSON value that is to become a T. The error is an [ImportError].
func surveyJSON[T any](data []byte, watch func(path string, at int64)) error {
	if at := invalidUTF8(data); at >= 0 {
		return faultAt(data, int64(at), "", errors.New("not UTF-8"))
	}
	s := &survey{json.NewDecoder(bytes.NewReader(data)), data, watch, map[reflect.Type]map[string]reflect.Type{}}
	s.d.UseNumber()
	if err := s.value(reflect.TypeFor[T](), ""); err != nil {
		return err
	}
	if _, err := s.d.Token(); !errors.Is(err, io.EOF) {
		return s.fault("", s.next(), errors.New("something follows its end"))
	}
	return nil
}

// placeIn is the line and column, from 1, of the value at a path; where there is none, of the
// nearest value that it would be in.
func placeIn[T any](data []byte, path string) (line, column int) {
	best, found := "", int64(0)
	_ = surveyJSON[T](data, func(p string, at int64) { // it was walked over before
		if len(p) >= len(best) && within(path, p) {
			best, found = p, at
		}
	})
	return lineColumn(data, found)
}

// within tells whether the value at a path is the outer one, or in it.
func within(path, outer string) bool {
	rest, ok := strings.CutPrefix(path, outer)
	return ok && (outer == "" || rest == "" || rest[0] == '.' || rest[0] == '[')
}

func invalidUTF8(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

func lineColumn(data []byte, at int64) (line, column int) {
	before := data[:min(max(at, 0), int64(len(data)))]
	return bytes.Count(before, []byte("\n")) + 1, len(before) - bytes.LastIndexByte(before, '\n')
}

func faultAt(data []byte, at int64, path string, err error) error {
	line, column := lineColumn(data, at)
	return &ImportError{Line: line, Column: column, Where: path, Err: err}
}

func (s *survey) fault(path string, at int64, err error) error { return faultAt(s.data, at, path, err) }

// next is where the next token begins.
func (s *survey) next() int64 {
	at := s.d.InputOffset()
	for at < int64(len(s.data)) && strings.IndexByte(" \t\r\n,:", s.data[at]) >= 0 {
		at++
	}
	return at
}

// token reads the next token; raw is how it is written.
func (s *survey) token(path string) (t json.Token, raw []byte, at int64, err error) {
	at = s.next()
	t, err = s.d.Token()
	if err != nil {
		var syntax *json.SyntaxError
		switch {
		case errors.As(err, &syntax):
			at = syntax.Offset - 1 // it counts the byte that is wrong
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			at, err = int64(len(s.data)), errors.New("unexpected end")
		}
		return nil, nil, at, s.fault(path, at, err)
	}
	raw = s.data[at:s.d.InputOffset()]
	if text, ok := t.(string); ok && strings.ContainsRune(text, utf8.RuneError) && !written(raw) {
		return nil, nil, at, s.fault(path, at, errors.New("half of a character"))
	}
	return t, raw, at, nil
}

// written tells whether U+FFFD stands in a string by itself, and was not put there for half of a
// surrogate pair.
func written(raw []byte) bool {
	return bytes.ContainsRune(raw, utf8.RuneError) || bytes.Contains(bytes.ToLower(raw), []byte(`\ufffd`))
}

var textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()

func (s *survey) value(t reflect.Type, path string) error {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == reflect.TypeFor[Marks]() {
		t = reflect.TypeFor[[]markRecord]() // as which they are written
	}
	switch t { // as those are
	case reflect.TypeFor[Area]():
		t = reflect.TypeFor[[][4]float64]()
	case reflect.TypeFor[IDs]():
		t = reflect.TypeFor[[]ID]()
	case reflect.TypeFor[Citations]():
		t = reflect.TypeFor[[]Citation]()
	}
	token, raw, at, err := s.token(path)
	if err != nil {
		return err
	}
	if s.watch != nil {
		s.watch(path, at)
	}
	wrong := func(want string) error {
		return s.fault(path, at, fmt.Errorf("%s, want %s", kindOf(token), want))
	}
	leaf := reflect.PointerTo(t).Implements(textUnmarshaler)
	switch {
	case token == nil:
		return s.fault(path, at, errors.New("null; leave it out instead"))
	case !leaf && t.Kind() == reflect.Struct:
		if token != json.Delim('{') {
			return wrong("an object")
		}
		return s.object(t, path)
	case !leaf && (t.Kind() == reflect.Slice || t.Kind() == reflect.Array):
		if token != json.Delim('[') {
			return wrong("a list")
		}
		return s.array(t, path, at)
	}
	if _, open := token.(json.Delim); open {
		return wrong("one value")
	}
	if err := json.Unmarshal(raw, reflect.New(t).Interface()); err != nil {
		var kind *json.UnmarshalTypeError
		if errors.As(err, &kind) {
			err = fmt.Errorf("%s is no %s", kind.Value, wordFor(t))
		}
		return s.fault(path, at, err)
	}
	return nil
}

func kindOf(token json.Token) string {
	switch token.(type) {
	case json.Delim:
		return fmt.Sprint(token)
	case string:
		return "a string"
	case bool:
		return "true or false"
	default:
		return "a number"
	}
}

func wordFor(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String, reflect.Struct:
		return "string"
	case reflect.Bool:
		return "true or false"
	default:
		return "number that fits"
	}
}

func (s *survey) object(t reflect.Type, path string) error {
	known, seen := s.known[t], map[string]bool{}
	if known == nil {
		known = members(t)
		s.known[t] = known
	}
	for {
		token, _, at, err := s.token(path)
		if err != nil {
			return err
		}
		name, ok := token.(string)
		if !ok { // its end
			return nil
		}
		member, ok := known[name]
		switch {
		case !ok:
			return s.fault(path, at, unknown(name, known))
		case seen[name]:
			return s.fault(path, at, fmt.Errorf("%q: %w", name, ErrThere))
		}
		seen[name] = true
		if path != "" {
			name = path + "." + name
		}
		if err := s.value(member, name); err != nil {
			return err
		}
	}
}

func unknown(name string, known map[string]reflect.Type) error {
	for _, k := range slices.Sorted(maps.Keys(known)) {
		if strings.EqualFold(k, name) {
			return fmt.Errorf("unknown field %q, want %q", name, k)
		}
	}
	return fmt.Errorf("unknown field %q", name)
}

func (s *survey) array(t reflect.Type, path string, at int64) error {
	n := 0
	for ; s.d.More(); n++ {
		if err := s.value(t.Elem(), path+"["+strconv.Itoa(n)+"]"); err != nil {
			return err
		}
	}
	if _, _, _, err := s.token(path); err != nil {
		return err
	}
	if t.Kind() == reflect.Array && n != t.Len() {
		return s.fault(path, at, fmt.Errorf("%d values, want %d", n, t.Len()))
	}
	return nil
}

// members are the JSON names of a struct's fields, those of embedded structs among them.
func members(t reflect.Type) map[string]reflect.Type {
	m := map[string]reflect.Type{}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			for n, inner := range members(f.Type) {
				if _, nearer := m[n]; !nearer {
					m[n] = inner
				}
			}
		case name != "" && name != "-":
			m[name] = f.Type
		}
	}
	return m
}
