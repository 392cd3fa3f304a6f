package intake

// openNoWait: Windows keeps pipes outside of folders.
const openNoWait = 0
