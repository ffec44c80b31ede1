// Offer to make a long text that was pasted a file.
import { announce } from "messages/announcer"
import { gettext } from "lib/i18n"
import { insertText } from "lib/text-field"

// `onAccept` gets a File; the text is gone from the composer then.
export function offerLongText(composer, text, onAccept) {
  const field = composer.querySelector("textarea")
  composer.querySelector(".tray__offer")?.remove()
  const offer = document.getElementById("long-text-offer").content.firstElementChild.cloneNode(true)
  const pasted = text.replace(/\r\n?/g, "\n")
  const end = () => {
    offer.remove()
    field.removeEventListener("input", endWithText)
  }
  // What is pasted comes after this event.
  const endWithText = () => field.value.includes(pasted) || end()
  setTimeout(() => field.addEventListener("input", endWithText))
  offer.addEventListener("click", ({ target }) => {
    const button = target.closest("button")
    if (!button) return
    end()
    field.focus({ preventScroll: true })
    const start = field.value.indexOf(pasted)
    if (!button.matches("[data-accept]") || start < 0) return
    insertText(field, "", start, start + pasted.length)
    onAccept(new File([text], `${gettext("Pasted text")}.txt`, { type: "text/plain" }))
  })
  composer.querySelector(".tray").before(offer)
  announce(offer.querySelector("[data-words]").textContent)
}
