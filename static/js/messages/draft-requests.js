// What is asked of the server about drafts, by the keys of drafts.js.
import { requestJson } from "lib/api"
import { parseKey } from "messages/drafts"
import { currentUser } from "users/current-user"

const MOST = 200

// Resolves with { items, next_cursor }: those of the organisation.
export const fetchDrafts = () => requestJson("GET", `/me/drafts?org=${currentUser.slug}&limit=${MOST}`)

// Resolves with the draft as it was saved. `options` are those of requestJson.
export function putDraft(key, { content, origin }, options) {
  const { room, thread } = parseKey(key)
  return requestJson("PUT", `/rooms/${room}/draft`, { content, reply_to: origin?.id, thread_id: thread }, options)
}

export function requestRemoval(key, options) {
  const { room, thread } = parseKey(key)
  return requestJson("DELETE", `/rooms/${room}/draft${thread ? `?thread_id=${thread}` : ""}`, null, options)
}
