// A file that is dragged out of the window, by its picture or its row, is saved where it is dropped by browsers that
// know `DownloadURL`; others get its address. What stands for it has `data-download`, an address, and `data-name`.
export function startDragOut() {
  document.addEventListener("dragstart", ({ target, dataTransfer }) => {
    const file = target.closest?.("[data-download]")
    if (!file) return
    const { download, name } = file.dataset
    const address = new URL(download, location).href
    dataTransfer.effectAllowed = "copyLink"
    // Of a picture, browsers would offer what they show of it as a file.
    dataTransfer.items.clear()
    // Colons divide its parts. By this type a browser leaves the ending of the name alone.
    dataTransfer.setData("DownloadURL", `application/octet-stream:${name.replaceAll(":", "_")}:${address}`)
    dataTransfer.setData("text/uri-list", address)
    dataTransfer.setData("text/plain", address)
  })
}
