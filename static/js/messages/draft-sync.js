// Bring drafts to the server, a moment after the last letter, and take from it what other devices have saved. What is
// typed here is never replaced: a composer in use refuses what comes in and offers it instead.
import { connection } from "lib/connection"
import { RequestRefused } from "lib/errors"
import { fetchDrafts, putDraft, requestRemoval } from "messages/draft-requests"
import { buildKey, drafts, isEmpty, listDraftKeys, readDraft, writeDraft, writeSaved } from "messages/drafts"

const SAVE_DELAY = 1000
// Of all members who are back after a restart.
const MAX_RANDOM_DELAY = 300
const timers = new Map()
// By key, while a request is under way: what has come in meanwhile, undefined for nothing, null for a deletion.
const underWay = new Map()
// When this page has saved drafts, by the server's clock: it hears of these, too.
const savedHere = new Set()
// By key: when, counted in events and lists, this page has last heard of a draft. An older list says nothing about it.
const heardAt = new Map()
let now = 0

export function startDraftSync() {
  drafts.addEventListener("typed", ({ detail: key }) => scheduleSave(key))
  connection.on("draft.saved", ({ draft }) => hear(keyOf(draft), draft))
  connection.on("draft.deleted", ({ room, thread_id: thread }) => hear(buildKey({ room, thread }), null))
  connection.on("welcome", () => setTimeout(fetchAll, Math.random() * MAX_RANDOM_DELAY))
  document.addEventListener("focusout", () => saveScheduled())
  addEventListener("pagehide", () => saveScheduled({ keepalive: true }))
}

const keyOf = ({ room_id: room, thread_id: thread }) => buildKey({ room, thread })

function scheduleSave(key) {
  clearTimeout(timers.get(key))
  timers.set(key, setTimeout(() => save(key), isEmpty(readDraft(key)) ? 0 : SAVE_DELAY))
}

function saveScheduled(options) {
  for (const key of timers.keys()) save(key, options)
}

// One request after the other for each draft, until the server has what was typed last.
async function save(key, options) {
  clearTimeout(timers.get(key))
  timers.delete(key)
  if (connection.hasEnded || (underWay.has(key) && !options?.keepalive)) return
  underWay.set(key, undefined)
  try {
    while (isUnsaved(readDraft(key))) await saveOnce(key, options)
  } catch (error) {
    if (error instanceof RequestRefused) handleRefusal(key, error)
    // Otherwise the next letter, or the next welcome, tries again.
  }
  const incoming = underWay.get(key)
  underWay.delete(key)
  if (incoming !== undefined) receive(key, incoming)
}

const isUnsaved = ({ isDirty, isRefused }) => isDirty && !isRefused

// It is kept here where the room is archived or the text too long. Without its room there is no place to show it.
function handleRefusal(key, { status }) {
  if (status === 401) return
  if (status === 404) writeSaved(key, null)
  else writeDraft(key, { ...readDraft(key), isRefused: true })
}

async function saveOnce(key, options) {
  const draft = readDraft(key)
  const { content, origin, base, sent } = draft
  if (isEmpty(draft) && base === null && sent === undefined) return writeSaved(key, null)
  writeDraft(key, { ...draft, sent: content })
  const saved = isEmpty(draft) ? await requestRemoval(key, options) : await putDraft(key, draft, options)
  if (saved) savedHere.add(saved.updated_at)
  const current = readDraft(key)
  const isSame = current.content === content && current.origin?.id === origin?.id
  // Another tab may have sent it meanwhile, and its request may have come before this one.
  writeDraft(key, { ...current, base: saved?.updated_at ?? null, isDirty: !isSame })
}

async function fetchAll() {
  // What is saved while the answer is on its way is not in it.
  const bases = new Map(listDraftKeys().map((key) => [key, readDraft(key).base]))
  const asked = ++now
  const isOutdated = (key) => heardAt.get(key) > asked
  try {
    const { items, next_cursor: more } = await fetchDrafts()
    const saved = new Set(items.map(keyOf))
    for (const item of items) if (!isOutdated(keyOf(item))) receive(keyOf(item), item)
    for (const key of listDraftKeys()) {
      const draft = readDraft(key)
      const isAsBefore = !draft.isDirty && !underWay.has(key) && draft.base === bases.get(key)
      if (isUnsaved(draft)) save(key)
      else if (isAsBefore && !more && !saved.has(key) && !isOutdated(key)) receive(key, null)
    }
  } catch {
    // The next welcome fetches again.
  }
}

function hear(key, draft) {
  heardAt.set(key, ++now)
  receive(key, draft)
}

function receive(key, draft) {
  const own = readDraft(key)
  const isEcho = draft && (savedHere.has(draft.updated_at) || (underWay.has(key) && draft.content === own.sent))
  if (isEcho || draft?.updated_at < own.base || (!draft && isEmpty(own))) return
  if (underWay.has(key)) return underWay.set(key, draft)
  if (draft && isSameText(own, draft)) return writeDraft(key, { ...own, base: draft.updated_at, isDirty: false })
  if (draft?.updated_at === own.base || (own.isDirty && isOlder(draft, own))) return
  const { isDirty } = own
  const event = new CustomEvent("incoming", { detail: { key, draft, isDirty }, cancelable: true })
  if (drafts.dispatchEvent(event) && !isDirty) writeSaved(key, draft)
}

const isSameText = (own, { content, quote }) => own.content === content && own.origin?.id === quote?.id

// What was typed here goes on from it, or another tab of this browser has just sent it.
const isOlder = (draft, own) => !draft || own.content.startsWith(draft.content) || draft.content === own.sent
