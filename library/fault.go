package library

// FaultCode says why a file, or a page of it, can't be shown. Codes are stored and printed:
// never renumber or rename one.
type FaultCode string

// The reasons. Each has a sentence in both languages under the key "fault." + code.
const (
	FaultNone       FaultCode = ""
	FaultEmpty      FaultCode = "empty"      // the file has no bytes
	FaultZeros      FaultCode = "zeros"      // the file has bytes, and all of them are 0
	FaultUnknown    FaultCode = "unknown"    // of no kind that the program shows
	FaultZIP        FaultCode = "zip"        // holds other files, which can be taken out
	FaultRAR        FaultCode = "rar"        // holds other files, which another program can take out
	FaultSevenZip   FaultCode = "7z"         // the same
	FaultEncrypted  FaultCode = "encrypted"  // needs a password
	FaultBroken     FaultCode = "broken"     // of a known kind, but it can't be opened
	FaultVariant    FaultCode = "variant"    // of a known kind, in a variant that no decoder here knows
	FaultCrashed    FaultCode = "crashed"    // it ended the renderer
	FaultTimeout    FaultCode = "timeout"    // it took longer than the deadline
	FaultTooLarge   FaultCode = "too-large"  // over the limits of pixels or memory
	FaultVideo      FaultCode = "video"      // a video, and this machine has no libmpv
	FaultAudio      FaultCode = "audio"      // a sound file, and this machine has no libmpv
	FaultCodec      FaultCode = "codec"      // this machine's libmpv can't decode its picture or sound
	FaultRawVideo   FaultCode = "raw-video"  // the bare stream of a camera, without times: nothing can be sought in it
	FaultOffice     FaultCode = "office"     // its pages can't be trusted; save it as PDF
	FaultOutside    FaultCode = "outside"    // it shows its pages, without the files outside of it that it names
	FaultForm       FaultCode = "form"       // its pages ask to wait for a form (XFA) that is not drawn
	FaultPortfolio  FaultCode = "portfolio"  // its pages are a cover, what it holds is attached to it
	FaultLink       FaultCode = "link"       // a link out of the case folder
	FaultInside     FaultCode = "inside"     // a link to what is listed itself, in the case folder
	FaultDangling   FaultCode = "dangling"   // a link to nothing, or in a circle
	FaultUnreadable FaultCode = "unreadable" // the system refused to open it
	FaultCloud      FaultCode = "cloud"      // stands for a file that is still on OneDrive or iCloud, which nobody fetches
	FaultVanished   FaultCode = "vanished"   // gone since it was listed
	FaultChanging   FaultCode = "changing"   // grew or changed while it was read
)

// Fault is a reason with what the reader knew besides: a system's message, a page.
type Fault struct {
	Code   FaultCode
	Detail string // for the log and for scripts; may be empty, never shown alone to a person
}
