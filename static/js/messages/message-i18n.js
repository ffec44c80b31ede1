// Translate what a message says itself. The server sends the same English fragment to every user.
import { gettext, interpolate, joinNames, language, ngettext } from "lib/i18n"
import { translateFiles } from "messages/file-words"
import { CARD_TEXTS } from "tasks/card-words"

const AND = " and "
const LABELS = { Code: gettext("Code"), Table: gettext("Table") }
const TEXTS = {
  agent: gettext("Agent"),
  pinned: gettext("Pinned"),
  deleted: gettext("This message was deleted."),
  edited: gettext("(edited)"),
  inThread: gettext("Replied in a thread"),
  forwardedFrom: gettext("Forwarded from"),
  showOrigin: gettext("Show"),
  fileDeleted: gettext("This file was deleted."),
  firstLines: gettext("First lines"),
  photo: gettext("Photo"),
  photos: gettext("photos"),
  files: gettext("files"),
  reply: gettext("reply"),
  replies: gettext("replies"),
}
export function translateMessage(item) {
  if (language === "en") return
  for (const element of item.querySelectorAll("[data-i18n]")) {
    element.textContent = TEXTS[element.dataset.i18n] ?? CARD_TEXTS[element.dataset.i18n]
  }
  for (const box of item.querySelectorAll(".message__body [role=group]")) box.ariaLabel = LABELS[box.ariaLabel]
  item.querySelector(".reactions")?.setAttribute("aria-label", gettext("Reactions"))
  const addButton = item.querySelector("[data-react]")
  if (addButton) addButton.ariaLabel = addButton.title = gettext("Add a reaction")
  item.querySelector(".link-cards[data-i18n-label]")?.setAttribute("aria-label", gettext("Pages linked to"))
  for (const button of item.querySelectorAll("[data-remove-preview]")) {
    button.ariaLabel = button.title = gettext("Remove preview")
  }
  translateFiles(item)
  for (const chip of item.querySelectorAll(".reaction[data-emoji]")) chip.title = translateNames(chip.title)
}

export function describeNewMessages(count) {
  return interpolate(ngettext("%(count)s new message", "%(count)s new messages", count), { count })
}

// "Alice, Bob and 3 others": short names hold no spaces, so that the list can be split again.
function translateNames(text) {
  const index = text.lastIndexOf(AND)
  if (index < 0) return text
  const names = text.slice(0, index).split(", ")
  const last = text.slice(index + AND.length)
  const [, others] = last.match(/^(\d+) others?$/) ?? []
  return joinNames([...names, others ? describeOthers(Number(others)) : last])
}

function describeOthers(count) {
  return interpolate(ngettext("%(count)s other", "%(count)s others", count), { count })
}
