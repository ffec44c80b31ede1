// The emoji under a message: which are mine, and what a press on them does.
import { api } from "lib/api"
import { EmojiPicker } from "messages/emoji-picker"
import { me } from "users/current-user"
import { toast } from "lib/toast"
import { because, gettext } from "lib/i18n"

export class Reactions {
  #canWrite
  #changed
  #picker = new EmojiPicker()

  // `changed` hears of the version that a message has now.
  constructor({ canWrite, changed }) {
    this.#canWrite = canWrite
    this.#changed = changed
  }

  decorate(item) {
    for (const chip of item.querySelectorAll(".reaction[data-emoji]")) {
      chip.setAttribute("aria-pressed", chip.dataset.users.split(" ").includes(me.id))
      chip.disabled = !this.#canWrite
    }
    if (!this.#canWrite) item.querySelector("[data-react]")?.closest("li").remove()
  }

  press(chip) {
    if (chip.getAttribute("aria-busy") === "true") return
    chip.setAttribute("aria-busy", "true")
    const method = chip.getAttribute("aria-pressed") === "true" ? "DELETE" : "PUT"
    this.#send(method, chip.closest(".feed__item").dataset.id, chip.dataset.emoji).finally(() => chip.removeAttribute("aria-busy"))
  }

  choose(item, opener) {
    const { id } = item.dataset
    this.#picker.open(opener, (emoji) => this.#send("PUT", id, emoji))
  }

  async #send(method, id, emoji) {
    try {
      this.#changed((await api(method, `/messages/${id}/reactions/${encodeURIComponent(emoji)}`)).version)
    } catch (error) {
      toast(because(gettext("Not done."), error))
    }
  }
}
