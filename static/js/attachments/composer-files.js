// The files of a composer: chosen, pasted or dropped. What uploads and shows them is loaded with the first one.
import { gettext } from "lib/i18n"
import { showToast } from "lib/toast"
import { takeDrops } from "attachments/drop-zone"
import { listDraftFiles, onFileChange } from "attachments/stored-files"
import { buildKey } from "messages/drafts"

// A pasted text of so many characters is offered as a file, as is one that is too long for a message.
const LONG_TEXT = 4000

export class ComposerFiles {
  #composer
  #place
  #key
  #signal
  #hasTray = false

  // `onChange` is called when a file has come or gone, or is in another state.
  constructor(composer, place, { onChange, signal }) {
    this.#composer = composer
    this.#place = place
    this.#key = buildKey(place)
    this.#signal = signal
    const input = composer.querySelector("[data-files]")
    composer.querySelector("[data-attach]").addEventListener("click", () => input.click())
    input.addEventListener("change", () => {
      this.#add([...input.files])
      input.value = ""
    })
    composer.querySelector("textarea").addEventListener("paste", (event) => this.#handlePaste(event))
    takeDrops(composer.parentElement, (files) => this.#add(files), { signal })
    const showTray = () => this.names.length && this.#showTray()
    const update = () => {
      showTray()
      onChange()
    }
    onFileChange(update, { signal })
    showTray()
  }

  // [{ id, name }], in their order.
  get names() {
    return listDraftFiles(this.#key).map(({ id, name }) => ({ id, name }))
  }

  // One that failed has to be tried again or removed before a message is sent.
  focusFailed() {
    const failed = listDraftFiles(this.#key).find(({ failure }) => failure)
    if (failed) this.#load(({ focusFile }) => focusFile(this.#composer, failed.id))
    return Boolean(failed)
  }

  #add(files) {
    if (files.length) this.#load(({ addFiles }) => addFiles(this.#place, files))
  }

  #showTray() {
    if (this.#hasTray) return
    this.#hasTray = true
    const signal = this.#signal
    this.#load(({ showTray }) => signal.aborted || showTray(this.#composer, this.#place, { signal }))
  }

  async #load(use) {
    const tray = await import("attachments/tray").catch(() => null)
    if (tray) return use(tray)
    this.#hasTray = false
    showToast(gettext("Files can’t be added before the server can be reached again."))
  }

  // Office programs copy a picture of what is copied as text.
  #handlePaste(event) {
    const { files } = event.clipboardData
    const text = event.clipboardData.getData("text/plain")
    if (files.length && !text) {
      event.preventDefault()
      this.#add([...files])
    } else if (text.length >= LONG_TEXT || text.length > Number(this.#composer.dataset.limit)) {
      this.#load(({ offerAsFile }) => offerAsFile(this.#composer, this.#place, text))
    }
  }
}
