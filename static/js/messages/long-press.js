// Show a message's toolbar after a long press on touch screens; the next press elsewhere hides it.
const LONG_PRESS = 450

export function showToolbarOnLongPress(feed) {
  let timer = 0
  const cancel = () => clearTimeout(timer)
  feed.addEventListener("touchstart", ({ target }) => {
    cancel()
    const article = target.closest(".message")
    if (target.closest(".message__actions")) return
    for (const active of feed.querySelectorAll("[data-active]")) {
      if (active !== article) active.removeAttribute("data-active")
    }
    if (article) timer = setTimeout(() => article.setAttribute("data-active", ""), LONG_PRESS)
  }, { passive: true })
  for (const type of ["touchmove", "touchend", "touchcancel"]) feed.addEventListener(type, cancel, { passive: true })
}
