// Bring a draft to the server: one request after the other, over all tabs, until it has what was typed last. A text
// that one tab is still saving would come back after another has sent it. A page that goes does not wait.
import { connection } from "lib/connection"
import { RequestRefused } from "lib/errors"
import { withTabLock } from "lib/tab-lock"
import { isSameFiles, isUnsaved, mergeFiles } from "messages/draft-comparison"
import { forgetDraftFiles, showDraftFiles } from "messages/draft-files"
import { findNewestMoment, savedHere } from "messages/draft-moments"
import { putDraft, requestRemoval } from "messages/draft-requests"
import { stopTimer } from "messages/draft-timers"
import { dropDraft, isEmpty, readDraft, writeDraft } from "messages/drafts"

// By key, while a request is under way: what has come in meanwhile, undefined for nothing.
const underWay = new Map()

export const isUnderWay = (key) => underWay.has(key)

// To be looked at once the server has answered.
export const postpone = (key, incoming) => underWay.set(key, incoming)

// Resolves with what has come in meanwhile. `options` are those of requestJson.
export async function saveDraft(key, options) {
  stopTimer(key)
  if (connection.hasEnded || (underWay.has(key) && !options?.keepalive)) return undefined
  underWay.set(key, undefined)
  try {
    await (options?.keepalive ? saveAll(key, options) : withTabLock(`draft.${key}`, () => saveAll(key)))
  } catch (error) {
    if (error instanceof RequestRefused) handleRefusal(key, error)
    // Otherwise the next letter, or the next welcome, tries again.
  }
  const incoming = underWay.get(key)
  underWay.delete(key)
  return incoming
}

async function saveAll(key, options) {
  while (isUnsaved(readDraft(key))) await saveOnce(key, options)
}

// It is kept here where the room is archived or the text too long. Without its room there is no place to show it.
function handleRefusal(key, { status }) {
  if (status === 401) return
  if (status !== 404) return writeDraft(key, { ...readDraft(key), isRefused: true })
  dropDraft(key)
  forgetDraftFiles(key)
}

async function saveOnce(key, options) {
  const draft = readDraft(key)
  const { content, origin, assetIds, base, sent, isUnanswered } = draft
  if (isEmpty(draft) && base === null && sent === undefined) return dropDraft(key)
  writeDraft(key, { ...draft, sent: content, sentIds: assetIds, isUnanswered: true })
  // Where an answer is missing, what is there may be what was sent from here.
  const known = isUnanswered ? null : findNewestMoment(key, base)
  const saved = isEmpty(draft) ? await requestRemoval(key, known, options) : await putDraft(key, draft, options)
  if (saved) savedHere.add(saved.updated_at)
  const current = readDraft(key)
  const isSame = current.content === content && current.origin?.id === origin?.id
  const files = mergeFiles({ assetIds: current.assetIds, seenIds: assetIds }, saved)
  // Another tab may have sent it meanwhile, and its request may have come before this one.
  const state = { sentIds: [], base: saved?.updated_at ?? null, isDirty: !isSame, isUnanswered: false }
  writeDraft(key, { ...current, ...files, ...state })
  if (assetIds.length || !isSameFiles(files.assetIds, assetIds)) showDraftFiles(key, saved)
}
