// Show the profile card of a user beside their name, face or mention. On a phone it is a sheet at the lower edge.
import { fetchFragment } from "lib/api"
import { gettext } from "lib/i18n"
import { isModifiedClick } from "lib/keys"
import { onNewMinute } from "lib/new-day"
import { formatClockIn } from "lib/local-time"
import { openPopover } from "lib/popover"
import { showErrorToast } from "lib/toast"
import { currentUser } from "users/current-user"
import { correctPresence } from "users/presence"

const OPENERS = "[data-profile], .mention[data-user], .feed__item .message__author, .feed__item .message > .avatar"
let card = null
let lastRequest = 0

export function startProfileCards() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest(OPENERS)
    if (!opener || !findUser(opener) || isModifiedClick(event)) return
    event.preventDefault()
    openCard(opener)
  })
  document.addEventListener("keydown", (event) => {
    const { target, key } = event
    if (!["Enter", " "].includes(key) || !target.matches(OPENERS) || target.matches("a, button")) return
    event.preventDefault()
    openCard(target)
  })
  onNewMinute(() => card && showClocks(card))
}

// The author and the mentions of a message as buttons. Its avatar says the same once more, for the pointer alone.
export function prepareOpeners(item) {
  for (const opener of item.querySelectorAll(".message__author, .mention[data-user]")) opener.role = "button"
}

function findUser(opener) {
  const { profile, user } = opener.dataset
  return profile ?? user ?? opener.closest("[data-author]")?.dataset.author
}

async function openCard(opener) {
  const request = ++lastRequest
  try {
    const response = await fetchFragment(`${currentUser.homeUrl}people/${findUser(opener)}/`)
    const html = await response.text()
    if (request !== lastRequest || !opener.isConnected) return
    card ??= createCard()
    card.innerHTML = html
  } catch (error) {
    return showErrorToast(gettext("This profile can’t be shown."), error)
  }
  showClocks(card)
  correctPresence(card)
  openPopover(card, opener, null, "start")
  const button = card.querySelector("a, button")
  ;(button ?? card).focus()
}

function createCard() {
  const element = Object.assign(document.createElement("div"), {
    id: "profile-card",
    className: "menu popover profile-card",
    popover: "auto",
    role: "dialog",
    tabIndex: -1,
  })
  element.setAttribute("aria-labelledby", "profile-name")
  document.body.append(element)
  return element
}

function showClocks(root) {
  for (const clock of root.querySelectorAll("[data-clock]")) clock.textContent = formatClockIn(clock.dataset.clock)
}
