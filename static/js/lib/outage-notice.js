// Say that the server can't be reached, until it can or the user gives up.
let notice = null

export function showOutage(text, { onRetry, onCancel }) {
  hideOutage()
  notice = document.getElementById("outage").content.firstElementChild.cloneNode(true)
  notice.querySelector("[data-words]").textContent = text
  notice.querySelector("[data-retry]").addEventListener("click", onRetry)
  notice.querySelector("[data-cancel]").addEventListener("click", onCancel)
  // What lies under a modal dialog can't be pressed.
  ;(document.querySelector("dialog:modal") ?? document.body).append(notice)
}

export function hideOutage() {
  notice?.remove()
  notice = null
}
