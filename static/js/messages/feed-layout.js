// Lay out the feed for the current user: days, groups, own messages. The server's items are the same for every user.
import { gettext } from "lib/i18n"
import { formatDayName, formatIsoDay, localiseTimes } from "lib/local-time"
import { enhanceBody, foldHigh } from "messages/message-body"
import { translateMessage } from "messages/message-i18n"
import { currentUser } from "users/current-user"
import { prepareOpeners } from "users/profile-card"

const GROUP_SECONDS = 5 * 60
const laidOut = new WeakSet()

// Walks the whole feed once; cheap enough to run after every change.
export function updateLayout(list) {
  let previous = null
  let day = null
  let separator = null
  const added = []
  for (const node of [...list.children]) {
    if (node.matches(".feed__day")) {
      separator?.remove()
      separator = node
    } else if (node.matches(".feed__new")) {
      previous = null
    } else if (node.matches(".feed__item, .feed__system")) {
      if (!laidOut.has(node)) added.push(node)
      if (!node.dataset.day) prepareItem(node)
      if (node.dataset.day !== day) {
        separator = placeDaySeparator(list, node, separator)
        day = node.dataset.day
        previous = null
      } else {
        separator?.remove()
      }
      separator = null
      node.toggleAttribute("data-grouped", isSameGroup(previous, node))
      previous = node.matches(".feed__item") ? node : null
    }
  }
  separator?.remove()
  foldHigh(added)
  for (const item of added) laidOut.add(item)
}

// What can be done before a feed is shown, for pages that are kept.
export function prepareAhead(main) {
  for (const item of main.querySelectorAll(".feed > .feed__item")) prepareItem(item)
}

// Moves the divider between read and unread messages to where the user stopped reading.
export function placeUnreadDivider(list, item) {
  const template = document.getElementById("new-divider")
  const divider = list.querySelector(":scope > .feed__new") ?? template.content.firstElementChild.cloneNode(true)
  item?.before(divider)
  updateLayout(list)
}

function prepareItem(item) {
  const date = new Date(item.dataset.at * 1000)
  item.dataset.day = formatIsoDay(date)
  item.toggleAttribute("data-mine", item.dataset.author === currentUser.id)
  localiseTimes(item)
  translateMessage(item)
  const article = item.querySelector("article")
  // The time is read once, with the author.
  article?.setAttribute("aria-label", item.dataset.name)
  item.querySelector(".message__gutter")?.setAttribute("aria-hidden", "true")
  article?.classList.toggle("message--mentions-me", isMentioned(item))
  enhanceBody(item)
  prepareOpeners(item)
}

// What is to all is not to its author.
function isMentioned(item) {
  const isToAll = item.dataset.author !== currentUser.id && item.querySelector(".mention[data-broadcast]")
  const { id } = currentUser
  return Boolean(isToAll || item.querySelector(`.mention:is([data-user="${id}"], [data-told~="${id}"])`))
}

function placeDaySeparator(list, item, separator) {
  const { day } = item.dataset
  if (separator?.dataset.day !== day) {
    separator?.remove()
    separator = createDaySeparator(day)
    const hasDivider = item.previousElementSibling?.matches(".feed__new")
    list.insertBefore(separator, hasDivider ? item.previousElementSibling : item)
  }
  const name = formatDayName(day)
  const time = separator.querySelector("time")
  if (time.textContent !== name) time.textContent = name
  if (list.id === "feed" && time.parentElement === separator) separator.append(createDayButton(time))
  return separator
}

// A tab stop of its own would stand between the messages: the keyboard has a key for it.
function createDayButton(time) {
  const properties = { type: "button", className: "feed__day-button", tabIndex: -1, title: gettext("Go to a date") }
  const button = Object.assign(document.createElement("button"), properties)
  button.dataset.picksDate = ""
  button.append(time)
  return button
}

function createDaySeparator(day) {
  const separator = Object.assign(document.createElement("li"), { className: "feed__day" })
  separator.dataset.day = day
  separator.append(Object.assign(document.createElement("time"), { dateTime: day }))
  return separator
}

function isSameGroup(previous, item) {
  return (
    previous !== null &&
    previous.dataset.author === item.dataset.author &&
    previous.dataset.kind !== "system" &&
    item.dataset.kind !== "system" &&
    item.dataset.at - previous.dataset.at <= GROUP_SECONDS
  )
}
