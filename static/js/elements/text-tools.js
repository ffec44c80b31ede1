// <text-tools>: buttons beside a text field of the same form that help to write.
import { openEmojiPicker } from "emoji/emoji-picker"
import { insertText } from "lib/text-field"
import { openCodeMenu } from "messages/code-menu"
import { continueCode, insertCodeBlock } from "messages/code-typing"

class TextTools extends HTMLElement {
  #field

  connectedCallback() {
    if (this.#field) return
    this.#field = this.closest("form").querySelector("textarea, [data-takes-emoji]")
    // Before those that send.
    if (this.#field.matches("textarea")) this.#field.addEventListener("keydown", continueCode, { capture: true })
    this.addEventListener("click", ({ target }) => this.#use(target.closest("[data-tool]")))
  }

  #use(button) {
    const field = this.#field
    if (button?.dataset.tool === "emoji") openEmojiPicker(button, { onPick: (emoji) => pickEmoji(field, emoji) })
    if (button?.dataset.tool === "code") openCodeMenu(button, (language) => insertCodeBlock(field, language))
  }
}

// A field for one emoji holds no other text.
function pickEmoji(field, emoji) {
  if (field.matches("textarea")) insertText(field, emoji)
  else field.value = emoji
}

customElements.define("text-tools", TextTools)
