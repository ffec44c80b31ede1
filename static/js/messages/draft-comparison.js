// Compare what stands here, `own`, with a draft as the server has it, and put their files together.
export const isSameText = (own, { content, quote }) => own.content === content && own.origin?.id === quote?.id

// What was typed here goes on from it, or another tab of this browser has just sent it.
export const isOlder = (draft, own) => !draft || own.content.startsWith(draft.content) || draft.content === own.sent

// What is on its way from this browser.
export const isSent = (draft, own) => draft.content === own.sent && isSameFiles(draft.asset_ids, own.sentIds ?? [])

export const isUnsaved = (own) => !own.isRefused && (own.isDirty || !isSameFiles(own.assetIds, own.seenIds))

export const isSameFiles = (ids, others) => String(ids) === String(others)

// The files that the draft had on the server when this browser last looked. Those of an answer that is missing are
// among them where they were removed since.
export function listSeen({ assetIds, seenIds, sentIds = [] }) {
  return [...new Set([...seenIds, ...sentIds.filter((id) => !assetIds.includes(id))])]
}

// As on the server: what was added or removed here since, stays so. `draft` is null where there is none. Where nothing
// was, their order is the server's: devices that each kept their own would go on saving it.
export function mergeFiles(own, draft) {
  const incoming = draft?.asset_ids ?? []
  if (isSameFiles(own.assetIds, own.seenIds)) return { assetIds: incoming, seenIds: incoming }
  const seen = listSeen(own)
  const kept = own.assetIds.filter((id) => incoming.includes(id) || !seen.includes(id))
  const added = incoming.filter((id) => !own.assetIds.includes(id) && !seen.includes(id))
  return { assetIds: [...kept, ...added], seenIds: incoming }
}
