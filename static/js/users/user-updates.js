// Update names, avatars and statuses of users everywhere on the page as they change.
import { connection } from "lib/connection"

const EXPIRY_INTERVAL = 20000

export function startUserUpdates() {
  connection.on("user.updated", ({ user }) => {
    updateNames(user)
    updateAvatars(user)
    updateStatuses(user)
  })
  // An avatar that has been deleted uncovers the initials under it.
  document.addEventListener("error", ({ target }) => target.matches?.(".avatar__picture") && target.remove(), true)
  setInterval(clearExpiredStatuses, EXPIRY_INTERVAL)
}

function findAll(attribute, { id }, root = document) {
  return root.querySelectorAll(`[${attribute}="${CSS.escape(id)}"]`)
}

function updateNames(user) {
  for (const name of findAll("data-person-name", user)) name.textContent = user.name
  for (const item of findAll("data-author", user)) {
    item.dataset.name = user.name
    const author = item.querySelector(".message__author")
    if (author) author.textContent = user.name
  }
}

function updateAvatars(user) {
  const templates = [...document.querySelectorAll("template")].map(({ content }) => content)
  for (const root of [document, ...templates]) {
    for (const avatar of findAll("data-avatar", user, root)) showAvatar(avatar, user.avatar_url)
  }
}

function showAvatar(avatar, src) {
  const picture = avatar.querySelector(".avatar__picture")
  if (!src) return picture?.remove()
  if (picture?.getAttribute("src") === src) return
  const properties = { className: "avatar__picture", alt: "", width: 256, height: 256, src }
  const image = Object.assign(document.createElement("img"), properties)
  if (picture) picture.replaceWith(image)
  else avatar.querySelector(".presence")?.before(image) ?? avatar.append(image)
}

function updateStatuses(user) {
  for (const element of findAll("data-status", user)) showStatus(element, user.status)
}

function showStatus(element, status) {
  element.hidden = !status
  element.title = status?.text ?? ""
  delete element.dataset.expires
  element.textContent = status?.emoji ?? ""
  if (!status) return
  if (status.expires_at) element.dataset.expires = status.expires_at
  const properties = { className: "visually-hidden", textContent: ` ${status.text}` }
  element.append(Object.assign(document.createElement("span"), properties))
}

// No frame announces the end of a status: it was announced with the status.
function clearExpiredStatuses() {
  for (const element of document.querySelectorAll("[data-status][data-expires]")) {
    if (Date.parse(element.dataset.expires) <= Date.now()) showStatus(element, null)
  }
}
