// <text-tools>: buttons beside a text field of the same form that help to write.
import { openEmojiPicker } from "emoji/emoji-picker"
import { insertText } from "lib/text-field"

class TextTools extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", ({ target }) => this.#use(target.closest("[data-tool]")))
  }

  get #field() {
    return this.closest("form").querySelector("textarea, [data-takes-emoji]")
  }

  #use(button) {
    const field = this.#field
    if (button?.dataset.tool === "emoji") openEmojiPicker(button, { onPick: (emoji) => pickEmoji(field, emoji) })
  }
}

// A field for one emoji holds no other text.
function pickEmoji(field, emoji) {
  if (field.matches("textarea")) insertText(field, emoji)
  else field.value = emoji
}

customElements.define("text-tools", TextTools)
