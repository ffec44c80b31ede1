// The button that uploads files on the page of files. What sends and shows them comes after the page itself, with which
// rooms would share more files otherwise.
import { gettext } from "lib/i18n"
import { showToast } from "lib/toast"

export function startUploadButton() {
  const input = document.getElementById("upload-input")
  document.querySelector("[data-upload]").addEventListener("click", () => input.click())
  input.addEventListener("change", () => {
    add([...input.files], input.dataset)
    input.value = ""
  })
  // A page before this one may have left some.
  import("files/upload-list").catch(() => {})
}

async function add(files, limits) {
  const list = await import("files/upload-list").catch(() => null)
  if (list) list.addFiles(files, limits)
  else showToast(gettext("Files can’t be added before the server can be reached again."))
}
