// Ask before a message goes to many at once: by @room or @here, in a room of at least twenty others.
import { requestJson } from "lib/api"
import { interpolate, ngettext } from "lib/i18n"

const MANY = 20
// What may be such a word; the server reads the text, and knows code from words.
const BROADCAST = /(?<![A-Za-z0-9])[@\uff20](?:room|channel|everyone|all|here)(?![\p{L}\p{N}])/iu

export const mayReachMany = (text) => BROADCAST.test(text)

// Resolves with whether to send.
export async function confirmReach({ room, thread = null, alsoInRoom = false }, content) {
  const body = { content, thread_id: thread, also_in_room: alsoInRoom }
  // Where the server can't be asked, the message waits in the outbox.
  const reach = await requestJson("POST", `/rooms/${room}/reach`, body).catch(() => null)
  return !reach || reach.user_count < MANY || askUser(reach.user_count)
}

function askUser(count) {
  const dialog = document.getElementById("reach-dialog")
  const text = ngettext("This reaches %(count)s person.", "This reaches %(count)s people.", count)
  dialog.querySelector("[data-words]").textContent = interpolate(text, { count })
  dialog.returnValue = ""
  dialog.showModal()
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "send"), { once: true })
  })
}
