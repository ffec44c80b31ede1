// Upload the files that were chosen: a few at once, in their order, each in one tab of the browser.
import { connection } from "lib/connection"
import { gettext } from "lib/i18n"
import { withTabLock } from "lib/tab-lock"
import { deleteUpload, forgetFile, saveAltText } from "attachments/chosen-files"
import { areOfThisPage, readBytes } from "attachments/file-bytes"
import { listFiles, onFileChange, readFile, updateFile } from "attachments/stored-files"
import { uploadFile } from "attachments/tus-upload"
import { recoverFrom } from "attachments/upload-errors"

const MAX_AT_ONCE = 3
const PROGRESS_INTERVAL = 250
// The server deletes what stands in no message or draft a day after its upload.
const MAX_AGE = 20 * 60 * 60 * 1000
// After so long a tab that has the bytes of a file for itself has the lock, too.
const OWNER_DELAY = 3000
// Of failures that end by themselves.
const PASSING = ["network", "session"]
const driven = new Set()
const waiting = []
let busyCount = 0

export function startUploads() {
  for (const { id, assetId, doneAt, isTaken, isHeld, isKept, isForLibrary } of listFiles()) {
    // Its page was closed right then.
    if (assetId && isForLibrary) forgetFile(id)
    const isLost = assetId && !isTaken && !isHeld && Date.now() - doneAt > MAX_AGE
    if (isLost) updateFile(id, { assetId: null, url: null, sent: 0 })
    setTimeout(startUpload, isKept ? 0 : OWNER_DELAY, id)
  }
  // One of another tab, which may be closed.
  onFileChange((id) => (areOfThisPage(id) || readFile(id)?.isKept) && startUpload(id))
}

function startUpload(id) {
  if (driven.has(id) || !isUnfinished(readFile(id))) return
  driven.add(id)
  withTabLock(`atrium.upload.${id}`, () => drive(id)).finally(() => driven.delete(id))
}

const isUnfinished = (file) => Boolean(file && !file.assetId)
const isRunnable = (file) => isUnfinished(file) && !file.isPaused && !file.failure && !connection.hasEnded

async function drive(id) {
  endPassingFailure(id)
  while (isUnfinished(readFile(id))) {
    if (isRunnable(readFile(id))) await withSlot(() => attempt(id))
    else await waitForChange(id)
  }
}

function endPassingFailure(id) {
  if (PASSING.includes(readFile(id)?.failure?.kind)) updateFile(id, { failure: null })
}

function waitForChange(id) {
  if (connection.hasEnded && !readFile(id).failure) {
    updateFile(id, { failure: { kind: "session", words: gettext("Sign in again to go on with it.") } })
  }
  const { promise, resolve } = Promise.withResolvers()
  const heard = new AbortController()
  const { signal } = heard
  onFileChange((changed) => changed === id && resolve(), { signal })
  connection.addEventListener("up", () => endPassingFailure(id), { signal })
  return promise.then(() => heard.abort())
}

// First come, first served.
async function withSlot(work) {
  if (busyCount >= MAX_AT_ONCE) await new Promise((resolve) => waiting.push(resolve))
  else busyCount++
  try {
    await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else busyCount--
  }
}

// Until it is there, or something is to be changed first.
async function attempt(id) {
  const tries = { count: 0 }
  while (isRunnable(readFile(id))) {
    const bytes = await readBytes(id)
    try {
      await send(id, bytes, tries)
    } catch (error) {
      if (error.name !== "AbortError") await recoverFrom(error, id, { bytes, tries: tries.count++ })
    }
  }
}

async function send(id, bytes, tries) {
  if (!bytes) throw new DOMException("", "NotFoundError")
  const stop = new AbortController()
  const { signal } = stop
  onFileChange((changed) => changed === id && !isRunnable(readFile(id)) && stop.abort(), { signal })
  connection.addEventListener("ended", () => stop.abort(), { signal })
  const file = readFile(id)
  let shownAt = 0
  const onProgress = (sent) => {
    if (performance.now() - shownAt < PROGRESS_INTERVAL) return
    shownAt = performance.now()
    updateFile(id, { sent })
  }
  const isDiscarded = () => !readFile(id)
  const onUrl = (url) => {
    if (isDiscarded()) deleteUpload(url)
    else if (url !== file.url) updateFile(id, { url, savedAltText: file.altText })
  }
  const onProof = () => (tries.count = 0)
  const assetId = await uploadFile(bytes, file, { signal, isDiscarded, onUrl, onProgress, onProof })
  updateFile(id, { assetId, doneAt: Date.now(), sent: file.size })
  // Written meanwhile. What fails is tried again when it is sent.
  if (readFile(id)) saveAltText(readFile(id)).catch(() => {})
  if (file.isForLibrary) forgetFile(id)
}
