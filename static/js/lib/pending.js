// The bubbles of what is on its way, drawn from the same partial the server fills, blank, in a <template>.
import { connection } from "lib/connection"

export function drawPending(template, entry) {
  const item = template.content.firstElementChild.cloneNode(true)
  item.id = `message-${entry.clientId}`
  Object.assign(item.dataset, { id: entry.clientId, clientId: entry.clientId, pending: "", at: Math.floor(entry.at / 1000) })
  for (const time of item.querySelectorAll("time")) time.dateTime = new Date(entry.at).toISOString()
  const paragraph = document.createElement("p")
  paragraph.className = "message__draft"
  paragraph.textContent = entry.content
  item.querySelector(".message__body").replaceChildren(paragraph)
  showPending(item, entry)
  return item
}

// The words change, the bubble stays where it is.
export function showPending(item, { refusal, sent }) {
  const article = item.querySelector(".message")
  article.classList.toggle("message--pending", !refusal && !sent)
  article.classList.toggle("message--failed", Boolean(refusal))
  item.querySelector(".message__status")?.remove()
  if (sent) return
  const status = document.getElementById(refusal ? "failed-status" : "pending-status").content.firstElementChild.cloneNode(true)
  const words = status.querySelector("[data-words]")
  if (refusal) words.textContent = `Not sent. ${refusal}`
  else if (!connection.isUp) words.textContent = "Waiting for the connection"
  item.querySelector(".message__main").append(status)
}
