// Post an entry of the outbox. Resolves with the message; rejects as requests do.
import { requestJson } from "lib/api"
import { connection } from "lib/connection"

// Over the socket when it is up; else over HTTP, for networks that block sockets.
export async function postMessage({ room, thread, alsoInRoom, origin, content, assetIds, clientId }) {
  const place = thread ? { thread_id: thread, also_in_room: alsoInRoom } : {}
  const more = { ...(origin && { reply_to: origin.id }), ...(assetIds && { asset_ids: assetIds }) }
  const message = { content, client_id: clientId, ...more, ...place }
  if (connection.isUp) return (await connection.request({ type: "message.send", room, ...message })).message
  return requestJson("POST", `/rooms/${room}/messages`, message)
}
