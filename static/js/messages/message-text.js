// What is sent of a text: without empty lines around it. The first line keeps its indentation, as on the server.
export function trimMessage(text) {
  return text.replace(/^(?:[^\S\n]*\n)+/, "").trimEnd()
}

// The text of a rendered message, with the names of emoji that are pictures.
export function readBodyText(body) {
  const pictures = [...body.querySelectorAll("img.emoji")]
  for (const picture of pictures) picture.before(picture.alt)
  const text = body.innerText
  for (const picture of pictures) picture.previousSibling.remove()
  return text
}

// Without the mark of an edited message.
export function readMessageText(item) {
  const body = item.querySelector(".message__body")
  const mark = body.querySelector(".message__edited")?.innerText
  const text = readBodyText(body).trim()
  return mark && text.endsWith(mark) ? text.slice(0, -mark.length).trim() : text
}
