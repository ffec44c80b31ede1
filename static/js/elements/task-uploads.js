// <task-uploads>: the files that are on their way to a task, and what chooses more. They may be dropped on the task or
// pasted into it, too.
import { gettext } from "lib/i18n"
import { showToast } from "lib/toast"
import { takeDrops } from "attachments/drop-zone"
import { listDraftFiles } from "attachments/stored-files"
import { buildTaskPlace } from "tasks/file-places"

class TaskUploads extends HTMLElement {
  #removal = null

  connectedCallback() {
    this.#removal = new AbortController()
    const { signal } = this.#removal
    const details = this.closest("task-details")
    const input = this.querySelector("input")
    const add = (files) => files.length && this.#load(({ addFiles }) => addFiles(details, files, this.dataset))
    this.querySelector("[data-attaches]").addEventListener("click", () => input.click(), { signal })
    input.addEventListener("change", () => {
      add([...input.files])
      input.value = ""
    }, { signal })
    takeDrops(details, add, { signal })
    details.addEventListener("paste", (event) => {
      const { files } = event.clipboardData
      if (event.defaultPrevented || !files.length || event.clipboardData.getData("text/plain")) return
      event.preventDefault()
      add([...files])
    }, { signal })
    if (listDraftFiles(buildTaskPlace(details.dataset.task)).length) this.#load(() => {})
  }

  disconnectedCallback() {
    this.#removal.abort()
  }

  async #load(use) {
    const { signal } = this.#removal
    const uploads = await import("tasks/task-files").catch(() => null)
    if (!uploads) return showToast(gettext("Files can’t be added before the server can be reached again."))
    use(uploads)
    if (signal.aborted) return
    const home = this.querySelector("[data-attaches]")
    uploads.showUploads(this.querySelector(".uploads"), this.closest("task-details"), { home, signal })
  }
}

customElements.define("task-uploads", TaskUploads)
