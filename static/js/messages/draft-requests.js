// What is asked of the server about drafts, by the keys of drafts.js.
import { requestJson } from "lib/api"
import { listSeen } from "messages/draft-comparison"
import { parseKey } from "messages/drafts"
import { currentUser } from "users/current-user"

const MOST = 200

// Resolves with { items, next_cursor }: those of the organisation.
export const fetchDrafts = () => requestJson("GET", `/me/drafts?org=${currentUser.slug}&limit=${MOST}`)

// Resolves with the draft as it was saved. `options` are those of requestJson.
export function putDraft(key, draft, options) {
  const { room, thread } = parseKey(key)
  const { content, origin, assetIds } = draft
  const files = { asset_ids: assetIds, seen_asset_ids: listSeen(draft) }
  const body = { content, reply_to: origin?.id, thread_id: thread, ...files }
  return requestJson("PUT", `/rooms/${room}/draft`, body, options)
}

// What was saved after `base`, by another tab or device, stays. Without it all that is there goes.
export function requestRemoval(key, base, options) {
  const { room, thread } = parseKey(key)
  const query = new URLSearchParams({ ...(thread && { thread_id: thread }), ...(base && { saved_until: base }) })
  return requestJson("DELETE", `/rooms/${room}/draft?${query}`, null, options)
}
