package player

// Windows keeps pipes outside of folders.
const noWait = 0
