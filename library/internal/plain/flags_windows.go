package plain

// Windows keeps pipes outside of folders.
const noWait, noFollow = 0, 0
