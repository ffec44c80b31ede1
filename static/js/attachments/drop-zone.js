// Take files that are dropped on a part of the page, and say while they are over it that they may be.
import { gettext } from "lib/i18n"
import { showToast } from "lib/toast"

// A page is not left for a file that misses its target. Fields for files take what is dropped on them.
for (const type of ["dragover", "drop"]) {
  addEventListener(type, (event) => {
    if (!hasFiles(event) || event.defaultPrevented || event.target.matches?.("[type=file]")) return
    event.preventDefault()
    event.dataTransfer.dropEffect = "none"
  })
}

// `onDrop` gets the files, until the signal aborts.
export function takeDrops(zone, onDrop, { signal }) {
  // One within it may have taken them.
  const show = (event) => {
    if (event.defaultPrevented) return hide()
    if (!hasFiles(event)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = "copy"
    zone.dataset.drop = gettext("Drop files here to attach them")
  }
  const hide = () => delete zone.dataset.drop
  const take = (event) => {
    hide()
    if (!hasFiles(event) || event.defaultPrevented) return
    event.preventDefault()
    onDrop(listDropped(event.dataTransfer))
  }
  for (const type of ["dragenter", "dragover"]) zone.addEventListener(type, show, { signal })
  zone.addEventListener("dragleave", ({ relatedTarget }) => zone.contains(relatedTarget) || hide(), { signal })
  zone.addEventListener("drop", take, { signal })
  signal.addEventListener("abort", hide)
}

const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files")

function listDropped({ items }) {
  const dropped = [...items].filter(({ kind }) => kind === "file")
  const files = dropped.filter((item) => !item.webkitGetAsEntry?.()?.isDirectory).map((item) => item.getAsFile())
  if (files.length < dropped.length) showToast(gettext("Folders can’t be added. Choose the files in them."))
  return files
}
