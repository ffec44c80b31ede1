// Let a file be chosen once more, of which this browser no longer has the bytes.
import { gettext, interpolate } from "lib/i18n"
import { showToast } from "lib/toast"
import { keepBytes } from "attachments/file-bytes"
import { readFile, updateFile } from "attachments/stored-files"

export function chooseAgain(id) {
  const input = Object.assign(document.createElement("input"), { type: "file" })
  input.addEventListener("change", () => takeBytes(id, input.files[0]))
  input.click()
}

function takeBytes(id, file) {
  const { name, size } = readFile(id)
  if (file.name !== name || file.size !== size) {
    return showToast(interpolate(gettext("This is not the same %(name)s."), { name }))
  }
  keepBytes(id, file).then((isKept) => updateFile(id, { isKept, failure: null }))
}
