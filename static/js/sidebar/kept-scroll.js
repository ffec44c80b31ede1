// Keep how far the sidebar is scrolled from page to page.
const KEY = "atrium.sidebar"

export function keepScroll(scroller) {
  scroller.scrollTop = Number(sessionStorage.getItem(KEY) ?? 0)
  scroller.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest" })
  addEventListener("pagehide", () => sessionStorage.setItem(KEY, scroller.scrollTop))
}
