// Complete `:name` from the emoji that can be picked; those of Unicode take the place of their name at once.
import { applyTone, loadEmoji, searchEmoji } from "emoji/emoji-data"
import { readTone } from "emoji/emoji-habits"
import { gettext } from "lib/i18n"

// As on the server, what stands before it makes it a time or a path. Two letters: no smiley begins so.
const BEFORE = String.raw`[A-Za-z0-9\u00c0-\u024f\u0370-\u052f:/\\]`
const LETTER = String.raw`\p{L}\p{M}`
const PATTERN = new RegExp(`(?<!${BEFORE}):(?<query>\\+\\d?|[${LETTER}][${LETTER}\\p{N}_+-]{1,40})$`, "u")
const MAX_OPTIONS = 8

export const buildEmojiSource = () => ({ pattern: PATTERN, label: gettext("Emoji"), load, isRemote: false })

async function load(query) {
  const { emoji } = await loadEmoji()
  return searchEmoji(emoji, query, { limit: MAX_OPTIONS, fromStart: true }).map(createOption)
}

function createOption(entry) {
  const option = document.createElement("li")
  option.className = "menu__item picker__option"
  option.dataset.text = applyTone(entry, readTone())
  const picture = document.createElement("span")
  picture.className = "picker__emoji"
  picture.append(entry.imageUrl ? createImage(entry.imageUrl) : option.dataset.text)
  option.append(picture, createText("truncate", `:${entry.names[0]}:`))
  if (!entry.imageUrl) option.append(createText("picker__aside truncate", entry.name))
  return option
}

const createImage = (src) => Object.assign(document.createElement("img"), { className: "emoji", src, alt: "" })

const createText = (className, textContent) =>
  Object.assign(document.createElement("span"), { className, textContent })
