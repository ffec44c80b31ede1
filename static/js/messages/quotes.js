// Quote the message that another one answers: its author, and how it begins.
import { gettext } from "lib/i18n"
import { parseItems } from "messages/feed-items"
import { describeFiles } from "messages/file-words"

// Characters, as on the server.
const EXCERPT = 160

// What a composer and the outbox keep of a message that is answered.
export function describeOrigin(item) {
  const { id, name } = item.dataset
  return { id, name, excerpt: cutExcerpt(readBody(item)) || describeFiles(item) }
}

function cutExcerpt(text) {
  const characters = [...text.split(/\s+/).filter(Boolean).join(" ")]
  if (characters.length <= EXCERPT) return characters.join("")
  return `${characters.slice(0, EXCERPT - 1).join("").trimEnd()}…`
}

export function buildQuote({ id, name, excerpt }, address) {
  const link = Object.assign(document.createElement("a"), { className: "quote", href: address })
  link.dataset.quote = id
  const author = Object.assign(document.createElement("b"), { textContent: name, dir: "auto" })
  const text = Object.assign(document.createElement("span"), { className: "truncate", dir: "auto" })
  text.textContent = excerpt
  link.append(author, " ", text)
  return link
}

// Gives the quotes that a feed shows the wording of the messages in `html`, which have just changed.
export function refreshQuotes(feed, html) {
  for (const item of parseItems(html)) {
    const quotes = feed.querySelectorAll(`[data-quote="${CSS.escape(item.dataset.id)}"] > span`)
    if (!quotes.length) continue
    const isDeleted = Boolean(item.querySelector(".message--deleted"))
    const words = isDeleted ? gettext("This message was deleted.") : cutExcerpt(readBody(item)) || describeFiles(item)
    for (const quote of quotes) quote.textContent = words
  }
}

// Without the mark of an edited message.
function readBody(item) {
  const body = item.querySelector(".message__body").cloneNode(true)
  body.querySelector(".message__edited")?.remove()
  for (const picture of body.querySelectorAll("img.emoji")) picture.replaceWith(picture.alt)
  return body.textContent
}
