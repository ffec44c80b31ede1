// What depends on who looks and on the neighbours: days, groups, "mine". The server's items know nothing of it.
import { clockTime, dayName, dayOf, localise } from "lib/local-time"
import { me } from "users/current-user"
import { translate } from "messages/message-i18n"

const GROUP_SECONDS = 5 * 60

// Walks the feed once; cheap enough to run after every change.
export function arrange(list) {
  let previous = null
  let day = null
  let separator = null
  for (const node of [...list.children]) {
    if (node.matches(".feed__day")) {
      separator?.remove()
      separator = node
    } else if (node.matches(".feed__new")) {
      previous = null
    } else if (node.matches(".feed__item")) {
      prepare(node)
      if (node.dataset.day !== day) {
        separator = placeDay(list, node, separator)
        day = node.dataset.day
        previous = null
      } else {
        separator?.remove()
      }
      separator = null
      node.toggleAttribute("data-grouped", continues(previous, node))
      previous = node
    }
  }
  separator?.remove()
}

// Where somebody stopped looking while the page stayed open.
export function divide(list, item) {
  const divider = list.querySelector(":scope > .feed__new") ?? document.getElementById("new-divider").content.firstElementChild.cloneNode(true)
  item?.before(divider)
  arrange(list)
}

function placeDay(list, item, separator) {
  const { day } = item.dataset
  if (separator?.dataset.day !== day) {
    separator?.remove()
    const before = item.previousElementSibling?.matches(".feed__new") ? item.previousElementSibling : item
    separator = document.createElement("li")
    separator.className = "feed__day"
    separator.dataset.day = day
    separator.append(Object.assign(document.createElement("time"), { dateTime: day }))
    list.insertBefore(separator, before)
  }
  const name = dayName(day)
  if (separator.textContent.trim() !== name) separator.firstElementChild.textContent = name
  return separator
}

function continues(previous, item) {
  return (
    previous !== null &&
    previous.dataset.author === item.dataset.author &&
    previous.dataset.kind === item.dataset.kind &&
    item.dataset.kind !== "system" &&
    item.dataset.at - previous.dataset.at <= GROUP_SECONDS
  )
}

function prepare(item) {
  if (item.dataset.day) return
  const date = new Date(item.dataset.at * 1000)
  item.dataset.day = dayOf(date)
  item.toggleAttribute("data-mine", item.dataset.author === me.id)
  localise(item)
  translate(item)
  const article = item.querySelector("article")
  article?.setAttribute("aria-label", `${item.dataset.name}, ${clockTime(date)}`)
  article?.classList.toggle("message--mentions-me", Boolean(item.querySelector(`.mention[data-user="${me.id}"]`)))
}
