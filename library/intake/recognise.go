package intake

import (
	"bytes"
	"context"
	"errors"

	"butluc/library"
	"butluc/library/intake/archive"
)

func (p *pass) sniff(ctx context.Context) error {
	picked := p.pick(func(f library.File) bool {
		return f.Kind == library.KindUnknown && f.Fault.Code == library.FaultNone || outdated(f)
	})
	return p.each(ctx, StageSniff, picked, orDefault(p.Workers, 2), func(_ context.Context, f library.File) library.File {
		return p.recognise(f)
	})
}

// recognise tells a file's kind, and its fault where the kind is not shown. What an older reader told of it stays until
// this one knows better: a case that was read before can be used meanwhile.
func (p *pass) recognise(f library.File) library.File {
	kind, fault, err := p.kindOf(f)
	switch {
	case err != nil && f.Read():
		return f // asked again in the next pass
	case err != nil:
		f.Fault = faultOf(err)
		return f
	case kind != f.Kind || !f.Showable():
		f = library.File{Path: f.Path, Size: f.Size, ModTime: f.ModTime, Kind: kind, SHA256: f.SHA256, Fault: fault, ReadBy: f.ReadBy}
	}
	if !inspected(f.Kind) {
		f.ReadBy = Version
	}
	return f
}

// kindOf tells what a file is by its content, and why it is not shown.
func (p *pass) kindOf(f library.File) (library.Kind, library.Fault, error) {
	if f.Size == 0 {
		return library.KindUnknown, library.Fault{Code: library.FaultEmpty}, nil
	}
	head, err := p.head(f)
	if err != nil {
		return library.KindUnknown, library.Fault{}, err
	}
	kind := Sniff(head)
	switch {
	case kind == library.KindArchive:
		return p.archived(f, head)
	case kind == library.KindUnknown && p.zeros(f, head):
		return kind, library.Fault{Code: library.FaultZeros}, nil
	case kind == library.KindUnknown && rawVideo(head):
		return kind, library.Fault{Code: library.FaultRawVideo}, nil
	}
	return kind, library.Fault{Code: faultOfKind(kind)}, nil
}

// archived tells which archive a file is, or that it is an Office document.
func (p *pass) archived(f library.File, head []byte) (library.Kind, library.Fault, error) {
	switch archive.FormatOf(head) {
	case archive.RAR:
		return library.KindArchive, library.Fault{Code: library.FaultRAR}, nil
	case archive.SevenZip:
		return library.KindArchive, library.Fault{Code: library.FaultSevenZip}, nil
	case archive.ZIP, archive.None:
	}
	file, err := p.open(f)
	if err != nil {
		return library.KindUnknown, library.Fault{}, err
	}
	defer file.Close()
	switch z, err := archive.Open(file, f.Size); {
	case errors.Is(err, archive.ErrTooLarge):
		return library.KindArchive, library.Fault{Code: library.FaultTooLarge, Detail: err.Error()}, nil
	case err != nil:
		return library.KindArchive, library.Fault{Code: library.FaultBroken, Detail: err.Error()}, nil
	case z.Office():
		return library.KindOffice, library.Fault{Code: library.FaultOffice}, nil
	}
	return library.KindArchive, library.Fault{Code: library.FaultZIP}, nil
}

// A large file is looked at in so many places for bytes that are not 0.
const zeroPlaces = 256

// zeros tells whether a file that begins with zeros has nothing else, as copies have that were cut short and cards whose
// table was lost.
func (p *pass) zeros(f library.File, head []byte) bool {
	zero := func(b []byte) bool { return len(bytes.TrimLeft(b, "\x00")) == 0 }
	if !zero(head) {
		return false
	}
	file, err := p.open(f)
	if err != nil {
		return false
	}
	defer file.Close()
	buf := make([]byte, min(f.Size, sniffLength))
	end := f.Size - int64(len(buf))
	step := max(f.Size/zeroPlaces, sniffLength)
	for at := step; ; at += step {
		n, err := file.ReadAt(buf, min(at, end))
		switch {
		case err != nil || !zero(buf[:n]):
			return false
		case at >= end:
			return true
		}
	}
}

// inspected tells whether an [Inspector] is asked about files of a kind.
func inspected(k library.Kind) bool { return k.Pages() || k.Clip() }

// outdated tells whether an older reader told what is known of a file.
func outdated(f library.File) bool { return f.ReadBy < Version && !f.ModTime.IsZero() }

// faultOfKind is why a kind is not shown.
func faultOfKind(k library.Kind) library.FaultCode {
	switch k {
	case library.KindOffice:
		return library.FaultOffice
	default:
		if k.Pages() || k.Clip() {
			return library.FaultNone
		}
		return library.FaultUnknown
	}
}
