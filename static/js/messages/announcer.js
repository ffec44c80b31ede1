// Announce to screen readers new messages, and the room that is shown next. The feed itself is no live region: it would
// read out older messages too.
import { describeNewMessages } from "messages/message-i18n"
import { describeFiles } from "messages/file-words"
import { readBodyText } from "messages/message-text"

const DELAY = 300
let texts = []
let timer = 0

// `item`: the message in the feed, if it is there.
export function announceMessage(message, item) {
  const text = item ? readBodyText(item.querySelector(".message__body")) || describeFiles(item) : message.content
  texts.push(`${message.author.name}: ${text}`)
  timer ||= setTimeout(flushTexts, DELAY)
}

export function announce(text) {
  const announcer = document.getElementById("announcer")
  if (announcer) announcer.textContent = text
}

function flushTexts() {
  announce(texts.length > 3 ? describeNewMessages(texts.length) : texts.join(". "))
  texts = []
  timer = 0
}
