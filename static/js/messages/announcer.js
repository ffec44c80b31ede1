// Announce new messages to screen readers. The feed itself is no live region: it would read out older messages too.
import { describeNewMessages } from "messages/message-i18n"

const DELAY = 300
let texts = []
let timer = 0

// `item`: the message in the feed, if it is there.
export function announceMessage(message, item) {
  const text = item?.querySelector(".message__body").innerText ?? message.content
  texts.push(`${message.author.name}: ${text}`)
  timer ||= setTimeout(flushTexts, DELAY)
}

function flushTexts() {
  const announcer = document.getElementById("announcer")
  if (announcer) announcer.textContent = texts.length > 3 ? describeNewMessages(texts.length) : texts.join(". ")
  texts = []
  timer = 0
}
