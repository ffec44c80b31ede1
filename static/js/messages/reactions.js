// Show which reactions to a message are the current user's, and let them add and remove reactions.
import { openEmojiPicker } from "emoji/emoji-picker"
import { requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { showErrorToast } from "lib/toast"
import { currentUser } from "users/current-user"

export class Reactions {
  #canWrite
  #onChange

  // `onChange` gets the new version of the message.
  constructor({ canWrite, onChange }) {
    this.#canWrite = canWrite
    this.#onChange = onChange
  }

  decorate(item) {
    for (const chip of item.querySelectorAll(".reaction[data-emoji]")) {
      chip.setAttribute("aria-pressed", chip.dataset.users.split(" ").includes(currentUser.id))
      chip.disabled = !this.#canWrite
    }
    if (!this.#canWrite) item.querySelector("[data-react]")?.closest("li").remove()
  }

  async toggle(chip) {
    if (chip.getAttribute("aria-busy") === "true") return
    chip.setAttribute("aria-busy", "true")
    const method = chip.getAttribute("aria-pressed") === "true" ? "DELETE" : "PUT"
    await this.#send(method, chip.closest(".feed__item").dataset.id, chip.dataset.emoji)
    chip.removeAttribute("aria-busy")
  }

  openPicker(item, button) {
    const { id } = item.dataset
    const owner = button.closest(".message")
    openEmojiPicker(button, { owner, onPick: (emoji) => this.#send("PUT", id, emoji) })
  }

  async #send(method, id, emoji) {
    try {
      const { version } = await requestJson(method, `/messages/${id}/reactions/${encodeURIComponent(emoji)}`)
      this.#onChange(version)
    } catch (error) {
      showErrorToast(gettext("Not done."), error)
    }
  }
}
