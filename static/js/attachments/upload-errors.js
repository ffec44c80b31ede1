// What follows when an upload fails: it waits and is tried again, or the user is told why it can't go on.
import { connection } from "lib/connection"
import { RequestRefused, ServerUnreachable } from "lib/errors"
import { gettext } from "lib/i18n"
import { readFile, updateFile } from "attachments/stored-files"

const MAX_TRIES = 4
const RETRY_DELAY = 500
// Another request is at work on it, or it has another length by now.
const BUSY = [409, 423]
const GONE = [404, 410]
// Its disk is: nobody makes room within seconds.
const FULL = 507

// Resolves when it is to be tried again, or once its failure is stored. `bytes` may be missing.
export async function recoverFrom(error, id, { bytes, tries }) {
  const { status } = error
  if (!(await isReadable(bytes))) return fail(id, "lost", gettext("Choose this file again to go on with it."))
  if (status === 401) return fail(id, "session", gettext("Sign in again to go on with it."))
  const isGone = GONE.includes(status) && readFile(id)?.url && tries < MAX_TRIES
  if (isGone) return updateFile(id, { url: null, sent: 0 })
  const isRefused = error instanceof RequestRefused && !BUSY.includes(status)
  if (isRefused) return fail(id, "refused", error.message, { url: null })
  if (error instanceof ServerUnreachable && !connection.isUp) return waitForConnection()
  if (status === FULL || tries + 1 >= MAX_TRIES) return fail(id, "network", error.message)
  return new Promise((resolve) => setTimeout(resolve, RETRY_DELAY * 2 ** tries))
}

function fail(id, kind, words, more) {
  updateFile(id, { ...more, failure: { kind, words } })
}

// It may have been changed or removed since it was chosen.
async function isReadable(bytes) {
  try {
    await bytes.slice(0, 1).arrayBuffer()
    return true
  } catch {
    return false
  }
}

// Where sockets are blocked, each failed attempt at one is a time to try again.
function waitForConnection() {
  return new Promise((resolve) => {
    for (const type of ["up", "down", "ended"]) connection.addEventListener(type, resolve, { once: true })
  })
}
