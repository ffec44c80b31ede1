// The number at the bell. What the socket has told is true: a sidebar may have been drawn before that.
const MAX_SHOWN = 99
let heard = null

export function showCount(unread) {
  heard = unread
  redrawCount()
}

// After the sidebar was drawn anew.
export function redrawCount() {
  if (heard === null) return
  const number = document.querySelector("[data-bell-count]")
  number.textContent = heard > MAX_SHOWN ? `${MAX_SHOWN}+` : heard
  number.closest(".bell-count").hidden = !heard
}
