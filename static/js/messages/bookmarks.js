// Show and toggle which messages of a room the current user has saved. The ids are fetched when first needed: the
// server sends the same message to every user.
import { fetchFragment, requestJson } from "lib/api"
import { gettext } from "lib/i18n"
import { showErrorToast, showToast } from "lib/toast"

export class Bookmarks {
  #url
  #ids = null
  #request = null

  constructor(room) {
    this.#url = `/rooms/${room}/saved/`
  }

  async showState(item) {
    if (await this.#loadIds()) showButton(item, this.#ids.has(item.dataset.id))
  }

  async toggle(item) {
    await this.showState(item)
    if (!this.#ids) return showToast(`${gettext("Not saved.")} ${gettext("The server did not answer.")}`)
    const { id } = item.dataset
    const isSaved = !this.#ids.has(id)
    try {
      await requestJson(isSaved ? "PUT" : "DELETE", `/messages/${id}/bookmark`)
    } catch (error) {
      return showErrorToast(gettext("Not saved."), error)
    }
    if (isSaved) this.#ids.add(id)
    else this.#ids.delete(id)
    showButton(item, isSaved)
    showToast(isSaved ? gettext("Saved. You find it under “Saved” on the left.") : gettext("No longer saved."))
  }

  // Resolves with whether the ids are known; every caller waits for the same request.
  async #loadIds() {
    if (this.#ids) return true
    try {
      this.#request ??= fetchFragment(this.#url).then((response) => response.json())
      this.#ids ??= new Set((await this.#request).ids)
      return true
    } catch {
      this.#request = null
      return false
    }
  }
}

function showButton(item, isSaved) {
  const button = item.querySelector("[data-action=save]")
  if (!button) return
  button.setAttribute("aria-pressed", isSaved)
  button.title = isSaved ? gettext("Remove from saved") : gettext("Save")
}
