// What I have saved in this room. Messages look the same to everybody, so it is asked for when it is first needed.
import { api, page } from "lib/api"
import { toast } from "lib/toast"
import { because, gettext } from "lib/i18n"

export class Bookmarks {
  #url
  #ids = null
  #asked = null

  constructor(room) {
    this.#url = `/rooms/${room}/saved/`
  }

  // Marks the message once it is known; after the first time at once.
  async show(item) {
    if (!this.#ids) {
      try {
        this.#asked ??= page(this.#url).then((response) => response.json())
        this.#ids ??= new Set((await this.#asked).ids)
      } catch {
        this.#asked = null
        return
      }
    }
    mark(item, this.#ids.has(item.dataset.id))
  }

  async toggle(item) {
    await this.show(item)
    if (!this.#ids) return toast(`${gettext("Not saved.")} ${gettext("The server did not answer.")}`)
    const { id } = item.dataset
    const saved = !this.#ids.has(id)
    try {
      await api(saved ? "PUT" : "DELETE", `/messages/${id}/bookmark`)
    } catch (error) {
      return toast(because(gettext("Not saved."), error))
    }
    if (saved) this.#ids.add(id)
    else this.#ids.delete(id)
    mark(item, saved)
    toast(saved ? gettext("Saved. You find it under “Saved” on the left.") : gettext("No longer saved."))
  }
}

function mark(item, saved) {
  const button = item.querySelector("[data-action=save]")
  button?.setAttribute("aria-pressed", saved)
  if (button) button.title = saved ? gettext("Remove from saved") : gettext("Save")
}
