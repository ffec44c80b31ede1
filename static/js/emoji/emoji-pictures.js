// Show the name of an emoji of the organisation where its picture is missing, as after it was deleted.
import { connection } from "lib/connection"

export function startEmojiPictures() {
  // Errors of pictures do not bubble.
  document.addEventListener("error", ({ target }) => target.matches?.("img.emoji") && showName(target), true)
  connection.on("emoji.deleted", ({ emoji_id: id }) => {
    for (const picture of document.querySelectorAll(`img.emoji[src*="${CSS.escape(id)}"]`)) showName(picture)
  })
}

function showName(picture) {
  picture.replaceWith(picture.alt)
}
