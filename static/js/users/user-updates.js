// What others see of somebody, wherever it stands on the page: name, picture and status follow them.
import { connection } from "lib/connection"

const LOOK_EVERY = 20000

export function followPeople() {
  connection.on("user.updated", ({ user }) => {
    showName(user)
    showPicture(user)
    showStatus(user)
  })
  // A picture that isn't there any more leaves the initials under it.
  document.addEventListener("error", ({ target }) => target.matches?.(".avatar__picture") && target.remove(), true)
  setInterval(endStatuses, LOOK_EVERY)
}

const everywhere = (name, { id }) => document.querySelectorAll(`[data-${name}="${CSS.escape(id)}"]`)

function showName(user) {
  for (const place of everywhere("person-name", user)) place.textContent = user.name
  for (const item of everywhere("author", user)) {
    item.dataset.name = user.name
    const author = item.querySelector(".message__author")
    if (author) author.textContent = user.name
  }
}

function showPicture({ id, avatar_url: url }) {
  const templates = [...document.querySelectorAll("template")].map(({ content }) => content)
  for (const root of [document, ...templates]) {
    for (const avatar of root.querySelectorAll(`[data-avatar="${CSS.escape(id)}"]`)) picture(avatar, url)
  }
}

function picture(avatar, url) {
  const shown = avatar.querySelector(".avatar__picture")
  if (!url) return shown?.remove()
  if (shown?.getAttribute("src") === url) return
  const image = Object.assign(document.createElement("img"), { className: "avatar__picture", alt: "", width: 256, height: 256, src: url })
  if (shown) shown.replaceWith(image)
  else avatar.querySelector(".presence")?.before(image) ?? avatar.append(image)
}

function showStatus(user) {
  for (const place of everywhere("status", user)) status(place, user.status)
}

function status(place, now) {
  place.hidden = !now
  place.title = now?.text ?? ""
  delete place.dataset.expires
  place.textContent = now?.emoji ?? ""
  if (!now) return
  if (now.expires_at) place.dataset.expires = now.expires_at
  place.append(Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: ` ${now.text}` }))
}

// Nobody tells when the time of a status is over: it was said with it.
function endStatuses() {
  for (const place of document.querySelectorAll("[data-status][data-expires]")) {
    if (Date.parse(place.dataset.expires) <= Date.now()) status(place, null)
  }
}
