// Keep drafts as the server has them: bring there what was typed, a moment after the last letter, and take from it what
// other devices have saved. What is typed here is never replaced: a composer in use refuses what comes in and offers it
// instead.
import { connection } from "lib/connection"
import { isOlder, isSameFiles, isSameText, isSent, isUnsaved, mergeFiles } from "messages/draft-comparison"
import { followFiles, showDraftFiles } from "messages/draft-files"
import { noteMoment, savedHere } from "messages/draft-moments"
import { fetchDrafts } from "messages/draft-requests"
import { isUnderWay, postpone, saveDraft } from "messages/draft-saving"
import { listWaiting, startTimer } from "messages/draft-timers"
import { buildKey, drafts, isEmpty, listDraftKeys, readDraft, writeDraft, writeSaved } from "messages/drafts"
import { isRemoved } from "messages/removed-drafts"

const SAVE_DELAY = 1000
// Of all members who are back after a restart.
const MAX_RANDOM_DELAY = 300
// By key: when, counted in events and lists, this page has last heard of a draft. An older list says nothing about it.
const heardAt = new Map()
let now = 0

export function startDraftSync() {
  drafts.addEventListener("typed", ({ detail: key }) => saveSoon(key))
  drafts.addEventListener("taken", ({ detail: { key, draft } }) => settleFiles(key, draft))
  connection.on("draft.saved", ({ draft }) => hear(keyOf(draft), draft))
  connection.on("draft.deleted", ({ room, thread_id: thread, updated_at: deleted }) => {
    hear(buildKey({ room, thread }), null, deleted)
  })
  connection.on("welcome", () => setTimeout(() => connection.hasEnded || fetchAll(), Math.random() * MAX_RANDOM_DELAY))
  document.addEventListener("focusout", () => saveScheduled())
  addEventListener("pagehide", () => saveScheduled({ keepalive: true }))
  followFiles()
}

const keyOf = ({ room_id: room, thread_id: thread }) => buildKey({ room, thread })

const saveSoon = (key) => startTimer(key, isEmpty(readDraft(key)) ? 0 : SAVE_DELAY, save)

function saveScheduled(options) {
  for (const key of listWaiting()) save(key, options)
}

async function save(key, options) {
  const incoming = await saveDraft(key, options)
  if (incoming) receive(key, ...incoming)
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
      const isAsBefore = !draft.isDirty && !isUnderWay(key) && draft.base === bases.get(key)
      if (isUnsaved(draft)) save(key)
      else if (isAsBefore && !more && !saved.has(key) && !isOutdated(key)) receive(key, null)
    }
  } catch {
    // The next welcome fetches again.
  }
}

function hear(key, draft, deleted) {
  heardAt.set(key, ++now)
  receive(key, draft, deleted)
}

// `deleted`: when the draft that is gone was last saved.
function receive(key, draft, deleted) {
  noteMoment(key, draft)
  const own = readDraft(key)
  const isKnown = draft?.updated_at === own.base
  // A file of it may look different.
  if (isKnown) showDraftFiles(key, draft)
  const isEcho = draft && (savedHere.has(draft.updated_at) || (isUnderWay(key) && isSent(draft, own)))
  if (isEcho || isRemoved(key, draft) || draft?.updated_at < own.base || (!draft && isEmpty(own))) return
  // A newer one was saved from here since.
  if (deleted < own.base) return
  if (isUnderWay(key)) return postpone(key, [draft, deleted])
  if (draft && isSameText(own, draft)) {
    return takeFiles(key, { ...own, base: draft.updated_at, isDirty: false, isUnanswered: false }, draft)
  }
  if (isKnown) return
  if (own.isDirty && isOlder(draft, own)) return hasOtherFiles(own, draft) && takeFiles(key, own, draft)
  const { isDirty } = own
  const event = new CustomEvent("incoming", { detail: { key, draft, isDirty }, cancelable: true })
  const isTaken = drafts.dispatchEvent(event) && !isDirty
  if (isTaken) writeSaved(key, draft)
  // A text in use stays where its draft was deleted; its files were sent with that, or are no longer wanted.
  if (isTaken || !draft) isTaken ? settleFiles(key, draft) : takeFiles(key, own, null)
}

function hasOtherFiles(own, draft) {
  const { assetIds, seenIds } = mergeFiles(own, draft)
  return !isSameFiles(assetIds, own.assetIds) || !isSameFiles(seenIds, own.seenIds)
}

// The text of `own`, which is what stands here but for its state, with the files of both.
function takeFiles(key, own, draft) {
  writeDraft(key, { ...own, ...mergeFiles(own, draft) })
  settleFiles(key, draft)
}

function settleFiles(key, draft) {
  showDraftFiles(key, draft)
  if (isUnsaved(readDraft(key))) saveSoon(key)
}
